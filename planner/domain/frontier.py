"""Which plans are beaten by no other, however the groups are weighed? All of them, found by ruling out the rest.

A plan is beaten when another closes at least as much at every corner of the allowed weights and more at one of them.
Plans are decided one initiative after the other, in batches, and a half-decided plan is dropped only when a plan
already found beats everything it could still become (or when it breaks a limit, rule or floor): so no plan that belongs
here is lost, supported by some weights or not. Whole plans are checked by every rule in exact arithmetic and valued by
the formula; equals are kept.

Twelve initiatives in two years and three groups take under a second. The number of plans that nothing beats grows fast
with the groups, the years and the width of what is allowed: above MOST_PLANS of them, or MOST_MASKS half-decided plans,
the search ends and says that it is not complete.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import fsum

import numpy as np

from planner.domain.frontier_bounds import Bounds, Flags, Root
from planner.domain.grid import Options, Vector
from planner.domain.portfolio import Plan
from planner.domain.problem import TOLERANCE, Problem
from planner.domain.relaxation import HighsRelaxation
from planner.domain.search import BETWEEN_REPORTS, Clock, Search
from planner.domain.tree import MARGIN, MOST_CUTS, Stopped
from planner.domain.whole import Whole

MOST_PLANS = 10_000
MOST_MASKS = 20_000_000
BATCH = 2048
ROOT_GAP = 1e-3
ROOT_ROUGH = 1e-4
BLOCK = 4_000_000
"""Comparisons at once, so that memory stays under 100 MB."""


@dataclass(frozen=True, slots=True)
class Sought:
    """How far the search is: plans found that nothing found beats, and the share of all plans that is settled."""

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


def sums(plan: Plan, groups: Sequence[str] | None) -> Vector:
    """What a plan closes of each group's points, unweighted (groups None: of all needs together)."""
    by, needs = (plan.problem.weights.by if plan.problem.weights else None), plan.problem.needs
    closed = [
        [need.points * plan.closed[need.id] for need in needs if not by or need.group(by) == g] for g in groups or ("",)
    ]
    return np.array([fsum(part) for part in closed])


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
            roots = [root for corner in self.corners for root in self._root(corner)]
            if len(roots) == len(self.corners):
                self._decide(Bounds(self.problem, self.groups, self.corners, roots))
            return True
        except Stopped:
            return False

    # The corners one by one

    def _weighed(self, corner: Vector) -> Problem:
        weights = self.problem.weights
        if weights is None or self.groups is None:
            return self.problem
        nominal = dict(zip(self.groups, corner.tolist(), strict=True))
        return replace(self.problem, weights=replace(weights, nominal=nominal))

    def _root(self, corner: Vector) -> Iterator[Root]:
        """The relaxation at one corner, tightened by a search for its best plan; nothing when there is no plan."""
        weighed, options = self._weighed(corner), {"clock": self.clock, "on_progress": self._stop, "make_whole": Whole}
        search = Search(weighed, HighsRelaxation.of, ROOT_GAP, **options)  # type: ignore[arg-type]
        search.prove()
        if search.best is None:
            return
        for plan in search.pool.values():
            if plan is not None:
                self._add(Plan(self.problem, plan.starts))
        relaxation, mask = search.relaxation, search.open_mask()
        assert isinstance(relaxation, HighsRelaxation)
        for _ in range(MOST_CUTS):
            bound, proven = relaxation.solve(mask)
            if not proven or not relaxation.tighten(relaxation.point(), ROOT_ROUGH):
                break
        price = np.zeros(mask.shape)
        if proven:
            price = np.maximum(relaxation.point().price, 0.0) / search.scale
        reached = search.constant - (bound - MARGIN) / search.scale if proven else np.inf
        yield Root(reached, price, relaxation.limit_prices() / search.scale, relaxation.take, relaxation.most)

    # One initiative after the other

    def _decide(self, bounds: Bounds) -> None:
        below = np.cumprod([1.0, *(bounds.open[one].sum() for one in reversed(bounds.order))])[::-1]
        never = np.full((1, bounds.count), bounds.years, dtype=np.intp)
        stack: list[tuple[int, Options, Vector]] = [(0, never, np.full((1, len(self.corners)), np.inf))]
        while stack:
            depth, plans, most = stack.pop()
            self.settled = 1 - sum(len(other) * below[d] for d, other, _ in [*stack, (depth, plans, most)]) / below[0]
            self._stop()
            left = ~beaten(most, self.values)
            plans = plans[left]
            if depth == bounds.count:
                self._take(bounds, plans, most[left])
                continue
            made = bounds.children(plans, depth)
            self.masks += len(made)
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

    def _take(self, bounds: Bounds, plans: Options, most: Vector) -> None:
        """Whole plans: each is checked and valued by itself, the best first."""
        for n in np.argsort(-most.sum(axis=1), kind="stable").tolist():
            self._stop()
            if not beaten(most[n : n + 1], self.values)[0]:
                self._add(Plan(self.problem, bounds.grid.starts(plans[n])))

    def _add(self, plan: Plan) -> None:
        """Take a plan up when nothing found beats it, and drop what it beats."""
        key = tuple(plan.starts.items())
        if key in self.seen or plan.broken:
            return
        value = (self.corners @ sums(plan, self.groups))[None, :]
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
