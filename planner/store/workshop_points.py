"""How people in a workshop have shared their points: each allotment under a name of its own, the latest of it."""

import json
from dataclasses import dataclass

from sqlmodel import Session, func, select

from planner.domain.workshop_points import Allotment, PointsKind
from planner.store.workshop_scores import put_later
from planner.store.workshop_tables import WorkshopPointsRow


@dataclass(frozen=True, slots=True)
class KeptPoints:
    """sequence: how many times the phone has changed it."""

    points: Allotment
    sequence: int


def put(session: Session, workshop_id: str, kind: PointsKind, author: str, kept: KeptPoints) -> KeptPoints:
    """Keep it unless something later is there; what now stands."""
    key: dict[str, object] = {"workshop_id": workshop_id, "kind": kind, "author": author}
    written = json.dumps(dict(kept.points), ensure_ascii=False, sort_keys=True)
    put_later(session, WorkshopPointsRow, key, {"points": written, "sequence": kept.sequence})
    now = own(session, workshop_id, kind, author)
    if now is None:
        raise RuntimeError("what was just kept is not there")
    return now


def own(session: Session, workshop_id: str, kind: PointsKind, author: str) -> KeptPoints | None:
    row = session.exec(
        select(WorkshopPointsRow.points, WorkshopPointsRow.sequence).where(
            WorkshopPointsRow.workshop_id == workshop_id,
            WorkshopPointsRow.kind == kind,
            WorkshopPointsRow.author == author,
        )
    ).first()
    return None if row is None else KeptPoints(json.loads(row[0]), row[1])


def all_of(session: Session, workshop_id: str, kind: PointsKind) -> list[Allotment]:
    """Everybody's, in no order that tells. What may be shown of it is for `workshop_points.shares_of` to say."""
    query = select(WorkshopPointsRow.points).where(
        WorkshopPointsRow.workshop_id == workshop_id, WorkshopPointsRow.kind == kind
    )
    return [json.loads(points) for points in session.exec(query)]


def counts(session: Session, workshop_id: str) -> dict[str, int]:
    """kind -> how many have shared."""
    query = select(WorkshopPointsRow.kind, func.count()).where(WorkshopPointsRow.workshop_id == workshop_id)
    return dict(session.exec(query.group_by(WorkshopPointsRow.kind)).all())
