"""How is a ladder of budgets climbed in a child process? What runs there, and what it tells on the way.

Rung by rung, from the largest budget down: every report is a whole document, of fewer rungs.
"""

from time import perf_counter
from typing import Any, cast

from planner import child
from planner.domain.ladder import ladder
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.resolve import Answer
from planner.domain.rungs import Ladder
from planner.timed import until

Document = dict[str, Any]


def ladder_request(request: Document, seconds: float) -> Document:
    """request: {"problem", "starts", "gap"}, starts: of the best plan of that problem, proven.

    Gives Ladder.to_document() with {"done", "of"}: how many questions are answered.
    """
    problem = cast(Problem, parse(request["problem"]).problem)
    plan = Plan(problem, request["starts"])
    end = perf_counter() + seconds
    last: Document = {"done": 0, "of": 0}

    ask = until(end, request["gap"])

    def tell(found: Ladder, done: int, of: int) -> bool:
        last.update(found.to_document() | {"done": done, "of": of})
        child.report(dict(last))
        return perf_counter() >= end

    found = ladder(problem, ask, shown=Answer(plan, plan.value, True), on_ladder=tell)
    return last | found.to_document()
