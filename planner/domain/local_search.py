"""Which good plan lies near this one?

A proof goes faster when it starts from a plan that is hard to beat. One change (start, stop or move an initiative) at
a time, then two at once, as long as the value rises. What comes out is a suggestion: nothing here proves anything,
and whoever takes a plan from here checks it by its rules.
"""

import numpy as np
import numpy.typing as npt

from planner.domain.closing import Closing
from planner.domain.grid import Grid, Options, Vector

Open = npt.NDArray[np.bool_]
"""initiatives × options."""
SLACK = 1e-9
CERTAIN = 40.0
"""Stands for −ln 0 here: e^−40 of a need is nothing."""
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
        # What each option adds to −ln(1 − closed) of each term, so that a change is valued by what it changes.
        self.adds = self._adds() if closing.closure == "product" and closing.terms else None

        self.linear = np.zeros((len(closing.linear), self.count, self.choices))
        self.linear[:, :, :-1] = grid.over_starts(closing.linear).reshape(self.linear[:, :, :-1].shape)

    def _adds(self) -> Vector:
        logs = np.zeros((self.grid.size, self.closing.terms))
        certain = np.where(self.closing.certain, CERTAIN, self.closing.log)
        np.add.at(logs, (self.closing.column, self.closing.term), certain)
        adds = np.zeros((self.count, self.choices, self.closing.terms))
        adds[:, :-1] = self.grid.over_starts(logs.T).T.reshape(self.count, self.choices - 1, self.closing.terms)
        return adds

    def fits(self, options: Options) -> bool:
        """True when no row and no floor is broken, within rounding."""
        taken = self.take[:, np.arange(self.count), options].sum(axis=1)
        fits = bool(np.all((taken >= self.low) & (taken <= self.high)))
        return fits and bool(self.values(options[None, :])[0] > -np.inf)

    def _after(self, options: Options, moves: Options) -> Vector:
        """Function values (functions × ways) of a plan after each way of changing it. moves: [ways, changes]."""
        if self.adds is None:
            return self.closing.decided(self.grid.started_by(self.grid.points(self._changed(options, moves))))
        every = np.arange(self.count)
        flat, linear = self.adds.reshape(self.count * self.choices, self.closing.terms), self.linear
        logs = np.tile(self.adds[every, options].sum(axis=0), (len(moves), 1))
        straight = np.repeat(linear[:, every, options].sum(axis=1)[:, None], len(moves), axis=1)
        of = linear.reshape(len(linear), -1)
        for column in moves.T:
            now = column // self.choices * self.choices + options[column // self.choices]
            logs += flat[column]
            logs -= flat[now]
            straight += of[:, column] - of[:, now]
        values: Vector = self.closing.weight @ (1 - np.exp(-logs)).T + straight + self.closing.constant[:, None]
        return values

    def _valued(self, options: Options, moves: Options) -> Vector:
        values = self._after(options, moves)
        short = (values[1:] < self.floors[:, None] - SLACK).any(axis=0)
        return np.where(short, -np.inf, values[0])

    def values(self, plans: Options) -> Vector:
        """What many plans (one a row) close, nearly exactly; −inf for one that breaks a floor.

        Says nothing of whether they fit."""
        values = self.closing.decided(self.grid.started_by(self.grid.points(plans)))
        short = (values[1:] < self.floors[:, None] - SLACK).any(axis=0)
        return np.where(short, -np.inf, values[0])

    def value(self, options: Options) -> float:
        """What a plan closes, nearly exactly; −inf when it breaks a floor."""
        return float(self.values(options[None, :])[0])

    def improve(self, options: Options, open_: Open | None = None) -> Options:
        """The best plan that a chain of improving changes reaches from one that fits.

        open_: initiatives × options, True where a change may lead; everywhere when not given.
        """
        if not self.count:
            return options
        value = float(self.values(options[None, :])[0])
        allowed = None if open_ is None else open_.reshape(-1)
        while True:
            better = self._step(options, value, allowed)
            if better is None:
                return options
            options, value = better

    def repair(self, options: Options, open_: Open) -> Options | None:
        """A plan near this one that fits, changed where it breaks a row; None when no chain of changes gets there.

        Each change takes away most of what is broken for the value it costs. The floors are not looked after.
        """
        options = options.copy()
        for _ in range(2 * self.count):
            taken = self.take[:, np.arange(self.count), options].sum(axis=1)
            broken = self._broken(taken)
            if broken <= 0:
                return options if np.isfinite(self.values(options[None, :])[0]) else None
            change = self.take - self.take[:, np.arange(self.count), options][:, :, None]
            after = taken[:, None] + change.reshape(len(self.low), self.count * self.choices)
            left = np.maximum(after - self.high[:, None], 0).sum(axis=0)
            left = np.where(open_.reshape(-1), left + np.maximum(self.low[:, None] - after, 0).sum(axis=0), np.inf)
            helps = np.nonzero(left < broken - SLACK)[0]
            if not len(helps):
                return None
            values = self._after(options, helps[:, None])[0]
            cost = values.max() - values + 1e-3 * max(1.0, float(values.max()))
            chosen = helps[int(np.argmax((broken - left[helps]) / cost))]
            options[chosen // self.choices] = chosen % self.choices
        return None

    def _broken(self, taken: Vector) -> float:
        return float((np.maximum(taken - self.high, 0) + np.maximum(self.low - taken, 0)).sum())

    def _step(self, options: Options, value: float, allowed: Open | None) -> tuple[Options, float] | None:
        """The best single change; without any, the best pair among the most promising; None when nothing helps."""
        taken = self.take[:, np.arange(self.count), options].sum(axis=1)
        change = self.take - self.take[:, np.arange(self.count), options][:, :, None]
        change = change.reshape(len(self.low), self.count * self.choices)
        moves = np.arange(self.count * self.choices)
        gain = self._valued(options, moves[:, None]) - value
        after = taken[:, None] + change
        possible = ((after >= self.low[:, None]) & (after <= self.high[:, None])).all(axis=0)
        if allowed is not None:
            possible &= allowed
        enough = SLACK * max(1.0, value)
        best = int(np.argmax(np.where(possible, gain, -np.inf)))
        if possible[best] and gain[best] > enough:
            return self._changed(options, moves[best : best + 1, None])[0], value + float(gain[best])
        gain = np.where(np.isfinite(gain), gain, 0.0)
        pairs = self._promising_pairs(taken, change, gain if allowed is None else np.where(allowed, gain, -np.inf))
        if not len(pairs):
            return None
        values = self._valued(options, pairs)
        best = int(np.argmax(values))
        if values[best] <= value + enough:
            return None
        return self._changed(options, pairs[best : best + 1])[0], float(values[best])

    def _promising_pairs(self, taken: Vector, change: Vector, gain: Vector) -> Options:
        """Pairs of changes of two initiatives that fit and whose gains, added, are largest (and above 0)."""
        total = gain[:, None] + gain[None, :]
        initiative = np.arange(len(gain)) // self.choices
        ones, others = np.nonzero((total > 0) & (initiative[:, None] < initiative[None, :]))
        gains, most = total[ones, others], 10 * PAIRS
        if len(gains) > most:
            # Only those that can be among the first are put in order: the same ones, in a third of the time.
            first = np.nonzero(gains >= np.partition(gains, -most)[-most])[0]
            ones, others, gains = ones[first], others[first], gains[first]
        order = np.argsort(-gains, kind="stable")[:most]
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
