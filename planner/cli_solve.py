"""`planner solve`: the best plan of a problem file, from the command line, proven.

With --json one malrett-result/1 object goes to standard output, whatever the outcome. Never stores anything.
"""

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.domain.findings import Finding
    from planner.domain.portfolio import Result
    from planner.domain.problem import Problem
    from planner.domain.relief import Change

EXITS = {"optimal": 0, "best_found": 3, "unknown": 3, "infeasible": 4, "invalid": 2}
STATUSES = {
    "optimal": "proven: no other plan closes more",
    "best_found": "stopped before the proof; this is the best plan found",
    "infeasible": "no plan keeps every limit and rule",
    "unknown": "stopped before any plan was found",
    "invalid": "the file must be mended first",
}

DESCRIPTION = """\
Which initiatives, and in which year: the plan that closes most need within the limits and rules of a problem file
(malrett-problem/1). «Proven» means that no plan closes more than the share --gap above it. At gap 0 equals are told
apart by: lowest cost, least staff, fewest initiatives, the set with the lowest id, the earliest years.
Where no plan is possible, the least changes are told with which there is one: limits raised, rules dropped.
"""
EPILOG = """\
exit codes: 0 proven, 3 stopped before the proof, 4 no plan is possible, 2 the file is invalid, 1 a crash.

  planner solve plan.json                 the plan, for people
  planner solve plan.json --json          the same as malrett-result/1
  planner solve - --gap 0.001 < plan.json within a thousandth of the best, which is faster
"""


def add_solve(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "solve",
        help="the best plan of a problem file, proven",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a problem file (malrett-problem/1), or - for standard input")
    parser.add_argument("--gap", type=from_zero, help="relative gap to prove within (the file's own; 0 is exact)")
    parser.add_argument("--time-limit", type=from_zero, metavar="SECONDS", help="stop and give the best found so far")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    parser.set_defaults(run=run)


def from_zero(text: str) -> float:
    number = float(text)
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError("must be a number from 0 up")
    return number


def run(args: argparse.Namespace) -> int:
    """0 proven, 3 stopped, 4 infeasible, 2 invalid."""
    result = _answer(args)
    if args.json:
        facts = result.as_json()
        facts["findings"] = [_told(finding) for finding in result.findings]
        text = json.dumps(facts, ensure_ascii=False, allow_nan=False)
        # Half a pair of UTF-16, which a finding may quote from the file, has no UTF-8: it stays the escape it was.
        print(text.encode("utf-8", "backslashreplace").decode())
    else:
        _print(result)
    return EXITS[result.status]


def read_file(name: str) -> "tuple[Problem | None, tuple[Finding, ...]]":
    """The problem of a file («-» is standard input) and what was found in it; None when it must be mended first."""
    from planner.domain.findings import Finding
    from planner.domain.problem_file import read_problem

    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        return None, (Finding("file_unreadable", where=name, details={"why": why}),)
    reading = read_problem(content)
    return reading.problem, reading.findings


def _answer(args: argparse.Namespace) -> "Result":
    from dataclasses import replace

    from planner.domain.portfolio import Result

    problem, findings = read_file(args.file)
    if problem is None:
        return Result("invalid", findings=findings)
    # Importing the solver takes a second: a file with a fault is answered before that.
    from planner.domain.solver import solve

    result = solve(problem, gap=args.gap, time_limit=args.time_limit, clock=perf_counter)
    return replace(result, findings=(*findings, *result.findings))


def _told(finding: "Finding") -> dict[str, Any]:
    from planner import wording
    from planner.domain.portfolio import finding_as_json

    said = wording.finding(finding)
    return {**finding_as_json(finding), "what": said.what, "try": said.try_}


def print_findings(findings: "Iterable[Finding]") -> None:
    for finding in findings:
        told = _told(finding)
        where = f" ({told['where']})" if told["where"] else ""
        print(f"{finding.severity}: {told['what']}{where} {told['try']}".rstrip(), file=sys.stderr)


def _print(result: "Result") -> None:
    print_findings(result.findings)
    print(f"{result.status}: {STATUSES[result.status]}")
    plan = result.plan
    if plan is None:
        _print_relief(result)
        return
    print(f"closes {plan.value:.6g} points as a mean over {plan.problem.horizon} years; {_bound(result)}")
    titles = {initiative.id: initiative for initiative in plan.problem.initiatives}
    for one, year in sorted(plan.starts.items(), key=lambda pair: (pair[1], pair[0])):
        running = " (running)" if titles[one].started is not None else ""
        print(f"  {year}{running}  {one}  {titles[one].title}")
    if plan.used:
        print(f"{'used of limit':<24}" + "".join(f"{year:>16}" for year in plan.problem.years))
    for resource in plan.problem.resources:
        pairs = zip(plan.used[resource.id], resource.limit, strict=True)
        cells = [f"{float(used):g} of {'–' if limit is None else f'{float(limit):g}'}" for used, limit in pairs]
        print(f"{resource.id + ' (' + resource.unit + ')':<24}" + "".join(f"{cell:>16}" for cell in cells))


def _print_relief(result: "Result") -> None:
    """The least changes, one proposal after the other."""
    for number, relief in enumerate(result.relief, start=1):
        print(f"proposal {number}, which gives a plan:" if number == 1 else f"or proposal {number}:")
        for change in relief.changes:
            print(f"  {_change(change)}")
        if not relief.least:
            print("  (not proven to be the least)")


def _change(change: "Change") -> str:
    from planner.domain.relief import Excess

    if isinstance(change, Excess):
        when = "over all years" if change.year is None else f"in {change.year}"
        return f"raise the limit on {change.resource} {when} by {change.by}"
    facts = change.rule.as_json()
    if facts["kind"] == "windows":
        return f"let {facts['initiative']} start in any year of the plan"
    return f"drop the rule {json.dumps(facts, ensure_ascii=False)}"


def _bound(result: "Result") -> str:
    gap = result.gap
    return "no bound" if gap is None else f"no plan closes more than {result.bound:.6g} (gap {gap:.2g})"
