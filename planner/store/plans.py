"""Plans as they are kept: one row a plan, and the few facts that the way through shows of each step."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from planner.store.tables import (
    FollowupRow,
    InitiativeRow,
    KeptPlanRow,
    PlanRow,
    StatedNeedsRow,
    SurveyDraftRow,
    SurveyRow,
    metadata,
)
from planner.store.workshop_tables import WorkshopRow


@dataclass(frozen=True, slots=True)
class StoredPlan:
    id: str
    owner: str
    name: str
    municipality: str
    language: str
    is_sample: bool
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """How far a plan has come: counts only. stated: what stands in for a survey, «table», «workshop» or nothing.

    workshop: the state of the newest, or nothing; «rehearsed» where there are only rehearsals. reports: of how it goes.
    """

    survey_rows_used: int | None
    survey_draft: bool
    stated: str
    initiatives: int
    kept_plans: int
    workshop: str = ""
    reports: int = 0


def _plan(row: PlanRow) -> StoredPlan:
    return StoredPlan(
        row.id,
        row.owner,
        row.name,
        row.municipality,
        row.language,
        row.is_sample,
        row.created_at,
        row.changed_at,
    )


def add(session: Session, plan: StoredPlan) -> None:
    session.add(
        PlanRow(
            id=plan.id,
            owner=plan.owner,
            name=plan.name,
            municipality=plan.municipality,
            language=plan.language,
            is_sample=plan.is_sample,
            created_at=plan.created_at,
            changed_at=plan.changed_at,
        )
    )
    session.flush()


def find(session: Session, plan_id: str) -> StoredPlan | None:
    row = session.get(PlanRow, plan_id)
    return _plan(row) if row else None


def of_owner(session: Session, owner: str) -> tuple[StoredPlan, ...]:
    """The owner's plans, last changed first."""
    rows = session.exec(
        select(PlanRow).where(PlanRow.owner == owner).order_by(col(PlanRow.changed_at).desc(), col(PlanRow.id))
    )
    return tuple(_plan(row) for row in rows)


def hold(session: Session, plan_id: str) -> None:
    """Nobody else who holds the plan goes on before this transaction has ended. Raises LookupError when it is gone.

    The first thing of every command that reads before it writes: PostgreSQL would let two read the same version. Plan,
    then workshop, then job, then other rows: whoever keeps to that order never waits for somebody who waits for them.
    """
    if not is_held(session, plan_id):
        raise LookupError(plan_id)


def is_held(session: Session, plan_id: str) -> bool:
    """The same, for whom it is no fault that the plan is gone."""
    # key_share: rows that only refer to the plan are not held up.
    held = select(PlanRow.id).where(PlanRow.id == plan_id).with_for_update(key_share=True)
    return session.exec(held).first() is not None


def touch(session: Session, plan_id: str, now: datetime) -> None:
    row = session.get_one(PlanRow, plan_id)
    row.changed_at = now
    session.add(row)


def remove(session: Session, plan_id: str) -> None:
    row = session.get(PlanRow, plan_id)
    if row is not None:  # else removed in another window meanwhile
        session.delete(row)


def tables() -> tuple[str, ...]:
    """Where a plan has rows, its own and those that go with it."""
    found = {str(PlanRow.__tablename__)}
    for table in metadata.sorted_tables:  # each after those it refers to
        if any(key.column.table.name in found for key in table.foreign_keys):
            found.add(table.name)
    return tuple(sorted(found))


def facts(session: Session, plan_id: str) -> Facts:
    survey = session.exec(
        select(SurveyRow.rows_used).where(SurveyRow.plan_id == plan_id).order_by(col(SurveyRow.wave).desc()).limit(1)
    ).first()
    draft = session.exec(select(func.count()).where(SurveyDraftRow.plan_id == plan_id)).one()
    initiatives = session.exec(
        select(func.count()).where(InitiativeRow.plan_id == plan_id, InitiativeRow.kind == "candidate")
    ).one()
    kept = session.exec(select(func.count()).where(KeptPlanRow.plan_id == plan_id)).one()
    rows = session.exec(
        select(StatedNeedsRow.waiting, StatedNeedsRow.filename).where(StatedNeedsRow.plan_id == plan_id)
    ).all()
    waits = bool(draft) or any(waiting for waiting, _ in rows)
    stated = next(("table" if filename else "workshop" for waiting, filename in rows if not waiting), "")
    reports = session.exec(select(func.count()).where(FollowupRow.plan_id == plan_id)).one()
    return Facts(survey, waits, stated, initiatives, kept, _workshop(session, plan_id), reports)


def _workshop(session: Session, plan_id: str) -> str:
    there = session.exec(
        select(WorkshopRow.state, WorkshopRow.settings)
        .where(WorkshopRow.plan_id == plan_id)
        .order_by(col(WorkshopRow.number).desc())
    ).all()
    real = (state for state, settings in there if not json.loads(settings).get("is_rehearsal"))
    return next(real, "rehearsed" if there else "")
