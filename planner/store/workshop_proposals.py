"""Which proposals have come from the room, and what became of them? Each once, under a name that tells of nobody.

In the order of those names, which are drawn by chance: nothing says which came first, nor which two came from the same.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from planner.domain.workshop_proposals import Proposal
from planner.store.workshop_tables import WorkshopProposalRow, table_of

State = Literal["new", "taken", "declined"]


@dataclass(frozen=True, slots=True)
class StoredProposal:
    """id: the name it is kept under. initiative: the code it got when it was taken. reason: why it was set aside."""

    id: str
    proposal: Proposal
    state: State = "new"
    initiative: str = ""
    reason: str = ""


def add(session: Session, workshop_id: str, names: Sequence[str], proposal: Proposal) -> bool:
    """Keep it under the first of a phone's names that is free; the same again is kept once. False: they are all used.

    Nothing is ever taken away from under a name, so that fifty at once find the same place on either database.
    """
    table = table_of(WorkshopProposalRow)
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for name in names:
        row = {"workshop_id": workshop_id, "author": name, "text": _written(proposal, ""), "state": "new"}
        session.connection().execute(insert(table).values(**row, initiative="").on_conflict_do_nothing())
        there = find(session, workshop_id, name)
        if there is not None and there.proposal == proposal:
            return True
    return False


def find(session: Session, workshop_id: str, id_: str, *, to_change: bool = False) -> StoredProposal | None:
    query = select(WorkshopProposalRow).where(
        WorkshopProposalRow.workshop_id == workshop_id, WorkshopProposalRow.author == id_
    )
    row = session.exec(query.with_for_update() if to_change else query).first()
    return _stored(row) if row is not None else None


def own(session: Session, workshop_id: str, names: Sequence[str]) -> tuple[StoredProposal, ...]:
    """What stands under a phone's names, which only it can ask for; in the order of the names."""
    query = select(WorkshopProposalRow).where(
        WorkshopProposalRow.workshop_id == workshop_id, col(WorkshopProposalRow.author).in_(names)
    )
    found = {row.author: _stored(row) for row in session.exec(query)}
    return tuple(found[name] for name in names if name in found)


def all_of(session: Session, workshop_id: str) -> tuple[StoredProposal, ...]:
    query = select(WorkshopProposalRow).where(WorkshopProposalRow.workshop_id == workshop_id)
    return tuple(_stored(row) for row in session.exec(query.order_by(col(WorkshopProposalRow.author))))


def decide(session: Session, workshop_id: str, decided: StoredProposal) -> None:
    """What became of one that is there."""
    row = session.get_one(WorkshopProposalRow, (workshop_id, decided.id))
    row.text = _written(decided.proposal, decided.reason)
    row.state, row.initiative = decided.state, decided.initiative
    session.add(row)
    session.flush()


def _written(proposal: Proposal, reason: str) -> str:
    said = {"title": proposal.title, "text": proposal.text, "statement": proposal.statement, "reason": reason}
    return json.dumps(said, ensure_ascii=False)


def _stored(row: WorkshopProposalRow) -> StoredProposal:
    said = json.loads(row.text)
    proposal = Proposal(said["title"], said["text"], said["statement"])
    return StoredProposal(row.author, proposal, cast(State, row.state), row.initiative, said["reason"])
