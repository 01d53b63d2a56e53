"""Which plans are beaten by no other, however the groups are weighed? All of them, found by ruling out the rest.

Good plans come first: the best at the middle and at each corner of the allowed weights, nearly. A small problem's plans
are then decided one initiative after the other, in batches (`frontier_bounds`); a large one is searched zone by zone
(`frontier_zones`). Either way something is dropped only when it breaks a limit, rule or floor, or when one plan already
found beats everything it could still become: so no plan that belongs here is lost, supported by some weights or not.
Whole plans are checked by every rule in exact arithmetic and valued by the formula; equals are kept.

Twelve initiatives in two years and three groups take half a second. The number of plans that nothing beats grows fast
with the groups, the years and the width of what is allowed: above MOST_PLANS of them, or MOST_MASKS half-decided plans
(minutes), the search ends and says that it is not complete. `docs/solver-log.md` has what the sample takes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from planner.domain.frontier_bounds import Bounds, Root
from planner.domain.frontier_corner import Corner
from planner.domain.frontier_found import Found, beaten
from planner.domain.frontier_sums import Sums
from planner.domain.frontier_zones import Zones
from planner.domain.grid import Options, Vector
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.search import BETWEEN_REPORTS, Clock
from planner.domain.tree import Mask, Stopped

MOST_PLANS = 10_000
MOST_MASKS = 5_000_000
BATCH = 2048
MASKS_A_NODE = 50
"""A mask with a relaxation counts as so many without."""
MOST_COUNTED, MOST_AT_ONCE = 1e7, 50_000
"""Up to the first number of plans, limits aside, they are counted; past the second they are searched by zones after
all."""


@dataclass(frozen=True, slots=True)
class Sought:
    """How far the search is: plans that nothing found beats, zones that are done with, and zones that are left."""

    plans: Sequence[Plan]
    done: int
    left: int
    seconds: float


OnSought = Callable[[Sought], bool | None]
"""Called a few times a second; True stops the search."""


def _size(mask: Mask) -> float:
    """How many plans a mask holds, limits aside."""
    return float(np.prod(mask.sum(axis=1, dtype=np.float64)))


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
        self.reported = -np.inf
        self.found = Found(groups, corners)
        self.zones: Zones | None = None

    @property
    def plans(self) -> Sequence[Plan]:
        return self.found.plans

    def run(self) -> bool:
        """True when `plans` is complete; False when the search was stopped or came to a cap."""
        try:
            corners: list[Corner] = []
            for weights in (self.corners.mean(axis=0), *self.corners):
                known = [plan.starts for plan in self.found.plans]
                corner = Corner(self.problem, self.groups, weights, self.clock, self._stop, known)
                for plan in corner.plans:
                    self.found.add(Plan(self.problem, plan.starts))
                if not self.found.plans:
                    return True
                corners.append(corner)
            self._rule_out(corners[1:], Sums(self.problem, self.groups, self.corners))
            return len(self.plans) <= self.most_plans
        except Stopped:
            return False

    def _rule_out(self, corners: Sequence[Corner], sums: Sums) -> None:
        """Everything that is not in `plans` when it comes back is beaten, or no plan."""
        whole = corners[0].search.open_mask()
        roots = [root for corner in corners if (root := corner.root(whole)) is not None]
        assert len(roots) == len(corners)
        left = self._narrowed(whole, roots)
        if left is None or (_size(left) <= MOST_COUNTED and self._count(Bounds(sums, left, roots))):
            return
        self.zones = Zones(self.problem, sums, self.found, left, self._stop_at_node)
        self.zones.empty()

    def _narrowed(self, mask: Mask, roots: Sequence[Root]) -> Mask | None:
        """The mask without the options whose every plan is beaten; None when that is all of it."""
        bounds = np.array([root.bound for root in roots])
        initiatives, options = np.nonzero(mask)
        price = np.array([root.price[initiatives, options] for root in roots]).reshape(len(roots), len(options))
        out = beaten(np.vstack([bounds, bounds - price.T]), self.found.values)
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
            left = ~beaten(most, self.found.values)
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
            keep = floors & ~beaten(most, self.found.values)
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
            if not beaten(most[n : n + 1], self.found.values)[0]:
                self.found.add(Plan(self.problem, bounds.sums.grid.starts(plans[n])))

    def _stop_at_node(self) -> None:
        self.masks += MASKS_A_NODE
        self._stop()

    def _stop(self, *_: object) -> bool:
        """Called at every batch or node: report, and stop when asked, when time is up or when there are too many."""
        now = self.clock()
        if self.on_sought is not None and now - self.reported > BETWEEN_REPORTS:
            self.reported = now
            done, left = (len(self.zones.done), len(self.zones.open) + 1) if self.zones else (0, 1)
            if self.on_sought(Sought(tuple(self.plans), done, left, now - self.begun)):
                raise Stopped
        if now > self.deadline or self.masks > self.most_masks or len(self.plans) > self.most_plans:
            raise Stopped
        return False
