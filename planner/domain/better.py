"""Is there a plan of a problem that is worth more than so much, when a problem like it has been answered before?

A search like any other, with its own proof within its own gap. It stops at the first plan that is worth more by more
than the gap, begins with what branching cost before, and leaves out what was proven to be no use.
"""

from collections.abc import Iterable
from math import inf

from planner.domain.problem import Problem
from planner.domain.rules import Must, MustNot, Starts
from planner.domain.search import Search
from planner.domain.tree import Branching, Mask


class Better(Search):
    """asked: the earlier search. than: plans worth no more are not looked for (`best` may be one of them, or None).

    enough: a plan worth more than this will do. locked: no plan that decides otherwise about these is worth more than
    `enough`. learnt: what branching cost before; what it costs here is added.
    """

    def __init__(
        self,
        asked: Search,
        problem: Problem,
        than: float,
        enough: float,
        known: Starts,
        locked: Iterable[Must | MustNot],
        learnt: Branching | None,
    ) -> None:
        left = None if asked.deadline == inf else max(0.0, asked.deadline - asked.clock())
        super().__init__(
            problem,
            asked.make_relaxation,
            asked.gap,
            make_whole=asked.make_whole,
            clock=asked.clock,
            time_limit=left,
            on_progress=asked.on_progress,
            known=[known],
        )
        self.than, self.enough, self.locked, self.learnt = than, enough, tuple(locked), learnt

    def open_mask(self) -> Mask:
        mask = super().open_mask()
        place = {one: n for n, one in enumerate(self.grid.ids)}
        for lock in self.locked:
            mask[place[lock.initiative], -1 if isinstance(lock, Must) else slice(-1)] = False
        return mask

    def worth(self) -> float:
        return max(super().worth(), self.than)

    def limit(self) -> float:
        return -inf if self.worth() > self.enough else super().limit()

    def _settled_by_known(self, mask: Mask) -> bool:
        settled = super()._settled_by_known(mask)
        if self.learnt is not None and self.branching is not None:
            self.branching.cost, self.branching.count = self.learnt.cost, self.learnt.count
        return settled
