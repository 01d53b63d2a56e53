"""Which plan near this one exceeds its limits by less, and closes no less than it must?

A proof goes faster when it starts from a plan that is hard to beat. One change at a time, then two at once. What comes
out is a suggestion: nothing here proves anything, and whoever takes a plan from here checks it by its rules.
"""

import numpy as np

from planner.domain.closing import Closing
from planner.domain.grid import Grid, Options, Vector
from planner.domain.local_search import SLACK, Neighbourhood, Open

PAIRS = 300
"""Pairs of changes that are valued in earnest."""


class Cheapening(Neighbourhood):
    """exceeded: rows of the grid that may be exceeded; weights: what one unit of each counts. enough: the least value
    of a plan."""

    def __init__(self, grid: Grid, closing: Closing, exceeded: Options, weights: Vector, enough: float) -> None:
        super().__init__(grid, closing)
        self.enough = enough
        units = [max((abs(float(a)) for a in grid.rows[n].terms.values()), default=1.0) for n in exceeded]
        self.rate = weights * np.array(units)
        self.loose, self.loose_high = self.take[exceeded], self.high[exceeded].copy()
        self.high[exceeded] = np.inf

    def amount(self, options: Options) -> float:
        """The weighted sum by which a plan exceeds those rows."""
        taken = self.loose[:, np.arange(self.count), options].sum(axis=1)
        return float(self.rate @ np.maximum(taken - self.loose_high, 0.0))

    def cheapen(self, options: Options, open_: Open) -> Options | None:
        """From a plan that keeps the other rows: first up to the value that is enough, then as cheap as changes make
        it. None when no chain of changes gets up there."""
        value = float(self.values(options[None, :])[0])
        while True:
            step = self._next(options, value, open_.reshape(-1))
            if step is None:
                return options if value >= self.enough else None
            options, value = step

    def _next(self, options: Options, value: float, allowed: Open) -> tuple[Options, float] | None:
        every = np.arange(self.count)
        moves = np.arange(self.count * self.choices)
        taken = self.take[:, every, options].sum(axis=1)
        change = (self.take - self.take[:, every, options][:, :, None]).reshape(len(self.low), len(moves))
        loose = self.loose[:, every, options].sum(axis=1) - self.loose_high
        more = (self.loose - self.loose[:, every, options][:, :, None]).reshape(len(loose), len(moves))
        now = float(self.rate @ np.maximum(loose, 0.0))
        gain = self._valued(options, moves[:, None]) - value
        after = taken[:, None] + change
        fits = ((after >= self.low[:, None]) & (after <= self.high[:, None])).all(axis=0) & allowed
        amount = self.rate @ np.maximum(loose[:, None] + more, 0.0)
        least = SLACK * max(1.0, now)
        if value < self.enough:
            helps = np.nonzero(fits & (gain > SLACK))[0]
            if not len(helps):
                return None
            worth = np.minimum(gain[helps], self.enough - value) / (np.maximum(amount[helps] - now, 0.0) + 1e-3)
            best = int(helps[np.argmax(worth)])
            return self._changed(options, np.array([[best]]))[0], value + float(gain[best])
        single = np.where(fits & (value + gain >= self.enough), amount, np.inf)
        best = int(np.argmin(single))
        if single[best] < now - least:
            return self._changed(options, np.array([[best]]))[0], value + float(gain[best])
        return self._pair(options, value, now - least, (taken, change, loose, more, gain, allowed))

    def _pair(
        self, options: Options, value: float, below: float, known: tuple[Vector, Vector, Vector, Vector, Vector, Open]
    ) -> tuple[Options, float] | None:
        """The cheapest pair of changes that keeps the value, of those that by their single gains may."""
        taken, change, loose, more, gain, allowed = known
        ones, others = np.nonzero(np.triu(np.isfinite(gain)[:, None] & np.isfinite(gain)[None, :], 1))
        likely = allowed[ones] & allowed[others] & (ones // self.choices != others // self.choices)
        likely &= value + gain[ones] + gain[others] >= self.enough - 0.02 * abs(self.enough)
        ones, others = ones[likely], others[likely]
        amount = self.rate @ np.maximum(loose[:, None] + more[:, ones] + more[:, others], 0.0)
        cheaper = np.nonzero(amount < below)[0]
        after = taken[:, None] + change[:, ones[cheaper]] + change[:, others[cheaper]]
        cheaper = cheaper[((after >= self.low[:, None]) & (after <= self.high[:, None])).all(axis=0)]
        cheaper = cheaper[np.argsort(amount[cheaper], kind="stable")][:PAIRS]
        if not len(cheaper):
            return None
        pairs = np.stack([ones[cheaper], others[cheaper]], axis=1)
        values = self._valued(options, pairs)
        enough = np.nonzero(values >= self.enough)[0]
        if not len(enough):
            return None
        return self._changed(options, pairs[enough[:1]])[0], float(values[enough[0]])
