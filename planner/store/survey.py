"""The surveys of a plan as they are kept: a file that waits to be confirmed, and what a confirmed one amounts to.

Never a respondent's row: the file's bytes are gone when the survey is confirmed, cancelled or a day old.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select as select_columns  # sqlmodel's own knows the types of four at most
from sqlmodel import Session, col, delete, select, update

from planner.domain.analyses import NOT_ANALYSED, Analyses
from planner.domain.examination import Examination, findings_document, findings_from
from planner.domain.findings import Finding
from planner.domain.mapping import Mapping
from planner.domain.summary import SurveySummary
from planner.store.tables import SurveyDraftRow, SurveyRow

# One survey a plan for now; the follow-up's next wave will be the next number.
WAVE = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A read file that waits. version: of the choices made about it. file_sha256: of the file as it was uploaded."""

    filename: str
    examination: Examination
    version: int
    uploaded_at: datetime
    file_sha256: str = ""


@dataclass(frozen=True, slots=True)
class StoredSurvey:
    """A confirmed survey: counts, how the file was read, and what was said about it then."""

    filename: str
    file_sha256: str
    summary: SurveySummary
    mapping: Mapping
    findings: tuple[Finding, ...]
    stored_at: datetime
    analyses: Analyses = NOT_ANALYSED


def latest_summary(session: Session, plan_id: str) -> SurveySummary | None:
    """What the last confirmed survey of the plan says; None before the first."""
    document = session.exec(
        select(SurveyRow.summary).where(SurveyRow.plan_id == plan_id).order_by(col(SurveyRow.wave).desc()).limit(1)
    ).first()
    return SurveySummary.from_document(json.loads(document)) if document is not None else None


def latest_digest(session: Session, plan_id: str) -> str:
    """The fingerprint of the file of the last confirmed survey; "" before the first."""
    newest = select(SurveyRow.file_sha256).where(SurveyRow.plan_id == plan_id).order_by(col(SurveyRow.wave).desc())
    return session.exec(newest.limit(1)).first() or ""


def latest(session: Session, plan_id: str) -> StoredSurvey | None:
    """The last confirmed survey of the plan; None before the first."""
    row = session.exec(
        select(SurveyRow).where(SurveyRow.plan_id == plan_id).order_by(col(SurveyRow.wave).desc()).limit(1)
    ).first()
    if row is None:
        return None
    return StoredSurvey(
        row.filename,
        row.file_sha256,
        SurveySummary.from_document(json.loads(row.summary)),
        Mapping.from_document(json.loads(row.mapping)),
        findings_from(json.loads(row.findings)),
        row.stored_at,
        _analyses(row.analyses),
    )


def latest_analyses(session: Session, plan_id: str) -> Analyses:
    """What was worked out while the answers of the last confirmed survey were there; nothing before the first."""
    newest = select(SurveyRow.analyses).where(SurveyRow.plan_id == plan_id).order_by(col(SurveyRow.wave).desc())
    return _analyses(session.exec(newest.limit(1)).first())


def _analyses(document: str | None) -> Analyses:
    return Analyses.from_document(json.loads(document)) if document is not None else NOT_ANALYSED


def put(session: Session, plan_id: str, survey: StoredSurvey) -> None:
    """Keep a confirmed survey in place of the one before it."""
    session.exec(delete(SurveyRow).where(col(SurveyRow.plan_id) == plan_id, col(SurveyRow.wave) == WAVE))
    session.add(
        SurveyRow(
            plan_id=plan_id,
            wave=WAVE,
            filename=survey.filename,
            file_sha256=survey.file_sha256,
            rows_in=survey.summary.rows_in,
            rows_used=survey.summary.rows_used,
            summary=json.dumps(survey.summary.to_document(), ensure_ascii=False),
            mapping=json.dumps(survey.mapping.to_document(), ensure_ascii=False),
            findings=json.dumps(findings_document(survey.findings), ensure_ascii=False),
            analyses=json.dumps(survey.analyses.to_document(), ensure_ascii=False),
            stored_at=survey.stored_at,
        )
    )
    session.flush()


def remove(session: Session, plan_id: str) -> None:
    """The confirmed survey; its answers and free texts are rows of their own."""
    session.exec(delete(SurveyRow).where(col(SurveyRow.plan_id) == plan_id))


def find_draft(session: Session, plan_id: str, not_before: datetime) -> Draft | None:
    """The waiting file without its bytes, which may be 200 MB; None when there is none or it has waited too long."""
    found = (
        session.connection()
        .execute(
            select_columns(
                col(SurveyDraftRow.filename),
                col(SurveyDraftRow.examination),
                col(SurveyDraftRow.version),
                col(SurveyDraftRow.uploaded_at),
                col(SurveyDraftRow.file_sha256),
            ).where(col(SurveyDraftRow.plan_id) == plan_id, col(SurveyDraftRow.uploaded_at) >= not_before)
        )
        .first()
    )
    if found is None:
        return None
    filename, examination, version, uploaded_at, digest = found
    try:
        return Draft(filename, Examination.from_document(json.loads(examination)), version, uploaded_at, digest)
    except ValueError:
        # Written by another version of the program, less than a day ago; uploading again is all it takes.
        return None


def draft_content(session: Session, plan_id: str) -> bytes:
    """The bytes of the waiting file, which the caller knows is there."""
    return session.exec(select(SurveyDraftRow.content).where(SurveyDraftRow.plan_id == plan_id)).one()


def put_draft(session: Session, plan_id: str, draft: Draft, content: bytes) -> None:
    """Let a file wait, in place of the one that waited."""
    remove_draft(session, plan_id)
    session.add(
        SurveyDraftRow(
            plan_id=plan_id,
            filename=draft.filename,
            content=content,
            file_sha256=draft.file_sha256,
            examination=_text(draft.examination),
            version=draft.version,
            uploaded_at=draft.uploaded_at,
        )
    )
    session.flush()


def change_draft(session: Session, plan_id: str, version: int, examination: Examination) -> bool:
    """Replace what is chosen about the waiting file; False, and nothing done, when someone else just did."""
    changed = session.exec(
        update(SurveyDraftRow)
        .where(col(SurveyDraftRow.plan_id) == plan_id, col(SurveyDraftRow.version) == version)
        .values(examination=_text(examination), version=version + 1)
    )
    return bool(changed.rowcount)


def remove_draft(session: Session, plan_id: str) -> None:
    session.exec(delete(SurveyDraftRow).where(col(SurveyDraftRow.plan_id) == plan_id))


def remove_drafts_before(session: Session, moment: datetime) -> int:
    """Files of every plan that nobody came back to; how many there were."""
    return session.exec(delete(SurveyDraftRow).where(col(SurveyDraftRow.uploaded_at) < moment)).rowcount


def _text(examination: Examination) -> str:
    return json.dumps(examination.to_document(), ensure_ascii=False)
