"""What else could the council choose? Nothing new, or what the two common ways of choosing come to, beside the plan.

Every one answers the very question the plan answered, so points and amounts can be compared. It looks for no better
plan, and it says nothing of plans with another frame.
"""

from dataclasses import dataclass
from typing import Literal

from planner.domain.customs import greedy, little_for_all
from planner.domain.initiatives import Amount
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.resolve import changes

WayKind = Literal["plan", "greedy", "little_for_all", "nothing"]


@dataclass(frozen=True, slots=True)
class Way:
    """value: points closed, mean over the counted years. used: resource -> over the plan years, own share.

    enters, leaves: initiatives against the plan.
    """

    kind: WayKind
    value: float
    initiatives: int
    used: dict[str, Amount]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


def ways(plan: Plan) -> tuple[Way, ...]:
    """The plan first, nothing new last. A common way that ends in no plan at all is left out."""
    problem = plan.problem
    found = (("greedy", greedy(problem)), ("little_for_all", little_for_all(problem)))
    common = tuple(_way(kind, other, plan) for kind, other in found if other is not None)  # type: ignore[arg-type]
    return (_way("plan", plan, plan), *common, _way("nothing", nothing_new(problem), plan))


def nothing_new(problem: Problem) -> Plan:
    """Only what runs already, and goes on."""
    return Plan(problem, {})


def _way(kind: WayKind, other: Plan, plan: Plan) -> Way:
    used = {resource: sum(years, start=0) for resource, years in other.used.items()}
    return Way(kind, other.value, len(other.starts), used, *changes(plan.starts, other.starts))
