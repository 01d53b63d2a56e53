"""How do some plans differ? The same facts of each, side by side, with what is not alike marked.

Counts only what each plan says of itself: plans made from different needs or weights are told apart, never converted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.statements import FACTORS

Years = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """One plan. value: points closed, mean over the years that count. used: resource -> over the plan years. after:
    resource -> bound in the first year after. closed: (points closed, points there) of each factor and segment."""

    value: float
    initiatives: int
    used: Mapping[str, float]
    after: Mapping[str, float]
    factors: Mapping[str, tuple[float, float]]
    segments: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Line:
    """An initiative: the year it starts in each plan, None where it is not in it. known: False in plans whose problem
    did not have it."""

    initiative: str
    title: str
    years: Years
    known: tuple[bool, ...]

    @property
    def differs(self) -> bool:
        return len(set(self.years)) > 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """facts: one for each plan, in their order. lines: initiatives that are in some of them, those that differ first.
    same_points: needs and weights are equal, so that the points can be compared."""

    facts: tuple[Facts, ...]
    lines: tuple[Line, ...]
    same_points: bool


def compare(plans: Sequence[Plan]) -> Comparison:
    """plans: at least one."""
    ids = sorted({one for plan in plans for one in plan.starts})
    titles = {i.id: i.title for plan in reversed(plans) for i in plan.problem.initiatives}
    lines = [
        Line(
            one,
            titles[one],
            tuple(plan.starts.get(one) for plan in plans),
            tuple(one in plan.problem.ground.by_id for plan in plans),
        )
        for one in ids
    ]
    return Comparison(
        tuple(facts(plan) for plan in plans),
        tuple(sorted(lines, key=lambda line: (not line.differs, line.initiative))),
        len({_points(plan.problem) for plan in plans}) == 1,
    )


def facts(plan: Plan) -> Facts:
    by_factor, by_segment = plan.closed_by("factor"), plan.closed_by("segment")
    order = {factor: place for place, factor in enumerate(FACTORS)}
    factors = sorted((one for one in by_factor if one is not None), key=lambda one: (order.get(one, 99), one))
    return Facts(
        value=plan.value,
        initiatives=len(plan.starts),
        used={resource: float(sum(years, 0)) for resource, years in plan.used.items()},
        after={resource: float(amount) for resource, amount in plan.after.items()},
        factors={one: by_factor[one] for one in factors},
        segments={one: by_segment[one] for one in sorted(one for one in by_segment if one is not None)},
    )


def _points(problem: Problem) -> tuple[object, ...]:
    """What points are made of: equal for problems whose values mean the same."""
    needs = tuple((need.id, round(problem.worth(need), 9)) for need in problem.needs)
    return needs, problem.horizon, problem.closure
