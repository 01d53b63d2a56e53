"""What goes with wanting to stay? What people answered beside that question, and what they believe they will find.

Says what goes together, never what leads to what; nothing here is an effect to plan with. No p-value leaves it.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.special import stdtr

from planner.domain.adjusted import average_steps, large_enough
from planner.domain.answers import STAY_BLANK, STAY_UNSURE, STAYS, Answers, Flags, Floats
from planner.domain.estimates import t_interval, wilson
from planner.domain.ranking import benjamini_hochberg
from planner.domain.relative_importance import drawn_shares, r_squared_shares, weighted_correlation
from planner.domain.suppression import ALIKE_BELOW

FEWEST, AGREES, FALSE_CLAIMS, SURE_OF_FIRST = 10, 5, 0.05, 0.9


@dataclass(frozen=True, slots=True)
class Difference:
    """Two groups of n answers: a weighted mean each, and first − second with its 95 % interval."""

    first: float
    second: float
    n_first: int
    n_second: int
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Driver:
    """shares: who want to stay, in 0–1, of those who agree (5–7) and of the others.

    step, step_low, step_high: the change for one step, the others being equal. part, part_low, part_high: of all that
    goes with staying, 0–1. All six None in a survey too small for them.
    """

    id: str
    shares: Difference
    step: float | None = None
    step_low: float | None = None
    step_high: float | None = None
    part: float | None = None
    part_low: float | None = None
    part_high: float | None = None


@dataclass(frozen=True, slots=True)
class Belief:
    """likelihood: mean 1–7 among those who want to stay and those who do not. differs: beyond chance, all compared."""

    statement: str
    likelihood: Difference
    differs: bool


@dataclass(frozen=True, slots=True)
class StayAnalysis:
    """n: who said yes or no. share: yes among them. unsure: «vet ikke» among all who answered. In 0–1, weighted.

    strongest: the driver that is first in at least nine of ten draws; "" when none is. explained: R² of all together.
    """

    n: int
    share: float
    low: float
    high: float
    unsure: float
    n_unsure: int
    drivers: tuple[Driver, ...]
    beliefs: tuple[Belief, ...]
    strongest: str = ""
    explained: float | None = None

    def to_document(self) -> dict[str, Any]:
        """Plain JSON; nothing is held back in it."""
        return asdict(self)

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "StayAnalysis":
        drivers = [{**one, "shares": Difference(**one["shares"])} for one in document["drivers"]]
        beliefs = [{**one, "likelihood": Difference(**one["likelihood"])} for one in document["beliefs"]]
        return cls(
            **{
                **document,
                "drivers": tuple(Driver(**one) for one in drivers),
                "beliefs": tuple(Belief(**one) for one in beliefs),
            }
        )


def analyse_stay(answers: Answers) -> StayAnalysis | None:
    """None when the question was not asked, or fewer than ten said yes or no."""
    said = (answers.stay != STAY_BLANK) & (answers.stay != STAY_UNSURE)
    if said.sum() < FEWEST:
        return None
    yes = (answers.stay == STAYS).astype(np.float64)
    weight = answers.weight
    share, variance = _mean(yes, weight, said)
    low, high = wilson(np.array(share), np.array(variance), np.array(_effective(weight[said])))
    unsure = answers.stay == STAY_UNSURE
    drivers, strongest, explained = _drivers(answers, yes, said)
    return StayAnalysis(
        n=int(said.sum()),
        share=share,
        low=float(low),
        high=float(high),
        unsure=float(weight[unsure].sum() / weight[answers.stay != STAY_BLANK].sum()),
        n_unsure=int(unsure.sum()),
        drivers=drivers,
        beliefs=_beliefs(answers, yes == 1, said),
        strongest=strongest,
        explained=explained,
    )


def _mean(value: Floats, weight: Floats, group: Flags) -> tuple[float, float]:
    """The weighted mean in a group of at least two, and its variance by linearisation."""
    w, y = weight[group], value[group]
    mean = float(w @ y / w.sum())
    z = w * (y - mean) / w.sum()
    return mean, float(len(w) / (len(w) - 1) * (z @ z))


def _effective(weight: Floats) -> float:
    return float(weight.sum() ** 2 / (weight**2).sum())


def _difference(value: Floats, weight: Floats, first: Flags, second: Flags) -> tuple[Difference, float] | None:
    """first − second, and the chance of one as large if there were none; None when a group has fewer than ten."""
    if min(first.sum(), second.sum()) < FEWEST:
        return None
    (one, one_variance), (other, other_variance) = (_mean(value, weight, group) for group in (first, second))
    # Nobody is in both, so the two linearised vectors, subtracted and squared, are the two variances added.
    variance, n_eff = one_variance + other_variance, _effective(weight[first | second])
    gap = one - other
    low, high = t_interval(np.array(gap), np.array(variance), np.array(n_eff))
    chance = 2 * float(stdtr(n_eff - 1, -abs(gap) / np.sqrt(variance))) if variance > 0 else float(gap == 0)
    return Difference(one, other, int(first.sum()), int(second.sum()), gap, float(low), float(high)), chance


def _tells_of_each(shares: Difference) -> bool:
    """A few people of whom all, or none, want to stay: the share says what each of them answered."""
    groups = ((shares.first, shares.n_first), (shares.second, shares.n_second))
    return any(share in (0.0, 1.0) and n < ALIKE_BELOW for share, n in groups)


def _drivers(answers: Answers, yes: Floats, said: Flags) -> tuple[tuple[Driver, ...], str, float | None]:
    """The two-group view of each; with the adjusted one, and the strongest, where the survey is large enough."""
    kept: list[Driver] = []
    columns: list[int] = []
    for column, one in enumerate(answers.driver_ids):
        step = answers.drivers[:, column]
        agree, others = said & (step >= AGREES), said & (step > 0) & (step < AGREES)
        found = _difference(yes, answers.weight, agree, others)
        if found is not None and not _tells_of_each(found[0]):
            kept.append(Driver(one, found[0]))
            columns.append(column)
    plain = tuple(kept)
    complete = said & np.all(answers.drivers[:, columns] > 0, axis=1)
    outcome, weight = yes[complete], answers.weight[complete]
    if not kept or not large_enough(outcome):
        return plain, "", None
    steps = answers.drivers[np.ix_(complete, columns)].astype(np.float64)
    adjusted = average_steps(steps, outcome, weight)
    if adjusted is None:
        return plain, "", None
    together = np.column_stack([steps, outcome])
    parts = r_squared_shares(weighted_correlation(together, weight))
    drawn = drawn_shares(together, weight)
    explained = float(parts.sum())
    low, high = np.quantile(drawn / drawn.sum(axis=1, keepdims=True), (0.025, 0.975), axis=0)
    first = np.bincount(drawn.argmax(axis=1), minlength=len(kept)) / len(drawn)
    full = tuple(
        Driver(
            one.id,
            one.shares,
            *(float(part[place]) for part in (adjusted.value, adjusted.low, adjusted.high)),
            *(float(part[place]) for part in (parts / explained, low, high)),
        )
        for place, one in enumerate(kept)
    )
    # One alone is not the strongest of any.
    sure = len(kept) > 1 and first.max() >= SURE_OF_FIRST
    return full, kept[int(first.argmax())].id if sure else "", explained


def _beliefs(answers: Answers, yes: Flags, said: Flags) -> tuple[Belief, ...]:
    found: list[tuple[str, Difference, float]] = []
    for column, statement in enumerate(answers.statements):
        likelihood = answers.likelihood[:, column]
        known = said & (likelihood > 0)
        one = _difference(likelihood.astype(np.float64), answers.weight, known & yes, known & ~yes)
        if one is not None:
            found.append((statement.id, *one))
    if not found:
        return ()
    adjusted = benjamini_hochberg(np.array([chance for *_, chance in found]))
    return tuple(
        Belief(statement, difference, bool(chance <= FALSE_CLAIMS))
        for (statement, difference, _), chance in zip(found, adjusted, strict=True)
    )
