"""Which good plan lies near this one?

A proof goes faster when it starts from a plan that is hard to beat. One change (start, stop or move an initiative) at
a time, then two at once, as long as the value rises. What comes out is a suggestion: nothing here proves anything,
and whoever takes a plan from here checks it by its rules.
"""

import numpy as np

from planner.domain.closing import Closing
from planner.domain.grid import Grid, Options, Vector

SLACK = 1e-9
PAIRS = 200
"""Pairs of changes that are valued in earnest, the most promising first."""


class Neighbourhood:
    """Plans near a plan, for one problem. Options: the year index each initiative starts in, or one more for never."""

    def __init__(self, grid: Grid, closing: Closing) -> None:
        self.grid, self.closing = grid, closing
        self.count, self.choices = len(grid.ids), len(grid.problem.years) + 1
        rows = [grid.coefficients(row) for row in grid.rows]
        self.low = np.array([low for _, low, _ in rows]) - SLACK
        self.high = np.array([high for _, _, high in rows]) + SLACK
        # rows × initiatives × options; an initiative that never starts takes nothing.
        self.take = np.zeros((len(rows), self.count, self.choices))
        for index, (coefficients, _, _) in enumerate(rows):
            self.take[index, :, :-1] = coefficients.reshape(self.count, self.choices - 1)
        floors = [
            floor.share * sum(need.points for need in floor.members(grid.problem.ground)) for floor in closing.floors
        ]
        self.floors = np.array(floors)

    def fits(self, options: Options) -> bool:
        """True when no row and no floor is broken, within rounding."""
        taken = self.take[:, np.arange(self.count), options].sum(axis=1)
        fits = bool(np.all((taken >= self.low) & (taken <= self.high)))
        return fits and bool(self._values(options[None, :])[0] > -np.inf)

    def _values(self, plans: Options) -> Vector:
        values = self.closing.decided(self.grid.started_by(self.grid.points(plans)))
        short = (values[1:] < self.floors[:, None] - SLACK).any(axis=0)
        return np.where(short, -np.inf, values[0])

    def improve(self, options: Options) -> Options:
        """The best plan that a chain of improving changes reaches from one that fits."""
        if not self.count:
            return options
        value = float(self._values(options[None, :])[0])
        while True:
            better = self._step(options, value)
            if better is None:
                return options
            options, value = better

    def _step(self, options: Options, value: float) -> tuple[Options, float] | None:
        """The best single change; without any, the best pair among the most promising; None when nothing helps."""
        taken = self.take[:, np.arange(self.count), options].sum(axis=1)
        change = self.take - self.take[:, np.arange(self.count), options][:, :, None]
        change = change.reshape(len(self.low), self.count * self.choices)
        moves = np.arange(self.count * self.choices)
        plans = self._changed(options, moves[:, None])
        gain = self._values(plans) - value
        after = taken[:, None] + change
        possible = ((after >= self.low[:, None]) & (after <= self.high[:, None])).all(axis=0)
        enough = SLACK * max(1.0, value)
        best = int(np.argmax(np.where(possible, gain, -np.inf)))
        if possible[best] and gain[best] > enough:
            return plans[best], value + float(gain[best])
        pairs = self._promising_pairs(taken, change, np.where(np.isfinite(gain), gain, 0.0))
        if not len(pairs):
            return None
        plans = self._changed(options, pairs)
        values = self._values(plans)
        best = int(np.argmax(values))
        return (plans[best], float(values[best])) if values[best] > value + enough else None

    def _promising_pairs(self, taken: Vector, change: Vector, gain: Vector) -> Options:
        """Pairs of changes of two initiatives that fit and whose gains, added, are largest (and above 0)."""
        total = gain[:, None] + gain[None, :]
        initiative = np.arange(len(gain)) // self.choices
        ones, others = np.nonzero((total > 0) & (initiative[:, None] < initiative[None, :]))
        order = np.argsort(-total[ones, others], kind="stable")[: 10 * PAIRS]
        ones, others = ones[order], others[order]
        after = taken[:, None] + change[:, ones] + change[:, others]
        fits = ((after >= self.low[:, None]) & (after <= self.high[:, None])).all(axis=0)
        return np.stack([ones[fits][:PAIRS], others[fits][:PAIRS]], axis=1)

    def _changed(self, options: Options, moves: Options) -> Options:
        """Copies of a plan (one a row of moves), each with its moves made. A move is initiative · choices + option."""
        plans = np.tile(options, (len(moves), 1))
        for column in moves.T:
            plans[np.arange(len(moves)), column // self.choices] = column % self.choices
        return plans
