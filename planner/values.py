"""How are all plans that can be best looked for in a child process? Plans are told while the search goes on."""

from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from planner import child
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse

if TYPE_CHECKING:
    from planner.domain.frontier import Sought

Document = dict[str, Any]
MOST_TOLD = 200
"""Plans that are told with their years; the counts are of all."""


def values_request(request: Document, seconds: float) -> Document:
    """request: {"problem": with weights}.

    Gives {"complete", "count", "plans": [{id: year}], at most MOST_TOLD, "core": {id: share} or None, "question":
    {"one", "other", "if_yes": [plans, unsettled], "if_no": ...} or None, "some": ids in some of the plans only,
    "every": ids in all of them, "done", "left": zones}.
    """
    from planner.domain.judgements import judgements
    from planner.domain.weighted import common

    problem = cast(Problem, parse(request["problem"]).problem)

    def facts(plans: list[Plan]) -> Document:
        every, some = common([plan.starts for plan in plans])
        return {
            "count": len(plans),
            "plans": [dict(plan.starts) for plan in plans[:MOST_TOLD]],
            "every": sorted(every),
            "some": sorted(some),
        }

    def tell(sought: "Sought") -> None:
        counts = {"done": sought.done, "left": sought.left}
        child.report({**facts(list(sought.plans)), **counts, "complete": False, "core": None, "question": None})

    found = judgements(problem, time_limit=seconds, on_sought=tell, clock=perf_counter)
    asked = found.question
    question = asked and {
        "one": asked.one,
        "other": asked.other,
        "if_yes": [asked.if_yes.plans, asked.if_yes.unsettled],
        "if_no": [asked.if_no.plans, asked.if_no.unsettled],
    }
    core = None if found.core_index is None else dict(found.core_index)
    ended = {"complete": found.complete, "core": core, "question": question, "done": 0, "left": 0}
    return {**facts(list(found.plans)), **ended}
