"""`planner why`: why an initiative is in the plan of a problem file, or is not, from the command line.

Both plans are solved for themselves at the file's own gap, so that at gap 0 the same file always names the same
initiatives. Never stores anything.
"""

import argparse
import json
import sys
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from planner.cli_solve import EXITS, print_findings, read_file

if TYPE_CHECKING:
    from planner.domain.portfolio import Plan, Result
    from planner.domain.problem import Problem

KEYS = ("initiative", "chosen", "value", "value_otherwise", "loss", "enters", "leaves", "reason")
EXPLAIN_GAP = 1e-6
"""For the questions beside the two plans, which only tell the reason."""

DESCRIPTION = """\
The best plan without a chosen initiative, or with one that is left out (what its own must or must_not says is lifted):
what is lost, what comes in and what goes out, and whether money, staff, a conflict with the rest of the plan, a rule or
too little effect keeps it out.
"""
EPILOG = """\
exit codes: 0 proven, 3 stopped before the proof, 4 no plan is possible, 2 the file is invalid or has no such
initiative, 1 a crash.

  planner why plan.json T21
  planner why plan.json T21 --json
"""
REASONS = {
    "money": "money keeps it out",
    "staff": "staff keeps it out",
    "conflict": "it does not go together with the rest of the plan",
    "effect": "what it closes decides",
    "rule": "a rule of its own decides",
}


def add_why(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "why",
        help="why an initiative is in the best plan, or is not",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", help="a problem file (malrett-problem/1), or - for standard input")
    parser.add_argument("id", metavar="ID", help="an initiative of it")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    from planner.domain.findings import Finding

    problem, findings = read_file(args.file)
    if problem is not None and args.id not in {one.id for one in problem.initiatives}:
        findings = (*findings, Finding("initiative_not_in_file", where=args.id))
        problem = None
    if problem is not None and args.id in problem.running:
        findings = (*findings, Finding("initiative_runs_already", where=args.id))
        problem = None
    print_findings(findings)
    if problem is None:
        return _give(args, _nothing(args.id), "invalid")
    # Importing the solver takes a second: a file with a fault is answered before that.
    from planner.domain.solver import solve

    result = solve(problem, clock=perf_counter, with_relief=False)
    if result.plan is None:
        print_findings(result.findings)
        return _give(args, _nothing(args.id), result.status)
    facts, status = _explained(problem, result.plan, args.id)
    return _give(args, facts, result.status if status == "optimal" else status, result)


def _explained(problem: "Problem", plan: "Plan", one: str) -> tuple[dict[str, Any], str]:
    from planner.domain.extra import Extra
    from planner.domain.least_effect import without_own_lock
    from planner.domain.resolve import Answer, Resolver, changes, loss
    from planner.domain.rules import Must, MustNot
    from planner.domain.solver import resolver, solve
    from planner.domain.why import comes_in, settled, why

    def make(changed: "Problem") -> Resolver:
        return resolver(changed, gap=EXPLAIN_GAP, clock=perf_counter)

    questions = make(problem)
    questions.first = Answer(plan, plan.value, True)
    found = why(questions, one, make)
    free = without_own_lock(problem, one)
    opposite = MustNot(one) if found.chosen else Must(one)
    answer = solve(replace(free, rules=(*free.rules, opposite)), clock=perf_counter, with_relief=False)
    other = answer.plan
    enters, leaves = changes(plan.starts, other.starts if other else plan.starts)
    found = replace(
        found,
        value_otherwise=other.value if other else None,
        loss=loss(plan, other),
        enters=enters,
        leaves=leaves,
        otherwise=dict(other.starts) if other else {},
    )
    if not found.chosen:
        found = settled(problem, found, comes_in(questions, found, Extra(problem, plan).least))
    facts = found.as_json()
    return {key: facts[key] for key in KEYS}, "optimal" if answer.status == "infeasible" else answer.status


def _nothing(one: str) -> dict[str, Any]:
    return {**dict.fromkeys(KEYS), "initiative": one, "enters": [], "leaves": []}


def _give(args: argparse.Namespace, facts: dict[str, Any], status: str, result: "Result | None" = None) -> int:
    if args.json:
        print(json.dumps(facts, ensure_ascii=False, allow_nan=False).encode("utf-8", "backslashreplace").decode())
    elif result is None or result.plan is None:
        print(f"{status}: there is no plan to explain", file=sys.stderr)
    else:
        _print(facts, {one.id: one.title for one in result.plan.problem.initiatives})
    return EXITS[status]


def _print(facts: dict[str, Any], titles: dict[str, str]) -> None:
    one = facts["initiative"]
    print(
        f"{one}  {titles[one]}: {'in the plan' if facts['chosen'] else 'not in the plan'}; {REASONS[facts['reason']]}"
    )
    held = "without it" if facts["chosen"] else "with it"
    if facts["loss"] is None:
        print(f"there is no plan {held}")
        return
    print(f"the best plan {held} closes {facts['value_otherwise']:.6g} points, {facts['loss']:.6g} less")
    for word, key in (("in", "enters"), ("out", "leaves")):
        for each in facts[key]:
            print(f"  {word:>3}  {each}  {titles[each]}")
