"""Which plan breaks the fewest limits and rules, and exceeds the limits by the least? For problems without a plan.

A mixed-integer model over `started by` in which every limit may be raised by whole units and every rule be dropped, at
a cost. HiGHS finds the plan; what it breaks is counted exactly from the plan, and the model's bound only says whether
any could break less. Floors are held by rows made where the last plan did not keep them (tangents overestimate).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, inf
from typing import Any

import highspy
import numpy as np

from planner.domain.closing import Closing
from planner.domain.extra import excess
from planner.domain.grid import Grid, Vector
from planner.domain.limits import TotalLimit, YearLimits
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem import Problem
from planner.domain.relief import Change, Dropped, Excess, Sort
from planner.domain.rules import FLOOR_SLACK, Row, Rule
from planner.domain.rules_groups import NeedFloor

SECONDS = 10.0
"""For all questions about one problem, in HiGHS. The sample takes one; what is found by then is told as not proven."""
MOST_NODES, MOST_TURNS = 20_000, 40
LAST_DROPPED = ("follows", "windows", "together", "requires_any", "requires_all", "excludes")
"""Among reliefs that are equal otherwise: what people have chosen for this frame goes before what follows from the
initiatives themselves, and that in this order."""
OPTIONS: dict[str, int | float | str] = {
    **{"threads": 1, "output_flag": False, "mip_rel_gap": 0.0, "mip_max_nodes": MOST_NODES},
    **{"mip_feasibility_tolerance": 1e-9, "primal_feasibility_tolerance": 1e-9},
}

Key = Rule | tuple[str, int | None]
"""What may change: a rule, or the limit on a resource in a year (None: over all years)."""
Cost = tuple[int, Fraction, int]
"""How many changes, by what share limits are raised in all, and how late in line the dropped rules stand."""


@dataclass(frozen=True, slots=True)
class Found:
    """A plan, what it breaks, and whether it is proven that none of the sort breaks fewer."""

    plan: Plan
    changes: tuple[Change, ...]
    fewest: bool


def key(change: Change) -> Key:
    return change.rule if isinstance(change, Dropped) else (change.resource, change.year)


def broken(plan: Plan) -> tuple[Change, ...]:
    """The changes after which the plan keeps everything: limits first, then rules in the problem's order."""
    rules = (rule for rule in plan.broken if not isinstance(rule, YearLimits | TotalLimit))
    return (*excess(plan), *(Dropped(rule) for rule in dict.fromkeys(rules)))


def is_of(change: Change, sort: Sort) -> bool:
    if isinstance(change, Dropped):
        return sort in ("any", "rules")
    return sort == "any" or sort == ("staff" if change.resource == STAFF else "money")


def shares(problem: Problem) -> Mapping[tuple[str, int | None], Fraction]:
    """What one unit is of each limit that can be raised. A year's is measured by its resource's largest year."""
    found: dict[tuple[str, int | None], Fraction] = {}
    if problem.reserve == 1:  # all of every limit is held back, however high
        return found
    for resource in problem.resources:
        largest = max((Fraction(limit) for limit in resource.limit if limit is not None), default=Fraction(0))
        for year, limit in zip(problem.years, resource.limit, strict=True):
            if limit is not None:
                found[resource.id, year] = 1 / (largest or Fraction(1))
        if resource.total_limit is not None:
            found[resource.id, None] = 1 / (Fraction(resource.total_limit) or Fraction(1))
    return found


class Elastic:
    """The model of one problem, asked for one relief after another. left: how many seconds there are, besides ours."""

    def __init__(self, problem: Problem, left: Callable[[], float] = lambda: inf) -> None:
        self.problem, self.grid, self.left = problem, Grid(problem), left
        self.closing, self.shares = Closing(problem, self.grid), shares(problem)
        self.years, self.size = len(problem.years), self.grid.size
        self.highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in OPTIONS.items():
            self.highs.setOptionValue(option, value)
        self.switch: dict[Key, int] = {}
        self.amount: dict[Key, int] = {}
        for _ in range(self.size):
            self._column(1.0)
        for column in range(self.size):
            if column % self.years:
                self._row(-inf, 0.0, {column - 1: 1.0, column: -1.0})
        for resource in problem.resources:
            years = [year for year, limit in zip(problem.years, resource.limit, strict=True) if limit is not None]
            for row, year in zip(YearLimits(resource, problem.reserve).rows(problem.ground), years, strict=True):
                self._limit(row, (resource.id, year))
            for row in TotalLimit(resource, problem.reserve).rows(problem.ground):
                self._limit(row, (resource.id, None))
        rules = [rule for rule in problem.all_rules if not isinstance(rule, YearLimits | TotalLimit | NeedFloor)]
        for rule in dict.fromkeys(rules):
            for row in rule.rows(problem.ground):
                self._rule(row, rule)
        self._hold_floors(np.zeros(self.size))
        self.fewer = self._row(-inf, inf, dict.fromkeys(self.switch.values(), 1.0))
        self.unit = min(self.shares.values(), default=Fraction(1))
        self.less = self._row(-inf, inf, self._increase())

    # --- The model ---------------------------------------------------------------------------------------------------

    def _column(self, high: float) -> int:
        none = np.array([], dtype=np.int32)
        self.highs.addCol(0.0, 0.0, high, 0, none, none.astype(np.float64))
        column = self.highs.getNumCol() - 1
        self.highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        return int(column)

    def _row(self, low: float, high: float, terms: Mapping[int, float]) -> int:
        columns, values = np.array(list(terms), dtype=np.int32), np.array(list(terms.values()), dtype=np.float64)
        self.highs.addRow(low, high, len(terms), columns, values)
        return int(self.highs.getNumRow() - 1)

    def _switch(self, of: Key) -> int:
        if of not in self.switch:
            self.switch[of] = self._column(1.0)
        return self.switch[of]

    def _reach(self, row: Row) -> tuple[Fraction, Fraction]:
        """The least and the most that the left side can come to: each initiative starts in one year or never."""
        by: dict[str, list[Fraction]] = {}
        for (one, year), value in row.terms.items():
            by.setdefault(one, [Fraction(0)] * self.years)[self.problem.years.index(year)] = Fraction(value)
        least = most = Fraction(0)
        for values in by.values():
            sums = [sum(values[start:], Fraction(0)) for start in range(self.years + 1)]
            least, most = least + min(sums), most + max(sums)
        return least, most

    def _terms(self, row: Row) -> tuple[Fraction, dict[int, float]]:
        unit = max((abs(Fraction(amount)) for amount in row.terms.values()), default=Fraction(1))
        return unit, {self.grid.position[at]: float(Fraction(amount) / unit) for at, amount in row.terms.items()}

    def _limit(self, row: Row, of: Key) -> None:
        """Exceeded by whole units, and then its switch is on."""
        kept, limit = 1 - Fraction(self.problem.reserve), Fraction(row.limit)
        unit, terms = self._terms(row)
        most = ceil((self._reach(row)[1] - limit) / kept) if kept else 0
        if most > 0:
            self.amount[of] = self._column(float(most))
            terms[self.amount[of]] = -float(kept / unit)
            self._row(-inf, 0.0, {self.amount[of]: 1.0 / most, self._switch(of): -1.0})
        self._row(-inf, float(limit / unit), terms)

    def _rule(self, row: Row, rule: Rule) -> None:
        """Held unless the switch of its rule is on."""
        limit, (least, most) = Fraction(row.limit), self._reach(row)
        unit, terms = self._terms(row)
        if row.sense != ">=" and most > limit:
            self._row(-inf, float(limit / unit), {**terms, self._switch(rule): -float((most - limit) / unit)})
        if row.sense != "<=" and least < limit:
            self._row(float(limit / unit), inf, {**terms, self._switch(rule): float((limit - least) / unit)})

    def _hold_floors(self, point: Vector, of: Iterable[Rule] | None = None) -> bool:
        """Rows that hold the floors (all, or those of a list) to what is true at a point; False when none was made."""
        made = False
        for function, floor in enumerate(self.closing.floors, start=1):
            points = sum(need.points for need in floor.members(self.problem.ground))
            if points <= 0 or (of is not None and floor not in of):
                continue
            value, slope = self.closing.bound(point, function)
            low = (floor.share * points - FLOOR_SLACK - value + float(slope @ point)) / points
            if low > 0:
                terms = {int(column): float(slope[column] / points) for column in np.nonzero(slope)[0]}
                self._row(low, inf, {**terms, self._switch(floor): low})
                made = True
        return made

    def _increase(self) -> dict[int, float]:
        """The sum of shares by which limits are raised, in units of the smallest of them."""
        return {column: float(self.shares[of] / self.unit) for of, column in self.amount.items()}  # type: ignore[index]

    # --- Asking ------------------------------------------------------------------------------------------------------

    def bar(self, changes: Iterable[Change]) -> None:
        """From now on, none that changes all of these."""
        columns = [self.switch[key(change)] for change in changes]
        self._row(-inf, len(columns) - 1.0, dict.fromkeys(columns, 1.0))

    def least(self, sort: Sort, quick: bool = False) -> Found | None:
        """Fewest changes, then the smallest increase, then rules in order; None when none was found.

        quick: the smallest increase of the limits and rules found first, not of all that are as few: a third of the
        time on the sample.
        """
        self.sort = sort
        self._allow(of for of in self.switch if is_of(_change(of), sort))
        self._within(inf, inf)
        best, fewest, increase = None, False, self._increase()
        for plan, bound in self._plans(dict.fromkeys(self.switch.values(), 1.0)):
            best, fewest = plan, len(broken(plan)) <= bound + 0.5
        if best is None:
            return None
        count = self.cost(best)[0]
        if quick:
            self._allow(key(change) for change in broken(best))
        if self.cost(best)[1] > 0:
            self._within(count, inf)
            best = min([best, *(plan for plan, _ in self._plans(increase))], key=self.cost)
        if self.cost(best)[2] > 0:
            self._within(count, float(self.cost(best)[1] / self.unit) + 1e-6)
            best = min([best, *(plan for plan, _ in self._plans(self._lateness()))], key=self.cost)
        return Found(best, broken(best), fewest)

    def cost(self, plan: Plan) -> Cost:
        return cost(broken(plan), self.shares)

    def _allow(self, allowed: Iterable[Key]) -> None:
        """Only these may change."""
        allowed = set(allowed)
        for of, column in self.switch.items():
            self.highs.changeColBounds(column, 0.0, 1.0 if of in allowed else 0.0)

    def _within(self, count: float, increase: float) -> None:
        self.highs.changeRowBounds(self.fewer, -inf, count)
        self.highs.changeRowBounds(self.less, -inf, increase)

    def _lateness(self) -> dict[int, float]:
        return {column: float(_late(of)) for of, column in self.switch.items() if isinstance(of, Rule)}

    def _plans(self, costs: Mapping[int, float]) -> Iterator[tuple[Plan, float]]:
        """The plan of the least cost and the proven bound on costs, once no floor is broken that the model holds.

        Nothing when none was found, or when what it breaks is not of the sort: then numbers went astray.
        """
        columns = self.highs.getNumCol()
        every = np.zeros(columns)
        every[list(costs)] = list(costs.values())
        self.highs.changeColsCost(columns, np.arange(columns, dtype=np.int32), every)
        for _ in range(MOST_TURNS):
            left = min(SECONDS - self.highs.getRunTime(), self.left())
            if left <= 0:
                return
            self.highs.setOptionValue("time_limit", left)
            self.highs.run()
            solution = self.highs.getSolution()
            if not solution.value_valid:
                return
            values = np.array(solution.col_value)
            plan = self._plan(values)
            held = [
                floor
                for floor in self.closing.floors
                if floor in plan.broken and floor in self.switch and values[self.switch[floor]] < 0.5
            ]
            if not held:
                if all(is_of(change, self.sort) for change in broken(plan)):
                    yield plan, float(self.highs.getInfo().mip_dual_bound)
                return
            point = np.round(values[: self.size])
            if not self._hold_floors(point, held):
                return

    def _plan(self, values: Vector) -> Plan:
        shape = values[: self.size].reshape(-1, self.years) > 0.5
        options = np.where(shape.any(axis=1), shape.argmax(axis=1), self.years)
        return Plan(self.problem, self.grid.starts(options))


def cost(changes: Iterable[Change], shares: Mapping[tuple[str, int | None], Fraction]) -> Cost:
    """Reliefs are listed in this order."""
    changes = tuple(changes)
    raised = sum((one.by * shares[one.resource, one.year] for one in changes if isinstance(one, Excess)), Fraction(0))
    return len(changes), raised, sum(_late(one.rule) for one in changes if isinstance(one, Dropped))


def _change(of: Key) -> Change:
    return Dropped(of) if isinstance(of, Rule) else Excess(of[0], of[1], 1)


def _late(rule: Rule) -> int:
    kinds = LAST_DROPPED
    return 1 + kinds.index(rule.kind) if rule.kind in kinds else 0
