"""Paper ballots as they are kept: once each by the id printed on them, from the printer until they are counted.

When a ballot is counted, what was typed of it goes from its row in the same transaction that puts its scores where all
scores are; a ballot can take that step once, whoever else tries. `wipe` after a round takes away the rest.
"""

import json
from collections.abc import Sequence
from typing import cast

from sqlmodel import Session, col, func, select, update

from planner.domain.workshop_paper import Ballot, BallotState, Printed, Typed
from planner.store.workshop_tables import WorkshopBallotRow, table_of

Row = WorkshopBallotRow


def add(session: Session, workshop_id: str, ballots: Sequence[Ballot]) -> None:
    for one in ballots:
        session.add(
            Row(
                workshop_id=workshop_id,
                ballot=one.id,
                round=one.round,
                printing=one.printing,
                share=json.dumps(one.printed.to_document(), ensure_ascii=False),
                state=one.state,
            )
        )
    session.flush()


def ids(session: Session, workshop_id: str) -> frozenset[str]:
    return frozenset(session.exec(select(Row.ballot).where(Row.workshop_id == workshop_id)))


def last_printing(session: Session, workshop_id: str) -> int:
    return session.exec(select(func.max(Row.printing)).where(Row.workshop_id == workshop_id)).one() or 0


def listing(session: Session, workshop_id: str, round_: int) -> tuple[Ballot, ...]:
    """The ballots of a round that is not over, in the order of their ids, which is chance."""
    query = select(Row).where(Row.workshop_id == workshop_id, Row.round == round_).order_by(col(Row.ballot))
    return tuple(_ballot(row) for row in session.exec(query) if row.share)


def all_(session: Session, workshop_id: str) -> tuple[Ballot, ...]:
    """Of every round, by their ids; of a round that is over there is nothing left but its ballots' ids."""
    query = select(Row).where(Row.workshop_id == workshop_id).order_by(col(Row.ballot))
    return tuple(_ballot(row) for row in session.exec(query))


def find(session: Session, workshop_id: str, ballot: str) -> Ballot | None:
    """A ballot; of a round that is over there is nothing left but its id and its round."""
    row = session.get(Row, (workshop_id, ballot))
    return _ballot(row) if row is not None else None


def put(session: Session, workshop_id: str, ballot: Ballot) -> None:
    """What has been typed of it so far. Never of one that is counted."""
    _change(session, workshop_id, ballot.id, ballot.state, _text(ballot.first), _text(ballot.second))


def count(session: Session, workshop_id: str, ballot: str) -> None:
    """It is counted, and what was typed is gone from it. Raises RuntimeError when it was counted before."""
    _change(session, workshop_id, ballot, "counted", None, None)


def counts(session: Session, workshop_id: str, round_: int) -> dict[BallotState, int]:
    """How many ballots of a round there are in each state."""
    query = select(Row.state, func.count()).where(Row.workshop_id == workshop_id, Row.round == round_)
    return {cast(BallotState, state): count for state, count in session.exec(query.group_by(Row.state))}


def wipe(session: Session, workshop_id: str, round_: int) -> int:
    """A round is over: nothing is left of its ballots but their ids, counted or not. How many there were.

    Written anew in the order of their ids, so that no order and no transaction tells which was counted when.
    """
    table = table_of(Row)
    here = (table.c.workshop_id == workshop_id) & (table.c.round == round_)
    rows = [dict(row) for row in session.connection().execute(table.select().where(here)).mappings()]
    session.connection().execute(table.delete().where(here))
    if rows:
        wiped = [row | {"share": "", "first": None, "second": None} for row in rows]
        session.connection().execute(table.insert(), sorted(wiped, key=lambda row: str(row["ballot"])))
    session.expire_all()
    return len(rows)


def _change(
    session: Session, workshop_id: str, ballot: str, state: BallotState, first: str | None, second: str | None
) -> None:
    done = session.connection().execute(
        update(Row)
        .where(col(Row.workshop_id) == workshop_id, col(Row.ballot) == ballot, col(Row.state) != "counted")
        .values(state=state, first=first, second=second)
    )
    if done.rowcount != 1:
        raise RuntimeError("the ballot has been counted")
    session.expire_all()


def _text(typed: Typed | None) -> str | None:
    return json.dumps(typed.to_document(), ensure_ascii=False) if typed else None


def _typed(text: str | None) -> Typed | None:
    return Typed.from_document(json.loads(text)) if text else None


def _ballot(row: WorkshopBallotRow) -> Ballot:
    printed = Printed.from_document(json.loads(row.share)) if row.share else Printed("steps", ())
    state = cast(BallotState, row.state)
    return Ballot(row.ballot, row.round, row.printing, printed, state, _typed(row.first), _typed(row.second))
