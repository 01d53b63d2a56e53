"""What do people write down about an initiative before anything is computed?

Everything an `Initiative` needs and everything it does not: names, partners, grants, where each figure comes from. Per
cent here, as people say them; shares of 1 in the Initiative. Money is gross here and own share there. A Candidate that
exists is possible; whether it fits the others of its list is asked in `candidate_links`. It never chooses anything.
"""

import re
from dataclasses import dataclass
from typing import Literal, get_args

from planner.domain.costs import (
    FREE,
    SOURCES,
    Costs,
    Source,
    choice_findings,
    refuse,
    share_findings,
    year_findings,
)
from planner.domain.findings import Finding
from planner.domain.initiatives import Amount, exact

Level = Literal["kommune", "fylke", "stat"]
PartnerStatus = Literal["spurt", "bekreftet"]
Lack = Literal["cost", "effect", "targets", "responsible", "partner", "example"]
LEVELS: tuple[Level, ...] = get_args(Level)
PARTNER_STATUSES: tuple[PartnerStatus, ...] = get_args(PartnerStatus)

EFFECT_STEPS: tuple[int, ...] = (0, 5, 15, 30)
"""Per cent for «ingen», «noen få», «en del», «mange» in a workshop."""
MOST_EFFECT = 95  # nothing reaches everybody
LONGEST_DELAY = 10
LONGEST_TITLE, LONGEST_TEXT = 200, 1000
CODE = re.compile(r"[\wæøåÆØÅ][\w.æøåÆØÅ-]{0,39}")


@dataclass(frozen=True, slots=True)
class Effect:
    """Of those with the unmet need, how many in a hundred get it met when the initiative works.

    segment: of this group alone, instead of what stands for everyone; «» is everyone.
    """

    statement: str
    percent: float
    source: Source = "egen"
    segment: str = ""

    def __post_init__(self) -> None:
        findings = [] if self.statement else [Finding("candidate_text_missing", where="statement")]
        findings += choice_findings(self.source, SOURCES, "source")
        refuse(findings + share_findings(self.percent, "percent", MOST_EFFECT))


@dataclass(frozen=True, slots=True)
class Reach:
    """How many in a hundred of a segment the initiative reaches, where it is not all or none."""

    segment: str
    percent: float

    def __post_init__(self) -> None:
        findings = [] if self.segment else [Finding("candidate_text_missing", where="segment")]
        refuse(findings + share_findings(self.percent, "percent", 100))


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody outside who must take part, and whether they have said yes."""

    name: str
    status: PartnerStatus = "spurt"

    def __post_init__(self) -> None:
        findings = [] if self.name else [Finding("candidate_text_missing", where="name")]
        refuse(findings + choice_findings(self.status, PARTNER_STATUSES, "status"))


@dataclass(frozen=True, slots=True)
class Staff:
    """Month's work of people already employed, and where the figure comes from. New posts are money, not staff."""

    value: Amount = 0
    source: Source = "egen"

    def __post_init__(self) -> None:
        findings = choice_findings(self.source, SOURCES, "source")
        if not 0 <= self.value <= 1200:
            details = {"low": 0, "high": 1200}
            findings.append(Finding("candidate_out_of_range", where="value", details=details))
        refuse(findings)
        object.__setattr__(self, "value", exact(self.value))


NO_STAFF = Staff()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One initiative as people edit it.

    theme: the municipality's own word; factor: the factor of the survey it belongs to, which is what rules about
    breadth count (the theme itself, when no factor is given). targets: the segments it is for, reached in full unless
    `reach` says otherwise; the rest are not reached. delay: whole years from start until it works. chance: per cent.
    earliest, latest, started: calendar years. deadline: of an application, as text («1. juni året før»).
    idea: where it was seen or asked for. requires_all, requires_any, excludes: codes of other candidates.
    Raises Refused with every Finding.
    """

    code: str
    title: str
    theme: str
    factor: str = ""
    level: Level = "kommune"
    responsible: str = ""
    partners: tuple[Partner, ...] = ()
    deadline: str = ""
    idea: str = ""
    targets: tuple[str, ...] = ()
    reach: tuple[Reach, ...] = ()
    effects: tuple[Effect, ...] = ()
    chance: float = 90.0
    chance_source: Source = "egen"
    delay: int = 0
    earliest: int | None = None
    latest: int | None = None
    started: int | None = None
    costs: Costs = FREE
    staff_start: Staff = NO_STAFF
    staff_yearly: Staff = NO_STAFF
    requires_all: tuple[str, ...] = ()
    requires_any: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse([*_text_findings(self), *_number_findings(self), *_own_links_findings(self)])

    def reaches(self, segment: str) -> float:
        """Per cent of a segment that it reaches."""
        special = {reach.segment: reach.percent for reach in self.reach}
        return special.get(segment, 100.0 if segment in self.targets else 0.0)

    def effect_on(self, statement: str, segment: str) -> float:
        """Per cent of those in a segment who lack what a statement says, before its reach: the group's own, if any."""
        found = {effect.segment: effect.percent for effect in self.effects if effect.statement == statement}
        return found.get(segment, found.get("", 0.0))

    def sources(self) -> tuple[Source, ...]:
        """Where each figure that says something comes from: amounts, staff, effects, chance."""
        staff = tuple(staff.source for staff in (self.staff_start, self.staff_yearly) if staff.value)
        return (*self.costs.sources(), *staff, *(effect.source for effect in self.effects), self.chance_source)

    def lacks(self) -> tuple[Lack, ...]:
        """What is missing before a council can rely on it, the worst first."""
        free = not (self.costs.one_time_gross or self.costs.yearly.value or any(self.costs.extra_operating))
        missing: list[tuple[bool, Lack]] = [
            (free and not self.staff_start.value and not self.staff_yearly.value, "cost"),
            (not any(effect.percent for effect in self.effects), "effect"),
            (not self.targets and not any(reach.percent for reach in self.reach), "targets"),
            (not self.responsible, "responsible"),
            (any(partner.status != "bekreftet" for partner in self.partners), "partner"),
            ("eksempelbank" in self.sources(), "example"),
        ]
        return tuple(lack for is_missing, lack in missing if is_missing)


# --- What makes a candidate impossible ---------------------------------------------------------------------------


def _text_findings(candidate: Candidate) -> list[Finding]:
    findings = []
    if not CODE.fullmatch(candidate.code):
        empty = not candidate.code
        findings.append(Finding("candidate_text_missing" if empty else "candidate_bad_code", where="code"))
    for name in ("title", "theme"):
        if not getattr(candidate, name):
            findings.append(Finding("candidate_text_missing", where=name))
    longest = {
        "title": LONGEST_TITLE,
        "theme": 60,
        "responsible": LONGEST_TITLE,
        "deadline": LONGEST_TITLE,
        "idea": 1000,
    }
    for name, limit in longest.items():
        if len(getattr(candidate, name)) > limit:
            findings.append(Finding("candidate_text_too_long", where=name, details={"limit": limit}))
    return findings + choice_findings(candidate.level, LEVELS, "level")


def _number_findings(candidate: Candidate) -> list[Finding]:
    findings = share_findings(candidate.chance, "chance", 100)
    findings += choice_findings(candidate.chance_source, SOURCES, "chance_source")
    if not 0 <= candidate.delay <= LONGEST_DELAY:
        details = {"low": 0, "high": LONGEST_DELAY}
        findings.append(Finding("candidate_out_of_range", where="delay", details=details))
    for name in ("earliest", "latest", "started"):
        findings += year_findings(getattr(candidate, name), name)
    repeats = {
        "effects": [_said_of(effect) for effect in candidate.effects],
        "reach": [reach.segment for reach in candidate.reach],
        "targets": list(candidate.targets),
    }
    for where, ids in repeats.items():
        for twice in dict.fromkeys(id_ for id_ in ids if ids.count(id_) > 1):
            findings.append(Finding("candidate_repeated", where=where, details={"text": twice}))
    return findings


def _said_of(effect: Effect) -> str:
    return f"{effect.statement} ({effect.segment})" if effect.segment else effect.statement


def _own_links_findings(candidate: Candidate) -> list[Finding]:
    """Links that no other candidate could make right: to itself, or required and excluded at once."""
    findings = []
    for where in ("requires_all", "requires_any", "excludes"):
        if candidate.code in getattr(candidate, where):
            findings.append(Finding("candidate_links_itself", where=where, details={"code": candidate.code}))
    barred = set(candidate.excludes)
    for code in candidate.requires_all:
        if code in barred:
            findings.append(Finding("candidate_required_and_excluded", where="excludes", details={"other": code}))
    if candidate.requires_any and barred.issuperset(candidate.requires_any):
        details = {"other": ", ".join(candidate.requires_any)}
        findings.append(Finding("candidate_required_and_excluded", where="excludes", details=details))
    return findings
