"""What was done with a plan, in order? A chain of entries that are added and read, never changed.

Appending takes a lock on the plan's row first, so that two who append at once never follow the same entry. A command
holds the plan from its first line (`plans.hold`), so the lock is there already.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlmodel import Session, col, select

from planner.domain import log_chain
from planner.domain.log_chain import Chain, Content, Entry, Facts, Head, Link
from planner.store import plans
from planner.store.frozen_tables import PlanLogContentRow, PlanLogHeadRow, PlanLogRow


def append(
    session: Session,
    plan_id: str,
    at: datetime,
    what: str,
    facts: Facts | None = None,
    written: Mapping[str, str] | None = None,
) -> Entry:
    """One more entry. written: what people wrote, which the entry only commits to; empty texts are left out."""
    plans.hold(session, plan_id)
    row = session.get(PlanLogHeadRow, plan_id, populate_existing=True)
    words = {key: text for key, text in (written or {}).items() if text}
    content = Content(secrets.token_hex(32), words) if words else None
    before = Head(row.sequence, row.sha256) if row else None
    entry = log_chain.follow(plan_id, before, _moment(at), what, facts, content)
    session.add(PlanLogRow(plan_id=plan_id, sequence=entry.sequence, entry=entry.text, sha256=entry.sha256))
    if content is not None:
        text = json.dumps(dict(content.words), ensure_ascii=False)
        session.add(PlanLogContentRow(plan_id=plan_id, sequence=entry.sequence, salt=content.salt, content=text))
    row = row or PlanLogHeadRow(plan_id=plan_id, sequence=0, sha256="")
    row.sequence, row.sha256 = entry.sequence, entry.sha256
    session.add(row)
    session.flush()
    return entry


def head(session: Session, plan_id: str) -> Head | None:
    """The end of the chain; None before anything was done."""
    row = session.get(PlanLogHeadRow, plan_id)
    return Head(row.sequence, row.sha256) if row else None


def chain(session: Session, plan_id: str) -> Chain:
    """All of it, as it lies there."""
    links = session.exec(select(PlanLogRow).where(PlanLogRow.plan_id == plan_id).order_by(col(PlanLogRow.sequence)))
    contents = session.exec(select(PlanLogContentRow).where(PlanLogContentRow.plan_id == plan_id))
    return Chain(
        plan_id,
        tuple(Link(row.sequence, row.entry, row.sha256) for row in links),
        head(session, plan_id),
        {row.sequence: Content(row.salt, json.loads(row.content)) for row in contents},
    )


def forget(session: Session, plan_id: str, sequence: int) -> bool:
    """Delete what people wrote beside one entry; False when there is nothing. The chain stays as it is."""
    row = session.get(PlanLogContentRow, (plan_id, sequence))
    if row is not None:
        session.delete(row)
        session.flush()
    return row is not None


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
