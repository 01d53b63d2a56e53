"""How is one problem after the other solved fast, when they differ only in their numbers?

A search like any other, with its own proof within its own gap, that begins from what is alike: the units of the plan
people have, made to fit, and what branching cost in other draws. What it is given is the same for every draw, so an
answer depends on its own problem alone, whatever was solved before it and by whom.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from planner.domain.search import Search
from planner.domain.tie_steps import StagedRelaxation
from planner.domain.tree import Branching, Mask, Point

LEAST = 1e-6
SURE = 0.99


def usual_cost(learnt: Sequence[Branching]) -> Branching | None:
    """What branching costs on average over several searches of the same size, as if it had been tried once.

    Once: a draw soon knows better itself. With all that was tried the trees were twice as large, on the sample.
    """
    if not learnt:
        return None
    usual = Branching(*learnt[0].cost.shape[1:])
    times = np.sum([one.count for one in learnt], axis=0)
    usual.cost += np.sum([one.cost for one in learnt], axis=0) / np.maximum(times, 1)
    usual.count += times > 0
    return usual


class DrawSearch(Search):
    """learnt: what branching costs in like problems; it is copied, never changed."""

    def __init__(self, *args: Any, learnt: Branching | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.learnt = learnt

    def _root(self, mask: Mask) -> StagedRelaxation:
        """Scaled by the known plans, so that the relaxation need not be built twice to find its units."""
        fitting = (self.near.repair(self.grid.options(starts), mask) for starts in self.known)
        worth = [self.near.value(self.near.improve(options, mask)) for options in fitting if options is not None]
        most = max(worth, default=0.0)
        if most < LEAST:
            return super()._root(mask)
        self.scale = 100 / most
        relaxation = self.make_relaxation(self.grid, self.closing, self.scale)
        self._converge(relaxation, mask)
        return relaxation

    def _settled_by_known(self, mask: Mask) -> bool:
        settled = super()._settled_by_known(mask)
        if self.learnt is not None and self.branching is not None:
            self.branching.cost, self.branching.count = self.learnt.cost.copy(), self.learnt.count.copy()
        return settled

    def _look_near(self, point: Point) -> None:
        """As any search looks, but a plan is checked exactly only when it seems better than the best."""
        never = len(self.problem.years)
        shares = point.starts.reshape(len(self.grid.ids), never)
        every = np.concatenate([shares, 1 - shares.sum(axis=1, keepdims=True)], axis=1)
        likely = every.argmax(axis=1)
        for options in (likely, np.where(every.max(axis=1) > SURE, likely, never)):
            if options.tobytes() in self.looked:
                return
            self.looked.add(options.tobytes())
            if self.near.fits(options):
                better = self.near.improve(options, self.held)
                if self.best is None or self.near.value(better) > self.best.value:
                    self.offer(better)
                return
