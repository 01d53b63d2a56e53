"""Which queued job does a free worker take? Of the owner who has waited longest for a turn; never more than allowed.

All that several workers could decide differently is decided here, inside one writing transaction of the database they
share: on SQLite there is one writer at a time; on PostgreSQL a lock is held until the commit.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select, text

from planner.store import jobs
from planner.store.advisory import Lock
from planner.store.jobs import StoredJob
from planner.store.tables import JobRow, OwnerTurnRow, PlanRow


def may_take(session: Session, kinds: Collection[str], at_once: int) -> bool:
    """Whether something waits and a worker may take it: a look, so that idle workers write nothing."""
    return _count(session, "queued", kinds) > 0 and _count(session, "running", kinds) < at_once


def take(
    session: Session, now: datetime, kinds: Collection[str], background: Collection[str], at_once: int
) -> StoredJob | None:
    """Begin one queued job of these kinds; None when none waits, or `at_once` of them run already in any process.

    What somebody waits for goes before what is done in the background. Among those, the owner with fewest running jobs
    is served, then the one whose last turn is longest ago; of one owner's jobs the oldest. Ten queued jobs of one are
    one turn, not ten.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text(f"SELECT pg_advisory_xact_lock({Lock.TAKING})"))
    running = Counter(owner for _job, _kind, owner in _with_owners(session, "running", kinds))
    if running.total() >= at_once:
        return None
    turns = dict(session.exec(select(OwnerTurnRow.owner, OwnerTurnRow.number)).all())
    waiting = _with_owners(session, "queued", kinds)

    def rank(one: tuple[str, str, str]) -> tuple[bool, int, int]:
        _job, kind, owner = one
        return (kind in background, running[owner], turns.get(owner, 0))

    chosen = min(waiting, key=rank, default=None)  # the first of equals is the oldest
    if chosen is None:
        return None
    job_id, _kind, owner = chosen
    jobs.begin(session, job_id, now)
    session.merge(OwnerTurnRow(owner=owner, number=1 + max(turns.values(), default=0)))
    session.flush()
    return jobs.find(session, job_id)


def is_wanted(session: Session, kinds: Collection[str], background: Collection[str], at_once: int) -> bool:
    """Whether somebody waits for a worker that a job in the background has: then it should go back to the queue."""
    foreground = [kind for kind in kinds if kind not in background]
    return _count(session, "queued", foreground) > 0 and _count(session, "running", kinds) >= at_once


def _with_owners(session: Session, state: str, kinds: Iterable[str]) -> list[tuple[str, str, str]]:
    """(job, kind, owner), the oldest first."""
    found: Any = select(JobRow.id, JobRow.kind, PlanRow.owner).join(PlanRow, col(PlanRow.id) == JobRow.plan_id)
    found = found.where(JobRow.state == state, col(JobRow.kind).in_(kinds))
    return [tuple(row) for row in session.exec(found.order_by(JobRow.queued_at, JobRow.id))]


def _count(session: Session, state: str, kinds: Iterable[str]) -> int:
    found = select(func.count()).select_from(JobRow).where(JobRow.state == state, col(JobRow.kind).in_(kinds))
    return session.exec(found).one()
