"""How good can a half-decided plan be at most? The linear relaxation of a problem, built with PuLP and solved by HiGHS.

Start-year variables, the rows of every rule, and what the plan closes bounded by rows made where the last point
promised too much. Nothing here is taken for a plan: `search` checks and values those exactly.
"""

from math import inf

import highspy
import numpy as np
import pulp

from planner.domain.closing import Closing
from planner.domain.covers import covers
from planner.domain.grid import Grid, Vector
from planner.domain.rules import FLOOR_SLACK
from planner.domain.tree import Mask, Point

FEASIBILITY = 1e-9
QUICK = 20
"""Simplex steps of a rough bound: enough to tell good branchings from bad."""
SPARE_ROWS = 60


class LinearModel:
    """Start-year variables, a row for each row of each rule, and `closed`: what the plan closes (scaled)."""

    def __init__(self, grid: Grid, closing: Closing, scale: float = 1.0) -> None:
        self.grid, self.closing, self.scale = grid, closing, scale
        years, size = grid.problem.years, grid.size
        self.problem = pulp.LpProblem("maalrett", pulp.LpMaximize)
        names = [_name(one, n) for n, one in enumerate(grid.ids)]
        most = float(closing.weight[0].sum()) * scale
        variable = self.problem.add_variable
        self.starts = [variable(f"start_{name}_{year}", 0, 1, pulp.LpInteger) for name in names for year in years]
        self.closed = variable("closed", 0, most)
        self.linear = grid.over_starts(closing.linear[0]) * scale
        self.problem += self._sum(self.linear) + self.closed
        self.once = [self._once(n, name) for n, name in enumerate(names)]
        self.rows = [self._row(f"{row.name}_{n}", *grid.coefficients(row)) for n, row in enumerate(grid.rows)]
        nothing = np.zeros(size)
        value, slope = self.closed_at_most(nothing)
        self.problem += pulp.LpConstraint(self.closed - self._sum(slope), pulp.LpConstraintLE, "closed_at_most", value)
        for function in range(1, len(closing.floors) + 1):
            coefficients, low = self.floor(nothing, function)
            self._row(f"need_floor_{function}", coefficients, low, inf)

    def closed_at_most(self, starts: Vector) -> tuple[float, Vector]:
        """What the terms of the value close at a point, scaled, and the slope there."""
        value, slope = self.closing.at(self.grid.started_by(starts), self.closing.weight[0])
        return value * self.scale, self.grid.over_starts(slope) * self.scale

    def floor(self, starts: Vector, function: int) -> tuple[Vector, float]:
        """The row a floor becomes at a point: coefficients and lower limit, scaled by the points there."""
        floor = self.closing.floors[function - 1]
        points = sum(need.points for need in floor.members(self.grid.problem.ground))
        value, slope = self.closing.bound(self.grid.started_by(starts), function)
        slope = self.grid.over_starts(slope)
        unit = 1 / points if points > 0 else 1.0
        return slope * unit, (floor.share * points - FLOOR_SLACK - value + float(slope @ starts)) * unit

    def _sum(self, coefficients: Vector) -> pulp.LpAffineExpression:
        used = np.nonzero(coefficients)[0]
        return pulp.LpAffineExpression([(self.starts[n], float(coefficients[n])) for n in used])

    def _once(self, number: int, name: str) -> pulp.LpConstraint:
        years = len(self.grid.problem.years)
        own = pulp.lpSum(self.starts[number * years : (number + 1) * years])
        row = pulp.LpConstraint(own, pulp.LpConstraintLE, f"once_{name}", 1)
        self.problem += row
        return row

    def _row(self, name: str, coefficients: Vector, low: float, high: float) -> pulp.LpConstraint | None:
        """None for a row that holds whatever is chosen."""
        if low <= 0 <= high and not coefficients.any():
            return None
        total = self._sum(coefficients)
        if low == high:
            row = pulp.LpConstraint(total, pulp.LpConstraintEQ, name, low)
        elif np.isfinite(high):
            row = pulp.LpConstraint(total, pulp.LpConstraintLE, name, high)
        else:
            row = pulp.LpConstraint(total, pulp.LpConstraintGE, name, low)
        self.problem += row
        return row


def _name(initiative: str, number: int) -> str:
    """A variable is named by a plain id; any other text by its number, which no plain id looks like."""
    return initiative if initiative.isascii() and initiative.isalnum() and len(initiative) <= 20 else f"_{number}"


class HighsRelaxation:
    """The linear relaxation of a problem in HiGHS. Bounds are minimised: minus the scaled value, or a tie's amount."""

    def __init__(self, linear: LinearModel) -> None:
        self.linear, self.grid = linear, linear.grid
        self.count, self.years, self.size = len(self.grid.ids), len(self.grid.problem.years), self.grid.size
        driver = pulp.HiGHS(mip=False, msg=False)
        driver.createAndConfigureSolver(linear.problem)
        driver.buildSolverModel(linear.problem)
        highs = self.highs = linear.problem.solverModel
        for option, value in OPTIONS.items():
            highs.setOptionValue(option, value)
        self.columns = np.array([variable.index for variable in linear.starts], dtype=np.int32)
        self.closed = linear.closed.index
        self.once = np.array([row.index for row in linear.once], dtype=np.int32)
        given = highs.getLp()
        for row in set(range(highs.getNumRow())) - set(self.once.tolist()):
            low, high = given.row_lower_[row], given.row_upper_[row]
            highs.changeRowBounds(row, low - FEASIBILITY * (1 + abs(low)), high + FEASIBILITY * (1 + abs(high)))
        rows = [(*self.grid.coefficients(row), made) for row, made in zip(self.grid.rows, linear.rows, strict=True)]
        limits = [(take, high, made) for take, _, high, made in rows if high < inf and take.min(initial=0.0) >= 0]
        self.take = np.array([take for take, _, _ in limits]).reshape(len(limits), self.count, self.years)
        self.most = np.array([high for _, high, _ in limits])
        self.limits = [None if made is None else int(made.index) for _, _, made in limits]
        self.fixed_rows = highs.getNumRow()
        self.most_rows = self.fixed_rows + SPARE_ROWS
        self.least: float | None = None
        self.offset = 0.0

    @classmethod
    def of(cls, grid: Grid, closing: Closing, scale: float) -> "HighsRelaxation":
        return cls(LinearModel(grid, closing, scale))

    def ask_for(self, amounts: Vector, value_at_least: float) -> None:
        """Minimise an amount over options from now on, among plans worth (scaled) at least so much."""
        highs = self.highs
        if self.least is None:
            coefficients = np.append(self.linear.linear, 1.0)
            highs.addRow(value_at_least, inf, self.size + 1, np.append(self.columns, self.closed), coefficients)
            highs.changeColCost(self.closed, 0.0)
            self.least = value_at_least
            self.fixed_rows = self._settle_rows()
        self.offset = float(amounts[:, -1].sum())
        highs.changeColsCost(self.size, self.columns, (amounts[:, :-1] - amounts[:, -1:]).reshape(-1))

    def _settle_rows(self) -> int:
        self.most_rows = self.highs.getNumRow() + SPARE_ROWS
        return int(self.highs.getNumRow())

    def require(self, amounts: Vector, at_most: float) -> None:
        """Only plans whose amount over options is no more than this, from now on."""
        coefficients = (amounts[:, :-1] - amounts[:, -1:]).reshape(-1)
        high = at_most - float(amounts[:, -1].sum())
        self.highs.addRow(-inf, high, self.size, self.columns, coefficients)
        self.fixed_rows = self._settle_rows()

    def solve(self, mask: Mask, quick: bool = False) -> tuple[float, bool]:
        highs = self.highs
        open_years = mask[:, :-1].astype(np.float64).reshape(-1)
        highs.changeColsBounds(self.size, self.columns, np.zeros(self.size), open_years)
        highs.changeRowsBounds(self.count, self.once, (~mask[:, -1]).astype(np.float64), np.ones(self.count))
        if quick:
            highs.setOptionValue("simplex_iteration_limit", QUICK)
        highs.run()
        if quick:
            highs.setOptionValue("simplex_iteration_limit", ALL)
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return inf, True
        if status != highspy.HighsModelStatus.kOptimal and not quick:
            # Numbers went astray: once more without what is remembered, and then say that we do not know.
            highs.clearSolver()
            highs.run()
            status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return inf, True
        return highs.getObjectiveValue() + self.offset, status == highspy.HighsModelStatus.kOptimal

    def point(self) -> Point:
        solution = self.highs.getSolution()
        values, duals = np.array(solution.col_value), np.array(solution.col_dual)
        starts = values[self.columns].clip(0.0, 1.0)
        price = np.zeros((self.count, self.years + 1))
        price[:, :-1] = np.where(starts < 1e-9, duals[self.columns], 0.0).reshape(self.count, self.years)
        price[:, -1] = -np.array(solution.row_dual)[self.once]
        return Point(starts, price, float(values[self.closed]))

    def limit_prices(self) -> Vector:
        """What one more of each limit (`take`, `most`) was worth at the last solve, in its own units; from 0 up."""
        duals = self.highs.getSolution().row_dual
        return np.array([0.0 if row is None else max(0.0, -duals[row]) for row in self.limits])

    def tighten(self, point: Point, tolerance: float) -> bool:
        added = self._tighten_floors(point.starts)
        value, slope = self.linear.closed_at_most(point.starts)
        promised = point.closed if self.least is None else self.least - float(self.linear.linear @ point.starts)
        if promised > value + tolerance:
            columns = np.append(self.columns, self.closed)
            high = value - float(slope @ point.starts)
            self.highs.addRow(-inf, high, self.size + 1, columns, np.append(-slope, 1.0))
            added = True
        return added

    def separate(self, point: Point) -> bool:
        shares = point.starts.reshape(self.count, self.years)
        found = False
        for coefficients, high in covers(self.take, self.most, shares):
            self.highs.addRow(-inf, high, self.size, self.columns, coefficients)
            found = True
        return found

    def _tighten_floors(self, starts: Vector) -> bool:
        added = False
        for function in range(1, len(self.linear.closing.floors) + 1):
            coefficients, low = self.linear.floor(starts, function)
            if float(coefficients @ starts) < low - 10 * FEASIBILITY:
                self.highs.addRow(low - FEASIBILITY, inf, self.size, self.columns, coefficients)
                added = True
        return added

    def tidy(self) -> None:
        """Drop the cuts that do not bind, once there are many: they slow every later solve."""
        rows = self.highs.getNumRow()
        if rows <= self.most_rows:
            return
        basic = highspy.HighsBasisStatus.kBasic
        status = self.highs.getBasis().row_status
        if len(status) == rows:
            idle = [row for row in range(self.fixed_rows, rows) if status[row] == basic]
            self.highs.deleteRows(len(idle), np.array(idle, dtype=np.int32))
        self.most_rows = max(self.most_rows, self.highs.getNumRow() + SPARE_ROWS // 2)


ALL = 2147483647
OPTIONS: dict[str, object] = {
    **{"threads": 1, "presolve": "off", "simplex_scale_strategy": 0, "output_flag": False},
    **{"primal_feasibility_tolerance": FEASIBILITY, "dual_feasibility_tolerance": FEASIBILITY},
}
