"""Which plan closes the most, and how do we know that none closes more?

Lets `planner.domain.tree` rule out what cannot be best, with HiGHS (`relaxation`) to bound what is left. A solver's
word is never taken for a plan: every plan is rebuilt from its ids and years, checked by every rule in exact arithmetic
and valued by the formula. The solver only bounds.

One thread, canonical order, no chance: the same problem gives the same plan on every machine.
"""

from collections.abc import Iterable
from itertools import count
from math import inf
from typing import Any

import highspy

import planner
from planner.domain.closing import Closing
from planner.domain.draw_search import DrawSearch
from planner.domain.findings import Finding
from planner.domain.grid import Grid
from planner.domain.impossible import cannot_hold, without_needs
from planner.domain.least_relief import least_reliefs
from planner.domain.portfolio import Result, Status
from planner.domain.problem import Problem
from planner.domain.problem_file import problem_sha256
from planner.domain.relaxation import HighsRelaxation, LinearModel
from planner.domain.relief import Relief
from planner.domain.resolve import Resolver
from planner.domain.rules import Starts
from planner.domain.search import Clock, OnProgress, Progress, Search
from planner.domain.tie_order import tolerance
from planner.domain.tree import Branching
from planner.domain.whole import Whole

__all__ = ["Progress", "draw_resolver", "model", "resolver", "solve"]

SOLVER = ("HiGHS", str(highspy.Highs().version()))  # type: ignore[no-untyped-call]
MOST_NODES = 2000
"""For one question about a relief: whether less would do. Every node reads the clock, so a clock that counts them is
a ceiling that is the same on every machine."""
MANY_SMALL = {"simplex_scale_strategy": 0, "simplex_dual_edge_weight_strategy": 1}
"""For one draw of many: rows come scaled, and a simplex that prices roughly (devex) is soon done."""
PROGRAM = f"planner {planner.__version__}"


def _no_clock() -> float:
    return 0.0


def solve(
    problem: Problem,
    *,
    gap: float | None = None,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
    clock: Clock = _no_clock,
    with_relief: bool = True,
) -> Result:
    """The best plan of a problem, proven within a relative gap (the problem's own unless given).

    At gap 0 ties are broken by the stated order; above 0 no order among near-equals is claimed. A solve that is
    stopped (by on_progress, or after time_limit seconds by the clock) gives `best_found` with its bound, or `unknown`
    when it found no plan. A problem without a plan is `infeasible`, with the limits and rules that cannot hold alone
    and, unless it is not asked for, the least changes that would make it possible (those found within the time limit).
    Pass time.perf_counter as the clock: without one no time passes, and seconds are 0.
    """
    begun = clock()
    options = {"clock": clock, "time_limit": time_limit, "on_progress": on_progress, "make_whole": Whole}
    search = Search(problem, HighsRelaxation.of, problem.gap if gap is None else gap, **options)  # type: ignore[arg-type]
    proven = search.run()
    plan, bound = search.best, search.bound
    findings: tuple[Finding, ...] = ()
    relief: tuple[Relief, ...] = ()
    if plan is None:
        status: Status = "infeasible" if proven else "unknown"
        if proven:
            bound, findings = None, cannot_hold(problem, _feasible)
            deadline = inf if time_limit is None else begun + time_limit
            relief = least_reliefs(problem, _look, lambda: deadline - clock()) if with_relief else ()
    else:
        status = "optimal" if proven else "best_found"
        if bound is not None and bound - plan.value <= tolerance(plan.value):
            bound = plan.value  # equal within the tolerance is equal: a tie is not a gap
    return Result(status, plan, bound, findings, problem_sha256(problem), PROGRAM, SOLVER, clock() - begun, relief)


def resolver(
    problem: Problem,
    *,
    gap: float,
    time_limit: float | None = None,
    on_progress: OnProgress | None = None,
    clock: Clock = _no_clock,
    known: Iterable[Starts] = (),
    at_most: float = inf,
) -> Resolver:
    """The best plan within a gap, and what answers further questions about the same problem at a fraction of the time.

    time_limit is for all questions together; on_progress may stop any of them. known: plans to begin with, of this
    problem or one like it. at_most: no plan is worth more, as was proven before.
    """
    options = {"clock": clock, "time_limit": time_limit, "on_progress": on_progress, "make_whole": Whole}
    search = Search(problem, HighsRelaxation.of, gap, known=known, at_most=at_most, **options)  # type: ignore[arg-type]
    return Resolver(search)


def draw_resolver(
    problem: Problem,
    *,
    gap: float,
    known: Iterable[Starts],
    learnt: Branching | None = None,
    time_limit: float | None = None,
    clock: Clock = _no_clock,
) -> Resolver:
    """As `resolver`, for one of many problems that differ only in their numbers (see `planner.domain.draw_search`)."""

    def relaxation(grid: Grid, closing: Closing, scale: float) -> HighsRelaxation:
        made = HighsRelaxation.of(grid, closing, scale)
        for option, value in MANY_SMALL.items():
            made.highs.setOptionValue(option, value)
        return made

    search = DrawSearch(
        problem,
        relaxation,
        gap,
        make_whole=Whole,
        clock=clock,
        time_limit=time_limit,
        known=tuple(known),
        learnt=learnt,
    )
    return Resolver(search)


def model(problem: Problem) -> Any:
    """The first model of a problem, a pulp.LpProblem: its rules, and closure bounded by the sum of what each initiative
    closes alone."""
    grid = Grid(problem)
    return LinearModel(grid, Closing(problem, grid)).problem


def _feasible(problem: Problem) -> bool:
    """True when some plan keeps every limit and rule."""
    search = Search(problem, HighsRelaxation.of, gap=1.0, clock=_no_clock)
    search.prove()
    return search.best is not None


def _look(problem: Problem) -> tuple[Starts | None, bool]:
    """Any plan of a problem, and whether it is settled that there is one or none, within MOST_NODES."""
    nodes = count()
    options = {"clock": lambda: float(next(nodes)), "time_limit": MOST_NODES}
    search = Search(without_needs(problem), HighsRelaxation.of, 1.0, **options)  # type: ignore[arg-type]
    proven = search.run()
    return (search.best.starts, True) if search.best else (None, proven)
