"""Which plan is nearly the best, and how much better could any other be? Answered fast, by a solver of whole numbers.

The tree of `planner.domain.tree` is twice as fast on the sample since it has covers (docs/solver-log.md), but a tree
that goes deep first proves little of a problem with too many alike. Then HiGHS closes the distance between the linear
relaxation and whole plans by cuts of its own. What comes out is a set of plans to check and a bound that rests on
HiGHS's word; at gap 0 nothing here is proof, and the tree starts anew from the plans found.

The closure of needs is a few concave sums, each bounded by rows that are made where the last answer promised too much.
"""

from collections.abc import Callable
from math import inf
from typing import Any

import highspy
import numpy as np

from planner.domain.closing import Closing
from planner.domain.grid import Grid, Options, Vector
from planner.domain.local_search import Neighbourhood
from planner.domain.rules import FLOOR_SLACK

SUMS = 16
"""Closure is bounded in so many sums of terms: with one it takes twice the rounds, with one a term twice the time."""
MOST_ROUNDS, MOST_LP_ROUNDS = 12, 40
FIRST_GAP = 1e-2
ROUGH = 1e-3
FINE = 1e-7
"""How much a sum may promise too much before it gets a row: of the 100 that the best there can be is scaled to."""
TRUST = 1e-5
"""Added to every bound, in the same units: HiGHS keeps to its rows within 1e-6."""
OPTIONS: dict[str, int | float | str] = {
    **{"threads": 1, "output_flag": False, "mip_heuristic_effort": 0.0, "mip_allow_restart": False},
    "mip_max_nodes": 20_000,
}
Offer = Callable[[Options], object]
Watch = Callable[[float | None], bool]
"""Called with the bound now and then; True stops."""


class Whole:
    """One problem as a mixed-integer model over `started by`. Values are scaled as the search says."""

    def __init__(self, grid: Grid, closing: Closing, scale: float) -> None:
        self.grid, self.closing, self.scale, self.size = grid, closing, scale, grid.size
        self.years = len(grid.problem.years)
        # Terms that the same initiatives reach lie together: a sum of likes is bounded more tightly.
        order = sorted(range(closing.terms), key=lambda term: closing.column[closing.term == term].tolist())
        self.sums = [closing.weight[0] * np.isin(range(closing.terms), part) for part in np.array_split(order, SUMS)]
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in OPTIONS.items():
            self.highs.setOptionValue(option, value)
        self.highs.passModel(self._model())
        self._cut(np.zeros(self.size), np.full(len(self.sums), inf), ROUGH)

    def _model(self) -> Any:
        rows = list(self._rows())
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.size + len(self.sums), len(rows)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.append(self.closing.linear[0] * self.scale, np.ones(len(self.sums)))
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.col_upper_ = np.append(np.ones(self.size), [float(w.sum()) * self.scale for w in self.sums])
        lp.row_lower_, lp.row_upper_ = np.array([low for low, _, _ in rows]), np.array([high for _, high, _ in rows])
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(terms) for _, _, terms in rows)])
        lp.a_matrix_.index_ = np.array([column for _, _, terms in rows for column in terms], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([value for _, _, terms in rows for value in terms.values()])
        return lp

    def _rows(self) -> Any:
        """(low, high, column -> coefficient) of every row, largest coefficient 1, and that nothing goes back."""
        for row in self.grid.rows:
            unit = max((abs(float(amount)) for amount in row.terms.values()), default=1.0)
            limit = float(row.limit) / unit
            terms = {self.grid.position[at]: float(amount) / unit for at, amount in row.terms.items()}
            yield limit if row.sense != "<=" else -inf, limit if row.sense != ">=" else inf, terms
        for column in range(self.size):
            if column % self.years:
                yield -inf, 0.0, {column - 1: 1.0, column: -1.0}

    def search(self, gap: float, near: Neighbourhood, offer: Offer, best: Callable[[], float], watch: Watch) -> float:
        """Offer plans until none can be better than the best by more than the gap; the bound (a value, unscaled).

        best: the value of the best plan taken so far, -inf without one. The bound is inf when nothing was learnt.
        """
        point = self._converge()
        if point is None:
            return inf
        self._near(near, point, offer)
        whole = np.full(self.size, highspy.HighsVarType.kInteger)
        self.highs.changeColsIntegrality(self.size, np.arange(self.size, dtype=np.int32), whole)
        self.watch, self.stopped, bound, seen = watch, False, inf, set()
        self.highs.cbMipInterrupt += self._interrupt
        for turn in range(MOST_ROUNDS):
            # The first rows promise too much anyway: a rough answer tells where the next ones belong.
            self.highs.setOptionValue("mip_rel_gap", max(gap / 2, FIRST_GAP if turn == 0 else 0.0))
            self.highs.run()
            dual = self.highs.getInfo().mip_dual_bound
            if abs(dual) < 1e20:
                bound = min(bound, self._value(dual))
            if self.stopped or not self.highs.getSolution().value_valid:
                break
            point = np.round(np.array(self.highs.getSolution().col_value)[: self.size])
            offer(self.options_at(point))
            if bound - best() <= gap * abs(bound) or point.tobytes() in seen:
                break
            seen.add(point.tobytes())
            self.cut_at(point)
            self._near(near, point, offer)
        return bound

    def _value(self, scaled: float) -> float:
        return (scaled + TRUST) / self.scale + float(self.closing.constant[0])

    def _interrupt(self, event: Any) -> None:
        """Called by HiGHS at every node and more often."""
        dual = event.data_out.mip_dual_bound
        if self.watch(self._value(dual) if abs(dual) < 1e20 else None):
            self.stopped = True
            event.data_in.user_interrupt = True

    def _converge(self) -> Vector | None:
        """The point of the relaxation, once no sum promises too much there; None when it has no solution."""
        point: Vector | None = None
        for _ in range(MOST_LP_ROUNDS):
            self.highs.run()
            if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            values = np.array(self.highs.getSolution().col_value)
            point = values[: self.size]
            if not self._cut(point, values[self.size :], ROUGH):
                break
        return point

    def _near(self, near: Neighbourhood, point: Vector, offer: Offer) -> None:
        """Offer the best plan near a point, and cut there: where the best plans are, the bound must be tight."""
        shares = point.reshape(-1, self.years)
        likely = np.where(shares[:, -1] > 0.99, (shares > 0.5).argmax(axis=1), self.years)
        for options in (likely, np.full(len(likely), self.years)):
            if near.fits(options):
                better = near.improve(options)
                offer(better)
                here = (np.arange(self.years) >= better[:, None]).astype(np.float64).reshape(-1)
                self.cut_at(here)
                return

    def options_at(self, point: Vector) -> Options:
        """The plan of a whole point."""
        years = point.reshape(-1, self.years) > 0.5
        return np.where(years.any(axis=1), years.argmax(axis=1), self.years)

    def cut_at(self, point: Vector) -> bool:
        """Hold every sum and floor to what is true at a point."""
        return self._cut(point, np.full(len(self.sums), inf), FINE)

    def _cut(self, point: Vector, promised: Vector, tolerance: float) -> bool:
        """Rows that hold the sums and the floors to what is true at a point; False when none was needed."""
        added = False
        for number, weight in enumerate(self.sums):
            value, slope = self.closing.at(point, weight)
            if promised[number] > value * self.scale + tolerance:
                terms = np.append(-slope * self.scale, 1.0)
                self._add(-inf, (value - float(slope @ point)) * self.scale, terms, self.size + number)
                added = True
        for number, floor in enumerate(self.closing.floors, start=1):
            points = sum(need.points for need in floor.members(self.grid.problem.ground))
            value, slope = self.closing.bound(point, number)
            if points > 0 and value < floor.share * points - 10 * FLOOR_SLACK:
                low = (floor.share * points - FLOOR_SLACK - value + float(slope @ point)) / points
                self._add(low, inf, slope / points)
                added = True
        return added

    def _add(self, low: float, high: float, terms: Vector, last: int | None = None) -> None:
        used = np.nonzero(terms)[0]
        columns = used.copy()
        if last is not None:
            columns[used == self.size] = last
        self.highs.addRow(low, high, len(used), columns.astype(np.int32), terms[used])
