"""What did the facilitator do, and when? Entries are added and read, never changed.

Never who came in, who scored or what anybody said: only the facilitator's own actions and what a round came to in
numbers of people.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from planner.store.workshop_tables import WorkshopLogRow

Detail = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Entry:
    """number: from 1, without gaps. what: the action, or «settings», «adopt», «lock», «remove»."""

    number: int
    at: datetime
    what: str
    details: Mapping[str, Detail]


def add(
    session: Session, workshop_id: str, at: datetime, what: str, details: Mapping[str, Detail] | None = None
) -> None:
    """One more entry. The caller holds the workshop to change it, so numbers do not collide."""
    last = session.exec(select(func.max(WorkshopLogRow.number)).where(WorkshopLogRow.workshop_id == workshop_id)).one()
    text = json.dumps(dict(details or {}), ensure_ascii=False, sort_keys=True)
    session.add(WorkshopLogRow(workshop_id=workshop_id, number=(last or 0) + 1, at=at, what=what, details=text))
    session.flush()


def entries(session: Session, workshop_id: str) -> tuple[Entry, ...]:
    query = select(WorkshopLogRow).where(WorkshopLogRow.workshop_id == workshop_id)
    rows = session.exec(query.order_by(col(WorkshopLogRow.number)))
    return tuple(Entry(row.number, row.at, row.what, json.loads(row.details)) for row in rows)
