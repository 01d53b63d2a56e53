"""How are clearly different plans looked for in a child process? Each is told when it is found."""

from time import perf_counter
from typing import Any, cast

from planner import child
from planner.domain.alternatives import alternatives, usual_ways
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.timed import until

Document = dict[str, Any]


def alternatives_request(request: Document, seconds: float) -> Document:
    """request: {"problem", "starts", "gap", "apart", "most"}, starts: of the plan shown.

    Gives {"value": of it, "alternatives": [of Alternative.to_document(), the best first], "customs": {way: the same or
    None}, "done", "of", "complete": as many as there are were found in time}.
    """
    problem = cast(Problem, parse(request["problem"]).problem)
    shown, end = Plan(problem, request["starts"]), perf_counter() + seconds

    ask = until(end, request["gap"])
    found: list[Document] = []
    facts = {"value": shown.value, "customs": usual_ways(problem, shown), "of": request["most"]}

    def tell(complete: bool) -> Document:
        # Within the gap a later one may turn out a hair better than the one before it.
        ordered = sorted(found, key=lambda one: one["loss"])
        document = {**facts, "alternatives": ordered, "done": len(found), "complete": complete}
        child.report(document)
        return document

    tell(False)
    for one in alternatives(problem, shown, ask, apart=request["apart"], most=request["most"]):
        found.append(one.to_document())
        tell(False)
    return tell(len(found) == request["most"] or perf_counter() < end)
