"""What is the least more money, or the least more staff, with which an initiative comes in and nothing is lost?

Among the plans that hold the initiative and close no less than a given plan does, the one that exceeds the limits of
one kind by the least over all years, within LEAST_WITHIN. Limits of the other kind stay. Answered by the tree of
`planner.domain.tree`: is there such a plan that exceeds them by less than the best so far? Plans are checked, valued
and their amounts counted exactly; the relaxation only bounds.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, inf, lcm
from typing import Literal

import numpy as np

from planner.domain.closing import Closing
from planner.domain.extra_near import Cheapening
from planner.domain.extra_relaxation import Exceedable
from planner.domain.grid import Grid, Options
from planner.domain.initiatives import Amount
from planner.domain.limits import TotalLimit, YearLimits
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem import Problem
from planner.domain.relief import Excess
from planner.domain.rules import Starts
from planner.domain.tree import MARGIN, Branching, Mask, Point, TooHard, Tree

Kind = Literal["money", "staff", "both"]
LEAST_WITHIN = 0.005
LEAST_UNITS = 0.5
FINE = 2e-7
"""Of the 100 that the plan is worth in the model: what is lost by rounding alone."""
MOST_NODES = 5000
"""Ten times what an initiative of the sample takes; what is found by then is told as «at most»."""
LOOK_UNTIL = 32


@dataclass(frozen=True, slots=True)
class Least:
    """excess: empty when it fits as it is. proven: none less than this, within LEAST_WITHIN, would do."""

    excess: tuple[Excess, ...]
    starts: Mapping[str, int]
    proven: bool


class Extra:
    """Asked for many initiatives of one problem. plan: what must not be lost. known: other plans, to begin from.

    losing: those with which something is lost as the limits are, as was proven before.
    """

    def __init__(
        self, problem: Problem, plan: Plan, known: Iterable[Starts] = (), losing: Collection[str] = ()
    ) -> None:
        self.problem, self.plan = problem, plan
        self.grid = Grid(problem)
        self.closing = Closing(problem, self.grid)
        # In these units the plan's value is 100: the tolerances of the model are made for that.
        self.scale = 100 / max(plan.value, 1e-6)
        self.enough = plan.value - FINE / self.scale
        self.months = frame(problem, "money") / max(frame(problem, "staff"), 1.0)
        self.shown = self.grid.options(plan.starts)
        self.known = [self.grid.options(starts) for starts in known]
        self.losing = {self.grid.ids.index(one) for one in losing}
        self.branching = Branching(len(self.grid.ids), len(problem.years))
        self.kinds: dict[Kind, _OfKind] = {}

    def least(self, initiative: str, kind: Kind) -> Least | None:
        """None when no amount of this would do. Of both, money and months of work weigh as much as their frames."""
        if kind not in self.kinds:
            self.kinds[kind] = _OfKind(self, self._weights(kind))
        return self.kinds[kind].least(self.grid.ids.index(initiative))

    def _weights(self, kind: Kind) -> dict[str, float]:
        found = {}
        for resource in self.problem.resources:
            if kind == "both" or (resource.id == STAFF) == (kind == "staff"):
                found[resource.id] = self.months if kind == "both" and resource.id == STAFF else 1.0
        return found


class _OfKind:
    """Questions about one kind share a relaxation, its cuts and what was learnt; each is a stage of a tree."""

    def __init__(self, extra: Extra, weights: dict[str, float]) -> None:
        self.extra, self.weights, self.grid = extra, weights, extra.grid
        self.relaxation = Exceedable(extra.grid, extra.closing, extra.scale, weights)
        over = self.relaxation
        self.near = Cheapening(extra.grid, extra.closing, over.exceeded, over.weights, extra.enough)
        self.least_weight = min(weights.values(), default=1.0)
        self.step = _step(extra.problem, weights)
        # Place of an initiative -> no plan that holds it and loses nothing takes less than this.
        self.least_of: dict[int, float] = {}
        self.seen: dict[bytes, tuple[Plan, float] | None] = {}

    def least(self, place: int) -> Least | None:
        self.best: tuple[Plan, float] | None = None
        self.place = place
        self.mask = self._open(place)
        self.relaxation.allow(inf)
        self._begin(place)
        mask, dearer = self.mask.copy(), list[int]()
        for other, amount in self.least_of.items():
            if other != place and self.best is not None and amount >= self._sought():
                mask[other, :-1] = False
                dearer.append(other)
        proven = True
        if self.limit() > -inf and mask.any(axis=1).all():
            tree = self.tree = Tree(
                self.relaxation, len(self.grid.problem.years), self._watch, MOST_NODES, self.extra.branching
            )
            try:
                tree.explore([mask], self)
            except TooHard:
                proven = False
        if proven:
            self.least_of[place] = inf if self.best is None else self._sought()
        if self.best is None:
            return None
        return Least(excess(self.best[0]), dict(self.best[0].starts), proven)

    def _open(self, place: int) -> Mask:
        problem, ids = self.grid.problem, self.grid.ids
        mask = np.ones((len(ids), len(problem.years) + 1), dtype=np.bool_)
        for n, one in enumerate(ids):
            mask[n, :-1] = [problem.ground.by_id[one].may_start(year) for year in problem.years]
        mask[place, -1] = False
        return mask

    def _sought(self) -> float:
        """The most that a plan may take to be worth finding."""
        if self.best is None:
            return inf
        within = max(LEAST_UNITS * self.least_weight, self.best[1] * LEAST_WITHIN / (1 + LEAST_WITHIN))
        # Amounts come in steps: what is less is a whole step less, and with none left it keeps the limits as they are.
        sought = self.best[1] - max(within, self.step * (1 - 1e-6))
        return -1.0 if sought < self.step * (1 - 1e-6) and self.place in self.extra.losing else sought

    def limit(self) -> float:
        if self._sought() < 0:
            return -inf
        return (float(self.extra.closing.constant[0]) - self.extra.enough) * self.extra.scale + MARGIN

    def offer(self, options: Options) -> float | None:
        """Take a plan that takes less than the best so far. Never a score: less may hide behind the same value."""
        key = options.tobytes()
        if key not in self.seen:
            self.seen[key] = self._checked(options)
        found = self.seen[key]
        inside = self.mask[np.arange(len(options)), options].all()
        if found is not None and inside and (self.best is None or found[1] < self.best[1]):
            self.best = found
            self.relaxation.allow(self._sought())
        return None

    def _checked(self, options: Options) -> tuple[Plan, float] | None:
        """The plan with what it takes, both exact; None when it loses something or breaks anything else."""
        plan = Plan(self.extra.problem, self.grid.starts(options))
        if plan.value < self.extra.enough:
            return None
        for rule in plan.broken:
            if not isinstance(rule, YearLimits | TotalLimit) or rule.resource.id not in self.weights:
                return None
        return plan, sum(self.weights[name] * float(over) for name, _, over, _ in _exceeded(plan))

    def _watch(self, open_bound: float, point: Point | None) -> None:
        nodes = self.tree.nodes
        if point is not None and nodes <= LOOK_UNTIL and nodes & (nodes - 1) == 0:
            shares = point.starts.reshape(self.mask.shape[0], -1)
            every = np.concatenate([shares, 1 - shares.sum(axis=1, keepdims=True)], axis=1)
            self._look(np.where(self.mask, every, -1.0).argmax(axis=1))

    def _look(self, options: Options) -> None:
        mended = self.near.repair(options, self.mask)
        cheap = None if mended is None else self.near.cheapen(mended, self.mask)
        if cheap is not None:
            self.offer(cheap)

    def _begin(self, place: int) -> None:
        """Look from good plans with the initiative: known ones that hold it, and the plan with it added each year."""
        years = len(self.grid.problem.years)
        for options in self.extra.known:
            if options[place] < years:
                self._look(options)
        for year in np.nonzero(self.mask[place])[0].tolist():
            added = self.extra.shown.copy()
            added[place] = year
            self._look(added)


def _step(problem: Problem, weights: Mapping[str, float]) -> float:
    """All sums by which limits are exceeded are whole numbers of this; 0 where that is not known."""
    if any(weight != 1 for weight in weights.values()):
        return 0.0
    kept = 1 - Fraction(problem.reserve)
    amounts: set[Fraction] = set()
    for resource in problem.resources:
        if resource.id in weights:
            limits = (limit for limit in (*resource.limit, resource.total_limit) if limit is not None)
            amounts |= {Fraction(limit) * kept for limit in limits}
            for one in problem.initiatives:
                begins = problem.years if one.started is None else (one.started,)
                amounts |= {Fraction(one.use(resource.id, s, year)) for s in begins for year in problem.years}
    below = lcm(*(amount.denominator for amount in amounts))
    return gcd(*(int(amount * below) for amount in amounts)) / below


def frame(problem: Problem, kind: Kind) -> float:
    """All limits of a kind, over all years, in its own units."""
    of_kind = [r for r in problem.resources if (r.id == STAFF) == (kind == "staff")]
    return sum(float(limit or 0) for resource in of_kind for limit in resource.limit)


def excess(plan: Plan) -> tuple[Excess, ...]:
    """By how much each limit must grow for the plan to keep it, in whole units: the reserve takes its share of that."""
    kept = 1 - Fraction(plan.problem.reserve)
    return tuple(
        Excess(name, year, ceil((over + limit * kept) / kept - limit)) for name, year, over, limit in _exceeded(plan)
    )


def _exceeded(plan: Plan) -> Iterator[tuple[str, int | None, Fraction, Fraction]]:
    """(resource, year or None for all years, by how much it is exceeded, the limit before the reserve)."""
    problem = plan.problem
    kept = 1 - Fraction(problem.reserve)
    for resource in problem.resources:
        limits: list[tuple[int | None, Amount | None, Amount]] = [
            (year, limit, plan.use(resource.id, year))
            for year, limit in zip(problem.years, resource.limit, strict=True)
        ]
        limits.append((None, resource.total_limit, sum(plan.used[resource.id], 0)))
        for year, limit, use in limits:
            if limit is not None and kept > 0 and Fraction(use) > Fraction(limit) * kept:
                yield resource.id, year, Fraction(use) - Fraction(limit) * kept, Fraction(limit)
