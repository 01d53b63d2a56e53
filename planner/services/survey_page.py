"""What does a person see of the survey of a plan? Who answered, what was found, what is kept, and what waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from planner.config import Config
from planner.domain.findings import Finding
from planner.domain.mapping import Mapping
from planner.services import plans, survey_kept, survey_weighting
from planner.services.plans import Frame, now
from planner.store import stated as stated_store
from planner.store import survey as store
from planner.store.database import Database
from planner.wording import Sentence
from planner.wording import findings as sentences
from planner.wording import stated as stated_words
from planner.wording import statements as names
from planner.wording import survey as wording

# An unconfirmed file is somebody's answers lying about.
WAITS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class GroupView:
    name: str
    respondents: int
    note: str


@dataclass(frozen=True, slots=True)
class StoredView:
    """A confirmed survey, as the page tells it."""

    answer: str
    rows: str
    doubtful: str
    weighted: str
    too_few: str
    filename: str
    stored_at: datetime
    groups: tuple[GroupView, ...]
    set_aside: tuple[Sentence, ...]
    findings: tuple[Sentence, ...]
    kept: survey_kept.KeptView


@dataclass(frozen=True, slots=True)
class SurveyView:
    """stored: None before the first survey. waiting: the name of a file that waits for its columns to be confirmed.

    table_waiting: the same of a report's table. instead: what stands in for a survey, in a sentence; "" for nothing.
    """

    frame: Frame
    stored: StoredView | None
    waiting: str
    findings: tuple[Sentence, ...]
    limit_mb: int
    limit_bytes: int
    table_waiting: str
    instead: str
    from_workshop: bool


def page(database: Database, config: Config, plan_id: str, findings: tuple[Finding, ...] = ()) -> SurveyView:
    with database.read() as session:
        frame = plans.frame(session, plan_id, "survey")
        stored = store.latest(session, plan_id)
        draft = store.find_draft(session, plan_id, now() - WAITS)
        table = stated_store.find(session, plan_id, waiting=True)
        instead = stated_store.find(session, plan_id) if stored is None else None
        view = _stored_view(session, plan_id, stored) if stored else None
    return SurveyView(
        frame,
        view,
        draft.filename if draft else "",
        sentences(findings),
        config.upload_mb,
        config.upload_mb * 1024 * 1024,
        table.filename if table is not None else "",
        stated_words.answer(instead.needs) if instead is not None else "",
        instead is not None and instead.needs.kind == "workshop",
    )


def _stored_view(session: Session, plan_id: str, stored: store.StoredSurvey) -> StoredView:
    summary = stored.summary
    groups = groups_of(stored.mapping, summary.respondents)
    return StoredView(
        answer=wording.stored_answer(summary.rows_used, len(summary.statements), summary.weighting),
        rows=wording.rows_answer(summary.rows_in, summary.rows_used),
        doubtful=wording.doubtful(stored.analyses.doubtful),
        weighted=survey_weighting.in_short(session, plan_id, summary),
        too_few=wording.too_few([group.name for group in groups if group.note]),
        filename=stored.filename,
        stored_at=stored.stored_at,
        groups=groups,
        set_aside=sentences([one for one in stored.findings if names_rows(one)]),
        findings=sentences([one for one in stored.findings if not names_rows(one)]),
        kept=survey_kept.kept(session, plan_id, summary),
    )


def groups_of(mapping: Mapping, respondents: tuple[int, ...]) -> tuple[GroupView, ...]:
    return tuple(
        GroupView(names.segment(segment), count, wording.group_note(count))
        for segment, count in zip(mapping.segments, respondents, strict=True)
    )


def names_rows(finding: Finding) -> bool:
    """Findings that say why rows were set aside: each such row stands in exactly one of them."""
    return finding.code.startswith("row_")
