"""How is a row of problems asked that differ in one thing, so that each begins where the last one ended?

What answers is handed in (`planner.domain.solver.resolver` with its gap, clock and time filled in): a changed problem,
the plans known from the ones before it, and a bound that still holds. Progress is counted in questions.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from planner.domain.initiatives import plain
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.resolve import Resolver
from planner.domain.rules import Starts


class Ask(Protocol):
    """The best plan of a problem, and what answers further questions about it. See `Search` for known and at_most."""

    def __call__(self, problem: Problem, /, *, known: Iterable[Starts] = ..., at_most: float = ...) -> Resolver: ...


OnStep = Callable[[int, int], bool | None]
"""Called with how many questions are answered, and of how many; True stops after this one."""


class Enough(Exception):
    """Somebody pressed stop; what is answered by then is kept."""


class Steps:
    """Counts answered questions."""

    def __init__(self, of: int, on_step: OnStep | None) -> None:
        self.done, self.of, self.on_step = 0, of, on_step

    def step(self) -> None:
        self.done += 1
        if self.on_step is not None and self.on_step(self.done, self.of):
            raise Enough


def same_starts(problem: Problem, plan: Plan) -> Plan:
    """The plan as one of a problem that differs in its limits or rules alone."""
    return Plan(problem, plan.starts)


def plan_facts(plan: Plan) -> dict[str, Any]:
    """What a table says of a plan: start years by id, points, net own money over the plan years, months of work."""
    amounts = {"cost": plain(plan.cost), "staff": plain(plan.staff)}
    return {"starts": dict(plan.starts), "value": plan.value, **amounts}
