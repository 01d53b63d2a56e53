"""How is a plan held against other ways of counting overlap in a child process? Each answer is told when found."""

from time import perf_counter
from typing import Any, cast

from planner import child
from planner.domain.overlap import Reading, in_all, others, readings
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.timed import until

Document = dict[str, Any]


def overlap_request(request: Document, seconds: float) -> Document:
    """request: {"problem", "starts", "gap"}, starts: of the plan shown.

    Gives {"value", "readings": [of Reading.to_document()], "in_all": [chosen in all so far], "done", "of"}.
    """
    problem = cast(Problem, parse(request["problem"]).problem)
    shown, end = Plan(problem, request["starts"]), perf_counter() + seconds

    ask = until(end, request["gap"])
    found: list[Reading] = []
    told: Document = {"value": shown.value, "readings": [], "in_all": [], "done": 0, "of": len(others(problem))}
    for one in readings(problem, shown, ask):
        found.append(one)
        kept = {"readings": [each.to_document() for each in found], "in_all": list(in_all(shown, found))}
        told = {**told, **kept, "done": len(found)}
        child.report(told)
    return told
