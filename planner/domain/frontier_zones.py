"""Where could a plan lie that nothing found beats? Zones, emptied one by one.

A zone is a lower limit for the value at some corners of the weights. A plan that a known plan does not beat closes more
than it at one corner at least (or equals it everywhere), so every known plan divides the zones it lies in into one for
each corner: there the limit is what it closes itself. A zone that holds no known plan is searched by branch and bound;
a plan found there divides it, and otherwise it is done with, and so is every zone inside it. Near the limits every
plan is looked at one by one and judged by the formula, so equals are found and rounding decides nothing.
"""

from collections.abc import Callable
from math import inf

import numpy as np

from planner.domain.frontier_found import Found
from planner.domain.frontier_relaxation import ZoneRelaxation
from planner.domain.frontier_sums import Sums
from planner.domain.grid import Options, Vector
from planner.domain.portfolio import Plan
from planner.domain.problem import TOLERANCE, Problem
from planner.domain.tree import MARGIN, Branching, Mask, Tree


class _Divides(Exception):
    """A plan well inside the zone has been found."""


class Zones:
    """watch is called at every node and may raise Stopped. found: what is known, at least one plan."""

    def __init__(self, problem: Problem, sums: Sums, found: Found, whole: Mask, watch: Callable[[], object]) -> None:
        self.problem, self.grid, self.found, self.whole, self.watch = problem, sums.grid, found, whole, watch
        most = max(float(found.values.max()), 1e-3)
        self.scale = 100 / most
        self.relaxation = ZoneRelaxation(sums, found.corners, self.scale)
        self.branching = Branching(len(whole), len(problem.years))
        # A plan less than this above the limits does not divide a zone: its parts would be as large as the whole.
        self.inside = max(20 * MARGIN, 8 * TOLERANCE * max(1.0, most) * self.scale)
        corners = len(found.corners)
        self.open: Vector = np.full((1, corners), -inf)
        self.done: Vector = np.empty((0, corners))
        self.zone: Vector = self.open[0]

    def empty(self) -> None:
        """Until no zone is left."""
        while len(self.open):
            # The largest first: when it is done with, so are those inside it.
            first = int(np.isfinite(self.open).sum(axis=1).argmin())
            self.zone, self.open = self.open[first], np.delete(self.open, first, axis=0)
            divider = self._known_inside()
            while divider is None and not self._search():
                divider = self._known_inside()
            if divider is None:
                self.done = np.vstack([self.done, self.zone])
                self.open = self.open[~(self.open >= self.zone).all(axis=1)]
            else:
                self._divide(divider)

    def _known_inside(self) -> Vector | None:
        """The values of the known plan that lies deepest in the zone, when one lies well inside."""
        values, asked = self.found.values, np.isfinite(self.zone)
        depth = (values - np.where(asked, self.zone, -inf)).min(axis=1) * self.scale
        if not asked.any():
            depth = values.sum(axis=1)
        deepest = int(depth.argmax())
        return values[deepest].copy() if not asked.any() or depth[deepest] > self.inside else None

    def _divide(self, values: Vector) -> None:
        limits = values - 2 * TOLERANCE * np.maximum(1.0, np.abs(values))
        for corner, limit in enumerate(limits.tolist()):
            part = self.zone.copy()
            part[corner] = limit
            if any((zones <= part).all(axis=1).any() for zones in (self.done, self.open)):
                continue
            self.open = np.vstack([self.open[~(self.open >= part).all(axis=1)], part])

    def _search(self) -> bool:
        """True when every plan in the zone that nothing beats is known; False when one was found well inside."""
        self.relaxation.ask_above(self.zone)

        def watch(*_: object) -> None:
            self.watch()

        tree = Tree(self.relaxation, len(self.problem.years), watch, branching=self.branching)
        try:
            tree.explore([self.whole], self)
        except _Divides:
            return False
        return True

    # What the tree asks of a stage

    def limit(self) -> float:
        return MARGIN

    def offer(self, options: Options) -> float | None:
        """Every plan is as good as none: those near the limits are all looked at, and one well inside ends it."""
        values = self.found.add(Plan(self.problem, self.grid.starts(options)))
        if values is not None:
            asked = np.isfinite(self.zone)
            if (values - self.zone)[asked].min() * self.scale > self.inside:
                raise _Divides
        return None
