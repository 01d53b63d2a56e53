"""How does one initiative, or one thing that ends, look in its table? And the words and years the list stands on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from planner.domain.candidate_links import Terms, list_findings, term_findings
from planner.domain.candidate_overview import own_share, strongest
from planner.domain.candidates import Candidate
from planner.domain.findings import Finding
from planner.domain.freed import Freed
from planner.domain.initiatives import Amount
from planner.domain.mapping import DEFAULT_SEGMENTS, Segment
from planner.domain.stated import StatedNeeds
from planner.domain.statements import FACTORS, Statement
from planner.files.seed_data import statements
from planner.services.plans import now
from planner.store import portfolio as portfolio_store
from planner.store import stated as stated_store
from planner.store import survey as survey_store
from planner.wording import gaps
from planner.wording import initiatives as wording
from planner.wording import statements as names

MOST_HELPS = 3
PLAN_YEARS = 4


@dataclass(frozen=True, slots=True)
class Ground:
    """What the initiatives of a plan stand on: its survey's words and its years."""

    statements: tuple[Statement, ...]
    segments: tuple[Segment, ...]
    years: tuple[int, ...]

    @property
    def terms(self) -> Terms:
        """Statements by their whole text in the reader's language, for choosing from."""
        return Terms(
            {one.id: gaps.statement(one) for one in self.statements}, names.segments(self.segments), self.years
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative in the table. Amounts are own share in 1000 kr; the notes say gross where it differs.

    helps: short names of what it does most for. lacks: what is missing, without example figures, which `example` says.
    """

    plan_id: str
    code: str
    title: str
    theme: str
    targets: str
    once: int
    once_note: str
    yearly: int
    yearly_note: str
    staff_start: Amount
    staff_yearly: Amount
    helps: tuple[str, ...]
    helps_more: int
    lacks: tuple[str, ...]
    example: bool
    links: tuple[str, ...]
    announce: str = ""


@dataclass(frozen=True, slots=True)
class FreedRow:
    code: str
    title: str
    affected: str
    operating: int
    investment: int
    staff: Amount
    first_year: int
    last_year: int | None
    counted: bool


def ground(session: Session, plan_id: str) -> Ground:
    """The plan's own survey and years, or the usual ones before there are any."""
    survey = survey_store.latest_summary(session, plan_id) or _instead(session, plan_id)
    settings = portfolio_store.settings(session, plan_id)
    first = now().year + 1
    return Ground(
        survey.statements if survey else statements(),
        survey.segments if survey else DEFAULT_SEGMENTS,
        settings.settings.years if settings else tuple(range(first, first + PLAN_YEARS)),
    )


def _instead(session: Session, plan_id: str) -> StatedNeeds | None:
    stored = stated_store.find(session, plan_id)
    return stored.needs if stored is not None else None


def factors() -> dict[str, str]:
    """id -> name, the bli-faktorer first."""
    return {id_: names.factor(id_) for id_ in FACTORS}


def candidate_row(plan_id: str, candidate: Candidate, base: Ground) -> Row:
    share = own_share(candidate, base.years)
    effects, more = strongest(candidate, MOST_HELPS)
    labels = {one.id: names.statement(one) for one in base.statements}
    segments = names.segments(base.segments)
    reached = [name for id_, name in segments.items() if candidate.reaches(id_)]
    lacks = candidate.lacks()
    started = (wording.since(candidate.started),) if candidate.started is not None else ()
    return Row(
        plan_id=plan_id,
        code=candidate.code,
        title=candidate.title,
        theme=candidate.theme,
        targets=wording.targets(reached, len(segments)),
        once=share.once,
        once_note=wording.gross(share.once_gross) if share.once != share.once_gross else "",
        yearly=share.yearly,
        yearly_note=wording.gross(share.yearly_gross) if share.yearly != share.yearly_gross else "",
        staff_start=candidate.staff_start.value,
        staff_yearly=candidate.staff_yearly.value,
        helps=tuple(labels.get(effect.statement, effect.statement) for effect in effects),
        helps_more=more,
        lacks=tuple(wording.lack(lack) for lack in lacks if lack != "example"),
        example="example" in lacks,
        links=(*started, *wording.link_terms(candidate)),
    )


def freed_row(freed: Freed) -> FreedRow:
    return FreedRow(
        freed.code,
        freed.title,
        freed.affected,
        freed.operating.value,
        freed.investment.value,
        freed.staff.value,
        freed.first_year,
        freed.last_year,
        freed.counted,
    )


def whole_list_findings(candidates: Sequence[Candidate], terms: Terms) -> tuple[Finding, ...]:
    """What is odd in a list as it stands, by code; the survey or the years may have changed since it was made."""
    alone = [
        replace(finding, where=candidate.code)
        for candidate in candidates
        for finding in term_findings(candidate, terms)
    ]
    return (*list_findings(candidates), *alone)


def findings_beside(candidate: Candidate, others: Iterable[Candidate]) -> tuple[Finding, ...]:
    """The errors a candidate makes among the others of its list, at the field that makes them."""
    everyone = [*(other for other in others if other.code != candidate.code), candidate]
    found = []
    for finding in list_findings(everyone):
        names_it = finding.details.get("other") == candidate.code
        if finding.severity != "error" or (finding.where != candidate.code and not names_it):
            continue
        other = finding.where if names_it else str(finding.details.get("other", ""))
        fields = [name for name in ("requires_all", "requires_any", "excludes") if other in getattr(candidate, name)]
        if fields:
            found.append(replace(finding, where=fields[0], details={**finding.details, "other": other}))
    return tuple(found)
