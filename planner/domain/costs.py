"""What does an initiative cost, who gives money to it, and is it borrowed?

Amounts are whole 1000 kr, gross. Shares are in per cent, as people say them. Every object here is possible: wrong
values raise Refused with a Finding for each. It never adds up years; `financing` does.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from planner.domain.findings import Finding
from planner.domain.typed import Refused

Budget = Literal["investment", "operating"]
Source = Literal["eksempelbank", "egen", "verksted", "avtale"]
GrantStatus = Literal["søkt", "tilsagn", "muntlig"]
BUDGETS: tuple[Budget, ...] = get_args(Budget)
SOURCES: tuple[Source, ...] = get_args(Source)
GRANT_STATUSES: tuple[GrantStatus, ...] = get_args(GrantStatus)
CERTAIN: frozenset[GrantStatus] = frozenset({"tilsagn"})
LONGEST_YEARS = 60
LARGEST = 10_000_000  # 10 milliard kroner: past any budget this is meant for, and far inside exact floats


def amount_findings(value: int, where: str) -> list[Finding]:
    if value < 0:
        return [Finding("candidate_negative", where=where, details={"amount": value})]
    return [Finding("candidate_too_large", where=where, details={"limit": LARGEST})] if value > LARGEST else []


def share_findings(value: float, where: str, high: float) -> list[Finding]:
    if 0 <= value <= high:
        return []
    return [Finding("candidate_out_of_range", where=where, details={"low": 0, "high": high})]


def choice_findings(value: str, choices: tuple[str, ...], where: str) -> list[Finding]:
    if value in choices:
        return []
    return [Finding("candidate_unknown_choice", where=where, details={"text": value, "choices": ", ".join(choices)})]


def year_findings(value: int | None, where: str) -> list[Finding]:
    if value is None or 1990 <= value <= 2100:
        return []
    return [Finding("candidate_out_of_range", where=where, details={"low": 1990, "high": 2100})]


def refuse(findings: list[Finding]) -> None:
    """Raises Refused with all that is wrong at once."""
    if findings:
        raise Refused(findings)


def part_of(gross: int, share: float) -> int:
    """A share in per cent (two decimals at most) of a whole amount, rounded down."""
    return gross * round(share * 100) // 10_000


@dataclass(frozen=True, slots=True)
class Cost:
    """One amount and where it comes from. value: 1000 kr, gross."""

    value: int = 0
    source: Source = "egen"

    def __post_init__(self) -> None:
        refuse([*amount_findings(self.value, "value"), *choice_findings(self.source, SOURCES, "source")])


NO_COST = Cost()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Money from others. Of the one-time and of the yearly part: a share in per cent or an amount in 1000 kr, not both.

    name: who gives it. years: how many years from the start year it lasts. last_year: the last calendar year it is
    paid in. None is no end.
    """

    name: str
    status: GrantStatus = "søkt"
    one_time_share: float = 0.0
    one_time_amount: int = 0
    yearly_share: float = 0.0
    yearly_amount: int = 0
    years: int | None = None
    last_year: int | None = None
    source: Source = "egen"

    def __post_init__(self) -> None:
        findings = [] if self.name else [Finding("grant_without_name", where="name")]
        findings += choice_findings(self.status, GRANT_STATUSES, "status")
        findings += choice_findings(self.source, SOURCES, "source")
        for part in ("one_time", "yearly"):
            share, amount = getattr(self, f"{part}_share"), getattr(self, f"{part}_amount")
            findings += share_findings(share, f"{part}_share", 100) + amount_findings(amount, f"{part}_amount")
            if share and amount:
                findings.append(Finding("grant_share_and_amount", where=f"{part}_share"))
        if self.years is not None and not 1 <= self.years <= LONGEST_YEARS:
            findings.append(Finding("candidate_out_of_range", where="years", details={"low": 1, "high": LONGEST_YEARS}))
        findings += year_findings(self.last_year, "last_year")
        refuse(findings)

    def of_one_time(self, gross: int) -> int:
        """Of the one-time part, in whole 1000 kr, rounded down."""
        return min(gross, self.one_time_amount or part_of(gross, self.one_time_share))

    def of_yearly(self, gross: int) -> int:
        """Of one year's running cost, in whole 1000 kr, rounded down."""
        return min(gross, self.yearly_amount or part_of(gross, self.yearly_share))

    def lasts(self, latest_start: int, horizon: int) -> int:
        """How many years from the start it is paid for certain, when the start may be as late as `latest_start`."""
        years = horizon if self.years is None else self.years
        return years if self.last_year is None else max(0, min(years, self.last_year - latest_start + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """A loan for the investment's own share: equal instalments, interest on what is left, on the operating budget.

    The investment still draws on the investment budget; what follows in later years is what the loan adds.
    share: of the own share, in per cent. interest: per cent a year. years: number of instalments, the first the year
    after the money is spent.
    """

    share: float = 100.0
    interest: float = 4.5
    years: int = 20

    def __post_init__(self) -> None:
        findings = share_findings(self.share, "share", 100) + share_findings(self.interest, "interest", 25)
        if not 1 <= self.years <= LONGEST_YEARS:
            findings.append(Finding("candidate_out_of_range", where="years", details={"low": 1, "high": LONGEST_YEARS}))
        refuse(findings)

    def burden(self, spent: tuple[int, ...], horizon: int) -> tuple[int, ...]:
        """Interest and instalments in 1000 kr by year since start, each year rounded up. spent: own share by year."""
        hundredths = round(self.share * 100), round(self.interest * 100)
        due = [0] * horizon  # in 1000 kr × years × 10^8, exact
        for when, amount in enumerate(spent):
            principal = amount * hundredths[0]
            for instalment in range(self.years):
                at = when + 1 + instalment
                if at < horizon:
                    due[at] += principal * 10_000 + principal * (self.years - instalment) * hundredths[1]
        return tuple(-(-amount // (10**8 * self.years)) for amount in due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What an initiative costs, gross.

    one_time: in the start year, or evenly over `one_time_years` from it, on `budget`. yearly: operating money from the
    start year on. extra_investment, extra_operating: further amounts by year since start, where that is too simple.
    """

    one_time: Cost = NO_COST
    budget: Budget = "operating"
    one_time_years: int = 1
    yearly: Cost = NO_COST
    extra_investment: tuple[int, ...] = ()
    extra_operating: tuple[int, ...] = ()
    extra_source: Source = "egen"
    grants: tuple[Grant, ...] = ()
    loan: Loan | None = None
    price_year: int | None = None

    def __post_init__(self) -> None:
        findings = choice_findings(self.budget, BUDGETS, "budget")
        findings += choice_findings(self.extra_source, SOURCES, "extra_source")
        if not 1 <= self.one_time_years <= LONGEST_YEARS:
            details = {"low": 1, "high": LONGEST_YEARS}
            findings.append(Finding("candidate_out_of_range", where="one_time_years", details=details))
        for name in ("extra_investment", "extra_operating"):
            amounts = getattr(self, name)
            findings += [found for amount in amounts for found in amount_findings(amount, name)]
            if len(amounts) > LONGEST_YEARS:
                details = {"low": 0, "high": LONGEST_YEARS}
                findings.append(Finding("candidate_out_of_range", where=name, details=details))
        if self.loan and self.budget != "investment":
            findings.append(Finding("loan_without_investment", where="loan"))
        for part in ("one_time", "yearly"):
            gross = getattr(self, part).value
            given = sum(getattr(grant, f"of_{part}")(gross) for grant in self.grants)
            asked = [getattr(grant, f"{part}_amount") for grant in self.grants]
            if given > gross or any(amount > gross for amount in asked):
                findings.append(Finding("grants_exceed_cost", where="grants", details={"part": part, "gross": gross}))
        findings += year_findings(self.price_year, "price_year")
        refuse(findings)

    @property
    def one_time_gross(self) -> int:
        """Everything that is paid once: the one-time part and the extra investment."""
        return self.one_time.value + sum(self.extra_investment)

    def sources(self) -> tuple[Source, ...]:
        """Where each amount that is not nothing comes from."""
        amounts: list[tuple[object, Source]] = [
            (self.one_time.value, self.one_time.source),
            (self.yearly.value, self.yearly.source),
            (any(self.extra_investment + self.extra_operating), self.extra_source),
        ]
        return tuple(source for amount, source in amounts if amount) + tuple(grant.source for grant in self.grants)


FREE = Costs()
