"""What does the linear relaxation say of a mask, when the groups are weighed as at one corner of the weights?

A search for the best plan at the corner comes first: it proves that there is a plan at all, gives good plans to begin
with, and leaves its relaxation with the cuts that matter. That relaxation then answers for every mask.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from planner.domain.frontier_bounds import Root
from planner.domain.grid import Vector
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.relaxation import HighsRelaxation
from planner.domain.rules import Starts
from planner.domain.search import Clock, Search
from planner.domain.tree import COVER_ROUNDS, MARGIN, Mask
from planner.domain.whole import Whole

GAP = 1e-2
ROUGH = 1e-2
"""Of the 100 that the best at the corner is scaled to: finer cuts take longer than they save."""
MOST_TURNS = 12


class Corner:
    """groups, weights: what each group counts here (None: all needs as they are). known: plans to begin with."""

    def __init__(
        self,
        problem: Problem,
        groups: Sequence[str] | None,
        weights: Vector,
        clock: Clock,
        watch: Callable[[object], bool],
        known: Iterable[Starts] = (),
    ) -> None:
        if problem.weights is not None and groups is not None:
            nominal = dict(zip(groups, weights.tolist(), strict=True))
            problem = replace(problem, weights=replace(problem.weights, nominal=nominal))
        asked = {"clock": clock, "on_progress": watch, "known": known}
        self.search = Search(problem, HighsRelaxation.of, GAP, make_whole=Whole, **asked)  # type: ignore[arg-type]
        self.search.prove()
        assert isinstance(self.search.relaxation, HighsRelaxation)
        self.relaxation, self.scale = self.search.relaxation, self.search.scale

    @property
    def plans(self) -> list[Plan]:
        """The plans met on the way; none when there is no plan."""
        return [plan for plan in self.search.pool.values() if plan is not None] if self.search.best else []

    def root(self, mask: Mask) -> Root | None:
        """The relaxation of a mask; None when nothing is left in it."""
        relaxation, covered = self.relaxation, 0
        relaxation.tidy()
        for _ in range(MOST_TURNS):
            bound, proven = relaxation.solve(mask)
            if bound == np.inf:
                return None
            if not proven:
                nothing = np.zeros(mask.shape)
                return Root(np.inf, nothing, nothing[:, :-1], nothing[:, :-1], 0.0)
            point = relaxation.point()
            if relaxation.tighten(point, ROUGH):
                continue
            if covered < COVER_ROUNDS and relaxation.separate(point):
                covered += 1
                continue
            break
        prices = relaxation.limit_prices() / self.scale
        spent, years = np.zeros((len(mask), mask.shape[1] - 1)), mask.shape[1] - 1
        if len(prices):
            spent = np.tensordot(prices, relaxation.take, 1)
        return Root(
            bound=self.search.constant - (bound - MARGIN) / self.scale,
            price=np.maximum(point.price, 0.0) / self.scale,
            started=np.cumsum(point.starts.reshape(len(mask), years), axis=1),
            spent=spent,
            room=float(prices @ relaxation.most) if len(prices) else 0.0,
        )
