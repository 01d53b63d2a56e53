"""What does the municipality pay itself for an initiative, gross, from each grant and net, year by year?

Amounts are whole 1000 kr. Rounding goes one way: a grant is rounded down to whole 1000 kr and a loan's cost up, so that
the own share is never understated; a one-time amount over several years is split evenly, the first years taking what
is left over.

Only grants with a status that counts (as a rule tilsagn alone) reduce the own share. A grant that ends is counted in
as many years as it lasts **whenever the initiative starts**: with a last calendar year, the latest start decides, so
that no start year is promised money that will not come. Narrowing the start window brings the rest back.
"""

from dataclasses import dataclass, replace

from planner.domain.costs import BUDGETS, CERTAIN, Costs, Grant, GrantStatus


@dataclass(frozen=True, slots=True)
class GrantLine:
    """What one grant pays, by year since start, on each budget. counted: whether it reduces the own share.

    once: of the one-time part; it is in investment or operating already.
    """

    grant: Grant
    counted: bool
    investment: tuple[int, ...]
    operating: tuple[int, ...]
    once: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MoneyByYear:
    """Gross, each grant and net (own share) by year since start, in 1000 kr; all of one length.

    loan_cost: what a loan adds to operating; it is in gross_operating and net_operating already.
    yearly_own: the own share of the yearly part while every counted grant lasts; net_operating is never below it.
    """

    gross_investment: tuple[int, ...]
    gross_operating: tuple[int, ...]
    grants: tuple[GrantLine, ...]
    net_investment: tuple[int, ...]
    net_operating: tuple[int, ...]
    loan_cost: tuple[int, ...]
    yearly_own: int


def money_by_year(
    costs: Costs, latest_start: int, horizon: int, counted: frozenset[GrantStatus] = CERTAIN
) -> MoneyByYear:
    """The whole account of an initiative, by year since start.

    latest_start: the last calendar year it may start in (decides what a grant with a last year is worth).
    horizon: how many years to give, at least 1. counted: the grant statuses that reduce the own share.
    """
    once = evenly(costs.one_time.value, costs.one_time_years, horizon)
    building = costs.budget == "investment"
    extra = {name: padded(getattr(costs, f"extra_{name}"), horizon) for name in BUDGETS}
    gross_investment = added(once if building else (0,) * horizon, extra["investment"])
    running = added((costs.yearly.value,) * horizon, extra["operating"])
    gross_operating = running if building else added(running, once)
    lines = _grant_lines(costs, latest_start, horizon, counted)
    paid = [line for line in lines if line.counted]
    lasting = [line.grant for line in paid if line.grant.lasts(latest_start, horizon)]
    net_investment = less(gross_investment, [line.investment for line in paid])
    loan_cost = costs.loan.burden(net_investment, horizon) if costs.loan else (0,) * horizon
    return MoneyByYear(
        gross_investment,
        added(gross_operating, loan_cost),
        lines,
        net_investment,
        added(less(gross_operating, [line.operating for line in paid]), loan_cost),
        loan_cost,
        costs.yearly.value - sum(grant.of_yearly(costs.yearly.value) for grant in lasting),
    )


def _grant_lines(
    costs: Costs, latest_start: int, horizon: int, counted: frozenset[GrantStatus]
) -> tuple[GrantLine, ...]:
    """Split over the years on the running sum of grants: rounding each alone could pay more than a year costs."""
    lines, before = [], 0
    for grant in costs.grants:
        total = before + grant.of_one_time(costs.one_time.value)
        upto, sofar = (evenly(amount, costs.one_time_years, horizon) for amount in (total, before))
        lasts = grant.lasts(latest_start, horizon)
        once = tuple(upto[year] - sofar[year] if year < lasts else 0 for year in range(horizon))
        yearly = tuple(grant.of_yearly(costs.yearly.value) if year < lasts else 0 for year in range(horizon))
        nothing = (0,) * horizon
        building = costs.budget == "investment"
        operating = yearly if building else added(yearly, once)
        lines.append(GrantLine(grant, grant.status in counted, once if building else nothing, operating, once))
        before = total
    return tuple(lines)


def recount(costs: Costs, status: GrantStatus) -> Costs:
    """The same costs with every grant at one status: what a sample or a «what if it is granted» needs."""
    return replace(costs, grants=tuple(replace(grant, status=status) for grant in costs.grants))


# --- Small sums over years ---------------------------------------------------------------------------------------


def evenly(total: int, years: int, horizon: int) -> tuple[int, ...]:
    """A total over its years, what is left over in the first ones; cut or filled with 0 to the horizon."""
    each, over = divmod(total, years)
    return padded(tuple(each + (year < over) for year in range(years)), horizon)


def padded(amounts: tuple[int, ...], horizon: int) -> tuple[int, ...]:
    return (amounts + (0,) * horizon)[:horizon]


def added(*columns: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sum(row) for row in zip(*columns, strict=True))


def less(amounts: tuple[int, ...], parts: list[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(amount - sum(part[year] for part in parts) for year, amount in enumerate(amounts))
