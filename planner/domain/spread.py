"""What of a problem is uncertain, and what is it in draw number k?

Points are normal around what they are (never below 0), effects the median of a panel drawn anew or one of the values
given (see `Spread`), the chance is even between two ends, and the money of an initiative is multiplied by one factor,
triangular with its peak at 1. A draw depends on the seed and its number alone, so draws may be made in any order and by
any number of processes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from planner.domain.findings import Finding
from planner.domain.heard import Heard
from planner.domain.initiatives import Amount, Initiative
from planner.domain.portfolio import STAFF
from planner.domain.problem import Problem

DIGITS = 9
"""Drawn numbers are rounded to this, so that machines that differ in the last digit draw the same problem."""
KEYS = ("points", "effects", "chance", "cost")
USUAL_COST = (0.9, 1.25)
USUAL_EFFECTS = (0.5, 1.0, 1.5)
USUAL_CHANCE = 0.1


@dataclass(frozen=True)
class Together:
    """Needs whose points vary together. factor: [n, n], a square root of their covariance, in points."""

    needs: tuple[str, ...]
    factor: tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Spread:
    """points: need -> standard deviation, for needs that vary by themselves. effects: initiative -> need -> the values
    to draw from. chance: initiative -> (lowest, highest). cost: (lowest, highest) factor; None: costs are known.
    heard: initiative -> what its panel said, instead of `effects` where there is any.
    """

    points: Mapping[str, float] = field(default_factory=dict)
    effects: Mapping[str, Mapping[str, tuple[float, ...]]] = field(default_factory=dict)
    chance: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    cost: tuple[float, float] | None = None
    together: tuple[Together, ...] = ()
    heard: Mapping[str, tuple[Heard, ...]] = field(default_factory=dict)


def usual(problem: Problem) -> Spread:
    """Where nobody has said how uncertain things are: half to one and a half times each effect, a tenth up and down on
    each chance, costs from a tenth less to a quarter more. Points are taken as known."""
    effects = {
        i.id: {need: tuple(min(1.0, e * times) for times in USUAL_EFFECTS) for need, e in i.effects.items()}
        for i in problem.initiatives
    }
    chance = {i.id: (max(0.0, i.chance - USUAL_CHANCE), min(1.0, i.chance + USUAL_CHANCE)) for i in problem.initiatives}
    return Spread(effects=effects, chance=chance, cost=USUAL_COST)


def read_spread(data: Any, problem: Problem) -> tuple[Spread | None, tuple[Finding, ...]]:
    """From plain JSON: {"points": {need: sd}, "effects": {id: {need: [values]}}, "chance": {id: [lo, hi]}, "cost":
    [lo, hi]}. None with everything that is wrong."""
    if not isinstance(data, dict):
        return None, (Finding("spread_not_an_object"),)
    found = [Finding("spread_unknown_key", where=str(key)) for key in data if key not in KEYS]
    needs, ids = {need.id for need in problem.needs}, {i.id for i in problem.initiatives}
    points = _object(data, "points", needs, found)
    effects = _object(data, "effects", ids, found)
    chance = _object(data, "chance", ids, found)
    for need, sd in points.items():
        _check(_is_number(sd) and 0 <= sd < 1e6, f"points.{need}", found)
    for one, by_need in effects.items():
        for need, values in _object({one: by_need}, one, needs, found).items():
            ok = isinstance(values, list) and bool(values) and all(_is_number(v) and 0 <= v <= 1 for v in values)
            _check(ok, f"effects.{one}.{need}", found)
    for one, ends in chance.items():
        _check(_is_pair(ends, 0, 1), f"chance.{one}", found)
    cost = data.get("cost")
    _check(cost is None or (_is_pair(cost, 0, 100) and cost[0] <= 1 <= cost[1]), "cost", found)
    if found:
        return None, tuple(found)
    spread = Spread(
        points=points,
        effects={one: {need: tuple(v) for need, v in by_need.items()} for one, by_need in effects.items()},
        chance={one: (ends[0], ends[1]) for one, ends in chance.items()},
        cost=None if cost is None else (cost[0], cost[1]),
    )
    return spread, ()


def _object(data: Mapping[str, Any], key: str, known: set[str], found: list[Finding]) -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        found.append(Finding("spread_wrong_value", where=key))
        return {}
    found += [Finding("spread_unknown_id", where=f"{key}.{one}") for one in value if one not in known]
    return {one: each for one, each in value.items() if one in known}


def _check(ok: bool, where: str, found: list[Finding]) -> None:
    if not ok:
        found.append(Finding("spread_wrong_value", where=where))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def _is_pair(value: Any, low: float, high: float) -> bool:
    both = isinstance(value, list) and len(value) == 2 and all(_is_number(v) for v in value)
    return both and low <= value[0] <= value[1] <= high


def drawn(problem: Problem, spread: Spread, seed: int, number: int, practice: bool = False) -> Problem:
    """The problem as it is in one draw. seed, number: from 0 up. practice: another row of draws, never counted."""
    random = _random(seed, (number, 1) if practice else (number,))
    # A panel takes as many numbers as it has members: from a row of its own, so that nothing else is moved by it.
    panels = _random(seed, (number, 3 if practice else 2))
    moved: dict[str, float] = {}
    # Every number is drawn for every need and initiative, in order: what is known uses none of them.
    for group in spread.together:
        moved |= dict(zip(group.needs, np.array(group.factor) @ random.standard_normal(len(group.needs)), strict=True))
    for need, deviate in zip(problem.needs, random.standard_normal(len(problem.needs)), strict=True):
        moved[need.id] = moved.get(need.id, 0.0) + float(deviate) * spread.points.get(need.id, 0.0)
    needs = tuple(replace(n, points=round(max(0.0, n.points + float(moved[n.id])), DIGITS)) for n in problem.needs)
    initiatives = tuple(_drawn(one, spread, random, panels) for one in problem.initiatives)
    return replace(problem, needs=needs, initiatives=initiatives)


def _random(seed: int, key: tuple[int, ...]) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy=seed, spawn_key=key)))


def _drawn(one: Initiative, spread: Spread, random: np.random.Generator, panels: np.random.Generator) -> Initiative:
    likely, chance = float(random.random()), one.chance
    if one.id in spread.chance:
        low, high = spread.chance[one.id]
        chance = round(low + (high - low) * likely, DIGITS)
    effects = {}
    # One rater is right about all of an initiative's effects: whoever is hopeful of one is of the others.
    rater = float(random.random())
    for need, effect in one.effects.items():
        values = spread.effects.get(one.id, {}).get(need)
        effects[need] = effect if not values else sorted(values)[min(len(values) - 1, int(rater * len(values)))]
    for panel in spread.heard.get(one.id, ()):
        said = panel.drawn(panels.random(len(panel.values)).tolist())
        effects |= {need: round(min(1.0, said * share), DIGITS) for need, share in panel.shares.items()}
    share = float(random.random())
    factor = 1.0 if spread.cost is None else _triangular(*spread.cost, share)
    # What runs already costs what it costs.
    if one.started is not None or spread.cost is None:
        return replace(one, chance=chance, effects=effects)
    return replace(
        one,
        chance=chance,
        effects=effects,
        start_cost={r: _times(r, amount, factor) for r, amount in one.start_cost.items()},
        yearly_cost={r: _times(r, amount, factor) for r, amount in one.yearly_cost.items()},
        profile={r: tuple(_times(r, a, factor) for a in amounts) for r, amounts in one.profile.items()},
    )


def _times(resource: str, amount: Amount, factor: float) -> Amount:
    return amount if resource == STAFF else round(float(amount) * factor)


def _triangular(low: float, high: float, share: float) -> float:
    """The value below which `share` of the draws lie; the peak is at 1."""
    if high <= low:
        return round(low, DIGITS)
    peak = (1 - low) / (high - low)
    if share < peak:
        return round(low + float(np.sqrt(share * (high - low) * (1 - low))), DIGITS)
    return round(high - float(np.sqrt((1 - share) * (high - low) * (high - 1))), DIGITS)
