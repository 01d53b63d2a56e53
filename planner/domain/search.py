"""What has to be asked, in what order, before a plan may be called the best?

First the most value, with a good plan looked for at every turn; then, at gap 0, the steps of the tie order among the
plans that are left. What bounds them is handed in: this module knows relaxations, not solvers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from typing import Protocol

import numpy as np

from planner.domain.closing import Closing
from planner.domain.grid import Grid, Options, Vector
from planner.domain.initiatives import Amount
from planner.domain.local_search import Neighbourhood
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.tie_order import TieStage, tie_key, tie_stages, tolerance
from planner.domain.tree import MARGIN, MOST_CUTS, Mask, Point, Relaxation, Stopped, Tree

SMALLEST_GAP = 1e-7
BETWEEN_REPORTS = 0.2


class StagedRelaxation(Relaxation, Protocol):
    """A relaxation that maximises value until it is asked for something else."""

    def ask_for(self, amounts: Vector, value_at_least: float) -> None:
        """Minimise an amount over options (initiatives × (years + never)) among plans of at least that value."""

    def require(self, amounts: Vector, at_most: float) -> None:
        """Only plans whose amount is no more than this, from now on."""


MakeRelaxation = Callable[[Grid, Closing, float], StagedRelaxation]
"""grid, closing, scale -> the relaxation of the whole problem, in which value is multiplied by scale."""
Clock = Callable[[], float]


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
    """One search. After `run`, `best` is the plan (None: there is none) and `bound` says no plan is worth more."""

    def __init__(
        self,
        problem: Problem,
        make_relaxation: MakeRelaxation,
        gap: float,
        *,
        clock: Clock,
        time_limit: float | None = None,
        on_progress: OnProgress | None = None,
    ) -> None:
        self.clock, self.begun = clock, clock()
        self.problem, self.make_relaxation, self.on_progress = problem, make_relaxation, on_progress
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
        self.stage = "value"
        self.tree: Tree | None = None

    # The stage that seeks the most value

    def run(self) -> bool:
        """True when the answer is proven (a plan within the gap, or that there is none); False when stopped."""
        try:
            kept = self.prove()
            if self.best is not None and self.gap == 0:
                self._break_ties(kept)
            return True
        except Stopped:
            return False

    def prove(self) -> list[Mask]:
        """Masks that hold every plan within the tolerance of the best (at gap 0), and the bound in `self.bound`."""
        mask = self._open()
        self.relaxation = self._root(mask)
        tree = self.tree = Tree(self.relaxation, len(self.problem.years), self._watch)
        kept = tree.explore([mask], self)
        if self.best is not None:
            proven = self._value_of(tree.dropped) if np.isfinite(tree.dropped) else -inf
            self.bound = max(self.best.value, proven) if self.gap > 0 else self.best.value
        return kept

    def _open(self) -> Mask:
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
            if not relaxation.tighten(point, 1e-3):
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

    def limit(self) -> float:
        if self.best is None:
            return inf
        if self.gap > 0:
            return self._score(self.best.value / (1 - self.gap)) if self.gap < 1 else -inf
        return self._score(self.best.value - tolerance(self.best.value)) + MARGIN

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
        starts = self.grid.starts(options)
        key = tuple(sorted(starts.items()))
        if key not in self.pool:
            plan = Plan(self.problem, starts)
            self.pool[key] = None if plan.broken else plan
        return self.pool[key]

    def _watch(self, open_bound: float, point: Point | None) -> None:
        """Called at every node: report, stop when asked, and now and then look for better plans near the bound."""
        if self.stage == "value":
            if self.tree is not None:
                self.bound = self._value_of(min(open_bound, self.tree.dropped))
                nodes = self.tree.nodes
                if point is not None and nodes <= 64 and nodes & (nodes - 1) == 0:
                    self._look_near(point)
            elif point is not None and self.best is None:
                self._look_near(point)
        self._report()

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
            if self.near.fits(options):
                self.offer(self.near.improve(options))
                return

    # The order among equals

    def _break_ties(self, masks: list[Mask]) -> None:
        assert self.best is not None
        self.stage = "ties"
        least = self.best.value - tolerance(self.best.value)
        equals = [plan for plan in self.pool.values() if plan is not None and plan.value >= least]
        self.best = min(equals, key=tie_key)
        steps = TieSteps(self, least)
        for stage in tie_stages(self.grid):
            masks = steps.decide(stage, masks)
            self.best = steps.best


class TieSteps:
    """The tie order, step by step, over the masks that hold every plan of the best value."""

    def __init__(self, search: Search, least: float) -> None:
        assert search.best is not None
        self.search, self.least, self.best = search, least, search.best
        self.settled: list[tuple[TieStage, Amount]] = []

    def decide(self, stage: TieStage, masks: list[Mask]) -> list[Mask]:
        """The masks that hold every plan that is still in the running after this step."""
        self.now = stage
        spans = [_span(stage.amounts, mask) for mask in masks]
        score = self._sum(self.search.grid.options(self.best.starts))
        if all(low == high == score for low, high in spans):
            return masks
        unit = self.unit = 100 / max(1.0, float(np.abs(stage.amounts).max(axis=1).sum()))
        relaxation = self.search.relaxation
        relaxation.ask_for(stage.amounts * unit, self.search.lowest(self.least))
        tree = Tree(relaxation, len(self.search.problem.years), self.search.watch_ties)
        masks = tree.explore(masks, self)
        score = self._sum(self.search.grid.options(self.best.starts))
        self.settled.append((stage, stage.measure(self.best)))
        if stage.only is None:
            relaxation.require(stage.amounts * unit, score * unit + MARGIN)
            return masks
        for mask in masks:
            mask[stage.only] &= stage.amounts[stage.only] <= score
        return [mask for mask in masks if mask.any(axis=1).all()]

    def _sum(self, options: Options) -> float:
        return float(self.now.amounts[np.arange(len(options)), options].sum())

    def limit(self) -> float:
        return self._sum(self.search.grid.options(self.best.starts)) * self.unit + MARGIN

    def offer(self, options: Options) -> float | None:
        plan = self.search.check(options)
        if plan is None or plan.value < self.least:
            return None
        if any(stage.measure(plan) != amount for stage, amount in self.settled):
            return None
        if tie_key(plan) < tie_key(self.best):
            self.best = plan
        return self._sum(options) * self.unit


def _span(amounts: Vector, mask: Mask) -> tuple[float, float]:
    """The least and the most that the options of a mask can come to."""
    least = np.where(mask, amounts, inf).min(axis=1).sum()
    return float(least), float(np.where(mask, amounts, -inf).max(axis=1).sum())
