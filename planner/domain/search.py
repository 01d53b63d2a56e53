"""What has to be asked, in what order, before a plan may be called the best?

First the most value, with a good plan looked for at every turn; then, at gap 0, the steps of the tie order among the
plans that are left. What bounds them is handed in: this module knows relaxations, not solvers.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Protocol

import numpy as np

from planner.domain.closing import Closing
from planner.domain.grid import Grid, Options
from planner.domain.local_search import Neighbourhood
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.rules import Starts
from planner.domain.tie_order import tie_key, tie_stages, tolerance
from planner.domain.tie_steps import StagedRelaxation, TieSteps
from planner.domain.tree import MARGIN, MOST_CUTS, Branching, Mask, Point, Stopped, TooHard, Tree

SMALLEST_GAP = 1e-7
WHOLE_GAP = 1e-4
"""At gap 0 the whole-number solver only finds the plan that the tree then proves; going on would prove nothing."""
BETWEEN_REPORTS = 0.2
FIRST_NODES = 2000
"""Four times what the sample takes. What needs more has too many alike for a tree that goes deep first."""


MakeRelaxation = Callable[[Grid, Closing, float], StagedRelaxation]
"""grid, closing, scale -> the relaxation of the whole problem, in which value is multiplied by scale."""
Clock = Callable[[], float]


class WholeSolver(Protocol):
    """A solver of whole plans that is fast, and whose bound is its word."""

    def search(
        self,
        gap: float,
        near: Neighbourhood,
        offer: Callable[[Options], object],
        best: Callable[[], float],
        watch: Callable[[float | None], bool],
    ) -> float:
        """See `planner.domain.whole`: offers plans, and gives a bound on every plan's value (inf: unknown)."""


MakeWhole = Callable[[Grid, Closing, float], WholeSolver]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a solve is. No plan is worth more than `bound`; `chosen` is the best so far, worth `value`."""

    stage: str
    bound: float | None
    value: float | None
    seconds: float
    chosen: Mapping[str, int] | None = None


OnProgress = Callable[[Progress], bool | None]
"""Called a few times a second; True stops the solve, which then gives the best plan found."""


class Search:
    """One search. After `run`, `best` is the plan (None: there is none) and `bound` says no plan is worth more.

    known: plans to begin with, mended where they do not fit. at_most: no plan is worth more, as was proven before.
    """

    def __init__(
        self,
        problem: Problem,
        make_relaxation: MakeRelaxation,
        gap: float,
        *,
        make_whole: MakeWhole | None = None,
        clock: Clock,
        time_limit: float | None = None,
        on_progress: OnProgress | None = None,
        known: Iterable[Starts] = (),
        at_most: float = inf,
    ) -> None:
        self.clock, self.begun = clock, clock()
        self.problem, self.on_progress = problem, on_progress
        self.make_relaxation, self.make_whole = make_relaxation, make_whole
        self.known, self.at_most = known, at_most
        # Below the rounding of the relaxation a gap is proven like no gap.
        self.gap = gap if gap > SMALLEST_GAP else 0.0
        self.deadline = inf if time_limit is None else self.begun + time_limit
        self.reported = -inf
        self.grid = Grid(problem)
        self.closing = Closing(problem, self.grid)
        self.constant = float(self.closing.constant[0])
        self.near = Neighbourhood(self.grid, self.closing)
        self.pool: dict[tuple[tuple[str, int], ...], Plan | None] = {}
        self.best: Plan | None = None
        self.bound: float | None = None
        self.stage, self.interrupted, self.look_until = "value", False, 256
        self.tree: Tree | None = None
        self.looked: set[bytes] = set()
        self.held: Mask | None = None
        self.branching: Branching | None = None

    def run(self, ties: bool = True) -> bool:
        """True when proven, False when stopped. ties: at gap 0 decide among equals; only those are known after."""
        try:
            kept = self.prove()
            if ties and self.best is not None and self.gap == 0:
                self._break_ties(kept)
            return True
        except Stopped:
            return False

    def prove(self) -> list[Mask]:
        """Masks that hold every plan within the tolerance of the best (at gap 0), and the bound in `self.bound`."""
        mask, years = self.open_mask(), len(self.problem.years)
        self.relaxation = self._root(mask)
        self.branching = Branching(len(mask), years)
        if self._settled_by_known(mask):
            return []
        try:
            most = inf if self.make_whole is None else FIRST_NODES
            self.tree = Tree(self.relaxation, years, self._watch, most, self.branching)
            kept = self.tree.explore([mask], self)
        except TooHard:
            if self._settled_by_whole():
                return []
            self.tree = Tree(self.relaxation, years, self._watch, branching=self.branching)
            kept = self.tree.explore([mask], self)
        if self.best is not None:
            proven = self._value_of(self.tree.dropped) if np.isfinite(self.tree.dropped) else -inf
            self.bound = max(self.best.value, proven) if self.gap > 0 else self.best.value
        return kept

    def _settled_by_known(self, mask: Mask) -> bool:
        """Begin with the known plans; True when one is as good as any can be, within the gap."""
        for starts in self.known:
            if (mended := self.near.repair(self.grid.options(starts), mask)) is not None:
                self.offer(mended)
        if self.best is None:
            return False
        self.offer(self.near.improve(self.grid.options(self.best.starts), mask))
        self.bound = max(self.best.value, min(self.at_most, inf if self.bound is None else self.bound))
        return self.gap > 0 and self.best.value >= self.at_most * (1 - self.gap)

    def _settled_by_whole(self) -> bool:
        """Let the solver of whole plans try: at a gap its bound may do, at gap 0 its plans are where to start anew."""
        if self.make_whole is None or not self.grid.size:
            return False

        def watch(bound: float | None) -> bool:
            if bound is not None and self.bound is not None:
                self.bound = min(self.bound, bound)
            try:
                self._report()
            except Stopped:
                self.interrupted = True
            return self.interrupted

        whole = self.make_whole(self.grid, self.closing, self.scale)
        bound = whole.search(max(self.gap, WHOLE_GAP), self.near, self.offer, self.worth, watch)
        if self.interrupted:
            raise Stopped
        best = self.worth()
        settled = self.gap > 0 and bool(np.isfinite(best + bound)) and bound - best <= self.gap * abs(bound)
        self.bound = max(bound, best) if settled else self.bound
        return settled

    def open_mask(self) -> Mask:
        """What may start when, by the windows alone."""
        years = self.problem.years
        mask = np.ones((len(self.grid.ids), len(years) + 1), dtype=np.bool_)
        for n, one in enumerate(self.grid.ids):
            mask[n, :-1] = [self.problem.ground.by_id[one].may_start(year) for year in years]
        return mask

    def _root(self, mask: Mask) -> StagedRelaxation:
        """The relaxation of the whole problem, scaled so that the best there can be is about 100."""
        most = float(self.closing.weight[0].sum() + self.closing.linear[0].clip(0).sum())
        for _ in range(3):
            self.scale = 100 / max(most, 1e-9)
            relaxation = self.make_relaxation(self.grid, self.closing, self.scale)
            bound = self._converge(relaxation, mask)
            if not np.isfinite(bound) or -bound >= 10 or most <= 1e-9:
                break
            # Limits allow little of what there is; in these units the tolerance would be too coarse.
            most = max(-bound, 1e-3) / self.scale
        return relaxation

    def _converge(self, relaxation: StagedRelaxation, mask: Mask) -> float:
        bound = -inf
        for _ in range(MOST_CUTS):
            bound, proven = relaxation.solve(mask)
            if not proven or not np.isfinite(bound):
                break
            self.bound = self._value_of(bound)
            point = relaxation.point()
            self._watch(bound, point)
            if not relaxation.tighten(point, 1e-3) and not relaxation.separate(point):
                break
        return bound

    def _value_of(self, bound: float) -> float:
        return self.constant - bound / self.scale

    def lowest(self, value: float) -> float:
        """What the relaxation must promise of (scaled) value for a plan worth this; a hair less, for rounding."""
        return (value - self.constant) * self.scale - MARGIN

    def watch_ties(self, open_bound: float, point: Point | None) -> None:
        self._report()

    def _score(self, value: float) -> float:
        return (self.constant - value) * self.scale

    def worth(self) -> float:
        """A plan is looked for when it is worth more than this."""
        return -inf if self.best is None else self.best.value

    def limit(self) -> float:
        if (worth := self.worth()) == -inf:
            return inf
        if self.gap > 0:
            return self._score(worth / (1 - self.gap)) if self.gap < 1 else -inf
        return self._score(worth - tolerance(worth)) + MARGIN

    def offer(self, options: Options) -> float | None:
        plan = self.check(options)
        if plan is None:
            return None
        if self.best is None or plan.value > self.best.value:
            self.best = plan
            self.reported = -inf
        return self._score(plan.value)

    def check(self, options: Options) -> Plan | None:
        """The plan, when it keeps every limit and rule exactly; plans met before are remembered."""
        if self.held is not None and not self.held[np.arange(len(options)), options].all():
            return None
        starts = self.grid.starts(options)
        key = tuple(sorted(starts.items()))
        if key not in self.pool:
            plan = Plan(self.problem, starts)
            self.pool[key] = None if plan.broken else plan
        return self.pool[key]

    def _watch(self, open_bound: float, point: Point | None) -> None:
        """At every node: report, stop when asked, and now and then look for better plans near the bound."""
        nodes = 1
        if self.tree is not None:
            nodes = self.tree.nodes
            reached = self._value_of(min(open_bound, self.tree.dropped))
            self.bound = reached if self.bound is None else min(self.bound, reached)
        self._report()
        # At nodes 1, 2, 4, 8 …: most of what looking finds is found early. Before the tree only for a first plan.
        early = nodes <= self.look_until and nodes & (nodes - 1) == 0
        if point is not None and (early if self.tree is not None else self.best is None):
            self._look_near(point)

    def _report(self) -> None:
        now = self.clock()
        if self.on_progress is not None and now - self.reported > BETWEEN_REPORTS:
            self.reported = now
            value, chosen = (self.best.value, dict(self.best.starts)) if self.best else (None, None)
            if self.on_progress(Progress(self.stage, self.bound, value, now - self.begun, chosen)):
                raise Stopped
        if now > self.deadline:
            raise Stopped

    def _look_near(self, point: Point) -> None:
        shares = point.starts.reshape(len(self.grid.ids), len(self.problem.years))
        every = np.concatenate([shares, 1 - shares.sum(axis=1, keepdims=True)], axis=1)
        likely = every.argmax(axis=1)
        certain = np.where(every.max(axis=1) > 0.99, likely, len(self.problem.years))
        for options in (likely, certain):
            if options.tobytes() in self.looked:
                return
            self.looked.add(options.tobytes())
            if self.near.fits(options):
                self.offer(self.near.improve(options, self.held))
                return

    def _break_ties(self, masks: list[Mask]) -> None:
        assert self.best is not None
        self.stage = "ties"
        least = self.best.value - tolerance(self.best.value)
        equals = [plan for plan in self.pool.values() if plan is not None and plan.value >= least]
        self.best = min(equals, key=tie_key)
        steps = TieSteps(self, self.best, least)
        for stage in tie_stages(self.grid):
            masks = steps.decide(stage, masks)
            self.best = steps.best
