"""Work outside the request, as rows: what was asked, how far it has come, how it ended.

The row is the truth; the queue only says that there is something to look at.

A job is queued, then running, then done, stopped or failed. Whatever a reader may see changes the version
with it, so that polling can answer «nothing new».
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel import Session, col, delete, func, select, update

from planner.store.tables import JobRow

State = Literal["queued", "running", "done", "stopped", "failed"]
OPEN: tuple[State, ...] = ("queued", "running")
SILENT = timedelta(seconds=2.5)
"""A running job is heard from twice a second; after this long without, its process is gone."""


@dataclass(frozen=True, slots=True)
class StoredJob:
    """request, progress, result: documents as the one who asked and the one who works agreed on. cause: a code."""

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

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_lost(self, now: datetime) -> bool:
        """Whether nobody works on it any more."""
        return self.state == "running" and self.heartbeat_at is not None and self.heartbeat_at < now - SILENT


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
    )


# --- For whoever asks ------------------------------------------------------------------------------------------------


def add(session: Session, job_id: str, plan_id: str, kind: str, request: dict[str, Any], now: datetime) -> None:
    """A queued job instead of the plan's earlier ones of its kind: those that have ended are removed, those that have
    not are asked to stop. Trying leaves nothing behind."""
    ask_to_stop(session, plan_id, kind, now)
    earlier = (JobRow.plan_id == plan_id) & (JobRow.kind == kind)
    session.execute(delete(JobRow).where(earlier, col(JobRow.state).not_in(OPEN)))
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


def any_lost(session: Session, plan_id: str, now: datetime) -> bool:
    """Whether a job of the plan is running on paper only: then there is news, though no version has changed."""
    return session.exec(select(JobRow.id).where(JobRow.plan_id == plan_id, _silent(now))).first() is not None


def remove(session: Session, plan_id: str, kind: str) -> None:
    """Forget the ended jobs of a kind."""
    ended = col(JobRow.state).not_in(OPEN)
    session.execute(delete(JobRow).where((JobRow.plan_id == plan_id) & (JobRow.kind == kind), ended))


def queued(session: Session, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of what waits, of some kinds, the oldest first."""
    waiting = (JobRow.state == "queued") & col(JobRow.kind).in_(kinds)
    return tuple(session.exec(select(JobRow.id).where(waiting).order_by(col(JobRow.queued_at))))


def ask_to_stop(session: Session, plan_id: str, kind: str, now: datetime) -> None:
    """One that runs is told so; one that has not begun is stopped here and now."""
    of_plan = (JobRow.plan_id == plan_id) & (JobRow.kind == kind)
    _change(session, of_plan & (JobRow.state == "queued"), {"state": "stopped", "ended_at": now})
    _change(session, of_plan & (JobRow.state == "running"), {"stop_asked": True})


def _newest_first(statement: Any, plan_id: str) -> Any:
    return statement.where(JobRow.plan_id == plan_id).order_by(col(JobRow.queued_at).desc(), col(JobRow.id))


# --- For whoever works -----------------------------------------------------------------------------------------------


def find(session: Session, job_id: str) -> StoredJob | None:
    row = session.get(JobRow, job_id)
    return _job(row) if row else None


def begin(session: Session, job_id: str, now: datetime) -> bool:
    """Take a queued job; False when somebody else has, or it is gone."""
    values = {"state": "running", "heartbeat_at": now}
    return _change(session, (JobRow.id == job_id) & (JobRow.state == "queued"), values)


def beat(session: Session, job_id: str, now: datetime) -> bool:
    """Say that the work goes on. False when it should not: asked to stop, ended by another, or gone with its plan."""
    row = session.get(JobRow, job_id, populate_existing=True)
    if row is None or row.state != "running":
        return False
    row.heartbeat_at = now
    return not row.stop_asked


def hold(session: Session, job_id: str) -> bool:
    """Whether it is still running; then nobody else ends it before this transaction does."""
    row = session.get(JobRow, job_id, populate_existing=True, with_for_update=True)
    return row is not None and row.state == "running"


def progress(session: Session, job_id: str, document: dict[str, Any], now: datetime) -> None:
    _change(session, _running(job_id), {"progress": json.dumps(document), "heartbeat_at": now})


def end(
    session: Session, job_id: str, state: State, now: datetime, result: dict[str, Any] | None = None, cause: str = ""
) -> bool:
    """How it went. False when the job was ended by somebody else meanwhile; then nothing is changed."""
    values = {"state": state, "ended_at": now, "cause": cause or None, "result": json.dumps(result) if result else None}
    return _change(session, _running(job_id), values)


def put_back(session: Session, job_id: str) -> bool:
    """Of work that gave way to other work: it waits again, and is begun anew."""
    return _change(session, _running(job_id), {"state": "queued"})


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


def fail_running(session: Session, now: datetime, cause: str, silent_since: datetime | None = None) -> None:
    """Jobs left running by a process that is gone; with `silent_since`, only those not heard from since."""
    left = JobRow.state == "running"
    if silent_since is not None:
        left = left & (col(JobRow.heartbeat_at) < silent_since)
    _change(session, left, {"state": "failed", "ended_at": now, "cause": cause})


def _silent(now: datetime) -> Any:
    return (JobRow.state == "running") & (col(JobRow.heartbeat_at) < now - SILENT)


def _running(job_id: str) -> Any:
    return (JobRow.id == job_id) & (JobRow.state == "running")


def _change(session: Session, where: Any, values: dict[str, Any]) -> bool:
    changed = session.execute(update(JobRow).where(where).values(**values, version=JobRow.version + 1))
    return bool(changed.rowcount)  # type: ignore[attr-defined]  # every UPDATE has one
