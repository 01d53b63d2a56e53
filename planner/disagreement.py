"""How is it worked out in a child process on which scores a plan hangs? Two processes share the questions.

First the best plan that decides otherwise about each initiative, which settles most scores at once; then those that are
left, the ones with most at stake first. Every report is a whole document, of fewer scores.
"""

from math import inf
from time import perf_counter
from typing import Any, cast

from planner import child
from planner.domain.disagreement import Disagreement, Doubt, Otherwise, by_bound, doubts, ranked, settled
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.resolve import Answer
from planner.reasons import shared
from planner.timed import until

Document = dict[str, Any]


def disagreement_request(request: Document, seconds: float) -> Document:
    """request: {"problem", "starts", "gap", "processes", "raters": {initiative: {statement: [shares]}} or None,
    "reach": {initiative: {segment: share}} or None}, starts: of the plan shown, proven within the gap.

    Gives {"value", "scores": [of Disagreement.as_json(), those that matter most first], "done", "of": questions}.
    """
    problem = cast(Problem, parse(request["problem"]).problem)
    shown, end = Plan(problem, request["starts"]), perf_counter() + seconds
    asked = doubts(problem, request["raters"], request["reach"])

    ask = until(end, request["gap"])
    questions = ask(problem, known=[shown.starts])
    at_most = max(shown.value, questions.first.bound or shown.value)
    questions.first = Answer(shown, at_most, questions.first.proven)
    decided = {one.initiative for one in asked} - set(problem.running)
    found: dict[tuple[str, str], Disagreement] = {}
    others = {one: Otherwise(-inf, None) for one in problem.running}
    steps = len(decided) + len(asked)

    def tell() -> Document:
        scores = [one.as_json() for one in ranked(list(found.values()))]
        done = len(others) - len(problem.running) + len(found)
        document = {"value": shown.value, "scores": scores, "done": done, "of": steps}
        child.report(document)
        return document

    def opposite(one: str) -> tuple[str, Otherwise]:
        answer = questions.opposite(one)
        if answer.plan is None and answer.proven:
            return one, Otherwise(-inf, None)
        bound = inf if answer.bound is None else answer.bound
        return one, Otherwise(bound if answer.proven else inf, dict(answer.plan.starts) if answer.plan else None)

    tell()
    for one, otherwise in shared(opposite, questions.hardest_first(sorted(decided)), request["processes"]):
        others[one] = otherwise
        tell()
    bounds = {_key(doubt): by_bound(shown, at_most, doubt, others[doubt.initiative]) for doubt in asked}
    found |= {key: one for key, one in bounds.items() if one.verdict == "harmless"}
    tell()
    left = sorted((d for d in asked if _key(d) not in found), key=lambda d: (-bounds[_key(d)].at_most, _key(d)))

    def settle(doubt: Doubt) -> Disagreement:
        if perf_counter() > end:
            return bounds[_key(doubt)]
        return settled(shown, at_most, doubt, others[doubt.initiative], ask)

    for each in shared(settle, left, request["processes"]):
        found[each.initiative, each.statement] = each
        tell()
    return tell()


def _key(doubt: Doubt) -> tuple[str, str]:
    return doubt.initiative, doubt.statement
