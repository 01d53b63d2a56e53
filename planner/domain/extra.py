"""What is the least more money, or the least more staff, with which an initiative comes in and nothing is lost?

A mixed-integer model over all plans that hold the initiative and close no less than a given plan does, in which the
limits of one kind may be exceeded; the excess over all years is the least there is, within LEAST_WITHIN. Limits of the
other kind stay. HiGHS finds the plan; the amounts are counted exactly from it, and so is what it closes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, inf
from typing import Literal

import highspy
import numpy as np

from planner.domain.closing import Closing
from planner.domain.grid import Grid
from planner.domain.initiatives import Amount
from planner.domain.limits import TotalLimit, YearLimits
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem import Problem
from planner.domain.relief import Excess
from planner.domain.whole import FINE, Whole

Kind = Literal["money", "staff", "both"]
LEAST_WITHIN = 0.005
MOST_TURNS = 30
SECONDS = 20.0
"""For one initiative and kind; what is found by then is told as «at most»."""


@dataclass(frozen=True, slots=True)
class Least:
    """excess: empty when it fits as it is. proven: none less than this, within LEAST_WITHIN, would do."""

    excess: tuple[Excess, ...]
    starts: Mapping[str, int]
    proven: bool


class Extra:
    """Asked for many initiatives of one problem. plan: what must not be lost."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.grid = Grid(problem)
        closing = Closing(problem, self.grid)
        # In these units the plan's value is 100: the tolerances of the model are made for that.
        self.scale = 100 / max(plan.value, 1e-6)
        self.model = Whole(self.grid, closing, self.scale)
        self.highs, self.size = self.model.highs, self.model.size
        whole = np.full(self.size, highspy.HighsVarType.kInteger)
        self.highs.changeColsIntegrality(self.size, np.arange(self.size, dtype=np.int32), whole)
        self.months = frame(problem, "money") / max(frame(problem, "staff"), 1.0)
        self._let_limits_be_exceeded()
        self._lose_nothing(closing)
        for option, value in {"mip_rel_gap": LEAST_WITHIN, "mip_abs_gap": 0.5, "time_limit": SECONDS}.items():
            self.highs.setOptionValue(option, value)

    def _let_limits_be_exceeded(self) -> None:
        """A column for each limit: by how much, in the resource's units."""
        self.over: list[tuple[int, str]] = []
        number = 0
        for resource in self.problem.resources:
            for limit in (YearLimits(resource, self.problem.reserve), TotalLimit(resource, self.problem.reserve)):
                for row in limit.rows(self.problem.ground):
                    unit = max((abs(float(amount)) for amount in row.terms.values()), default=1.0)
                    at = np.array([number], dtype=np.int32)
                    self.highs.addCol(0.0, 0.0, 0.0, 1, at, np.array([-1.0 / unit]))
                    self.over.append((self.highs.getNumCol() - 1, resource.id))
                    number += 1

    def _lose_nothing(self, closing: Closing) -> None:
        sums = len(self.model.sums)
        columns = np.arange(self.size + sums, dtype=np.int32)
        value = np.append(closing.linear[0] * self.scale, np.ones(sums))
        least = (self.plan.value - float(closing.constant[0])) * self.scale - FINE
        self.highs.addRow(least, inf, len(columns), columns, value)
        self.highs.changeColsCost(len(columns), columns, np.zeros(len(columns)))
        self.highs.changeObjectiveSense(highspy.ObjSense.kMinimize)

    def least(self, initiative: str, kind: Kind) -> Least | None:
        """None when no amount of this would do. Of both, money and months of work weigh as much as their frames."""
        place = self.grid.ids.index(initiative)
        low = np.zeros(self.size)
        low[place * self.model.years + self.model.years - 1] = 1.0
        self.highs.changeColsBounds(self.size, np.arange(self.size, dtype=np.int32), low, np.ones(self.size))
        for column, resource in self.over:
            asked = kind == "both" or (resource == STAFF) == (kind == "staff")
            self.highs.changeColBounds(column, 0.0, inf if asked else 0.0)
            weight = self.months if kind == "both" and resource == STAFF else 1.0
            self.highs.changeColCost(column, weight if asked else 0.0)
        enough = self.plan.value - 2 * FINE / self.scale
        for _ in range(MOST_TURNS):
            self.highs.run()
            if not self.highs.getSolution().value_valid:
                break
            point = np.round(np.array(self.highs.getSolution().col_value)[: self.size])
            plan = Plan(self.problem, self.grid.starts(self.model.options_at(point)))
            proven = self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
            if plan.value >= enough and not _others(plan):
                return Least(excess(plan), dict(plan.starts), proven)
            if not self.model.cut_at(point):
                break
        return None


def frame(problem: Problem, kind: Kind) -> float:
    """All limits of a kind, over all years, in its own units."""
    of_kind = [r for r in problem.resources if (r.id == STAFF) == (kind == "staff")]
    return sum(float(limit or 0) for resource in of_kind for limit in resource.limit)


def _others(plan: Plan) -> bool:
    """Whether the plan breaks anything besides limits."""
    return any(not isinstance(rule, YearLimits | TotalLimit) for rule in plan.broken)


def excess(plan: Plan) -> tuple[Excess, ...]:
    """By how much each limit must grow for the plan to keep it, in whole units: the reserve takes its share of that."""
    problem, found = plan.problem, []
    kept = 1 - Fraction(problem.reserve)
    for resource in problem.resources:
        limits: list[tuple[int | None, Amount | None, Amount]] = [
            (year, limit, plan.use(resource.id, year))
            for year, limit in zip(problem.years, resource.limit, strict=True)
        ]
        limits.append((None, resource.total_limit, sum(plan.used[resource.id], 0)))
        for year, limit, use in limits:
            if limit is not None and kept > 0 and Fraction(use) > Fraction(limit) * kept:
                found.append(Excess(resource.id, year, ceil(Fraction(use) / kept - Fraction(limit))))
    return tuple(found)
