"""What has been scored and written in a workshop? Each score under a name of its own, kept once however often it comes.

A score comes with the number of times the phone has changed it: a lower number never takes the place of a higher one,
an equal one changes nothing. Who answers again in a later round takes their earlier score's place; who does not, stands
by it. Nothing here knows a phone or a seat, and nothing is put in order of when it was said.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import select as select_columns  # sqlmodel's own knows the types of four at most
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select

from planner.domain.adoption import Cell
from planner.domain.panel import Rated, Score
from planner.store.workshop_tables import (
    WorkshopCommentRow,
    WorkshopPointsRow,
    WorkshopProposalRow,
    WorkshopScoreRow,
    WorkshopSeatRow,
    table_of,
)

Kind = type[WorkshopScoreRow] | type[WorkshopCommentRow] | type[WorkshopPointsRow]


@dataclass(frozen=True, slots=True)
class Kept:
    """What now stands, with its number; it may be another than what was sent."""

    score: Score
    sequence: int


@dataclass(frozen=True, slots=True)
class KeptComment:
    text: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Comment:
    """author: a name where scores stand under names, else «»."""

    initiative: str
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class NewScore:
    """A score under a name that nothing is kept under yet. earlier: the names of the same person's in rounds before."""

    cell: Cell
    voter: str
    score: Score
    of_target: bool
    earlier: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewComment:
    initiative: str
    voter: str
    text: str


def put_new(
    session: Session, workshop_id: str, round_: int, said: Collection[NewScore], written: Collection[NewComment]
) -> None:
    """Many at once, each the first of its name; in the order of their keys."""
    base = {"workshop_id": workshop_id, "round": round_, "sequence": 1}
    scored = [
        base | {"initiative": one.cell[0], "statement": one.cell[1], "voter": one.voter, "score": one.score}
        | _taken_back(session, workshop_id, round_, one.cell, one.earlier, of_target=one.of_target)
        for one in sorted(said, key=lambda one: (one.cell, one.voter))
    ]  # fmt: skip
    texts = [
        base | {"initiative": one.initiative, "voter": one.voter, "text": one.text}
        for one in sorted(written, key=lambda one: (one.initiative, one.voter))
    ]
    for kind, rows in ((WorkshopScoreRow, scored), (WorkshopCommentRow, texts)):
        if rows:
            session.connection().execute(table_of(kind).insert(), rows)


def put_score(
    session: Session,
    workshop_id: str,
    round_: int,
    cell: Cell,
    voter: str,
    kept: Kept,
    *,
    of_target: bool,
    earlier: Collection[str] = (),
) -> Kept:
    """Keep it unless something later is there; what now stands. earlier: the same person's names in rounds before."""
    key = {"workshop_id": workshop_id, "round": round_, "initiative": cell[0], "statement": cell[1], "voter": voter}
    once = _taken_back(session, workshop_id, round_, cell, earlier, of_target=of_target)
    put_later(session, WorkshopScoreRow, key, {"score": kept.score, "sequence": kept.sequence}, once)
    found = session.exec(
        select(WorkshopScoreRow.score, WorkshopScoreRow.sequence).where(
            WorkshopScoreRow.workshop_id == workshop_id,
            WorkshopScoreRow.round == round_,
            WorkshopScoreRow.initiative == cell[0],
            WorkshopScoreRow.statement == cell[1],
            WorkshopScoreRow.voter == voter,
        )
    ).one()
    return Kept(*found)


def put_comment(
    session: Session, workshop_id: str, round_: int, initiative: str, voter: str, kept: KeptComment
) -> KeptComment:
    """The same for what is written; an empty text takes it away."""
    key = {"workshop_id": workshop_id, "round": round_, "initiative": initiative, "voter": voter}
    put_later(session, WorkshopCommentRow, key, {"text": kept.text, "sequence": kept.sequence})
    found = session.exec(
        select(WorkshopCommentRow.text, WorkshopCommentRow.sequence).where(
            WorkshopCommentRow.workshop_id == workshop_id,
            WorkshopCommentRow.round == round_,
            WorkshopCommentRow.initiative == initiative,
            WorkshopCommentRow.voter == voter,
        )
    ).one()
    return KeptComment(*found)


def _taken_back(
    session: Session, workshop_id: str, round_: int, cell: Cell, names: Collection[str], *, of_target: bool
) -> dict[str, object]:
    """What the first score of a round takes over from the one it comes in place of, which goes.

    Whom a picture has taken in stays in it, and in the same part of it.
    """
    table = table_of(WorkshopScoreRow)
    if names:
        was = session.connection().execute(
            table.delete()
            .where(
                table.c.workshop_id == workshop_id, table.c.round < round_, table.c.initiative == cell[0],
                table.c.statement == cell[1], table.c.voter.in_(names),
            )
            .returning(table.c.of_target, table.c.waits)
        ).first()  # fmt: skip
        if was is not None:
            return {"of_target": was.of_target, "waits": was.waits}
    return {"of_target": of_target, "waits": True}


def put_later(
    session: Session,
    kind: Kind,
    key: dict[str, object],
    said: dict[str, object],
    once: Mapping[str, object] = MappingProxyType({}),
) -> None:
    """One statement, so that fifty at once leave one row on either database. once: what only a new row is given."""
    table = table_of(kind)
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    adding = insert(table).values(**key, **said, **once)
    session.connection().execute(
        adding.on_conflict_do_update(
            index_elements=list(key),
            set_={name: adding.excluded[name] for name in said},
            where=adding.excluded.sequence > table.c.sequence,
        )
    )


def own(session: Session, workshop_id: str, round_: int, voters: Collection[str]) -> dict[tuple[Cell, str], Kept]:
    """The scores under these names, by cell and name: a phone's own, which only it can ask for."""
    table = table_of(WorkshopScoreRow)
    query = table.select().where(table.c.workshop_id == workshop_id, table.c.round == round_, table.c.voter.in_(voters))
    found = session.connection().execute(query)  # plain rows: every phone asks for them at once when a round is opened
    return {((row.initiative, row.statement), row.voter): Kept(row.score, row.sequence) for row in found}


def own_comments(
    session: Session, workshop_id: str, round_: int, voters: Collection[str]
) -> dict[tuple[str, str], KeptComment]:
    """By initiative and name."""
    query = select(WorkshopCommentRow).where(
        WorkshopCommentRow.workshop_id == workshop_id,
        WorkshopCommentRow.round == round_,
        col(WorkshopCommentRow.voter).in_(voters),
    )
    return {(row.initiative, row.voter): KeptComment(row.text, row.sequence) for row in session.exec(query)}


def voters(session: Session, workshop_id: str, round_: int) -> frozenset[tuple[Cell, str]]:
    """Which names have scored what, without what: enough to see who is done."""
    query = select(WorkshopScoreRow.initiative, WorkshopScoreRow.statement, WorkshopScoreRow.voter).where(
        WorkshopScoreRow.workshop_id == workshop_id, WorkshopScoreRow.round == round_
    )
    return frozenset(((initiative, statement), voter) for initiative, statement, voter in session.exec(query))


def rated(session: Session, workshop_id: str, round_: int) -> dict[Cell, list[Rated]]:
    """Everybody's latest score up to a round, by cell, in no order that tells. What may be shown of it is for
    `panel.judged` to say."""
    row = WorkshopScoreRow
    query = select_columns(
        col(row.initiative), col(row.statement), col(row.score), col(row.of_target), col(row.waits)
    ).where(col(row.workshop_id) == workshop_id, col(row.round) <= round_)
    found: dict[Cell, list[Rated]] = defaultdict(list)
    for initiative, statement, score, of_target, waits in session.connection().execute(query):
        found[initiative, statement].append(Rated(score, of_target, waits))
    return found


def comments(session: Session, workshop_id: str, round_: int) -> tuple[Comment, ...]:
    """By initiative, else in the order of names drawn by chance."""
    query = (
        select(WorkshopCommentRow, WorkshopSeatRow.name)
        .join(
            WorkshopSeatRow,
            (col(WorkshopSeatRow.workshop_id) == WorkshopCommentRow.workshop_id)
            & (col(WorkshopSeatRow.seat) == WorkshopCommentRow.voter),
            isouter=True,
        )
        .where(
            WorkshopCommentRow.workshop_id == workshop_id,
            WorkshopCommentRow.round == round_,
            WorkshopCommentRow.text != "",
        )
        .order_by(col(WorkshopCommentRow.initiative), col(WorkshopCommentRow.voter))
    )
    return tuple(Comment(row.initiative, row.text, name or "") for row, name in session.exec(query))


def mark(session: Session, workshop_id: str) -> str:
    """Another text each time something has been said or somebody has come in: what a live page's version is made of.

    Counted, so that no score has to touch a row that every phone writes to.
    """
    scores = session.exec(
        select(
            func.count(),
            func.coalesce(func.sum(WorkshopScoreRow.sequence), 0),
            func.coalesce(func.sum(WorkshopScoreRow.round), 0),  # one of a later round takes another's place
        ).where(WorkshopScoreRow.workshop_id == workshop_id)
    ).one()
    written = session.exec(
        select(func.coalesce(func.sum(WorkshopCommentRow.sequence), 0)).where(
            WorkshopCommentRow.workshop_id == workshop_id
        )
    ).one()
    seats = session.exec(select(func.count()).where(WorkshopSeatRow.workshop_id == workshop_id)).one()
    proposals = session.exec(
        select(WorkshopProposalRow.state, func.count())
        .where(WorkshopProposalRow.workshop_id == workshop_id)
        .group_by(WorkshopProposalRow.state)
    ).all()
    shared = session.exec(
        select(func.coalesce(func.sum(WorkshopPointsRow.sequence), 0)).where(
            WorkshopPointsRow.workshop_id == workshop_id
        )
    ).one()
    told = "-".join(f"{state}{number}" for state, number in sorted(proposals))
    return ".".join(str(part) for part in (*scores, written, seats, shared, told))
