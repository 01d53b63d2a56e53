"""Which column of a model is which initiative and year, and what do the rules look like as numbers?

Rules speak of `started by` (cumulative: what is closed and used follows from it). The linear model has a variable for
`starts in` instead: one row an initiative takes the place of one a year, and its LP solves in half the time. A point
is a vector over (initiative, year) of either kind. Running initiatives have no column: they are constants.
Nothing here knows what anything closes.
"""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import inf

import numpy as np
import numpy.typing as npt

from planner.domain.problem import Problem
from planner.domain.rules import Row, Starts

Vector = npt.NDArray[np.float64]
Options = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Grid:
    """The columns of one problem: initiative by initiative in order of id, year by year."""

    problem: Problem

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The initiatives a plan decides about."""
        return tuple(i.id for i in self.problem.initiatives if i.started is None)

    @cached_property
    def position(self) -> dict[tuple[str, int], int]:
        years = self.problem.years
        return {(one, year): n * len(years) + t for n, one in enumerate(self.ids) for t, year in enumerate(years)}

    @property
    def size(self) -> int:
        return len(self.ids) * len(self.problem.years)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every row over started-by of every limit, window and rule. Floors are not here: they are about closure."""
        rules = self.problem.all_rules
        return tuple(row for rule in rules for row in rule.rows(self.problem.ground) if not row.needs)

    def coefficients(self, row: Row) -> tuple[Vector, float, float]:
        """A row over `starts in`, with its lower and upper limit, scaled so that its largest coefficient is 1.

        Scaling makes one tolerance fit kroner and months. Exactness is not lost: every plan is checked by its rules.
        """
        if id(row) not in self._known:
            self._known[id(row)] = row, self._as_numbers(row)
        return self._known[id(row)][1]

    @cached_property
    def _known(self) -> dict[int, tuple[Row, tuple[Vector, float, float]]]:
        """By identity, with the row itself so that it lives as long as this: three ask for the same numbers."""
        return {}

    def _as_numbers(self, row: Row) -> tuple[Vector, float, float]:
        by = np.zeros(self.size)
        if type(row.limit) is int and all(type(amount) is int for amount in row.terms.values()):
            # Rounded as the quotient of fractions is, in a tenth of the time.
            unit = max((abs(int(amount)) for amount in row.terms.values()), default=1)
            numbers, limit = [int(amount) / unit for amount in row.terms.values()], row.limit / unit
        else:
            scale = max((abs(Fraction(amount)) for amount in row.terms.values()), default=Fraction(1))
            numbers = [float(Fraction(amount) / scale) for amount in row.terms.values()]
            limit = float(Fraction(row.limit) / scale)
        by[[self.position[at] for at in row.terms]] = numbers
        return self.over_starts(by), limit if row.sense != "<=" else -inf, limit if row.sense != ">=" else inf

    def over_starts(self, over_started_by: Vector) -> Vector:
        """Coefficients on `starts in` that say what these say on `started by`: sums over the years from each on."""
        shape = over_started_by.shape
        years = over_started_by.reshape(*shape[:-1], len(self.ids), len(self.problem.years))
        return years[..., ::-1].cumsum(axis=-1)[..., ::-1].reshape(shape)

    def started_by(self, starts: Vector) -> Vector:
        """The `started by` point of a `starts in` point (or of many: one a row)."""
        shape = starts.shape
        return np.cumsum(starts.reshape(*shape[:-1], len(self.ids), len(self.problem.years)), -1).reshape(shape)

    def starts(self, options: Options) -> Starts:
        """The plan where each initiative takes one option: a year index, or one more for never."""
        years = self.problem.years
        return {one: years[t] for one, t in zip(self.ids, options.tolist(), strict=True) if t < len(years)}

    def options(self, starts: Starts) -> Options:
        """The option of every initiative in a plan."""
        first, never = self.problem.years[0], len(self.problem.years)
        return np.array([starts[one] - first if one in starts else never for one in self.ids], dtype=np.intp)

    def points(self, plans: Options) -> Vector:
        """The `starts in` points of many plans: options (plans × initiatives) to points (plans × columns)."""
        years = np.arange(len(self.problem.years))
        points: Vector = (plans[:, :, None] == years).astype(np.float64).reshape(len(plans), self.size)
        return points
