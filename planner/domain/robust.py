"""Does the plan hold when the estimates vary? In which share of draws is each initiative in the best plan?

Each draw is solved to within a gap, from the same start whichever draws were solved before, so that its answer is its
own. A selection frequency: never called a core index. Regret is what the shown plan loses in a draw, as a share of
what the best plan there closes; where a draw's costs are too high for the shown plan it is counted as it stands, and
in how many draws it fits is told beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

import numpy as np

from planner.domain.limits import TotalLimit, YearLimits
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.spread import Spread, drawn

Verdict = Literal["holds", "depends", "falls"]
HOLDS, FALLS = 0.9, 0.1
Z = 1.959963984540054
FEW, MANY = 385, 1068
"""Draws for half-widths of five and three points at worst."""
GAP = 0.01
ENOUGH = 0.03
MOST_POT = 0.5
"""Nobody holds back more than half: then something else is wrong."""


@dataclass(frozen=True, slots=True)
class Draw:
    """chosen: ids of the best plan. regret: share of its value that the shown plan lacks. gap: how far from proven.

    short: the share of what the shown plan takes that its limits lack, where they lack most (see `short_of`).
    """

    number: int
    chosen: tuple[str, ...]
    regret: float
    fits: bool
    gap: float
    short: float = 0.0

    def as_json(self) -> list[Any]:
        return [self.number, list(self.chosen), self.regret, self.fits, self.gap, self.short]

    @classmethod
    def from_json(cls, facts: list[Any]) -> "Draw":
        """Draws of before `short` was kept have none."""
        return cls(facts[0], tuple(facts[1]), *facts[2:])


def draw(problem: Problem, shown: Plan, spread: Spread, seed: int, number: int, solver: Any) -> Draw | None:
    """One draw; None when it has no plan or was stopped. solver: (problem, known plans) -> Resolver."""
    changed = drawn(problem, spread, seed, number)
    answer = solver(changed, [shown.starts]).first
    if answer.plan is None or not answer.proven:
        return None
    ours = Plan(changed, dict(shown.starts))
    best = max(answer.plan.value, ours.value if not ours.broken else 0.0)
    regret = 0.0 if best <= 0 else max(0.0, (best - ours.value) / best)
    bound = max(answer.bound or best, best)
    gap = 0.0 if bound <= 0 else (bound - best) / bound
    return Draw(number, tuple(answer.plan.starts), regret, not ours.broken, gap, short_of(ours))


def short_of(plan: Plan) -> float:
    """The share of what a plan takes of a resource that its limit lacks, where it lacks most; 0 when all is kept.

    A plan made with this share of every limit held back takes no more than the whole limits when its use grows so much.
    """
    pairs = []
    for rule in plan.problem.all_rules:
        if isinstance(rule, YearLimits):
            pairs += list(zip(plan.used[rule.resource.id], rule.allowed(), strict=True))
        elif isinstance(rule, TotalLimit):
            pairs.append((sum(plan.used[rule.resource.id]), rule.allowed()))
    lacks = [float((used - allowed) / used) for used, allowed in pairs if allowed is not None and used > allowed]
    return max(lacks, default=0.0)


@dataclass(frozen=True, slots=True)
class Robustness:
    """frequency, interval: per initiative, 0–1, Wilson at 95 %. fits: share of draws in which the shown plan fits.

    pot: the share of the limits that would have had to be held back for it to fit in half of the draws; None when no
    such share would do, or draws do not tell.
    """

    draws: int
    frequency: Mapping[str, float]
    interval: Mapping[str, tuple[float, float]]
    regret_mean: float
    regret_p95: float
    fits: float
    mean_gap: float
    pot: float | None = None

    def as_json(self) -> dict[str, Any]:
        """What `planner robust --json` prints."""
        return {
            "draws": self.draws,
            "frequency": dict(self.frequency),
            "interval": {one: list(ends) for one, ends in self.interval.items()},
            "regret_mean": self.regret_mean,
            "regret_p95": self.regret_p95,
        }


def gathered(draws: Iterable[Draw], initiatives: Iterable[str]) -> Robustness:
    """draws: at least one, in any order."""
    some = sorted(draws, key=lambda one: one.number)
    count = len(some)
    times = {one: sum(one in draw.chosen for draw in some) for one in sorted(initiatives)}
    regrets = np.array([draw.regret for draw in some])
    return Robustness(
        draws=count,
        frequency={one: n / count for one, n in times.items()},
        interval={one: wilson(n, count) for one, n in times.items()},
        regret_mean=float(regrets.mean()),
        regret_p95=float(np.quantile(regrets, 0.95)),
        fits=sum(draw.fits for draw in some) / count,
        mean_gap=sum(draw.gap for draw in some) / count,
        pot=_pot(some),
    )


def _pot(some: Sequence[Draw]) -> float | None:
    # What breaks a rule without going over a limit is helped by no money.
    needed = sorted(draw.short if draw.fits or draw.short > 0 else 1.0 for draw in some)
    half = needed[(len(needed) + 1) // 2 - 1]
    return half if half <= MOST_POT else None


def wilson(times: int, of: int) -> tuple[float, float]:
    """The interval for a share of independent draws (Wilson 1927)."""
    share, z2 = times / of, Z * Z / of
    centre = (share + z2 / 2) / (1 + z2)
    half = Z * sqrt(share * (1 - share) / of + z2 / (4 * of)) / (1 + z2)
    low = 0.0 if times == 0 else max(0.0, centre - half)
    return low, 1.0 if times == of else min(1.0, centre + half)


def verdict(share: float) -> Verdict:
    return "holds" if share >= HOLDS else "falls" if share < FALLS else "depends"


def doubtful(interval: tuple[float, float]) -> bool:
    """Whether more draws could give another verdict: the interval reaches into another zone."""
    low, high = interval
    return verdict(low) != verdict(high)


def enough(found: Robustness) -> bool:
    """No interval is wider than ENOUGH to either side: further draws would change nothing that is shown."""
    return all(high - low <= 2 * ENOUGH for low, high in found.interval.values())
