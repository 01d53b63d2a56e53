"""On which scores does the plan hang, of those that the raters do not agree on?

One initiative's effect on one statement at a time is moved to the ends of what was said of it, all else as it is. What
the shown plan then loses against the best plan there is its regret. Under the product rule the regret is convex in one
effect, so that nothing between the ends loses more; under the two others it is asked at the ends alone.

Most scores need no solve. Let a plan that decides otherwise about the initiative be worth at most c, as was proven
once, and let the higher effect add at most g to any plan: then no plan gains more on the shown one than these figures
allow (`most_regret`). An effect that is lower on something left out can never change the plan. One that is higher on
something chosen can: others that meet the same need may now be spared. Only where the bound leaves room is the question
solved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import fsum, inf
from typing import Any, Literal

from planner.domain.asking import Ask
from planner.domain.initiatives import Initiative
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_needs import Need
from planner.domain.resolve import changes
from planner.domain.rules import Starts
from planner.domain.rules_groups import NeedFloor

LEAST, ROUNDED = 0.1, 1.5
"""Points: a regret from here on is worth a talk; what is bounded below it is not solved. What a solve within its gap
leaves a hair above still reads as «0,1»."""
USUAL = (0.5, 1.5)
HIGHEST = 0.95

End = Literal["low", "high"]
Raters = Mapping[str, Mapping[str, Sequence[float]]]
"""initiative -> statement -> what each rater said, in 0–0.95."""
Reach = Mapping[str, Mapping[str, float]]
"""initiative -> segment -> the share of it that is reached."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One score that is not agreed on. now, low, high: of those with the need, the share that gets it met.

    ends: for each end, need -> the effect it would be.
    """

    initiative: str
    statement: str
    now: float
    low: float
    high: float
    ends: Mapping[End, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """The best plan that decides otherwise about an initiative than the shown one. at_most: no such plan is worth more;
    inf where that is not known, -inf where there is none."""

    at_most: float
    starts: Starts | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What hangs on one score. regret: points the shown plan lacks at the worse end, as found. at_most: proven.

    end: the one that is worse for it; enters, leaves: to the best plan there. broken: the shown plan no longer keeps a
    floor there. solved: not settled by a bound alone.
    """

    initiative: str
    statement: str
    now: float
    low: float
    high: float
    chosen: bool
    regret: float = 0.0
    at_most: float = inf
    end: End | None = None
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()
    broken: bool = False
    solved: bool = False

    @property
    def verdict(self) -> Literal["matters", "harmless", "open"]:
        """open: neither found nor ruled out, since it was not proven in time."""
        if self.broken or self.regret >= LEAST:
            return "matters"
        return "harmless" if self.at_most < LEAST * (ROUNDED if self.solved else 1) else "open"

    def as_json(self) -> dict[str, Any]:
        facts = {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}
        return {**facts, "at_most": None if self.at_most == inf else self.at_most}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Disagreement":
        at_most = inf if facts["at_most"] is None else facts["at_most"]
        lists = {name: tuple(facts[name]) for name in ("enters", "leaves")}
        return cls(**{**facts, **lists, "at_most": at_most})


def doubts(problem: Problem, raters: Raters | None = None, reach: Reach | None = None) -> tuple[Doubt, ...]:
    """The scores that may be something else, in order of id. What no rater scored is half to one and a half.

    reach: without it a score is taken to hold where the initiative works best, and less elsewhere as its effects are.
    """
    groups: dict[str, list[Need]] = {}
    for need in problem.needs:
        groups.setdefault(need.statement or need.id, []).append(need)
    found = []
    for one in problem.initiatives:
        for statement in sorted(groups):
            doubt = _doubt(one, statement, groups[statement], raters, reach)
            if doubt is not None:
                found.append(doubt)
    return tuple(found)


def _doubt(
    one: Initiative, statement: str, needs: Sequence[Need], raters: Raters | None, reach: Reach | None
) -> Doubt | None:
    effects = {need.id: one.effects.get(need.id, 0.0) for need in needs}
    strongest = max(effects.values())
    given = (raters or {}).get(one.id, {}).get(statement)
    values = list(given) if given else [min(max(strongest, HIGHEST), strongest * times) for times in USUAL]
    if reach is not None and one.id in reach:
        shares = {need.id: reach[one.id].get(need.segment or "", 0.0) for need in needs}
    else:
        shares = {need: effect / strongest if strongest else 0.0 for need, effect in effects.items()}
    if not any(shares.values()):
        return None
    low, high = min(values), max(values)
    ends: dict[End, Mapping[str, float]] = {
        end: {need: share * value for need, share in shares.items() if share} for end, value in _ends(low, high)
    }
    if all(abs(effect - effects[need]) < 1e-12 for end in ends.values() for need, effect in end.items()):
        return None
    now = max(effects[need] / share for need, share in shares.items() if share)
    return Doubt(one.id, statement, now, low, high, ends)


def _ends(low: float, high: float) -> Iterator[tuple[End, float]]:
    yield "low", low
    yield "high", high


def at_end(problem: Problem, doubt: Doubt, end: End) -> Problem:
    """The problem with one score moved to an end."""

    def moved(one: Initiative) -> Initiative:
        return replace(one, effects={**one.effects, **doubt.ends[end]}) if one.id == doubt.initiative else one

    return replace(problem, initiatives=tuple(map(moved, problem.initiatives)))


def most_regret(shown: Plan, at_most: float, doubt: Doubt, end: End, otherwise: Otherwise) -> float:
    """No plan is better than the shown one by more points than this, once the score lies at that end.

    at_most: no plan is worth more as things are. A plan without the initiative is worth what it was; one with it gains
    no more than if it worked alone and from the first year it could.
    """
    problem = shown.problem
    moved = doubt.ends[end]
    one = problem.ground.by_id[doubt.initiative]
    risen = {need for need, effect in moved.items() if effect > one.effects.get(need, 0.0)}
    for floor in problem.rules:
        if isinstance(floor, NeedFloor) and risen & {need.id for need in floor.members(problem.ground)}:
            return inf  # plans that broke the floor until now may keep it
    ours = Plan(at_end(problem, doubt, end), shown.starts).value
    gain = (
        one.chance
        * _in_force(problem, one)
        * fsum(
            problem.worth(need) * (moved[need.id] - one.effects.get(need.id, 0.0))
            for need in problem.needs
            if need.id in risen
        )
    )
    chosen = doubt.initiative in shown.starts
    with_it, without = (at_most, otherwise.at_most) if chosen else (otherwise.at_most, at_most)
    return max(0.0, max(with_it + gain, without) - ours)


def _in_force(problem: Problem, one: Initiative) -> float:
    """The share of the years that count in which it works at the very most."""
    starts = [one.started] if one.started is not None else [year for year in problem.years if one.may_start(year)]
    if not starts:
        return 0.0
    since = max(0, one.works_from(min(starts)) - problem.years[0])
    return max(0, problem.horizon - since) / problem.horizon


def by_bound(shown: Plan, at_most: float, doubt: Doubt, otherwise: Otherwise) -> Disagreement:
    """What is known of a score without solving anything."""
    most, broken = 0.0, False
    for end in doubt.ends:
        most = max(most, most_regret(shown, at_most, doubt, end, otherwise))
        broken |= bool(Plan(at_end(shown.problem, doubt, end), shown.starts).broken)
    return Disagreement(
        *(doubt.initiative, doubt.statement, doubt.now, doubt.low, doubt.high, doubt.initiative in shown.starts),
        at_most=inf if broken else most,
    )


def settled(shown: Plan, at_most: float, doubt: Doubt, otherwise: Otherwise, ask: Ask) -> Disagreement:
    """The regret over both ends; an end whose bound leaves nothing to see is not solved."""
    found = by_bound(shown, at_most, doubt, otherwise)
    if found.verdict == "harmless":
        return found
    known = [shown.starts, *([] if otherwise.starts is None else [otherwise.starts])]
    proven = 0.0
    for end in doubt.ends:
        most = most_regret(shown, at_most, doubt, end, otherwise)
        problem = at_end(shown.problem, doubt, end)
        ours = Plan(problem, shown.starts)
        if most < LEAST and not ours.broken:
            proven = max(proven, most)
            continue
        answer = ask(problem, known=known, at_most=ours.value + most).first
        best = answer.plan
        regret = 0.0 if best is None else max(0.0, best.value - ours.value)
        proven = max(
            proven, regret, min(most, max(0.0, answer.bound - ours.value)) if answer.bound is not None else most
        )
        if (regret, bool(ours.broken)) > (found.regret, found.broken):
            enters, leaves = changes(shown.starts, shown.starts if best is None else best.starts)
            found = replace(found, regret=regret, end=end, enters=enters, leaves=leaves)
        found = replace(found, broken=found.broken or bool(ours.broken))
    return replace(found, at_most=proven, solved=True)


def ranked(found: Sequence[Disagreement]) -> tuple[Disagreement, ...]:
    """Those that matter most first."""
    order = {"matters": 0, "open": 1, "harmless": 2}
    return tuple(
        sorted(found, key=lambda one: (order[one.verdict], not one.broken, -one.regret, one.initiative, one.statement))
    )
