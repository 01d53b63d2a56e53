"""How are many draws of a problem solved in a child process? What runs there, and what it tells on the way.

Every draw is its own (`domain/robust.py`), so two processes may share them, and a job that was stopped keeps those it
has. Every report is a whole document, of fewer draws.
"""

from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any, cast

from planner import child
from planner.domain.draw_search import usual_cost
from planner.domain.heard import heard
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.resolve import Resolver
from planner.domain.robust import GAP, Draw, Robustness, draw, enough, gathered
from planner.domain.rules import Starts
from planner.domain.solver import draw_resolver
from planner.domain.spread import Spread, Together, drawn, usual
from planner.domain.tree import Branching
from planner.reasons import shared

Document = dict[str, Any]
PRACTICE = 12
"""Draws solved beforehand, to learn what branching costs: five seconds on the sample, won back in a hundred draws."""
BATCH = 20
"""Draws between two looks at whether more are needed: a whole number of them for each process."""


def practised(
    problem: Problem, shown: Plan, spread: Spread, seed: int, processes: int, until: float
) -> Branching | None:
    """What branching costs, from a few draws that count for nothing else: the same few however many are asked for."""

    def one(number: int) -> tuple[int, Branching | None]:
        left = max(0.0, until - perf_counter())
        changed = drawn(problem, spread, seed, number, practice=True)
        search = draw_resolver(changed, gap=GAP, known=[shown.starts], clock=perf_counter, time_limit=left).search
        return number, search.branching

    found = sorted(shared(one, range(PRACTICE), processes), key=lambda pair: pair[0])
    return usual_cost([learnt for _, learnt in found if learnt is not None])


def solve_draws(
    problem: Problem,
    shown: Plan,
    spread: Spread,
    seed: int,
    numbers: Sequence[int],
    processes: int,
    until: float,
    learnt: Branching | None = None,
) -> list[Draw]:
    """The draws of these numbers, those that were solved in time (until: of perf_counter), in order."""

    def answer(changed: Problem, known: list[Starts]) -> Resolver:
        left = max(0.0, until - perf_counter())
        return draw_resolver(changed, gap=GAP, known=known, learnt=learnt, clock=perf_counter, time_limit=left)

    def one(number: int) -> Draw | None:
        return draw(problem, shown, spread, seed, number, answer) if perf_counter() < until else None

    found = [each for each in shared(one, list(numbers), processes) if each is not None]
    return sorted(found, key=lambda each: each.number)


def robust_request(request: Document, seconds: float) -> Document:
    """request: {"problem", "starts", "together": [[needs, factor]], "seed", "draws", "processes", and where there was a
    workshop "raters": {initiative: {statement: [effects]}}, "reach": {initiative: {segment: share}}}.

    Gives {"draws": [of Draw.as_json()], "of"}; ends early when more draws would change nothing that is shown.
    """
    problem = cast(Problem, parse(request["problem"]).problem)
    shown = Plan(problem, request["starts"])
    groups = (Together(tuple(n), tuple(tuple(r) for r in factor)) for n, factor in request["together"])
    known = usual(problem)
    panels = heard(problem, request["raters"], request.get("reach")) if request.get("raters") else {}
    spread = replace(known, together=tuple(groups), heard=panels)
    found: list[Draw] = []
    until = perf_counter() + seconds
    learnt = practised(problem, shown, spread, request["seed"], request["processes"], until)
    for start in range(0, request["draws"], BATCH):
        numbers = range(start, min(start + BATCH, request["draws"]))
        found += solve_draws(problem, shown, spread, request["seed"], numbers, request["processes"], until, learnt)
        child.report({"draws": [one.as_json() for one in found], "of": request["draws"]})
        if perf_counter() >= until or (found and enough(summed(problem, found))):
            break
    return {"draws": [one.as_json() for one in found], "of": request["draws"]}


def summed(problem: Problem, found: Sequence[Draw]) -> Robustness:
    """Over the initiatives that are decided about."""
    return gathered(found, [one.id for one in problem.initiatives if one.started is None])
