"""Among equally good plans, which one does the stated order choose?

The steps of `planner.domain.tie_order`, taken one by one over the masks that hold every plan of the best value. Each
step is a search of its own by `planner.domain.tree`. Nothing here decides what equal means; the search hands it in.
"""

from math import inf
from typing import Protocol

import numpy as np

from planner.domain.grid import Grid, Options, Vector
from planner.domain.initiatives import Amount
from planner.domain.portfolio import Plan
from planner.domain.tie_order import TieStage, tie_key
from planner.domain.tree import MARGIN, Mask, Point, Relaxation, Tree


class StagedRelaxation(Relaxation, Protocol):
    """A relaxation that maximises value until it is asked for something else."""

    def ask_for(self, amounts: Vector, value_at_least: float) -> None:
        """Minimise an amount over options (initiatives × (years + never)) among plans of at least that value."""

    def require(self, amounts: Vector, at_most: float) -> None:
        """Only plans whose amount is no more than this, from now on."""


class Searched(Protocol):
    """What the steps need of the search that found the best value."""

    grid: Grid
    relaxation: StagedRelaxation

    def check(self, options: Options) -> Plan | None: ...

    def lowest(self, value: float) -> float: ...

    def watch_ties(self, open_bound: float, point: Point | None) -> None: ...


class TieSteps:
    """The tie order, step by step, over the masks that hold every plan of the best value."""

    def __init__(self, search: Searched, best: Plan, least: float) -> None:
        self.search, self.least, self.best = search, least, best
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
        tree = Tree(relaxation, len(self.search.grid.problem.years), self.search.watch_ties)
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
