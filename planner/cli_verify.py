"""`planner verify`: is a stored answer what its problem gives? From the command line, on any machine.

Solves the problem again and compares. Never stores anything.
"""

import argparse
import json
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from planner.cli_solve import from_zero, print_findings

if TYPE_CHECKING:
    from planner.domain.findings import Finding
    from planner.domain.portfolio import Result
    from planner.domain.problem import Problem
    from planner.domain.verification import Verdict

DESCRIPTION = """\
Solves the problem of a decision (malrett-decision/2: an object with «problem» and «result») again and says whether its
answer is equal, or what differs: the fingerprint of the problem, the limits and rules the plan must keep, every figure
of it (to 1e-9), and whether any plan closes more than the stated gap above it. At gap 0 the set and the years must be
the same, equals told apart by: lowest cost, least staff, fewest initiatives, the set with the lowest id, the earliest
years. What a council changed is made anew and compared too.
"""
EPILOG = """\
exit codes: 0 equal, 1 something differs, 3 stopped before it could be told, 2 the file is invalid.

  planner verify vedtak.json
  planner verify vedtak.json --sha256 4f1c...     and that the file is the one whose hash stands printed
  planner verify plan.json --result answer.json   a problem file and a result file, apart
"""


class _Invalid(Exception):
    def __init__(self, *findings: "Finding") -> None:
        self.findings = findings


def add_verify(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "verify",
        help="is a decision's answer what its problem gives",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a decision (malrett-decision/2), or - for standard input")
    parser.add_argument("--result", metavar="RESULT", help="FILE is a problem file, and this its malrett-result/1")
    parser.add_argument("--sha256", metavar="HASH", help="of the decision, as it stands printed")
    parser.add_argument("--time-limit", type=from_zero, metavar="SECONDS", help="stop solving after this")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0 equal, 1 differs, 3 stopped, 2 invalid."""
    try:
        problem, result, document = _read(args)
    except _Invalid as invalid:
        print_findings(invalid.findings)
        if args.json:
            print(json.dumps({"equal": None, "differences": [], "findings": [one.code for one in invalid.findings]}))
        return 2
    # Importing the solver takes a second: a file with a fault is answered before that.
    from planner.domain.decision_document import FORMATS, canonical, fingerprint
    from planner.domain.solver import solve
    from planner.domain.verification import Difference, Verdict, stated_gap, verdict

    def attempt(gap: float) -> "Result":
        return solve(problem, gap=gap, time_limit=args.time_limit, clock=perf_counter, with_relief=False)

    # Half the stated gap mostly tells; a plan that lies just inside or just outside needs the best itself.
    gap = stated_gap(problem, result)
    fresh = attempt(gap / 2)
    try:
        told = verdict(problem, result, fresh, document)
        if gap and not told.is_settled and fresh.status == "optimal":
            fresh = attempt(0)
            told = verdict(problem, result, fresh, document)
    except (KeyError, TypeError, ValueError, AttributeError):
        return _unusable(args)
    sha256 = fingerprint(canonical(document)) if document.get("format") in FORMATS else None
    if args.sha256 and args.sha256.lower() != sha256:
        told = Verdict((Difference("sha256", args.sha256, sha256), *told.differences), True)
    facts = {
        **{"equal": told.is_equal if told.is_settled else None, "settled": told.is_settled},
        "differences": [one.as_json() for one in told.differences],
        **{"value": fresh.value, "bound": fresh.bound, "status": fresh.status},
        **{"problem_sha256": fresh.problem_sha256, "sha256": sha256, "program": fresh.program},
        **{"solver": dict(zip(("name", "version"), fresh.solver, strict=True)), "seconds": fresh.seconds},
    }
    print(json.dumps(facts, ensure_ascii=False)) if args.json else _print(facts, told)
    return 0 if told.is_equal else 1 if told.is_settled else 3


def _read(args: argparse.Namespace) -> "tuple[Problem, dict[str, Any], dict[str, Any]]":
    """The problem, its stored result, and the whole document ({} for two files)."""
    from planner.domain.problem_file import parse
    from planner.domain.verification import is_result

    content = _json(args.file)
    document: dict[str, Any] = {} if args.result is not None else content
    stated = content if args.result is not None else content.get("problem")
    result = _json(args.result) if args.result is not None else content.get("result")
    reading = parse(stated)
    if reading.problem is None:
        raise _Invalid(*reading.findings)
    if not isinstance(result, dict) or not is_result(result) or _repeats(content):
        raise _Invalid(_finding("verify_no_result", args.result or args.file))
    return reading.problem, result, document


def _repeats(value: Any) -> bool:
    """Whether a key stands twice anywhere: it would be read one way here and another way elsewhere."""
    if isinstance(value, dict):
        return bool(getattr(value, "repeated", ())) or any(map(_repeats, value.values()))
    return isinstance(value, list) and any(map(_repeats, value))


def _json(name: str) -> "dict[str, Any]":
    from planner.domain.json_values import JsonObject

    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        found = json.loads(content.decode("utf-8-sig"), object_pairs_hook=JsonObject)
    except OSError as error:
        raise _Invalid(_finding("file_unreadable", name, why=error.strerror or str(error))) from None
    except (ValueError, RecursionError):
        raise _Invalid(_finding("verify_not_json", name)) from None
    if not isinstance(found, dict):
        raise _Invalid(_finding("verify_not_json", name))
    return found


def _finding(code: str, where: str, **details: str) -> "Finding":
    from planner.domain.findings import Finding

    return Finding(code, where=where, details=details)


def _unusable(args: argparse.Namespace) -> int:
    print_findings([_finding("verify_no_result", args.result or args.file)])
    if args.json:
        print(json.dumps({"equal": None, "differences": [], "findings": ["verify_no_result"]}))
    return 2


def _print(facts: "dict[str, Any]", told: "Verdict") -> None:
    for one in told.differences:
        stored, found = (json.dumps(value, ensure_ascii=False, default=str) for value in (one.stored, one.found))
        print(f"differs: {one.what}\n  stored  {stored}\n  follows {found}")
    if told.is_equal:
        print(f"equal: the same plan, closing {facts['value']:.6g} points, and no plan closes more"
              if facts["value"] is not None else "equal: no plan is possible")  # fmt: skip
    elif not told.is_settled:
        print("not told: the solve was stopped first; nothing differs so far")
    print(f"problem  {facts['problem_sha256']}")
    if facts["sha256"]:
        print(f"decision {facts['sha256']}")
    print(f"{facts['program']}, {facts['solver']['name']} {facts['solver']['version']}, {facts['seconds']:.1f} s")
