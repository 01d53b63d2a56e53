"""Which of several equally good plans is the one?

Equal value means within 1e-9 · max(1, best). Among equals: the lowest cost (everything but staff, over the plan
years); then the least staff; then the fewest initiatives; then the set that holds the lowest id where two sets
differ; then, id by id, the earliest year. Ids are compared by code point, cost and staff exactly. The order is total.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from planner.domain.grid import Grid, Vector
from planner.domain.initiatives import Amount
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem import TOLERANCE

Key = tuple[Amount, Amount, int, tuple[int, ...], tuple[int, ...]]


def tolerance(best: float) -> float:
    """How far below the best value a plan still counts as equal to it."""
    return TOLERANCE * max(1.0, best)


def tie_key(plan: Plan) -> Key:
    """Sorts plans of equal value, the one to take first."""
    ids = [initiative.id for initiative in plan.problem.initiatives]
    left_out = tuple(int(one not in plan.starts) for one in ids)
    return (
        plan.cost,
        plan.staff,
        len(plan.starts),
        left_out,
        tuple(plan.starts[one] for one in ids if one in plan.starts),
    )


@dataclass(frozen=True, eq=False)
class TieStage:
    """One step of the order: the plan with the least `measure`, which is also Σ of `amounts` over options taken."""

    name: str
    amounts: Vector
    """initiatives × (years + never); what running initiatives add is left out."""
    measure: Callable[[Plan], Amount]
    only: int | None = None
    """The one initiative it is about, by its place in order of id."""


def tie_stages(grid: Grid) -> Iterator[TieStage]:
    """The steps of the order, first to last."""
    problem, shape = grid.problem, (len(grid.ids), len(grid.problem.years) + 1)
    resources = [resource.id for resource in problem.resources]
    for name, which in (
        ("cost", [r for r in resources if r != STAFF]),
        ("staff", [r for r in resources if r == STAFF]),
    ):
        amounts = np.zeros(shape)
        for n, one in enumerate(grid.ids):
            use = problem.ground.by_id[one].use
            for t, start in enumerate(problem.years):
                amounts[n, t] = float(sum((use(r, start, year) for r in which for year in problem.years), 0))
        yield TieStage(name, amounts, _cost if name == "cost" else _staff)
    every = np.ones(shape)
    every[:, -1] = 0.0
    yield TieStage("count", every, _count)
    for n, one in enumerate(grid.ids):
        left_out = np.zeros(shape)
        left_out[n, -1] = 1.0
        yield TieStage("set", left_out, _left_out(one), n)
    for n, one in enumerate(grid.ids):
        years = np.zeros(shape)
        years[n, :-1] = np.arange(shape[1] - 1)
        yield TieStage("year", years, _year(one), n)


def _cost(plan: Plan) -> Amount:
    return plan.cost


def _staff(plan: Plan) -> Amount:
    return plan.staff


def _count(plan: Plan) -> Amount:
    return len(plan.starts)


def _left_out(one: str) -> Callable[[Plan], Amount]:
    return lambda plan: int(one not in plan.starts)


def _year(one: str) -> Callable[[Plan], Amount]:
    return lambda plan: plan.starts.get(one, 0)
