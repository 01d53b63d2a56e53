"""What does each chosen initiative cost, who pays, and what is left of the frame? Year by year, gross, grants and net.

Moves the amounts by year since start to the calendar and adds them up. The rules about grants and loans are
`financing`'s; nothing of them is repeated here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from planner.domain.basis import Basis
from planner.domain.candidate_initiatives import money
from planner.domain.candidates import Candidate
from planner.domain.costs import BUDGETS, GRANT_STATUSES, Budget, GrantStatus, Source
from planner.domain.financing import MoneyByYear
from planner.domain.freed import freed_by_year
from planner.domain.initiatives import Amount, Initiative, exact
from planner.domain.portfolio import Plan


@dataclass(frozen=True, slots=True)
class ByYear:
    """Amounts in each plan year, and in the first year after the plan."""

    years: tuple[Amount, ...]
    after: Amount = 0

    @property
    def total(self) -> Amount:
        """Over the plan years; the year after is not in it."""
        return sum(self.years, start=0)

    def __bool__(self) -> bool:
        return any(self.years) or bool(self.after)

    def plus(self, other: "ByYear") -> "ByYear":
        years = tuple(one + two for one, two in zip(self.years, other.years, strict=True))
        return ByYear(years, self.after + other.after)

    def minus(self, other: "ByYear") -> "ByYear":
        return self.plus(other.negative)

    @property
    def negative(self) -> "ByYear":
        return ByYear(tuple(-amount for amount in self.years), -self.after)


@dataclass(frozen=True, slots=True)
class GrantRow:
    """What one grant pays to one budget, 1000 kr. counted: it reduces the own share."""

    name: str
    status: GrantStatus
    counted: bool
    source: Source
    amounts: ByYear


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """One initiative on one budget, 1000 kr. net: gross less the grants that count. loan: part of gross operating."""

    budget: Budget
    gross: ByYear
    grants: tuple[GrantRow, ...]
    net: ByYear
    loan: ByYear

    @property
    def income(self) -> ByYear:
        """The grants that count, as money in."""
        return self.gross.minus(self.net)


@dataclass(frozen=True, slots=True)
class BudgetTotal:
    """All chosen initiatives on one budget, 1000 kr. grants: status -> amounts, every status that any grant has."""

    budget: Budget
    gross: ByYear
    grants: Mapping[GrantStatus, ByYear]
    net: ByYear
    loan: ByYear

    @property
    def income(self) -> ByYear:
        return self.gross.minus(self.net)


@dataclass(frozen=True, slots=True)
class FrameRow:
    """Used against the frame, year by year, in the resource's unit. None where there is no limit.

    limit: with what is freed. freed: by what the municipality stops doing. held_back: the reserve of the limit.
    """

    resource: str
    limit: tuple[Amount | None, ...]
    freed: tuple[Amount, ...]
    held_back: tuple[Amount | None, ...]
    used: ByYear
    left: tuple[Amount | None, ...]


def budget_rows(
    candidate: Candidate,
    initiative: Initiative,
    start: int,
    years: tuple[int, ...],
    counted: frozenset[GrantStatus],
) -> tuple[BudgetRow, ...]:
    """What a candidate costs when it starts in `start`: a row for each budget that it touches."""
    # The window that was asked for may be narrower than the candidate's own, and decides what a grant is worth.
    account = money(replace(candidate, earliest=initiative.earliest, latest=initiative.latest), years, counted)
    rows = (_budget_row(budget, account, start, years) for budget in BUDGETS)
    return tuple(row for row in rows if row.gross or row.grants)


def built_later(
    candidate: Candidate,
    initiative: Initiative,
    start: int,
    years: tuple[int, ...],
    counted: frozenset[GrantStatus],
) -> Amount:
    """The own share of investment that comes beyond the first year after the plan: what the council is bound to."""
    costs = candidate.costs
    window = replace(candidate, earliest=initiative.earliest, latest=initiative.latest)
    account = money(window, years, counted, further=max(costs.one_time_years, len(costs.extra_investment)))
    return sum(account.net_investment[years[-1] + 2 - start :], start=0)


def _budget_row(budget: Budget, account: MoneyByYear, start: int, years: tuple[int, ...]) -> BudgetRow:
    lines = [(line, on_calendar(getattr(line, budget), start, years)) for line in account.grants]
    return BudgetRow(
        budget=budget,
        gross=on_calendar(getattr(account, f"gross_{budget}"), start, years),
        grants=tuple(
            GrantRow(line.grant.name, line.grant.status, line.counted, line.grant.source, amounts)
            for line, amounts in lines
            if amounts
        ),
        net=on_calendar(getattr(account, f"net_{budget}"), start, years),
        loan=on_calendar(account.loan_cost if budget == "operating" else (), start, years),
    )


def staff_row(candidate: Candidate, start: int, years: tuple[int, ...]) -> ByYear:
    """Months of work of people already employed."""
    once, yearly = candidate.staff_start.value, candidate.staff_yearly.value
    return on_calendar((once + yearly, *(yearly,) * (years[-1] + 1 - start)), start, years)


def on_calendar(amounts: tuple[Amount, ...], start: int, years: tuple[int, ...]) -> ByYear:
    """Amounts by year since start, moved to the calendar; 0 before the start and beyond their end."""
    moved = [amounts[since] if 0 <= (since := year - start) < len(amounts) else 0 for year in (*years, years[-1] + 1)]
    return ByYear(tuple(moved[:-1]), moved[-1])


def budget_total(budget: Budget, rows: Iterable[BudgetRow], years: tuple[int, ...]) -> BudgetTotal:
    """The sum of the rows that are on this budget."""
    of = [row for row in rows if row.budget == budget]
    grants = [grant for row in of for grant in row.grants]
    by_status = {
        status: total([grant.amounts for grant in grants if grant.status == status], years)
        for status in GRANT_STATUSES
        if any(grant.status == status for grant in grants)
    }
    gross, net, loan = (total([getattr(row, name) for row in of], years) for name in ("gross", "net", "loan"))
    return BudgetTotal(budget, gross, by_status, net, loan)


def frame_row(plan: Plan, basis: Basis, resource: str) -> FrameRow:
    """Used against the frame of one resource."""
    problem = plan.problem
    known = next((one for one in problem.resources if one.id == resource), None)
    limit: tuple[Amount | None, ...] = known.limit if known else (None,) * len(problem.years)
    held = tuple(None if amount is None else exact(amount * problem.reserve) for amount in limit)
    used = tuple(plan.use(resource, year) for year in problem.years)
    left = tuple(
        None if amount is None or kept is None else exact(amount - kept - taken)
        for amount, kept, taken in zip(limit, held, used, strict=True)
    )
    freed = freed_by_year(basis.freed, problem.years)[resource]
    return FrameRow(resource, limit, freed, held, ByYear(used, plan.use(resource, problem.years[-1] + 1)), left)


def total(parts: Iterable[ByYear], years: tuple[int, ...]) -> ByYear:
    """Year by year; zeros when there are no parts."""
    added = ByYear((0,) * len(years))
    for part in parts:
        added = added.plus(part)
    return added
