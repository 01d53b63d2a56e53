"""How are many draws of a problem solved in a child process? What runs there, and what it tells on the way.

Every draw is its own (`domain/robust.py`), so two processes may share them, and a job that was stopped keeps those it
has. Every report is a whole document, of fewer draws.
"""

from collections.abc import Sequence
from time import perf_counter
from typing import Any, cast

from planner import child
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.resolve import Resolver
from planner.domain.robust import GAP, Draw, Robustness, draw, enough, gathered
from planner.domain.rules import Starts
from planner.domain.solver import resolver
from planner.domain.spread import Spread, Together, usual
from planner.reasons import shared

Document = dict[str, Any]
BATCH = 20
"""Draws between two looks at whether more are needed: a whole number of them for each process."""


def solve_draws(
    problem: Problem, shown: Plan, spread: Spread, seed: int, numbers: Sequence[int], processes: int, until: float
) -> list[Draw]:
    """The draws of these numbers, those that were solved in time (until: of perf_counter), in order."""

    def answer(changed: Problem, known: list[Starts]) -> Resolver:
        left = max(0.0, until - perf_counter())
        return resolver(changed, gap=GAP, known=known, clock=perf_counter, time_limit=left)

    def one(number: int) -> Draw | None:
        return draw(problem, shown, spread, seed, number, answer) if perf_counter() < until else None

    found = [each for each in shared(one, list(numbers), processes) if each is not None]
    return sorted(found, key=lambda each: each.number)


def robust_request(request: Document, seconds: float) -> Document:
    """request: {"problem", "starts", "together": [[needs, factor]], "seed", "draws", "processes"}.

    Gives {"draws": [of Draw.as_json()], "of"}; ends early when more draws would change nothing that is shown.
    """
    problem = cast(Problem, parse(request["problem"]).problem)
    shown = Plan(problem, request["starts"])
    groups = (Together(tuple(n), tuple(tuple(r) for r in factor)) for n, factor in request["together"])
    known = usual(problem)
    spread = Spread(effects=known.effects, chance=known.chance, cost=known.cost, together=tuple(groups))
    found: list[Draw] = []
    until = perf_counter() + seconds
    for start in range(0, request["draws"], BATCH):
        numbers = range(start, min(start + BATCH, request["draws"]))
        found += solve_draws(problem, shown, spread, request["seed"], numbers, request["processes"], until)
        child.report({"draws": [one.as_json() for one in found], "of": request["draws"]})
        if perf_counter() >= until or (found and enough(summed(problem, found))):
            break
    return {"draws": [one.as_json() for one in found], "of": request["draws"]}


def summed(problem: Problem, found: Sequence[Draw]) -> Robustness:
    """Over the initiatives that are decided about."""
    return gathered(found, [one.id for one in problem.initiatives if one.started is None])
