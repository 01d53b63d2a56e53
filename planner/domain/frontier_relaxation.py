"""How far above given values at the corners of the weights can a half-decided plan lie? A linear relaxation.

What each group closes has a variable of its own, bounded by tangents that hold whatever is asked; what is asked is a
lower limit for the value at some corners. The objective is the slack all of these have together, so a mask whose bound
is below nothing holds no plan that reaches them.
"""

from math import inf

import numpy as np

from planner.domain.frontier_sums import Sums
from planner.domain.grid import Vector
from planner.domain.relaxation import FEASIBILITY, HighsRelaxation, LinearModel
from planner.domain.tree import Point

MOST_SLACK = 1000.0
"""In units of the relaxation, where the best value is 100."""


class ZoneRelaxation(HighsRelaxation):
    """corners: corners × groups, as in `sums`. Bounds are minus the slack, scaled."""

    def __init__(self, sums: Sums, corners: Vector, scale: float) -> None:
        super().__init__(LinearModel(sums.grid, sums.closing, scale))
        self.sums, self.corners, self.scale = sums, corners, scale
        highs, groups = self.highs, len(sums.places)
        highs.changeColsCost(self.size, self.columns, np.zeros(self.size))
        highs.changeColCost(self.closed, 0.0)
        first = highs.getNumCol()
        nothing = np.array([], dtype=np.int32), np.array([])
        for _ in range(groups):
            highs.addCol(0.0, -inf, inf, 0, *nothing)
        highs.addCol(-1.0, -MOST_SLACK, MOST_SLACK, 0, *nothing)
        self.groups = np.arange(first, first + groups, dtype=np.int32)
        self.asked = np.zeros(len(corners), dtype=np.bool_)
        self.corner_rows = highs.getNumRow() + np.arange(len(corners))
        together = np.append(self.groups, np.int32(first + groups))
        for weights in corners:
            highs.addRow(-inf, inf, groups + 1, together, np.append(weights, -1.0))
        for group in range(groups):
            self._cut(group, np.zeros(self.size))
        self.fixed_rows = self._settle_rows()

    def ask_above(self, values: Vector) -> None:
        """From now on: by how much can plans exceed all of these values, one a corner (−inf: not asked)?"""
        self.asked = np.isfinite(values)
        for row, value in zip(self.corner_rows.tolist(), (values * self.scale).tolist(), strict=True):
            self.highs.changeRowBounds(row, value, inf)

    def tighten(self, point: Point, tolerance: float) -> bool:
        added = self._tighten_own_floors(point.starts)
        promised = np.array(self.highs.getSolution().col_value)[self.groups]
        by = self.grid.started_by(point.starts)
        true = np.array([self.sums.closing.bound(by, place)[0] for place in self.sums.places]) * self.scale
        # What each group promises too much of counts as it weighs at the corners that are asked about.
        excess = self.corners[self.asked] * np.maximum(promised - true, 0.0)
        if excess.sum(axis=1).max(initial=0.0) > tolerance:
            for group in np.nonzero(excess.max(axis=0) > tolerance / (2 * len(true)))[0].tolist():
                self._cut(group, point.starts)
                added = True
        return added

    def _cut(self, group: int, starts: Vector) -> None:
        """No plan closes more of a group than the tangent at this point."""
        value, slope = self.sums.closing.bound(self.grid.started_by(starts), self.sums.places[group])
        slope = self.grid.over_starts(slope) * self.scale
        high = value * self.scale - float(slope @ starts) + FEASIBILITY
        columns = np.append(self.columns, self.groups[group])
        self.highs.addRow(-inf, high, self.size + 1, columns, np.append(-slope, 1.0))

    def _tighten_own_floors(self, starts: Vector) -> bool:
        added = False
        for function in self.sums.real:
            coefficients, low = self.linear.floor(starts, function)
            if float(coefficients @ starts) < low - 10 * FEASIBILITY:
                self.highs.addRow(low - FEASIBILITY, inf, self.size, self.columns, coefficients)
                added = True
        return added
