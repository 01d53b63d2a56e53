"""How much can half-decided plans close at most, weighed in several ways at once? Thousands of them in one go.

`planner.domain.frontier` decides one initiative after the other. For every plan decided so far, and every weighing of
the groups, two bounds are reckoned and the lower counts:

- from the linear relaxation of the whole problem: its bound less what each option taken costs there;
- from the plan itself: what it closes, and for each initiative left the most that one of its options would add to it
  (together they add less than each alone, in all three closures), less the price of the limits it takes of, plus the
  price of what is left of them. Any price from 0 up is right; those of the relaxation are good.

All of it is arithmetic on arrays; nothing here is solved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from planner.domain.closing import Closing
from planner.domain.grid import Grid, Options, Vector
from planner.domain.local_search import SLACK, Neighbourhood
from planner.domain.problem import Problem
from planner.domain.rules_groups import NeedFloor

Flags = npt.NDArray[np.bool_]
ROUNDING = 1e-11
"""Relative; sums of a few thousand products are exact to 1e-13."""


@dataclass(frozen=True)
class Root:
    """One weighing at the root: no plan is worth more than bound − Σ price of its options.

    price: initiatives × options. limits: what one more of each limit row is worth (rows × 1), for rows of `take`.
    """

    bound: float
    price: Vector
    limits: Vector
    take: Vector
    most: Vector


def group_sums(problem: Problem, groups: Sequence[str] | None) -> tuple[Closing, Grid, list[int]]:
    """The closure of a problem with one function more for each group, and where those functions are.

    A floor of nothing for each group makes its points a sum of their own. groups: None for all needs together.
    """
    by = problem.weights.by if problem.weights else "segment"
    members = [tuple(n.id for n in problem.needs if groups is None or n.group(by) == g) for g in groups or ("",)]
    extra = [NeedFloor(0.0, of=of) for of in members]
    wider = replace(problem, rules=(*problem.rules, *extra))
    grid = Grid(wider)
    closing = Closing(wider, grid)
    return closing, grid, [1 + next(n for n, f in enumerate(closing.floors) if f == one) for one in extra]


class Bounds:
    """Upper bounds of one problem. order: in which the initiatives are decided.

    Half-decided plans are rows of options (a year index, or one more for never); what is not decided stands as never.
    """

    def __init__(
        self, problem: Problem, groups: Sequence[str] | None, weighings: Vector, roots: Sequence[Root]
    ) -> None:
        closing, self.grid, places = group_sums(problem, groups)
        self.closing, self.problem = closing, problem
        self.count, self.years = len(self.grid.ids), len(problem.years)
        self.weighings = weighings
        real = [n for n, floor in enumerate(closing.floors, start=1) if n not in places]
        self.constant = np.append(weighings @ closing.constant[places], closing.constant[real])
        self.linear = np.vstack([weighings @ closing.linear[places], closing.linear[real]])
        self.weight = np.vstack([weighings @ closing.weight[places], closing.weight[real]])
        near = Neighbourhood(self.grid, closing)
        self.take, self.low, self.high = near.take, near.low, near.high
        self.floors = near.floors[[n - 1 for n in real]] - 2 * SLACK
        self.roots = roots
        self.price = np.array([root.price for root in roots])
        self.first = np.array([root.bound for root in roots])
        self.open = self._windows()
        self.order = self._order()
        self.starts = np.cumsum(closing.sizes) - closing.sizes

    def _windows(self) -> Flags:
        """initiatives × options: True where the option is open."""
        open_ = np.ones((self.count, self.years + 1), dtype=np.bool_)
        for n, one in enumerate(self.grid.ids):
            open_[n, :-1] = [self.problem.ground.by_id[one].may_start(year) for year in self.problem.years]
        return open_

    def _order(self) -> list[int]:
        """Those about which every weighing agrees first: of them one option is left at once."""
        dear = np.sort(np.where(self.open, self.price.min(axis=0), np.inf), axis=1)
        second = dear[:, 1] if dear.shape[1] > 1 else np.zeros(self.count)
        return sorted(range(self.count), key=lambda n: (-float(second[n]), n))

    @cached_property
    def least_left(self) -> Vector:
        """depth × rows: the least the initiatives not yet decided take."""
        return self._left(np.where(self.open, self.take, np.inf).min(axis=2, initial=np.inf))

    @cached_property
    def most_left(self) -> Vector:
        return self._left(np.where(self.open, self.take, -np.inf).max(axis=2, initial=-np.inf))

    @cached_property
    def price_left(self) -> Vector:
        """depth × weighings."""
        return self._left(np.where(self.open, self.price, np.inf).min(axis=2, initial=np.inf))

    def _left(self, each: Vector) -> Vector:
        ordered = np.flip(each[:, self.order], axis=1)
        sums = np.concatenate([np.zeros((len(each), 1)), np.cumsum(ordered, axis=1)], axis=1)
        left: Vector = np.flip(sums, axis=1).T
        return left

    def children(self, plans: Options, depth: int) -> Options:
        """Every plan with each open option of the initiative at this depth, in order of plan."""
        one = self.order[depth]
        options = np.nonzero(self.open[one])[0]
        made = np.repeat(plans, len(options), axis=0)
        made[:, one] = np.tile(options, len(plans))
        return made

    def possible(self, plans: Options, depth: int) -> Flags:
        """True where the rows can still hold (within rounding: whole plans are checked exactly elsewhere)."""
        decided = self.order[:depth]
        taken = (
            self.take[:, decided, plans[:, decided]].sum(axis=2).T if depth else np.zeros((len(plans), len(self.low)))
        )
        fits = (taken + self.least_left[depth] <= self.high) & (taken + self.most_left[depth] >= self.low)
        possible: Flags = fits.all(axis=1)
        return possible

    def at_most(self, plans: Options, depth: int) -> tuple[Vector, Flags]:
        """(bounds: plans × weighings, True where the floors can still hold), the first `depth` of the order decided."""
        points = self.grid.started_by(self.grid.points(plans))
        closed, marginal = self._state(points)
        values = self.constant + points @ self.linear.T + closed @ self.weight.T
        decided, ways = self.order[:depth], len(self.weighings)
        reached = self.first - self.price[:, decided, plans[:, decided]].sum(axis=2).T - self.price_left[depth]
        bounds, floors = np.empty((len(plans), ways)), np.empty((len(plans), len(self.floors)))
        for number, (matrix, fixed) in enumerate(self._gains[depth]):
            added = (matrix @ marginal.T).T.reshape(len(plans), -1, self.years) + fixed
            if number >= ways:
                floors[:, number - ways] = values[:, number] + added.max(axis=2, initial=0.0).sum(axis=1)
                continue
            root = self.roots[number]
            spent = np.tensordot(root.limits, root.take, 1)[self.order[depth:]] if len(root.limits) else 0.0
            most = (added - spent).max(axis=2, initial=0.0).sum(axis=1)
            bounds[:, number] = values[:, number] + most + self._room(root, plans, decided)
        bounds = np.minimum(bounds + ROUNDING * np.maximum(1.0, bounds), reached)
        reach = np.ones(len(plans), dtype=np.bool_)
        for number, floor in enumerate(self.floors.tolist()):
            reach &= floors[:, number] >= floor
        return bounds, reach

    def _room(self, root: Root, plans: Options, decided: list[int]) -> Vector | float:
        """What is left of the limits, at their prices."""
        if not len(root.limits):
            return 0.0
        price = np.zeros((self.count, self.years + 1))
        price[:, :-1] = np.tensordot(root.limits, root.take, 1)
        room: Vector = float(root.limits @ root.most) - price[decided, plans[:, decided]].sum(axis=1)
        return room

    def _state(self, points: Vector) -> tuple[Vector, Vector]:
        """(closed: plans × terms, what each entry of `closing` would add to its term alone: plans × entries)."""
        closing = self.closing
        here = closing.strength * points[:, closing.column]
        if not closing.terms:
            return np.zeros((len(points), 0)), here
        if closing.closure == "max":
            closed = np.maximum(np.maximum.reduceat(here, self.starts, axis=1), closing.running)
            return closed, np.maximum(closing.strength - closed[:, closing.term], 0.0)
        if closing.closure == "capped":
            closed = np.minimum(1.0, np.add.reduceat(here, self.starts, axis=1) + closing.running)
            return closed, np.minimum(closing.strength, 1 - closed[:, closing.term])
        closed = 1 - np.multiply.reduceat(1 - here, self.starts, axis=1)
        return closed, closing.strength * (1 - closed[:, closing.term])

    @cached_property
    def _gains(self) -> list[list[tuple[sparse.csr_array, Vector]]]:
        """For each depth and function: (undecided options × entries, weighted), and the linear part of each option."""
        return [list(self._gains_at(self.order[depth:])) for depth in range(self.count + 1)]

    def _gains_at(self, left: list[int]) -> Iterator[tuple[sparse.csr_array, Vector]]:
        # Starting in a year makes everything true that is true of having started by that year or a later one.
        closing, years = self.closing, self.years
        place = {one: n for n, one in enumerate(left)}
        rows, entries = [], []
        for entry, column in enumerate(closing.column.tolist()):
            if column // years in place:
                options = [t for t in range(column % years + 1) if self.open[column // years, t]]
                rows += [place[column // years] * years + t for t in options]
                entries += [entry] * len(options)
        for weight, linear in zip(self.weight, self.linear, strict=True):
            by_start = self.grid.over_starts(linear).reshape(self.count, years)[left]
            fixed = np.where(self.open[left, :-1], by_start, -np.inf)
            data = weight[closing.term[entries]] if entries else np.zeros(0)
            yield sparse.csr_array((data, (rows, entries)), shape=(len(left) * years, len(closing.column))), fixed
