"""What does the municipality stop doing, and what does that free?

«Noe vi slutter med» is chosen by people, never by the solver: it adds to the limits. Who is affected is said in words,
always.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.domain.candidates import CODE, LONGEST_TEXT, LONGEST_TITLE, NO_STAFF, Staff
from planner.domain.costs import NO_COST, Cost, refuse, year_findings
from planner.domain.findings import Finding
from planner.domain.initiatives import Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """One thing that ends. What it frees each year from `first_year` to `last_year` (None: for good).

    affected: who loses what, in words. counted: whether it adds to the limits now. Raises Refused.
    """

    code: str
    title: str
    affected: str
    operating: Cost = NO_COST
    investment: Cost = NO_COST
    staff: Staff = NO_STAFF
    first_year: int
    last_year: int | None = None
    counted: bool = True

    def __post_init__(self) -> None:
        findings = [
            Finding("candidate_text_missing", where=name) for name in ("title", "affected") if not getattr(self, name)
        ]
        if not CODE.fullmatch(self.code):
            findings.append(Finding("candidate_bad_code" if self.code else "candidate_text_missing", where="code"))
        for name, limit in {"title": LONGEST_TITLE, "affected": LONGEST_TEXT}.items():
            if len(getattr(self, name)) > limit:
                findings.append(Finding("candidate_text_too_long", where=name, details={"limit": limit}))
        findings += year_findings(self.first_year, "first_year") + year_findings(self.last_year, "last_year")
        if self.last_year is not None and self.last_year < self.first_year:
            findings.append(Finding("freed_ends_before_start", where="last_year"))
        if not (self.operating.value or self.investment.value or self.staff.value):
            findings.append(Finding("freed_nothing", where="operating.value"))
        refuse(findings)

    def frees(self, resource: str, year: int) -> Amount:
        """Of «investment», «operating» (1000 kr) or «staff» (month's work) in a calendar year."""
        if year < self.first_year or (self.last_year is not None and year > self.last_year):
            return 0
        amounts = {"operating": self.operating.value, "investment": self.investment.value, "staff": self.staff.value}
        return amounts[resource]


def freed_by_year(rows: Iterable[Freed], years: Sequence[int]) -> dict[str, tuple[Amount, ...]]:
    """What the counted rows add to the limits: resource -> amount for each of the years."""
    counted = [row for row in rows if row.counted]
    return {
        resource: tuple(sum((row.frees(resource, year) for row in counted), start=0) for year in years)
        for resource in ("investment", "operating", "staff")
    }
