"""Which effects were taken from a workshop into its plan's initiatives? The last decision for each statement."""

import json
from collections.abc import Sequence

from sqlmodel import Session, col, select

from planner.domain.adoption import Adopted
from planner.store.workshop_tables import WorkshopAdoptionRow


def put(session: Session, workshop_id: str, adopted: Sequence[Adopted]) -> None:
    for one in adopted:
        row = session.get(WorkshopAdoptionRow, (workshop_id, one.initiative, one.statement))
        document = json.dumps(one.to_document(), ensure_ascii=False)
        if row is None:
            row = WorkshopAdoptionRow(
                workshop_id=workshop_id, initiative=one.initiative, statement=one.statement, document=document
            )
        row.document = document
        session.add(row)
    session.flush()


def adopted(session: Session, workshop_id: str) -> tuple[Adopted, ...]:
    query = select(WorkshopAdoptionRow).where(WorkshopAdoptionRow.workshop_id == workshop_id)
    rows = session.exec(query.order_by(col(WorkshopAdoptionRow.initiative), col(WorkshopAdoptionRow.statement)))
    return tuple(Adopted.from_document(json.loads(row.document)) for row in rows)
