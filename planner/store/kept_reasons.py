"""Why each initiative is in a kept plan or not: the document that was worked out, beside the plan it is about.

The kept plan itself is never changed; this is written when all of it is known, and the same question worked out again
takes its place.
"""

import json
from typing import Any

from sqlmodel import Session, select

from planner.store.tables import KeptReasonsRow


def find(session: Session, plan_id: str, number: int) -> dict[str, Any] | None:
    """As `planner.reasons.explain_request` gives it; None while it is not all worked out."""
    row = _row(session, plan_id, number)
    return None if row is None else dict(json.loads(row.document))


def put(session: Session, plan_id: str, number: int, document: dict[str, Any]) -> None:
    row = _row(session, plan_id, number) or KeptReasonsRow(plan_id=plan_id, number=number, document="")
    row.document = json.dumps(document, ensure_ascii=False)
    session.add(row)
    session.flush()


def _row(session: Session, plan_id: str, number: int) -> KeptReasonsRow | None:
    query = select(KeptReasonsRow).where(KeptReasonsRow.plan_id == plan_id, KeptReasonsRow.number == number)
    return session.exec(query).first()
