"""New ideas after a plan is kept, each with the answer it got."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from planner.domain.candidate_documents import from_document, to_document
from planner.domain.candidates import Candidate
from planner.domain.proposals import Against, Verdict
from planner.store.tables import ProposalRow


@dataclass(frozen=True, slots=True)
class StoredProposal:
    """against, verdict, answered_at: None until it is answered. public: whether it is in the list that may be public,
    None until somebody has chosen."""

    number: int
    candidate: Candidate
    made_at: datetime
    against: Against | None = None
    verdict: Verdict | None = None
    answered_at: datetime | None = None
    public: bool | None = None


def next_number(session: Session, plan_id: str) -> int:
    return (session.exec(select(func.max(ProposalRow.number)).where(ProposalRow.plan_id == plan_id)).one() or 0) + 1


def add(session: Session, plan_id: str, one: StoredProposal) -> None:
    """Raises IntegrityError when its number is taken."""
    candidate = json.dumps(to_document(one.candidate), ensure_ascii=False)
    session.add(ProposalRow(plan_id=plan_id, number=one.number, candidate=candidate, made_at=one.made_at))
    session.flush()


def answer(
    session: Session, plan_id: str, number: int, against: Against, verdict: Verdict, answered_at: datetime
) -> bool:
    """False, and nothing done, where it has been removed meanwhile."""
    row = _row(session, plan_id, number)
    if row is None:
        return False
    row.against = json.dumps(against.to_document(), ensure_ascii=False)
    row.verdict = json.dumps(verdict.to_document(), ensure_ascii=False)
    row.answered_at = answered_at
    session.add(row)
    session.flush()
    return True


def choose_public(session: Session, plan_id: str, number: int, public: bool) -> None:
    """Nothing where it has been removed meanwhile."""
    row = _row(session, plan_id, number)
    if row is not None:
        row.public = public
        session.add(row)
        session.flush()


def all_of(session: Session, plan_id: str) -> tuple[StoredProposal, ...]:
    """The newest first."""
    query = select(ProposalRow).where(ProposalRow.plan_id == plan_id).order_by(col(ProposalRow.number).desc())
    return tuple(_proposal(row) for row in session.exec(query))


def find(session: Session, plan_id: str, number: int) -> StoredProposal | None:
    row = _row(session, plan_id, number)
    return None if row is None else _proposal(row)


def remove(session: Session, plan_id: str, number: int) -> None:
    row = _row(session, plan_id, number)
    if row is not None:
        session.delete(row)
        session.flush()


def _row(session: Session, plan_id: str, number: int) -> ProposalRow | None:
    return session.exec(select(ProposalRow).where(ProposalRow.plan_id == plan_id, ProposalRow.number == number)).first()


def _proposal(row: ProposalRow) -> StoredProposal:
    candidate, _findings = from_document(json.loads(row.candidate))
    assert candidate is not None  # it was one when it was written
    return StoredProposal(
        number=row.number,
        candidate=candidate,
        made_at=row.made_at,
        against=Against.from_document(json.loads(row.against)) if row.against else None,
        verdict=Verdict.from_document(json.loads(row.verdict)) if row.verdict else None,
        answered_at=row.answered_at,
        public=row.public,
    )
