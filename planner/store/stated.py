"""The needs of a plan that has no survey: a report's table or a workshop's weights, kept or waiting to be confirmed."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from planner.domain.examination import findings_document, findings_from
from planner.domain.findings import Finding
from planner.domain.stated import StatedNeeds
from planner.store.tables import StatedNeedsRow


@dataclass(frozen=True, slots=True)
class StoredNeeds:
    """filename: "" for a workshop's. version: of this very content; a form carries it."""

    needs: StatedNeeds
    filename: str
    findings: tuple[Finding, ...]
    stored_at: datetime
    version: str = ""


def find(session: Session, plan_id: str, *, waiting: bool = False) -> StoredNeeds | None:
    row = session.exec(
        select(StatedNeedsRow).where(StatedNeedsRow.plan_id == plan_id, StatedNeedsRow.waiting == waiting)
    ).first()
    if row is None:
        return None
    return StoredNeeds(
        StatedNeeds.from_document(json.loads(row.document)),
        row.filename,
        findings_from(json.loads(row.findings)),
        row.stored_at,
        row.version,
    )


def put(session: Session, plan_id: str, stored: StoredNeeds, *, waiting: bool = False) -> None:
    """Keep these in place of those kept, or waiting, before."""
    remove(session, plan_id, waiting=waiting)
    session.add(
        StatedNeedsRow(
            plan_id=plan_id,
            waiting=waiting,
            filename=stored.filename,
            document=json.dumps(stored.needs.to_document(), ensure_ascii=False),
            findings=json.dumps(findings_document(stored.findings), ensure_ascii=False),
            version=secrets.token_hex(8),
            stored_at=stored.stored_at,
        )
    )
    session.flush()


def remove(session: Session, plan_id: str, *, waiting: bool = False) -> None:
    session.exec(
        delete(StatedNeedsRow).where(col(StatedNeedsRow.plan_id) == plan_id, col(StatedNeedsRow.waiting) == waiting)
    )


def remove_waiting_before(session: Session, moment: datetime) -> int:
    """Tables of every plan that nobody came back to; how many there were."""
    old = delete(StatedNeedsRow).where(col(StatedNeedsRow.waiting).is_(True), col(StatedNeedsRow.stored_at) < moment)
    return session.exec(old).rowcount
