"""How are the reasons of a plan worked out in a child process? What runs there, and what it tells on the way.

Two processes share the initiatives where the machine has two cores: after the first solve the child forks, so that both
have the model and all that is learnt. Every report is a whole document, of fewer initiatives.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, Pipe
from time import perf_counter
from typing import Any, TypeVar, cast

from planner import child
from planner.domain.customs import greedy, little_for_all
from planner.domain.extra import Extra
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.resolve import Answer
from planner.domain.why import ComesIn, Why, comes_in, settled, why
from planner.timed import until

T = TypeVar("T")
Document = dict[str, Any]


def explain_request(request: Document, seconds: float) -> Document:
    """request: {"problem", "starts", "gap", "processes"}, starts: the plan to explain, proven within the gap.

    Gives {"value", "why": [of every initiative that is decided about], "comes_in": [of those left out], "done", "of",
    "customs": {"greedy", "little_for_all": {"value", "starts"}, None where that way finds no plan}}.
    """
    problem = cast(Problem, parse(request["problem"]).problem)
    shown = Plan(problem, request["starts"])
    make = until(perf_counter() + seconds, request["gap"])
    questions = make(problem)
    questions.first = Answer(shown, questions.first.bound, questions.first.proven)
    found: dict[str, Why] = {}
    needs: dict[str, ComesIn] = {}
    left_out = [one for one in questions.grid.ids if one not in shown.starts]
    steps = len(questions.grid.ids) + len(left_out)
    customs = {name: _told(way(problem)) for name, way in (("greedy", greedy), ("little_for_all", little_for_all))}

    def tell() -> Document:
        settle = {one: settled(problem, each, needs.get(one)) for one, each in found.items()}
        document = {
            "value": shown.value,
            "why": [settle[one].as_json() for one in sorted(settle)],
            "comes_in": [needs[one].as_json() for one in sorted(needs)],
            "done": len(found) + len(needs),
            "of": steps,
            "customs": customs,
        }
        child.report(document)
        return document

    tell()
    order = questions.hardest_first(questions.grid.ids)
    for each in shared(lambda one: why(questions, one, make), order, request["processes"]):
        found[each.initiative] = each
        tell()
    for each in found.values():
        # Half of them were answered in the fork.
        if each.proven and each.reason != "rule":
            questions.learn(each.initiative, each.value_otherwise)
    extra = Extra(problem, shown)
    asked = [found[one] for one in left_out if found[one].reason != "rule"]
    steps = len(questions.grid.ids) + len(asked)
    for need in shared(lambda each: comes_in(questions, each, extra.least), asked, request["processes"]):
        if need is not None:
            needs[need.initiative] = need
            tell()
    return tell()


def _told(plan: Plan | None) -> Document | None:
    return None if plan is None else {"value": plan.value, "starts": dict(plan.starts)}


def shared(function: Callable[[Any], T], items: Sequence[Any], processes: int) -> Iterator[T]:
    """function of every item, in no promised order; every second one in a fork of this process when there may be two.

    Raises RuntimeError when the fork died before its last answer.
    """
    if processes < 2 or len(items) < 2:
        yield from map(function, items)
        return
    here, there = Pipe(duplex=False)
    forked = os.fork()
    if forked == 0:
        here.close()
        _answer_all(function, items[1::2], there)
    there.close()
    awaited = len(items[1::2])
    try:
        for item in items[0::2]:
            yield function(item)
            while awaited and here.poll():
                awaited -= 1
                yield here.recv()
        for _ in range(awaited):
            yield here.recv()
    except EOFError as error:
        raise RuntimeError("the other half of the work ended early") from error
    finally:
        here.close()
        os.waitpid(forked, 0)


def _answer_all(function: Callable[[Any], T], items: Iterable[Any], there: Connection) -> None:
    """In the fork: never returns, and leaves nothing of the parent's to be closed twice."""
    try:
        for item in items:
            there.send(function(item))
    finally:
        there.close()
        os._exit(0)
