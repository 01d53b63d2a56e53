"""Work outside the request, as rows: what was asked, how far it has come, how it ended.

The row is the truth; the queue only says that there is something to look at.

A job is queued, then running, then done, stopped or failed. Whatever a reader may see changes the version
with it, so that polling can answer «nothing new».

Who works on it has it on lease: the row is heard from twice a second, by the database's clock (`clock.py`), and may be
taken from whoever is silent. What is written of a job counts only from its latest turn, so that a worker that was only
slow cannot end what another has begun meanwhile.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, select, update

from planner.store.tables import JobRow

State = Literal["queued", "running", "done", "stopped", "failed"]
OPEN: tuple[State, ...] = ("queued", "running")
SILENT = timedelta(seconds=2.5)
"""A running job is heard from twice a second; after this long without, its process is gone."""
MOST_LOST = 1
"""So often a job is begun again after its process was gone. One that is lost more often may be what ends them."""
ONCE: tuple[str, ...] = ("survey",)
"""Kinds that cannot be begun again: the bytes of a file that was to be read went with the process."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One begin of one job; number counts them."""

    job_id: str
    number: int


@dataclass(frozen=True, slots=True)
class StoredJob:
    """request, progress, result: documents as the one who asked and the one who works agreed on. cause: a code.

    begun: how often it was begun. lost: how often the process that worked on it was gone.
    """

    id: str
    plan_id: str
    kind: str
    state: State
    version: int
    request: dict[str, Any]
    progress: dict[str, Any] | None
    result: dict[str, Any] | None
    cause: str | None
    stop_asked: bool
    queued_at: datetime
    heartbeat_at: datetime | None
    ended_at: datetime | None
    begun: int
    lost: int

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def turn(self) -> Turn:
        return Turn(self.id, self.begun)


Finish = Callable[[Session, StoredJob, dict[str, Any]], str]
"""What is written beside a job's result, in the transaction that ends it; gives the cause when the job fails by it."""


def _job(row: JobRow) -> StoredJob:
    return StoredJob(
        id=row.id,
        plan_id=row.plan_id,
        kind=row.kind,
        state=row.state,  # type: ignore[arg-type]  # only this module writes it
        version=row.version,
        request=json.loads(row.request),
        progress=json.loads(row.progress) if row.progress else None,
        result=json.loads(row.result) if row.result else None,
        cause=row.cause,
        stop_asked=row.stop_asked,
        queued_at=row.queued_at,
        heartbeat_at=row.heartbeat_at,
        ended_at=row.ended_at,
        begun=row.begun,
        lost=row.lost,
    )


# --- For whoever asks ------------------------------------------------------------------------------------------------


def add(session: Session, job_id: str, plan_id: str, kind: str, request: dict[str, Any], now: datetime) -> None:
    """A queued job instead of the plan's earlier ones of its kind: those that have ended are removed, those that have
    not are asked to stop. Trying leaves nothing behind."""
    ask_to_stop(session, plan_id, kind, now)
    remove(session, plan_id, kind)
    session.add(
        JobRow(
            id=job_id,
            plan_id=plan_id,
            kind=kind,
            state="queued",
            version=1,
            request=json.dumps(request),
            stop_asked=False,
            queued_at=now,
        )
    )
    session.flush()


def latest(session: Session, plan_id: str, kind: str) -> StoredJob | None:
    row = session.exec(_newest_first(select(JobRow), plan_id).where(JobRow.kind == kind)).first()
    return _job(row) if row else None


def versions(session: Session, plan_id: str) -> str:
    """Changes whenever anything a reader may see of the plan's jobs does: all that a poll needs when nothing is new."""
    rows = session.exec(_newest_first(select(JobRow.id, JobRow.version), plan_id))
    return ".".join(f"{job_id[:8]}-{version}" for job_id, version in rows)


def remove(session: Session, plan_id: str, kind: str) -> None:
    """Forget the ended jobs of a kind."""
    ended = col(JobRow.state).not_in(OPEN)
    session.execute(delete(JobRow).where(_of_kind(plan_id, kind), ended))


def waiting(session: Session) -> tuple[tuple[str, str], ...]:
    """(id, kind) of what nobody has begun, the oldest first."""
    found = select(JobRow.id, JobRow.kind).where(JobRow.state == "queued")
    return tuple(session.exec(found.order_by(col(JobRow.queued_at), col(JobRow.id))))


def ask_to_stop(session: Session, plan_id: str, kind: str, now: datetime) -> None:
    """One that runs is told so; one that has not begun is stopped here and now."""
    asked = _of_kind(plan_id, kind)
    _change(session, asked & (col(JobRow.state) == "queued"), {"state": "stopped", "ended_at": now})
    _change(session, asked & (col(JobRow.state) == "running"), {"stop_asked": True})


def _of_kind(plan_id: str, kind: str) -> ColumnElement[bool]:
    return (col(JobRow.plan_id) == plan_id) & (col(JobRow.kind) == kind)


def _newest_first(statement: Any, plan_id: str) -> Any:
    return statement.where(JobRow.plan_id == plan_id).order_by(col(JobRow.queued_at).desc(), col(JobRow.id))


# --- For whoever works -----------------------------------------------------------------------------------------------


def find(session: Session, job_id: str) -> StoredJob | None:
    row = session.get(JobRow, job_id)
    return _job(row) if row else None


def begin(session: Session, job_id: str, now: datetime) -> Turn | None:
    """Take a queued job; None when somebody else has, or it is gone. now: by the database's clock, as with `beat`."""
    values = {"state": "running", "heartbeat_at": now, "begun": JobRow.begun + 1}
    if not _change(session, (col(JobRow.id) == job_id) & (col(JobRow.state) == "queued"), values):
        return None
    row = session.get_one(JobRow, job_id, populate_existing=True)
    return Turn(job_id, row.begun)


def beat(session: Session, turn: Turn, now: datetime) -> bool:
    """Say that the work goes on. False when it should not: asked to stop, taken over or ended by another, or gone with
    its plan."""
    row = session.get(JobRow, turn.job_id, populate_existing=True, with_for_update=True)
    if row is None or not _is_at(row, turn):
        return False
    row.heartbeat_at = now
    return not row.stop_asked


def hold(session: Session, turn: Turn) -> bool:
    """Whether it is still being worked on so; then nobody else ends it before this transaction does."""
    row = session.get(JobRow, turn.job_id, populate_existing=True, with_for_update=True)
    return row is not None and _is_at(row, turn)


def progress(session: Session, turn: Turn, document: dict[str, Any], now: datetime) -> None:
    _change(session, _running(turn), {"progress": json.dumps(document), "heartbeat_at": now})


def end(
    session: Session, turn: Turn, state: State, now: datetime, result: dict[str, Any] | None = None, cause: str = ""
) -> bool:
    """How it went. False when the job was ended or taken over by somebody else meanwhile; then nothing is changed."""
    values = {"state": state, "ended_at": now, "cause": cause or None, "result": json.dumps(result) if result else None}
    return _change(session, _running(turn), values)


def put_back(session: Session, turn: Turn) -> bool:
    """Of work that gave way to other work, or whose process is about to end: it waits again, and is begun anew."""
    return _change(session, _running(turn), {"state": "queued"})


def any_silent(session: Session, now: datetime) -> bool:
    """Whether a job of any plan is running on paper only."""
    return session.exec(select(JobRow.id).where(_silent(now))).first() is not None


def waits_since(session: Session) -> datetime | None:
    """When the oldest job was queued that nobody has begun; None where nothing waits."""
    oldest = select(func.min(JobRow.queued_at)).where(JobRow.state == "queued")
    return session.exec(oldest).one()


def any_open(session: Session) -> bool:
    return session.exec(select(JobRow.id).where(col(JobRow.state).in_(OPEN))).first() is not None


def by_state(session: Session) -> dict[str, int]:
    """How many there are in each state."""
    found = session.exec(select(JobRow.state, func.count()).group_by(JobRow.state))
    return {state: int(number) for state, number in found}


def take_over(session: Session, now: datetime) -> None:
    """Of jobs whose process is gone: each waits again, but has failed when that was so before, or what it was to work
    on is gone too. One that was asked to stop has stopped. now: by the database's clock."""
    silent, lost = _silent(now), JobRow.lost + 1
    _change(session, silent & col(JobRow.stop_asked), {"state": "stopped", "ended_at": now, "lost": lost})
    ends = (col(JobRow.lost) >= MOST_LOST) | col(JobRow.kind).in_(ONCE)
    _change(session, silent & ends, {"state": "failed", "ended_at": now, "cause": "restarted", "lost": lost})
    _change(session, silent, {"state": "queued", "lost": lost})


def _silent(now: datetime) -> ColumnElement[bool]:
    return (col(JobRow.state) == "running") & (col(JobRow.heartbeat_at) < now - SILENT)


def _running(turn: Turn) -> ColumnElement[bool]:
    running = (col(JobRow.id) == turn.job_id) & (col(JobRow.state) == "running")
    return running & (col(JobRow.begun) == turn.number)


def _is_at(row: JobRow, turn: Turn) -> bool:
    return row.state == "running" and row.begun == turn.number


def _change(session: Session, where: ColumnElement[bool], values: dict[str, Any]) -> bool:
    changed = session.execute(update(JobRow).where(where).values(**values, version=JobRow.version + 1))
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # every UPDATE has one
