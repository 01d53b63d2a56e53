"""How good can a half-decided plan be at most, when some limits may be exceeded by a given sum in all?

The relaxation of `planner.domain.relaxation` with a column for each of those limits: by how much it is exceeded. Knows
nothing of why somebody asks, and takes nothing for a plan.
"""

from math import inf

import numpy as np

from planner.domain.closing import Closing
from planner.domain.grid import Grid
from planner.domain.limits import TotalLimit, YearLimits
from planner.domain.relaxation import HighsRelaxation, LinearModel
from planner.domain.tree import Mask, Point


class Exceedable(HighsRelaxation):
    """weights: resource -> what exceeding its limits by one unit counts; the limits of other resources hold."""

    def __init__(self, grid: Grid, closing: Closing, scale: float, weights: dict[str, float]) -> None:
        super().__init__(LinearModel(grid, closing, scale))
        problem = grid.problem
        # Limits are the first of a grid's rows, in this order.
        limits = [kind(r, problem.reserve) for r in problem.resources for kind in (YearLimits, TotalLimit)]
        owners = [limit.resource.id for limit in limits for _ in limit.rows(problem.ground)]
        self.exceeded = np.array([n for n, owner in enumerate(owners) if weights.get(owner, 0) > 0], dtype=np.intp)
        # A sum of this much is one in the model, where all numbers should be about as large.
        self.unit = max([1.0, *(weights[owners[n]] * float(grid.rows[n].limit) for n in self.exceeded)])
        self.weights = np.array([weights[owners[n]] for n in self.exceeded])
        self.over = [self._column(n, weights[owners[n]]) for n in self.exceeded if self.linear.rows[n] is not None]
        self._hold_the_rest()
        self.highs.addRow(-inf, inf, len(self.over), np.array(self.over, dtype=np.int32), np.ones(len(self.over)))
        self.budget = self.highs.getNumRow() - 1
        self.fixed_rows = self._settle_rows()
        self.lowered = False

    def _column(self, number: int, weight: float) -> int:
        """A column that lets a row be exceeded; one of it is `unit` of the weighted sum."""
        row = self.grid.rows[number]
        largest = max((abs(float(amount)) for amount in row.terms.values()), default=1.0)
        at = np.array([self.linear.rows[number].index], dtype=np.int32)  # type: ignore[union-attr]
        self.highs.addCol(0.0, 0.0, inf, 1, at, np.array([-self.unit / weight / largest]))
        return int(self.highs.getNumCol() - 1)

    def _hold_the_rest(self) -> None:
        """Covers are looked for in the limits that hold whatever is paid."""
        loose = {self.linear.rows[n].index for n in self.exceeded if self.linear.rows[n] is not None}
        kept = [n for n, row in enumerate(self.limits) if row not in loose]
        self.take, self.most = self.take[kept], self.most[kept]
        self.limits = [self.limits[n] for n in kept]

    def allow(self, sum_of_all: float) -> None:
        """The weighted sum of all that is exceeded is at most this, from now on. Rows and points made before stand."""
        self.highs.changeRowBounds(self.budget, -inf, sum_of_all / self.unit)
        self.lowered = True

    def tighten(self, point: Point, tolerance: float) -> bool:
        added = super().tighten(point, tolerance)
        added, self.lowered = added or self.lowered, False
        return added

    def solve(self, mask: Mask, quick: bool = False) -> tuple[float, bool]:
        self.lowered = self.lowered and quick
        return super().solve(mask, quick)
