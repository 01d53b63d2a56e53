"""How does it go with what was chosen, quarter by quarter, and what does next year's plan begin with?

A report says of one initiative in one quarter where it is and what has been used so far that year. Nothing here says
what a plan has led to: that the municipality asks people, and compares (`waves`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from planner.domain.candidates import Candidate
from planner.domain.costs import refuse
from planner.domain.findings import Finding
from planner.domain.initiatives import Amount, exact, plain
from planner.domain.settings import LARGEST, PortfolioSettings, Wish

Status = Literal["not_started", "going", "late", "done", "stopped"]
STATUSES: tuple[Status, ...] = get_args(Status)
RUNS: frozenset[Status] = frozenset({"going", "late", "done"})
LONGEST_NOTE = 500
MOST_STAFF = 1200


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError("a year has four quarters")

    @classmethod
    def of(cls, year: int, month: int) -> "Quarter":
        return cls(year, (month + 2) // 3)


@dataclass(frozen=True, slots=True)
class Report:
    """One initiative in one quarter. spent: 1000 kr of its own money since New Year; staff: months since New Year;
    None: not told. Raises Refused with every Finding, at «spent», «staff» or «note»."""

    initiative: str
    quarter: Quarter
    status: Status
    spent: Amount | None = None
    staff: Amount | None = None
    note: str = ""

    def __post_init__(self) -> None:
        findings = []
        for name, most in (("spent", LARGEST), ("staff", MOST_STAFF)):
            amount = getattr(self, name)
            if amount is not None and not -most <= amount <= most:
                findings.append(Finding("followup_amount", where=name, details={"most": most}))
        if len(self.note) > LONGEST_NOTE:
            findings.append(Finding("followup_note", where="note", details={"limit": LONGEST_NOTE}))
        if self.status not in STATUSES:
            findings.append(Finding("followup_status", where="status"))
        refuse(findings)
        for name in ("spent", "staff"):
            amount = getattr(self, name)
            object.__setattr__(self, name, None if amount is None else exact(amount))

    def to_document(self) -> dict[str, Any]:
        amounts = {name: None if (a := getattr(self, name)) is None else plain(a) for name in ("spent", "staff")}
        return {"status": self.status, **amounts, "note": self.note}


def quarters(years: Sequence[int]) -> tuple[Quarter, ...]:
    return tuple(Quarter(year, number) for year in years for number in (1, 2, 3, 4))


def latest(reports: Iterable[Report], until: Quarter | None = None) -> dict[str, Report]:
    """initiative -> its newest report, of those not after a quarter."""
    found: dict[str, Report] = {}
    for one in sorted(reports, key=lambda one: one.quarter):
        if until is None or one.quarter <= until:
            found[one.initiative] = one
    return found


@dataclass(frozen=True, slots=True)
class Used:
    """Of one year, as far as it is told: what has been used of what the plan has for it."""

    spent: Amount
    planned: Amount
    told: int
    of: int


def used(reports: Mapping[str, Report], year: int, planned: Mapping[str, Amount], field: str) -> Used:
    """reports: initiative -> its newest. planned: initiative -> amount of that year. field: spent or staff."""
    there = {
        one: amount
        for one, report in reports.items()
        if report.quarter.year == year and (amount := getattr(report, field)) is not None
    }
    return Used(sum(there.values()), sum(planned.values()), len(there), len(planned))


def next_candidates(
    candidates: Iterable[Candidate], starts: Mapping[str, int], reports: Mapping[str, Report], first: int
) -> tuple[Candidate, ...]:
    """The list that next year's plan begins with. first: its first year.

    What runs, or is told to be done, has its start year as `started` and goes on; what was stopped is gone. What was
    to begin but has not stays a candidate like the rest.
    """
    found = []
    for one in candidates:
        status = reports[one.code].status if one.code in reports else "not_started"
        if status == "stopped":
            continue
        begun = min(starts.get(one.code, first), first - 1)
        if one.started is None and status in RUNS:
            found.append(replace(one, started=begun, earliest=None, latest=None))
        else:
            found.append(replace(one, latest=None) if one.latest is not None and one.latest < first else one)
    return _without_gone(found)


def _without_gone(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """What names a candidate that is gone no longer does."""
    there = {one.code for one in found}

    def left(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(code for code in codes if code in there)

    return tuple(
        replace(
            one,
            requires_all=left(one.requires_all),
            requires_any=left(one.requires_any),
            excludes=left(one.excludes),
        )
        for one in found
    )


def next_settings(settings: PortfolioSettings, going_on: Iterable[str]) -> PortfolioSettings:
    """A year later: the limits move with their years, and the new last year is like the one before it.

    going_on: codes of the new list that are still decided about; only their wishes are kept.
    """
    years = tuple(year + 1 for year in settings.years)
    limits = {resource: (*row[1:], row[-1]) for resource, row in settings.limits.items()}
    there = frozenset(going_on)
    wishes = {code: _from(wish, years[0]) for code, wish in settings.wishes.items() if code in there}
    return replace(settings, years=years, limits=limits, wishes=wishes)


def _from(wish: Wish, first: int) -> Wish:
    """Without the years that are past."""
    ends = (year if year is not None and year >= first else None for year in (wish.earliest, wish.latest))
    return Wish(wish.choice, *ends)
