"""Workshops as they are kept: settings and stage with a version, the settings each round was scored by, its results.

What people said is in `workshop_scores`, who has come in in `workshop_seats`. A change names the version it was made
from. A phone's write takes the workshop as shared, a facilitator's as its own, so that no score slips in behind a
reveal.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from planner.domain.panel import Judgement
from planner.domain.workshop import Stage, State, Wall, WorkshopSettings
from planner.domain.workshop_points import Weighing
from planner.store.workshop_tables import WorkshopRoundRow, WorkshopRow


@dataclass(frozen=True, slots=True)
class StoredWorkshop:
    """id is for the store, number for the plan's pages, link for phones, code for typing («» while nobody may).

    wall: what is shown there instead of what the stage says.
    """

    id: str
    plan_id: str
    number: int
    link: str
    code: str
    stage: Stage
    settings: WorkshopSettings
    salt: str
    version: int
    is_locked: bool
    wall: Wall = ""
    weighings: tuple[Weighing, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredRound:
    """results: None until it was revealed."""

    number: int
    settings: WorkshopSettings
    results: tuple[Judgement, ...] | None


def add(session: Session, workshop: StoredWorkshop) -> None:
    """A new one; its number and version are the caller's."""
    row = WorkshopRow(id=workshop.id, plan_id=workshop.plan_id, number=workshop.number, link=workshop.link,
                      state="", round=0, settings="", salt=workshop.salt, version=workshop.version,
                      is_locked=False)  # fmt: skip
    _write(row, workshop)
    session.add(row)
    session.flush()


def next_number(session: Session, plan_id: str) -> int:
    last = session.exec(select(func.max(WorkshopRow.number)).where(WorkshopRow.plan_id == plan_id)).one()
    return (last or 0) + 1


def listing(session: Session, plan_id: str) -> tuple[StoredWorkshop, ...]:
    """The plan's workshops, the newest first."""
    query = select(WorkshopRow).where(WorkshopRow.plan_id == plan_id).order_by(col(WorkshopRow.number).desc())
    return tuple(_stored(row) for row in session.exec(query))


def find(session: Session, plan_id: str, number: int, *, to_change: bool = False) -> StoredWorkshop | None:
    query = select(WorkshopRow).where(WorkshopRow.plan_id == plan_id, WorkshopRow.number == number)
    return _one(session, query.with_for_update() if to_change else query)


def by_link(session: Session, link: str, *, to_say: bool = False, to_enter: bool = False) -> StoredWorkshop | None:
    """to_say: a phone is about to write, and the stage must stand until it has. to_enter: seats are being dealt."""
    query = select(WorkshopRow).where(WorkshopRow.link == link)
    if to_say or to_enter:
        query = query.with_for_update(read=to_say)
    return _one(session, query)


def by_code(session: Session, code: str) -> StoredWorkshop | None:
    return _one(session, select(WorkshopRow).where(WorkshopRow.code == code))


def save(session: Session, workshop: StoredWorkshop, expected: int) -> StoredWorkshop | None:
    """The workshop as it now is, one version on; None, and nothing done, when somebody was there first."""
    row = session.exec(select(WorkshopRow).where(WorkshopRow.id == workshop.id).with_for_update()).first()
    if row is None or row.version != expected:
        return None
    saved = replace(workshop, version=expected + 1)
    _write(row, saved)
    session.add(row)
    session.flush()
    return saved


def code_is_free(session: Session, code: str) -> bool:
    """As far as this transaction sees: another owner's may have it on PostgreSQL, once in 10⁹ with a hundred of them
    open; the UNIQUE constraint refuses that one."""
    return session.exec(select(WorkshopRow.id).where(WorkshopRow.code == code)).first() is None


def remove(session: Session, plan_id: str, number: int) -> None:
    row = session.exec(select(WorkshopRow).where(WorkshopRow.plan_id == plan_id, WorkshopRow.number == number)).first()
    if row is not None:
        session.delete(row)
        session.flush()


# --- Rounds -----------------------------------------------------------------------------------------------------------


def put_round(session: Session, workshop_id: str, number: int, settings: WorkshopSettings) -> None:
    document = json.dumps(settings.to_document(), ensure_ascii=False)
    session.add(WorkshopRoundRow(workshop_id=workshop_id, round=number, settings=document))
    session.flush()


def put_results(session: Session, workshop_id: str, number: int, results: Sequence[Judgement]) -> None:
    """What the room is shown of a round, once and for all."""
    row = session.get_one(WorkshopRoundRow, (workshop_id, number))
    if row.results is None:
        row.results = json.dumps([one.to_document() for one in results], ensure_ascii=False)
        session.add(row)
        session.flush()


def rounds(session: Session, workshop_id: str) -> tuple[StoredRound, ...]:
    """The rounds there have been, in order."""
    query = select(WorkshopRoundRow).where(WorkshopRoundRow.workshop_id == workshop_id)
    return tuple(_round(row) for row in session.exec(query.order_by(col(WorkshopRoundRow.round))))


def _round(row: WorkshopRoundRow) -> StoredRound:
    settings = WorkshopSettings.from_document(json.loads(row.settings))
    documents: list[dict[str, Any]] | None = json.loads(row.results) if row.results is not None else None
    shown = None if documents is None else tuple(Judgement.from_document(one, settings.scale) for one in documents)
    return StoredRound(row.round, settings, shown)


def _one(session: Session, query: SelectOfScalar[WorkshopRow]) -> StoredWorkshop | None:
    row = session.exec(query).first()
    return _stored(row) if row is not None else None


def _write(row: WorkshopRow, workshop: StoredWorkshop) -> None:
    row.code, row.link, row.salt = workshop.code or None, workshop.link, workshop.salt
    row.state, row.round = workshop.stage.state, workshop.stage.round
    row.settings = json.dumps(workshop.settings.to_document(), ensure_ascii=False)
    row.version, row.is_locked, row.wall = workshop.version, workshop.is_locked, workshop.wall
    row.weighings = json.dumps([one.to_document() for one in workshop.weighings], ensure_ascii=False)


def _stored(row: WorkshopRow) -> StoredWorkshop:
    return StoredWorkshop(
        row.id,
        row.plan_id,
        row.number,
        row.link,
        row.code or "",
        Stage(cast(State, row.state), row.round),
        WorkshopSettings.from_document(json.loads(row.settings)),
        row.salt,
        row.version,
        row.is_locked,
        cast(Wall, row.wall),
        tuple(Weighing.from_document(one) for one in json.loads(row.weighings)),
    )
