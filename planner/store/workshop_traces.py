"""How is what could tie a score to a person taken out of the database? Rows are rewritten, names drawn anew.

`settle` when a round is revealed: which scores are of people who did not answer again is not to be seen. `straighten`
after a round: PostgreSQL keeps rows in the order they came and stamps each with its transaction; rewritten in the order
of their keys, by one transaction, they tell of neither. `forget` at the end: names are drawn anew, seats
go, and where a target group had so few that the row would tell who they are, that goes too. The caller commits, and
then has the database scrubbed of what was deleted.
"""

import secrets
from collections import Counter
from collections.abc import Mapping

from sqlalchemy import bindparam
from sqlmodel import Session, SQLModel, col, delete, select

from planner.domain.adoption import Cell
from planner.domain.workshop_display import SHOWN_FROM
from planner.store.workshop_tables import (
    WorkshopBallotRow,
    WorkshopCommentRow,
    WorkshopPointsRow,
    WorkshopProposalRow,
    WorkshopScoreRow,
    WorkshopSeatRow,
    table_of,
)

_SAID = (WorkshopScoreRow, WorkshopCommentRow, WorkshopProposalRow, WorkshopPointsRow)
TABLES = tuple(str(kind.__tablename__) for kind in (*_SAID, WorkshopSeatRow, WorkshopBallotRow))
"""What `Database.scrub` is given afterwards."""


def settle(session: Session, workshop_id: str, round_: int, taken: Mapping[Cell, frozenset[bool]]) -> None:
    """A round has been revealed: who was taken in by the picture of a cell (of the target group, of the others) is in
    each later one. All the scores are now of this round: which of them nobody gave again is not to be seen."""
    table = table_of(WorkshopScoreRow)
    of = (
        table.c.workshop_id == workshop_id,
        table.c.initiative == bindparam("code"),
        table.c.statement == bindparam("of"),
    )
    cells = [{"code": code, "of": statement} for code, statement in taken]
    if not cells:
        return
    moved = table.update().where(*of, table.c.round < round_).values(round=round_)
    session.connection().execute(moved, cells)
    joined = [
        {"code": code, "of": statement, "part": part}
        for (code, statement), parts in taken.items()
        for part in sorted(parts)
    ]
    if joined:
        part = table.c.of_target == bindparam("part")
        session.connection().execute(table.update().where(*of, part).values(waits=False), joined)


def straighten(session: Session, workshop_id: str) -> None:
    """Seats and everything said, written anew in the order of their keys."""
    for kind in (*_SAID, WorkshopSeatRow):
        _rewrite(session, kind, workshop_id, anew=False)


def forget(session: Session, workshop_id: str, *, keep_names: bool) -> None:
    """Nobody can go on as who they were. keep_names: scores stand under names, as people were told, and go on to."""
    session.exec(delete(WorkshopBallotRow).where(col(WorkshopBallotRow.workshop_id) == workshop_id))
    if keep_names:
        _rewrite(session, WorkshopProposalRow, workshop_id, anew=True)  # these are never anybody's
        return
    session.exec(delete(WorkshopSeatRow).where(col(WorkshopSeatRow.workshop_id) == workshop_id))
    _drop_what_waits(session, workshop_id)
    _blur_small_parts(session, workshop_id)
    for kind in _SAID:
        _rewrite(session, kind, workshop_id, anew=True)


def _rewrite(session: Session, kind: type[SQLModel], workshop_id: str, *, anew: bool) -> None:
    table = table_of(kind)
    rows = [dict(row) for row in session.connection().execute(
        table.select().where(table.c.workshop_id == workshop_id)).mappings()]  # fmt: skip
    name = "voter" if "voter" in table.c else "author"
    if anew:
        for row in rows:
            row[name] = secrets.token_hex(20)
            if "sequence" in row:
                row["sequence"] = 1
            if "waits" in row:
                row["waits"] = False
    keys = [column.name for column in table.primary_key]
    session.connection().execute(table.delete().where(table.c.workshop_id == workshop_id))
    if rows:
        ordered = sorted(rows, key=lambda row: tuple(row[key] for key in keys))
        session.connection().execute(table.insert(), ordered)
    session.expire_all()


def _drop_what_waits(session: Session, workshop_id: str) -> None:
    """Answers that no picture took in go where there is a picture: what is left, less what was shown, would be them."""
    table = table_of(WorkshopScoreRow)
    other = table.alias()
    shown = (
        select(other.c.voter)
        .where(
            other.c.workshop_id == table.c.workshop_id,
            other.c.initiative == table.c.initiative,
            other.c.statement == table.c.statement,
            ~other.c.waits,
        )
        .exists()
    )
    session.connection().execute(table.delete().where(table.c.workshop_id == workshop_id, table.c.waits, shown))
    session.expire_all()


def _blur_small_parts(session: Session, workshop_id: str) -> None:
    """of_target goes where the target group or the others are fewer than what is ever shown."""
    rows = session.exec(select(WorkshopScoreRow).where(WorkshopScoreRow.workshop_id == workshop_id)).all()
    parts = Counter(((row.round, row.initiative, row.statement), row.of_target) for row in rows)
    for row in rows:
        cell = (row.round, row.initiative, row.statement)
        if any(0 < parts[cell, part] < SHOWN_FROM for part in (True, False)):
            row.of_target = None
            session.add(row)
    session.flush()
