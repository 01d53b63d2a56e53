"""Which plan closes the most, and how do we know that none closes more?

The only module that knows a solver. It builds the linear relaxation with PuLP, drives HiGHS through it, and lets
`planner.domain.tree` rule out what cannot be best. A solver's word is never taken for a plan: every plan is rebuilt
from its ids and years, checked by every rule in exact arithmetic and valued by the formula. The solver only bounds.

One thread, canonical order, no chance: the same problem gives the same plan on every machine.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import inf
from time import perf_counter

import highspy
import numpy as np
import pulp

import planner
from planner.domain.closing import Closing
from planner.domain.findings import Finding
from planner.domain.grid import Grid, Options, Vector
from planner.domain.impossible import cannot_hold
from planner.domain.initiatives import Amount
from planner.domain.local_search import Neighbourhood
from planner.domain.portfolio import Plan, Result
from planner.domain.problem import Problem
from planner.domain.problem_file import problem_sha256
from planner.domain.rules import FLOOR_SLACK
from planner.domain.tie_order import TieStage, tie_key, tie_stages, tolerance
from planner.domain.tree import MARGIN, Mask, Point, Stopped, Tree

SOLVER = ("HiGHS", str(highspy.Highs().version()))  # type: ignore[no-untyped-call]
PROGRAM = f"planner {planner.__version__}"
FEASIBILITY = 1e-9
SMALLEST_GAP = 1e-7
QUICK = 20
"""Simplex steps of a rough bound: enough to tell good branchings from bad."""
SPARE_ROWS = 60
BETWEEN_REPORTS = 0.2


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a solve is. No plan is worth more than `bound`; `chosen` is the best so far, worth `value`."""

    stage: str
    bound: float | None
    value: float | None
    seconds: float
    chosen: Mapping[str, int] | None = None


OnProgress = Callable[[Progress], bool | None]
"""Called a few times a second; True stops the solve, which then gives the best plan found."""


def solve(
    problem: Problem,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
    clock: Callable[[], float] = perf_counter,
) -> Result:
    """The best plan of a problem, proven within a relative gap (the problem's own unless given).

    At gap 0 ties are broken by the stated order; above 0 no order among near-equals is claimed. time_limit: seconds;
    a stopped solve gives `best_found` with its bound, or `unknown` when it found no plan. Never raises for a problem
    that has no plan: that is `infeasible`, with the limits and rules that cannot hold alone.
    """
    search = Search(problem, problem.gap if gap is None else gap, time_limit, on_progress, clock)
    return search.result()


def model(problem: Problem) -> pulp.LpProblem:
    """The first model of a problem: its rules, and closure bounded by the sum of what each initiative closes alone."""
    grid = Grid(problem)
    return LinearModel(grid, Closing(problem, grid)).problem


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
        for number, row in enumerate(grid.rows):
            coefficients, low, high = grid.coefficients(row)
            self._row(f"{row.name}_{number}", coefficients, low, high)
        nothing = np.zeros(size)
        value, slope = self.closed_at_most(nothing)
        self.problem += pulp.LpConstraint(self.closed - self._sum(slope), pulp.LpConstraintLE, "closed_at_most", value)
        for function in range(1, len(closing.floors) + 1):
            coefficients, low = self.floor(nothing, function)
            self._row(f"need_floor_{function}", coefficients, low, inf)

    def closed_at_most(self, starts: Vector) -> tuple[float, Vector]:
        """What the terms of the value close at a point, scaled, and the slope there."""
        values, slopes = self.closing.at(self.grid.started_by(starts), self.closing.weight[:1])
        return float(values[0]) * self.scale, self.grid.over_starts(slopes[0]) * self.scale

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

    def _row(self, name: str, coefficients: Vector, low: float, high: float) -> None:
        if low <= 0 <= high and not coefficients.any():
            return
        total = self._sum(coefficients)
        if low == high:
            self.problem += pulp.LpConstraint(total, pulp.LpConstraintEQ, name, low)
        elif np.isfinite(high):
            self.problem += pulp.LpConstraint(total, pulp.LpConstraintLE, name, high)
        else:
            self.problem += pulp.LpConstraint(total, pulp.LpConstraintGE, name, low)


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
        self.fixed_rows = highs.getNumRow()
        self.most_rows = self.fixed_rows + SPARE_ROWS
        self.least: float | None = None
        self.offset = 0.0

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
    **{"threads": 1, "presolve": "off", "output_flag": False},
    **{"primal_feasibility_tolerance": FEASIBILITY, "dual_feasibility_tolerance": FEASIBILITY},
}


class Search:
    """One solve: the stage that seeks the most value, then the steps of the tie order among the plans that are left."""

    def __init__(
        self,
        problem: Problem,
        gap: float,
        time_limit: float | None,
        on_progress: OnProgress | None,
        clock: Callable[[], float],
    ) -> None:
        self.clock, self.begun = clock, clock()
        self.problem, self.on_progress = problem, on_progress
        # Below the rounding of the relaxation a gap is proven like no gap.
        self.gap = gap if gap > SMALLEST_GAP else 0.0
        self.deadline = inf if time_limit is None else self.begun + time_limit
        self.reported = -inf
        self.grid = Grid(problem)
        self.closing = Closing(problem, self.grid)
        self.constant = float(self.closing.constant[0])
        self.near = Neighbourhood(self.grid, self.closing)
        self.pool: dict[tuple[tuple[str, int], ...], Plan | None] = {}
        self.best: Plan | None = None
        self.bound: float | None = None
        self.stage = "value"

    # The stage that seeks the most value

    def result(self) -> Result:
        try:
            kept = self.prove()
            if self.best is None:
                findings = cannot_hold(self.problem, _feasible)
                return self._result("infeasible", findings=findings)
            if self.gap == 0:
                self._break_ties(kept)
            return self._result("optimal")
        except Stopped:
            return self._result("unknown" if self.best is None else "best_found")

    def _result(self, status: str, findings: tuple[Finding, ...] = ()) -> Result:
        answered = status in ("optimal", "best_found")
        bound = None if status == "infeasible" else self.bound
        if answered and self.best is not None and bound is not None:
            # Equal within the tolerance is equal: a tie is not a gap.
            close = bound - self.best.value <= tolerance(self.best.value)
            bound = self.best.value if close else bound
        return Result(
            status,  # type: ignore[arg-type]
            self.best if answered else None,
            bound,
            findings,
            problem_sha256(self.problem),
            PROGRAM,
            SOLVER,
            self.clock() - self.begun,
        )

    def prove(self) -> list[Mask]:
        """Masks that hold every plan within the tolerance of the best (at gap 0), and the bound in `self.bound`."""
        mask = self._open()
        self.relaxation = self._root(mask)
        tree = self.tree = Tree(self.relaxation, len(self.problem.years), self._watch)
        kept = tree.explore([mask], self)
        if self.best is not None:
            proven = self._value_of(tree.dropped) if np.isfinite(tree.dropped) else -inf
            self.bound = max(self.best.value, proven) if self.gap > 0 else self.best.value
        return kept

    def _open(self) -> Mask:
        """What may start when, by the windows alone."""
        years = self.problem.years
        mask = np.ones((len(self.grid.ids), len(years) + 1), dtype=np.bool_)
        for n, one in enumerate(self.grid.ids):
            mask[n, :-1] = [self.problem.ground.by_id[one].may_start(year) for year in years]
        return mask

    def _root(self, mask: Mask) -> HighsRelaxation:
        """The relaxation of the whole problem, scaled so that the best there can be is about 100."""
        most = float(self.closing.weight[0].sum() + self.closing.linear[0].clip(0).sum())
        for _ in range(3):
            self.scale = 100 / max(most, 1e-9)
            relaxation = HighsRelaxation(LinearModel(self.grid, self.closing, self.scale))
            bound = self._converge(relaxation, mask)
            if not np.isfinite(bound) or -bound >= 10 or most <= 1e-9:
                break
            # Limits allow little of what there is; in these units the tolerance would be too coarse.
            most = max(-bound, 1e-3) / self.scale
        return relaxation

    def _converge(self, relaxation: HighsRelaxation, mask: Mask) -> float:
        while True:
            bound, proven = relaxation.solve(mask)
            if not proven or not np.isfinite(bound):
                return bound
            self.bound = self._value_of(bound)
            point = relaxation.point()
            self._watch(bound, point)
            if not relaxation.tighten(point, 1e-3):
                return bound

    def _value_of(self, bound: float) -> float:
        return self.constant - bound / self.scale

    def lowest(self, value: float) -> float:
        """What the relaxation must promise of (scaled) value for a plan worth this; a hair less, for rounding."""
        return (value - self.constant) * self.scale - MARGIN

    def watch_ties(self, open_bound: float, point: Point | None) -> None:
        self._report()

    def _score(self, value: float) -> float:
        return (self.constant - value) * self.scale

    def limit(self) -> float:
        if self.best is None:
            return inf
        if self.gap > 0:
            return self._score(self.best.value / (1 - self.gap)) if self.gap < 1 else -inf
        return self._score(self.best.value - tolerance(self.best.value)) + MARGIN

    def offer(self, options: Options) -> float | None:
        plan = self.check(options)
        if plan is None:
            return None
        if self.best is None or plan.value > self.best.value:
            self.best = plan
            self.reported = -inf
        return self._score(plan.value)

    def check(self, options: Options) -> Plan | None:
        """The plan, when it keeps every limit and rule exactly; plans met before are remembered."""
        starts = self.grid.starts(options)
        key = tuple(sorted(starts.items()))
        if key not in self.pool:
            plan = Plan(self.problem, starts)
            self.pool[key] = None if plan.broken else plan
        return self.pool[key]

    def _watch(self, open_bound: float, point: Point | None) -> None:
        """Called at every node: report, stop when asked, and now and then look for better plans near the bound."""
        if self.stage == "value":
            if hasattr(self, "tree"):
                self.bound = self._value_of(min(open_bound, self.tree.dropped))
                nodes = self.tree.nodes
                if point is not None and nodes <= 64 and nodes & (nodes - 1) == 0:
                    self._look_near(point)
            elif point is not None and self.best is None:
                self._look_near(point)
        self._report()

    def _report(self) -> None:
        now = self.clock()
        if self.on_progress is not None and now - self.reported > BETWEEN_REPORTS:
            self.reported = now
            value, chosen = (self.best.value, dict(self.best.starts)) if self.best else (None, None)
            if self.on_progress(Progress(self.stage, self.bound, value, now - self.begun, chosen)):
                raise Stopped
        if now > self.deadline:
            raise Stopped

    def _look_near(self, point: Point) -> None:
        shares = point.starts.reshape(len(self.grid.ids), len(self.problem.years))
        every = np.concatenate([shares, 1 - shares.sum(axis=1, keepdims=True)], axis=1)
        likely = every.argmax(axis=1)
        certain = np.where(every.max(axis=1) > 0.99, likely, len(self.problem.years))
        for options in (likely, certain):
            if self.near.fits(options):
                self.offer(self.near.improve(options))
                return

    # The order among equals

    def _break_ties(self, masks: list[Mask]) -> None:
        assert self.best is not None
        self.stage = "ties"
        least = self.best.value - tolerance(self.best.value)
        equals = [plan for plan in self.pool.values() if plan is not None and plan.value >= least]
        self.best = min(equals, key=tie_key)
        steps = TieSteps(self, least)
        for stage in tie_stages(self.grid):
            masks = steps.decide(stage, masks)
            self.best = steps.best


class TieSteps:
    """The tie order, step by step, over the masks that hold every plan of the best value."""

    def __init__(self, search: Search, least: float) -> None:
        assert search.best is not None
        self.search, self.least, self.best = search, least, search.best
        self.settled: list[tuple[TieStage, Amount]] = []

    def decide(self, stage: TieStage, masks: list[Mask]) -> list[Mask]:
        """The masks that hold every plan that is still in the running after this step."""
        self.now = stage
        spans = [_span(stage.amounts, mask) for mask in masks]
        score = self._sum(self.search.grid.options(self.best.starts))
        if all(low == high == score for low, high in spans):
            return masks
        unit = self.unit = 100 / max(1.0, float(np.abs(stage.amounts).max(axis=1).sum()))
        relaxation = self.search.relaxation
        relaxation.ask_for(stage.amounts * unit, self.search.lowest(self.least))
        tree = Tree(relaxation, len(self.search.problem.years), self.search.watch_ties)
        masks = tree.explore(masks, self)
        score = self._sum(self.search.grid.options(self.best.starts))
        self.settled.append((stage, stage.measure(self.best)))
        if stage.only is None:
            relaxation.require(stage.amounts * unit, score * unit + MARGIN)
            return masks
        for mask in masks:
            mask[stage.only] &= stage.amounts[stage.only] <= score
        return [mask for mask in masks if mask.any(axis=1).all()]

    def _sum(self, options: Options) -> float:
        return float(self.now.amounts[np.arange(len(options)), options].sum())

    def limit(self) -> float:
        return self._sum(self.search.grid.options(self.best.starts)) * self.unit + MARGIN

    def offer(self, options: Options) -> float | None:
        plan = self.search.check(options)
        if plan is None or plan.value < self.least:
            return None
        if any(stage.measure(plan) != amount for stage, amount in self.settled):
            return None
        if tie_key(plan) < tie_key(self.best):
            self.best = plan
        return self._sum(options) * self.unit


def _span(amounts: Vector, mask: Mask) -> tuple[float, float]:
    """The least and the most that the options of a mask can come to."""
    least = np.where(mask, amounts, inf).min(axis=1).sum()
    return float(least), float(np.where(mask, amounts, -inf).max(axis=1).sum())


def _feasible(problem: Problem) -> bool:
    """True when some plan keeps every limit and rule."""
    search = Search(problem, 1.0, None, None, perf_counter)
    search.prove()
    return search.best is not None
