"""How are new ideas held against a plan in a child process? Each answer is told when it is found."""

from time import perf_counter
from typing import Any, cast

from planner import child
from planner.domain.problem import Problem
from planner.domain.problem_file import parse

Document = dict[str, Any]


def proposals_request(request: Document, seconds: float) -> Document:
    """request: {"starts", "value": of the plan there is, "gap", "ideas": [{"number", "one": id, "problem": with it}]}.

    Gives {"answers": [{"number", "verdict": Verdict.to_document()}]}.
    """
    from planner.domain.extra import Extra
    from planner.domain.proposals import judged
    from planner.timed import until

    make = until(perf_counter() + seconds, request["gap"])
    told: Document = {"answers": []}

    for idea in request["ideas"]:
        problem = cast(Problem, parse(idea["problem"]).problem)
        questions = make(problem, known=[request["starts"]])
        if questions.first.plan is None:
            raise ValueError("the plan there is does not fit its own problem")
        least = Extra(problem, questions.first.plan).least
        found = judged(questions, idea["one"], request["starts"], request["value"], least, make)
        told = {"answers": [*told["answers"], {"number": idea["number"], "verdict": found.to_document()}]}
        child.report(told)
    return told
