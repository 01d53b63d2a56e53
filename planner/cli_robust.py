"""`planner robust`: does the best plan of a problem file hold when its estimates vary? From the command line."""

import argparse
import json
import os
from math import inf
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from planner.cli_solve import EXITS, print_findings, read_file

if TYPE_CHECKING:
    from planner.domain.findings import Finding
    from planner.domain.problem import Problem
    from planner.domain.spread import Spread

SHOWN_GAP = 1e-4
DESCRIPTION = """\
Draws the estimates of a problem file anew and finds the best plan each time, to within one per cent: in how many of the
draws each initiative is chosen (a selection frequency, not a core index), with the interval that the number of draws
allows, and how much of what could be had the best plan of the file itself loses. The same seed gives the same draws.
"""
EPILOG = """\
SPREAD.json: {"points": {need: sd}, "effects": {id: {need: [values to draw from]}}, "chance": {id: [lo, hi]},
"cost": [0.9, 1.25]}, any part of it. Without it effects are half, whole or one and a half times what they are, chances
a tenth up or down, costs from a tenth less to a quarter more, and points as they are.

exit codes: 0 done, 3 no draw was solved, 4 no plan is possible, 2 a file is invalid, 1 a crash.
"""


def add_robust(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "robust",
        help="does the best plan hold when its estimates vary",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a problem file (malrett-problem/1), or - for standard input")
    parser.add_argument(
        "--draws", type=_from_one, default=385, help="how many (385: five points at worst; 1068: three)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another seed gives other draws (1)")
    parser.add_argument("--spread", metavar="SPREAD.json", help="how uncertain each estimate is")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    parser.set_defaults(run=run)


def _from_one(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 100000")
    return number


def run(args: argparse.Namespace) -> int:
    problem, findings = read_file(args.file)
    print_findings(findings)
    if problem is None:
        return _nothing(args, "invalid")
    spread, found = _spread(args.spread, problem)
    print_findings(found)
    if spread is None:
        return _nothing(args, "invalid")
    # Importing the solver takes a second: a file with a fault is answered before that.
    from planner.domain.solver import solve
    from planner.robustness import practised, solve_draws, summed

    result = solve(problem, gap=SHOWN_GAP, clock=perf_counter, with_relief=False)
    if result.plan is None:
        print_findings(result.findings)
        return _nothing(args, result.status)
    processes = min(2, os.cpu_count() or 1)
    learnt = practised(problem, result.plan, spread, abs(args.seed), processes, inf)
    draws = solve_draws(problem, result.plan, spread, abs(args.seed), range(args.draws), processes, inf, learnt)
    if not draws:
        return _nothing(args, "unknown")
    robust = summed(problem, draws)
    if args.json:
        print(json.dumps(robust.as_json(), ensure_ascii=False, allow_nan=False))
    else:
        _print(robust, {one.id: one.title for one in problem.initiatives}, set(result.plan.starts))
    return 0


def _spread(name: str | None, problem: "Problem") -> "tuple[Spread | None, tuple[Finding, ...]]":
    from planner.domain.findings import Finding
    from planner.domain.spread import read_spread, usual

    if name is None:
        return usual(problem), ()
    try:
        data = json.loads(Path(name).read_bytes())
    except OSError as error:
        why = error.strerror or str(error)
        return None, (Finding("file_unreadable", where=name, details={"why": why}),)
    except (ValueError, RecursionError):
        return None, (Finding("spread_not_an_object", where=name),)
    return read_spread(data, problem)


def _nothing(args: argparse.Namespace, status: str) -> int:
    if args.json:
        nothing = {"draws": 0, "frequency": {}, "interval": {}, "regret_mean": None, "regret_p95": None}
        print(json.dumps(nothing))
    return EXITS[status]


def _print(robust: Any, titles: dict[str, str], chosen: set[str]) -> None:
    from planner.domain.robust import verdict

    holding = sum(verdict(share) == "holds" for one, share in robust.frequency.items() if one in chosen)
    print(f"{holding} of {len(chosen)} chosen initiatives are chosen in nine of ten of {robust.draws} draws")
    print(f"the plan loses {robust.regret_mean:.1%} on average, {robust.regret_p95:.1%} in one draw of twenty or worse")
    for one, share in sorted(robust.frequency.items(), key=lambda pair: (-pair[1], pair[0])):
        low, high = robust.interval[one]
        mark = "*" if one in chosen else " "
        print(f"{mark} {share:6.1%}  ({low:.1%}-{high:.1%})  {one}  {titles[one]}")
