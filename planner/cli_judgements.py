"""`planner judgements`: all plans that can be best whatever weights are allowed, from the command line.

With --json the plans are lists of ids; people are told the years as well. Never stores anything.
"""

import argparse
import json
from time import perf_counter
from typing import TYPE_CHECKING

from planner.cli_solve import EXITS, from_zero, print_findings, read_file

if TYPE_CHECKING:
    from planner.domain.findings import Finding
    from planner.domain.judgements import Judgements
    from planner.domain.problem import Problem

MOST_TOLD = 50
NOTHING = {
    "best_found": "stopped before any plan was found",
    "infeasible": "no plan keeps every limit and rule",
    "invalid": "the file must be mended first",
}

DESCRIPTION = """\
All plans of a problem file that no other plan beats for every weight that «weights» allows: its at_least and range say
what is certain, and without them every weight from 0 up that sums to 1 is allowed. Plans are told apart by initiatives
and years, and equals are all given. The core index of an initiative is the share of these plans that hold it: 1 is in
whatever one thinks, 0 is out. The one question is the comparison of two groups that would settle most, either way.
Without «weights» in the file the plans are all those of the highest value.
"""
EPILOG = """\
exit codes: 0 complete, 3 stopped by the time limit or by a cap (10 000 plans, or 5 million half-decided plans): then
there are plans but no core index, 4 no plan is possible, 2 the file is invalid or the statements contradict each
other, 1 a crash.

  planner judgements plan.json
  planner judgements plan.json --json
"""


def add_judgements(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "judgements",
        help="all plans that can be best, whatever weights are allowed",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a problem file (malrett-problem/1), or - for standard input")
    parser.add_argument("--time-limit", type=from_zero, metavar="SECONDS", help="stop and give what is found so far")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from planner.domain.findings import blocking

    problem, findings = read_file(args.file)
    print_findings(findings)
    if problem is None:
        return _give(args, None, "invalid")
    # Importing the solver takes a second: a file with a fault is answered before that.
    from planner.domain.judgements import judgements

    found = judgements(problem, time_limit=args.time_limit, clock=perf_counter)
    print_findings(found.findings)
    if blocking(found.findings):
        return _give(args, found, "invalid")
    if not found.complete:
        return _give(args, found, "best_found")
    if not found.plans:
        print_findings(_why_none(problem))
        return _give(args, found, "infeasible")
    return _give(args, found, "optimal")


def _why_none(problem: "Problem") -> "tuple[Finding, ...]":
    from planner.domain.solver import solve

    return solve(problem, gap=1.0, clock=perf_counter, with_relief=False).findings


def _give(args: argparse.Namespace, found: "Judgements | None", status: str) -> int:
    if args.json:
        facts = found.as_json() if found else {"plans": [], "core_index": None, "complete": False}
        print(json.dumps(facts, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace").decode())
    elif found is not None and found.plans:
        _print(found)
    else:
        print(f"{status}: {NOTHING[status]}")
    return EXITS[status]


def _print(found: "Judgements") -> None:
    number = len(found.plans)
    if found.complete:
        print(f"complete: {number} {'plan' if number == 1 else 'plans'} can be best; no other plan can")
    else:
        print(f"stopped: {number} plans found that no plan found beats; there may be others, so there is no core index")
    titles = {one.id: one.title for one in found.plans[0].problem.initiatives}
    for one, share in sorted((found.core_index or {}).items(), key=lambda pair: (-pair[1], pair[0])):
        print(f"  {share:>6.1%}  {one}  {titles[one]}")
    asked = found.question
    if asked is not None:
        print(f"ask first: is «{asked.one}» at least as important as «{asked.other}»?")
        for word, left in (("yes", asked.if_yes), ("no", asked.if_no)):
            print(
                f"  {word:>3}: {left.plans} of {number} plans left, {left.unsettled} initiatives in some of them only"
            )
    for plan in found.plans[:MOST_TOLD]:
        print("plan: " + (", ".join(f"{one} {year}" for one, year in plan.starts.items()) or "nothing"))
    if number > MOST_TOLD:
        print(f"… and {number - MOST_TOLD} more; --json gives all")
