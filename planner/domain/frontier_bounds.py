"""How much can half-decided plans of a mask close at most, weighed in several ways? Thousands of them in one go.

`planner.domain.frontier` decides one initiative after the other. For every plan decided so far, and every weighing of
the groups, two bounds are reckoned and the lower counts:

- from the linear relaxation of the mask: its bound less what each option taken costs there;
- from the plan itself: what it closes, and for each initiative left the most that one of its options would add to it
  (together they add less than each alone, in all three closures), less the price of the limits it takes of, plus the
  price of what is left of them. Any price from 0 up is right; those of the relaxation are good.

All of it is arithmetic on arrays; nothing here is solved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from planner.domain.frontier_sums import Flags, Sums
from planner.domain.grid import Options, Vector
from planner.domain.tree import Mask

ROUNDING = 1e-11
"""Relative; sums of a few thousand products are exact to 1e-13."""


@dataclass(frozen=True)
class Root:
    """A solved relaxation of a mask, one weighing: no plan of it is worth more than bound − Σ price of its options.

    price: initiatives × options. started: initiatives × years, the shares started by each. spent: initiatives × years,
    what each start takes of the limits, at their prices; room: all there is of them, at the same.
    """

    bound: float
    price: Vector
    started: Vector
    spent: Vector
    room: float


class Bounds:
    """Upper bounds in one mask. roots: one for each weighing."""

    def __init__(self, sums: Sums, mask: Mask, roots: Sequence[Root]) -> None:
        self.sums, self.mask, self.roots = sums, mask, roots
        self.price = np.array([root.price for root in roots])
        self.spent = np.zeros((len(roots), sums.count, sums.years + 1))
        self.spent[:, :, :-1] = [root.spent for root in roots]
        self.open = np.nonzero(mask.sum(axis=1) > 1)[0]
        # Those about which every weighing agrees first: of them one option is left at once.
        dear = np.sort(np.where(mask, self.price.min(axis=0), np.inf), axis=1)[self.open, 1]
        self.order = self.open[np.argsort(-dear, kind="stable")]
        self.depth = len(self.order)
        self.least_left = self._left(np.where(mask, sums.take, np.inf).min(axis=2, initial=np.inf))
        self.most_left = self._left(np.where(mask, sums.take, -np.inf).max(axis=2, initial=-np.inf))
        self.price_left = self._left(np.where(mask, self.price, np.inf).min(axis=2, initial=np.inf))
        self.gains: dict[int, list[tuple[sparse.csr_array, Vector]]] = {}

    def root(self) -> Options:
        """The one plan with all that is decided in the mask."""
        plan = np.where(self.mask.sum(axis=1) > 1, self.sums.years, self.mask.argmax(axis=1))
        return plan[None, :].astype(np.intp)

    def _left(self, each: Vector) -> Vector:
        """depth × …: sums over the initiatives not yet decided at each depth."""
        ordered = np.flip(each[:, self.order], axis=1)
        total = np.concatenate([np.zeros((len(each), 1)), np.cumsum(ordered, axis=1)], axis=1)
        left: Vector = np.flip(total, axis=1).T
        return left

    def children(self, plans: Options, depth: int) -> Options:
        """Every plan with each open option of the initiative at this depth, in order of plan."""
        one = self.order[depth]
        options = np.nonzero(self.mask[one])[0]
        made = np.repeat(plans, len(options), axis=0)
        made[:, one] = np.tile(options, len(plans))
        return made

    def possible(self, plans: Options, depth: int) -> Flags:
        """True where the rows can still hold (within rounding: whole plans are checked exactly elsewhere)."""
        taken = self.sums.taken(plans)
        fits = (taken + self.least_left[depth] <= self.sums.high) & (taken + self.most_left[depth] >= self.sums.low)
        possible: Flags = fits.all(axis=1)
        return possible

    def at_most(self, plans: Options, depth: int) -> tuple[Vector, Flags]:
        """(bounds: plans × weighings, True where the floors can still hold), the first `depth` of the order decided."""
        values, more = self.sums.closed(plans)
        every, reach = np.arange(self.sums.count), np.ones(len(plans), dtype=np.bool_)
        left, bounds = self.order[depth:], np.empty((len(plans), self.sums.ways))
        for number, (matrix, straight) in enumerate(self._gains(depth)):
            added = (matrix @ more.T).T.reshape(len(plans), len(left), self.sums.years) + straight
            if number >= self.sums.ways:
                most = added.max(axis=2, initial=0.0).sum(axis=1)
                reach &= values[:, number] + most >= self.sums.floors[number - self.sums.ways]
                continue
            spent = self.spent[number]
            most = (added - spent[left, :-1]).max(axis=2, initial=0.0).sum(axis=1)
            room = self.roots[number].room - spent[every, plans].sum(axis=1)
            bounds[:, number] = values[:, number] + most + room
        decided = np.setdiff1d(every, left)
        reached = np.array([root.bound for root in self.roots]) - self.price_left[depth]
        reached = reached - self.price[:, decided, plans[:, decided]].sum(axis=2).T
        return np.minimum(bounds + ROUNDING * np.maximum(1.0, bounds), reached), reach

    def _gains(self, depth: int) -> list[tuple[sparse.csr_array, Vector]]:
        """For each function: (options of those left × entries, weighted), and the linear part of each option."""
        if depth not in self.gains:
            self.gains[depth] = list(self._gains_of(self.order[depth:]))
        return self.gains[depth]

    def _gains_of(self, left: Options) -> Iterator[tuple[sparse.csr_array, Vector]]:
        sums = self.sums
        place = np.full(sums.count, -1)
        place[left] = np.arange(len(left))
        use = (place[sums.pair_initiative] >= 0) & self.mask[sums.pair_initiative, sums.pair_year]
        row = place[sums.pair_initiative[use]] * sums.years + sums.pair_year[use]
        shape = (len(left) * sums.years, len(sums.closing.column))
        at = (row, sums.pair_entry[use])
        for weight, by_start in zip(sums.pair_weight, sums.by_start, strict=True):
            straight = np.where(self.mask[left, :-1], by_start[left], -np.inf)
            yield sparse.csr_array((weight[use], at), shape=shape), straight
