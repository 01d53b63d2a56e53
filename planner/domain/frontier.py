"""Which plans are beaten by no other, however the groups are weighed? All of them, found by ruling out the rest.

A plan is beaten when another closes at least as much at every corner of the allowed weights and more at one of them
(1e-9 is no difference). Masks of plans are bounded by a relaxation at each corner and split, as in
`planner.domain.tree`; the plans of a small mask are decided one initiative after the other, in batches. Either way
something is dropped only when it breaks a limit, rule or floor, or when one plan already found beats everything it
could still become: so no plan that belongs here is lost, supported by some weights or not. Whole plans are checked by
every rule in exact arithmetic and valued by the formula; equals are kept.

Twelve initiatives in two years and three groups take half a second. The number of plans that nothing beats grows fast
with the groups, the years and the width of what is allowed: above MOST_PLANS of them, or MOST_MASKS half-decided plans
(minutes), the search ends and says that it is not complete. The sample, forty initiatives in four years, is complete in
a quarter of a minute when the weights are fixed and not in half a minute when they are not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from planner.domain.frontier_bounds import Bounds, Root
from planner.domain.frontier_corner import Corner
from planner.domain.frontier_sums import Flags, Sums
from planner.domain.grid import Options, Vector
from planner.domain.portfolio import Plan
from planner.domain.problem import TOLERANCE, Problem
from planner.domain.search import BETWEEN_REPORTS, Clock
from planner.domain.tree import Mask, Stopped

MOST_PLANS = 10_000
MOST_MASKS = 5_000_000
BATCH = 2048
MASKS_A_ROOT = 2000
"""A mask with relaxations takes as long as so many without."""
MOST_COUNTED, MOST_AT_ONCE = 1e7, 50_000
"""A mask of no more plans than the first is counted; past the second it is split after all."""
BLOCK = 4_000_000
"""Comparisons at once, so that memory stays under 100 MB."""


@dataclass(frozen=True, slots=True)
class Sought:
    """How far the search is: plans that nothing found beats, and the share of all plans in settled masks."""

    plans: int
    settled: float
    seconds: float


OnSought = Callable[[Sought], bool | None]
"""Called a few times a second; True stops the search."""


def beaten(values: Vector, by: Vector) -> Flags:
    """values: plans × corners, by: plans × corners -> True for each of the first that one of the second beats."""
    found = np.zeros(len(values), dtype=np.bool_)
    if not len(by):
        return found
    slack = TOLERANCE * np.maximum(1.0, np.abs(by))
    size = max(1, BLOCK // len(by))
    for start in range(0, len(values), size):
        part = values[start : start + size]
        nowhere_less = np.ones((len(part), len(by)), dtype=np.bool_)
        somewhere_more = np.zeros((len(part), len(by)), dtype=np.bool_)
        for k in range(values.shape[1]):
            nowhere_less &= by[:, k] + slack[:, k] >= part[:, k, None]
            somewhere_more |= by[:, k] - slack[:, k] > part[:, k, None]
        found[start : start + size] = (nowhere_less & somewhere_more).any(axis=1)
    return found


def group_sums(plan: Plan, groups: Sequence[str] | None) -> Vector:
    """What a plan closes of each group's points, unweighted (groups None: of all needs together)."""
    by, needs = (plan.problem.weights.by if plan.problem.weights else None), plan.problem.needs
    closed = [
        [need.points * plan.closed[need.id] for need in needs if not by or need.group(by) == g] for g in groups or ("",)
    ]
    return np.array([fsum(part) for part in closed])


def _size(mask: Mask) -> float:
    """How many plans a mask holds, limits aside."""
    return float(np.prod(mask.sum(axis=1, dtype=np.float64)))


def _halves(mask: Mask, roots: Sequence[Root]) -> list[Mask]:
    """Split where the corners together are most in doubt: has one initiative started by one year? The likelier last."""
    by = np.mean([root.started for root in roots], axis=0)
    # Both halves must hold something.
    first = mask[:, :-1].cumsum(axis=1) > 0
    later = np.flip(np.cumsum(np.flip(mask, 1), axis=1), 1)[:, 1:] > 0
    doubt = np.where(first & later, np.minimum(by, 1 - by), -1.0)
    one, year = np.unravel_index(int(doubt.argmax()), doubt.shape)
    started, not_yet = mask.copy(), mask.copy()
    started[one, year + 1 :] = False
    not_yet[one, : year + 1] = False
    return [not_yet, started] if by[one, year] > 0.5 else [started, not_yet]


class Frontier:
    """One search. After `run`, `plans` are the plans that no plan found beats.

    groups: the weighted groups in order (None: one group of all needs); corners: corners × groups.
    """

    def __init__(
        self,
        problem: Problem,
        groups: Sequence[str] | None,
        corners: Vector,
        *,
        clock: Clock,
        time_limit: float | None = None,
        on_sought: OnSought | None = None,
        most_plans: int = MOST_PLANS,
        most_masks: int = MOST_MASKS,
    ) -> None:
        self.problem, self.groups, self.corners = problem, groups, corners
        self.clock, self.begun, self.on_sought = clock, clock(), on_sought
        self.deadline = np.inf if time_limit is None else self.begun + time_limit
        self.most_plans, self.most_masks, self.masks = most_plans, most_masks, 0
        self.reported, self.settled = -np.inf, 0.0
        self.plans: list[Plan] = []
        self.seen: set[tuple[tuple[str, int], ...]] = set()
        self._kept: Vector = np.empty((256, len(corners)))

    @property
    def values(self) -> Vector:
        """What each of `plans` closes at each corner."""
        return self._kept[: len(self.plans)]

    def run(self) -> bool:
        """True when `plans` is complete; False when the search was stopped or came to a cap."""
        try:
            corners = []
            for weights in self.corners:
                corner = Corner(self.problem, self.groups, weights, self.clock, self._stop)
                for plan in corner.plans:
                    self._add(Plan(self.problem, plan.starts))
                if not self.plans:
                    return True
                corners.append(corner)
            self._explore(corners, Sums(self.problem, self.groups, self.corners))
            return True
        except Stopped:
            return False

    # Masks, each bounded by a relaxation at each corner

    def _explore(self, corners: Sequence[Corner], sums: Sums) -> None:
        """Every mask is dropped, or all that is left of it counted, or split in two."""
        whole = corners[0].search.open_mask()
        stack = [whole]
        while stack:
            self.settled = max(self.settled, 1 - sum(_size(mask) for mask in stack) / _size(whole))
            self._stop()
            mask = stack.pop()
            self.masks += MASKS_A_ROOT
            roots = [root for corner in corners if (root := corner.root(mask)) is not None]
            if len(roots) < len(corners):
                continue
            left = self._narrowed(mask, roots)
            if left is None or (_size(left) <= MOST_COUNTED and self._count(Bounds(sums, left, roots))):
                continue
            stack += _halves(left, roots)

    def _narrowed(self, mask: Mask, roots: Sequence[Root]) -> Mask | None:
        """The mask without the options whose every plan is beaten; None when that is all of it."""
        bounds = np.array([root.bound for root in roots])
        initiatives, options = np.nonzero(mask)
        price = np.array([root.price[initiatives, options] for root in roots]).reshape(len(roots), len(options))
        out = beaten(np.vstack([bounds, bounds - price.T]), self.values)
        left = mask.copy()
        left[initiatives[out[1:]], options[out[1:]]] = False
        return None if out[0] or not left.any(axis=1).all() else left

    # One initiative after the other

    def _count(self, bounds: Bounds) -> bool:
        """Go through all plans of a mask; False when that is too much for one go and nothing is settled."""
        made_here = 0
        stack: list[tuple[int, Options, Vector]] = [(0, bounds.root(), np.full((1, len(self.corners)), np.inf))]
        while stack:
            self._stop()
            depth, plans, most = stack.pop()
            left = ~beaten(most, self.values)
            plans, most = plans[left], most[left]
            if depth == bounds.depth:
                self._take(bounds, plans, most)
                continue
            made = bounds.children(plans, depth)
            self.masks += len(made)
            made_here += len(made)
            if made_here > MOST_AT_ONCE:
                return False
            made = made[bounds.possible(made, depth + 1)]
            if not len(made):
                continue
            most, floors = bounds.at_most(made, depth + 1)
            keep = floors & ~beaten(most, self.values)
            made, most = made[keep], most[keep]
            # The most promising first: what they become rules out the rest.
            order = np.argsort(most.sum(axis=1), kind="stable")
            for part in np.array_split(order, max(1, -(-len(order) // BATCH))):
                stack.append((depth + 1, made[part], most[part]))
        return True

    def _take(self, bounds: Bounds, plans: Options, most: Vector) -> None:
        """Whole plans: each is checked and valued by itself, the best first."""
        for n in np.argsort(-most.sum(axis=1), kind="stable").tolist():
            self._stop()
            if not beaten(most[n : n + 1], self.values)[0]:
                self._add(Plan(self.problem, bounds.sums.grid.starts(plans[n])))

    def _add(self, plan: Plan) -> None:
        """Take a plan up when nothing found beats it, and drop what it beats."""
        key = tuple(plan.starts.items())
        if key in self.seen or plan.broken:
            return
        value = (self.corners @ group_sums(plan, self.groups))[None, :]
        if beaten(value, self.values)[0]:
            return
        self.seen.add(key)
        out = beaten(self.values, value)
        if out.any():
            self._kept[: len(out) - out.sum()] = self.values[~out]
            self.plans = [other for other, is_out in zip(self.plans, out, strict=True) if not is_out]
        if len(self.plans) == len(self._kept):
            self._kept = np.concatenate([self._kept, np.empty_like(self._kept)])
        self._kept[len(self.plans)] = value
        self.plans.append(plan)
        if len(self.plans) > self.most_plans:
            raise Stopped

    def _stop(self, *_: object) -> bool:
        """Called at every batch: report, and stop when asked, when time is up or when there are too many."""
        now = self.clock()
        if self.on_sought is not None and now - self.reported > BETWEEN_REPORTS:
            self.reported = now
            if self.on_sought(Sought(len(self.plans), self.settled, now - self.begun)):
                raise Stopped
        if now > self.deadline or self.masks > self.most_masks:
            raise Stopped
        return False
