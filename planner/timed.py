"""How are the problems of one job solved within the time that it has left? By one clock for all of them."""

from collections.abc import Iterable
from math import inf
from time import perf_counter

from planner.domain.asking import Ask
from planner.domain.problem import Problem
from planner.domain.resolve import Resolver
from planner.domain.rules import Starts
from planner.domain.solver import resolver

LEAST_SECONDS = 0.1
"""So that a question that comes too late still ends by itself, with what it has found."""


def until(end: float, gap: float) -> Ask:
    """end: of perf_counter, when nothing more is to be asked. gap: each plan is proven within it."""

    def ask(problem: Problem, *, known: Iterable[Starts] = (), at_most: float = inf) -> Resolver:
        left = max(LEAST_SECONDS, end - perf_counter())
        return resolver(problem, gap=gap, known=known, at_most=at_most, clock=perf_counter, time_limit=left)

    return ask
