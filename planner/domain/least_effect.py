"""By how much must an initiative that is left out close more, before it comes in and nothing is lost?

The least factor on all its effects with which the best plan that holds it closes as much as the plan shown. Found from
the plan that needs least so far, and proven by looking for one that does better with that factor: while there is one,
the factor falls. Rules stay, but for what a rule says of this initiative alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import inf

import numpy as np

from planner.domain.closing import Closing
from planner.domain.grid import Grid
from planner.domain.initiatives import Initiative
from planner.domain.local_search import Neighbourhood
from planner.domain.portfolio import Plan
from planner.domain.problem import TOLERANCE, Problem
from planner.domain.resolve import Resolver
from planner.domain.rules import Must, MustNot, Starts
from planner.domain.rules_groups import NeedFloor

MOST_TRIES = 12
HIGHEST = 0.95
"""No effect is stronger than this, times the chance: what a person can have meant."""
FINE = 1e-6
"""Factors are found to this share of the largest there can be."""
TRIED = 8
"""Of the plans known so many, those that close most, are changed in search of a better one."""
LESS = 1e-4
"""A factor that is less by no more than this share is no less."""


def without_own_lock(problem: Problem, initiative: str) -> Problem:
    """The problem as if nobody had decided on this initiative beforehand."""
    return replace(problem, rules=tuple(rule for rule in problem.rules if not locks(rule, initiative)))


def locks(rule: object, initiative: str) -> bool:
    return isinstance(rule, Must | MustNot) and rule.initiative == initiative


def least_effect(resolver: Resolver, one: str, otherwise: Starts) -> float | None:
    """otherwise: the best plan that holds it. None when no effect up to HIGHEST is enough, or no plan holds it."""
    plan = resolver.first.plan
    if plan is None or one not in otherwise:
        return None
    strongest = max((effect for effect in plan.problem.ground.by_id[one].effects.values()), default=0.0)
    if strongest <= 0:
        return None
    most = HIGHEST / strongest
    known = [otherwise, *resolver.found_with(one)]
    starts, factor = _nearby(plan, known, one, most)
    for _ in range(MOST_TRIES):
        tried = most if factor is None else factor
        gains = most_gained(plan.problem, one, tried)
        answer = resolver.better(_held(stronger(plan.problem, one, tried), one), plan.value, starts, gains)
        if answer.plan is None or answer.plan.value <= plan.value * (1 + 1e-9) + TOLERANCE:
            break
        better = _factor_of(plan, answer.plan.starts, one, tried)
        if better is None or (factor is not None and better >= factor * (1 - LESS)):
            break
        starts, factor = _nearby(plan, [answer.plan.starts, *known], one, better)
        if answer.proven and answer.plan.value <= resolver.worth(plan.value):
            # With a smaller factor every plan closes less still.
            break
    return factor


def stronger(problem: Problem, one: str, factor: float) -> Problem:
    """The problem where this initiative's effects are multiplied, none above 1."""
    return replace(
        problem, initiatives=tuple(_multiplied(i, factor) if i.id == one else i for i in problem.initiatives)
    )


def _multiplied(initiative: Initiative, factor: float) -> Initiative:
    return replace(initiative, effects={n: min(1.0, e * factor) for n, e in initiative.effects.items()})


def _held(problem: Problem, one: str) -> Problem:
    return replace(problem, rules=(*without_own_lock(problem, one).rules, Must(one)))


def most_gained(problem: Problem, one: str, factor: float) -> float:
    """No plan closes more by more than this when the effects of one are multiplied: as if nothing else closed any of it
    and it worked as early as it can. Without a bound where a plan may become possible by it."""
    if any(isinstance(rule, NeedFloor) or locks(rule, one) for rule in problem.rules):
        return inf
    initiative, years = problem.ground.by_id[one], problem.years
    early = min((year for year in years if initiative.may_start(year)), default=years[-1])
    share = max(0, problem.horizon - (initiative.works_from(early) - years[0])) / problem.horizon
    then = _multiplied(initiative, max(factor, 1.0))
    return share * sum(problem.worth(n) * (then.strength(n.id) - initiative.strength(n.id)) for n in problem.needs)


def _nearby(plan: Plan, known: list[Starts], one: str, most: float) -> tuple[Starts, float | None]:
    """A plan near the best of these that needs as little as any change of it does, and the factor it needs."""
    starts, factor = known[0], _factor_of(plan, known[0], one, most)
    while True:
        problem = _held(stronger(plan.problem, one, most if factor is None else factor), one)
        grid = Grid(problem)
        near = Neighbourhood(grid, Closing(problem, grid))
        plans = np.unique(np.array([grid.options(each) for each in (starts, *known)]), axis=0)
        first = np.argsort(-near.values(plans), kind="stable")[:TRIED]
        best = max((near.improve(plans[n]) for n in first), key=near.value)
        changed = Plan(problem, grid.starts(best))
        needs = None if changed.broken else _factor_of(plan, changed.starts, one, factor or most)
        if needs is None or (factor is not None and needs >= factor * (1 - LESS)):
            return starts, factor
        starts, factor = changed.starts, needs


def _factor_of(plan: Plan, starts: Mapping[str, int], one: str, most: float) -> float | None:
    """The least factor with which these starts close as much as the plan; None when `most` is not enough."""
    if one not in starts:
        return None
    return _least_enough(lambda factor: Plan(stronger(plan.problem, one, factor), starts).value - plan.value, most)


def _least_enough(over: Callable[[float], float], most: float) -> float | None:
    """The least factor with which `over`, which grows with it, is not below 0; to FINE of `most`."""
    low, high = (0.0, over(0.0)), (most, over(most))
    if high[1] < 0:
        return None
    if low[1] >= 0:
        return 0.0
    step, halve = FINE * most, False
    while high[0] - low[0] > step:
        # The closure of one plan is nearly always straight in the factor: look on either side of where it would be 0.
        at = low[0] + (high[0] - low[0]) * -low[1] / (high[1] - low[1])
        at = (low[0] + high[0]) / 2 if halve else min(max(at, low[0] + step / 2), high[0] - step / 2)
        width, there = high[0] - low[0], (at, over(at))
        low, high = (low, there) if there[1] >= 0 else (there, high)
        halve = not halve and high[0] - low[0] > width / 2
    return high[0]
