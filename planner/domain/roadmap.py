"""What does each chosen initiative cost and add, and how much of the frame does the plan take?

The plan, row by row, for people: everything follows from the plan by the formulas of `portfolio`. Never chooses.
"""

from dataclasses import dataclass
from math import fsum

from planner.domain.initiatives import Amount, Initiative
from planner.domain.limits import YearLimits
from planner.domain.portfolio import STAFF, Plan


@dataclass(frozen=True, slots=True)
class Leg:
    """One chosen initiative. start: the calendar year; works_from: the first in which it closes anything.

    running: it was started before the plan. money, staff: over the plan years together. adds: the points the plan would
    lose without it alone; None for one that runs whatever is chosen.
    """

    id: str
    title: str
    theme: str
    start: int
    works_from: int
    running: bool
    money: Amount
    staff: Amount
    adds: float | None


@dataclass(frozen=True, slots=True)
class Spot:
    """One resource in one year. allowed: the limit less what is held back; None is no limit."""

    resource: str
    year: int
    used: Amount
    allowed: Amount | None

    @property
    def share(self) -> float | None:
        """Used of allowed; None without a limit, or where nothing is allowed."""
        return float(self.used / self.allowed) if self.allowed else None


def legs(plan: Plan) -> tuple[Leg, ...]:
    """Chosen initiatives by start year, those that add most first."""
    by_id, years = plan.problem.ground.by_id, plan.problem.years
    rows = []
    for one, start in plan.starts.items():
        initiative, running = by_id[one], one in plan.problem.running
        without = Plan(plan.problem, {other: year for other, year in plan.starts.items() if other != one})
        use = {r.id: sum((initiative.use(r.id, start, y) for y in years), 0) for r in plan.problem.resources}
        rows.append(
            Leg(
                id=one,
                title=initiative.title,
                theme=initiative.theme,
                start=start,
                works_from=initiative.works_from(start),
                running=running,
                money=sum((amount for resource, amount in use.items() if resource != STAFF), 0),
                staff=use.get(STAFF, 0),
                adds=None if running else _adds(plan, without, initiative),
            )
        )
    return tuple(sorted(rows, key=lambda leg: (leg.start, -(leg.adds or 0), leg.id)))


def _adds(plan: Plan, without: Plan, initiative: Initiative) -> float:
    """Only needs that it reaches can change."""
    reached = (need for need in plan.problem.needs if need.id in initiative.effects)
    return fsum(plan.problem.worth(n) * (plan.closed[n.id] - without.mean_closed(n.id)) for n in reached)


def spots(plan: Plan) -> tuple[Spot, ...]:
    """Every resource in every plan year, in the order of the problem's resources."""
    return tuple(
        Spot(resource.id, year, plan.use(resource.id, year), allowed)
        for resource in plan.problem.resources
        for year, allowed in zip(plan.problem.years, YearLimits(resource, plan.problem.reserve).allowed(), strict=True)
    )
