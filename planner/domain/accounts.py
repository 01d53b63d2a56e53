"""What does each group of needs get from a plan, and for how much of the money?

Segmentregnskapet: for every segment, or every factor, the points that are there, how many of them the plan closes, and
which part of the plan's cost goes there. An initiative's cost is shared between the groups in proportion to the points
it would close in each of them alone, in the years that count: a rule that needs no order among the initiatives, and can
be redone by hand. What closes nothing by itself (it only makes others possible, or works after the last year that
counts) is kept in a sum of its own, so that the parts always come to the whole cost, exactly.

Money is the net own share over the plan years (everything but staff). Nothing is chosen or judged here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import fsum

from planner.domain.initiatives import Amount, Initiative
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem_needs import Grouping


@dataclass(frozen=True, slots=True)
class Account:
    """One group. there: its points; closed: how many of them the plan closes. money: its part of the cost, exact.

    group: None gathers the needs that name no group.
    """

    group: str | None
    there: float
    closed: float
    money: Fraction

    @property
    def share(self) -> float | None:
        """Closed of there; None where there is nothing to close."""
        return self.closed / self.there if self.there > 0 else None

    @property
    def per_million(self) -> float | None:
        """Points closed for every million kroner, amounts being 1000 kr; None where no money goes."""
        return 1000 * self.closed / float(self.money) if self.money else None


@dataclass(frozen=True, slots=True)
class Accounts:
    """rows: in order of the group's id, the needs without a group last. elsewhere: money that closes nothing by itself.

    The money of all rows and elsewhere together is the plan's cost, exactly.
    """

    rows: tuple[Account, ...]
    elsewhere: Amount

    def of(self, group: str) -> Account | None:
        return next((row for row in self.rows if row.group == group), None)


def accounts(plan: Plan, by: Grouping) -> Accounts:
    """The accounts of a plan, by segment, factor or statement."""
    closed = plan.closed_by(by)
    money = dict.fromkeys(closed, Fraction(0))
    elsewhere: Amount = 0
    for one, start in plan.starts.items():
        initiative = plan.problem.ground.by_id[one]
        cost, parts = money_of(plan, initiative, start), _alone(plan, initiative, start, by)
        whole = sum(parts.values(), Fraction(0))
        if not whole:
            elsewhere += cost
        for group, part in parts.items():
            if whole:
                money[group] += cost * part / whole
    order = sorted(closed, key=lambda group: (group is None, group or ""))
    return Accounts(tuple(Account(g, closed[g][1], closed[g][0], money[g]) for g in order), elsewhere)


def money_of(plan: Plan, initiative: Initiative, start: int) -> Amount:
    """What one initiative takes of money over the plan years when it starts in that year."""
    resources = [one.id for one in plan.problem.resources if one.id != STAFF]
    return sum((initiative.use(resource, start, year) for resource in resources for year in plan.problem.years), 0)


def _alone(plan: Plan, initiative: Initiative, start: int, by: Grouping) -> Mapping[str | None, Fraction]:
    """group -> points it would close there by itself. How long it works is alike for all: it is left out, but for 0."""
    problem = plan.problem
    parts: dict[str | None, list[float]] = {}
    if initiative.works_from(start) < problem.years[0] + problem.horizon:
        for need in problem.needs:
            points = problem.worth(need) * initiative.strength(need.id)
            if points > 0:
                parts.setdefault(need.group(by), []).append(points)
    return {group: Fraction(fsum(points)) for group, points in parts.items()}
