"""Who has come in? A seat a phone, with its table, its group and its cards; never what was said from it, nor when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from planner.domain.workshop_share import Hand
from planner.store.workshop_tables import WorkshopSeatRow

PAPER = "paper"
"""How the id of who answered under a name on paper begins: no phone is heard from there, and none is dealt to."""


@dataclass(frozen=True, slots=True)
class Seat:
    """id: derived from the phone's token. name: only where scores stand under names. hand: empty before a round."""

    id: str
    table: str
    name: str
    hand: Hand

    @property
    def group(self) -> str:
        return self.hand.group


def seats(session: Session, workshop_id: str) -> tuple[Seat, ...]:
    """All phones, in the order of their ids, which is chance."""
    query = select(WorkshopSeatRow).where(WorkshopSeatRow.workshop_id == workshop_id, _is_phone())
    return tuple(_seat(row) for row in session.exec(query.order_by(col(WorkshopSeatRow.seat))))


def count(session: Session, workshop_id: str) -> int:
    return session.exec(select(func.count()).where(WorkshopSeatRow.workshop_id == workshop_id, _is_phone())).one()


def find(session: Session, workshop_id: str, seat: str) -> Seat | None:
    row = session.get(WorkshopSeatRow, (workshop_id, seat))
    return _seat(row) if row is not None else None


def put(session: Session, workshop_id: str, seat: Seat) -> None:
    """Take a seat, or change what is said of one."""
    row = session.get(WorkshopSeatRow, (workshop_id, seat.id))
    if row is None:
        row = WorkshopSeatRow(workshop_id=workshop_id, seat=seat.id, table_name="", speaks_for="", name="", share="[]")
    row.table_name, row.speaks_for, row.name = seat.table, seat.group, seat.name
    row.share = json.dumps(list(seat.hand.initiatives), ensure_ascii=False)
    session.add(row)
    session.flush()


def put_hands(session: Session, workshop_id: str, hands: Mapping[str, Hand]) -> None:
    """The cards of a new round, for every seat."""
    for row in session.exec(select(WorkshopSeatRow).where(WorkshopSeatRow.workshop_id == workshop_id)):
        if row.seat in hands:
            row.share = json.dumps(list(hands[row.seat].initiatives), ensure_ascii=False)
            session.add(row)
    session.flush()


def _is_phone() -> ColumnElement[bool]:
    return ~col(WorkshopSeatRow.seat).startswith(PAPER)


def _seat(row: WorkshopSeatRow) -> Seat:
    return Seat(row.seat, row.table_name, row.name, Hand(row.speaks_for, tuple(json.loads(row.share))))
