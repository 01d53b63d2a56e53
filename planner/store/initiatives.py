"""Initiatives, and what a plan stops doing, as they are kept: one document a row, with a code used once a plan.

Every function takes plan_id and sees nothing outside it. A change names the version it was made from.
"""

import json
from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from planner.domain.candidate_documents import freed_from_document, freed_to_document, from_document, to_document
from planner.domain.candidates import Candidate
from planner.domain.freed import Freed
from planner.store import versions
from planner.store.tables import InitiativeRow

CANDIDATE, FREED = "candidate", "freed"


@dataclass(frozen=True, slots=True)
class StoredCandidate:
    candidate: Candidate
    version: int


@dataclass(frozen=True, slots=True)
class StoredFreed:
    freed: Freed
    version: int


def candidates(session: Session, plan_id: str) -> tuple[Candidate, ...]:
    """The plan's candidates in the order they were added."""
    return tuple(_candidate(row).candidate for row in _rows(session, plan_id, CANDIDATE))


def freed(session: Session, plan_id: str) -> tuple[Freed, ...]:
    """What the plan stops doing, in the order it was added, counted or not."""
    return tuple(_freed(row).freed for row in _rows(session, plan_id, FREED))


def find_candidate(session: Session, plan_id: str, code: str) -> StoredCandidate | None:
    row = _row(session, plan_id, code)
    return _candidate(row) if row and row.kind == CANDIDATE else None


def find_freed(session: Session, plan_id: str, code: str) -> StoredFreed | None:
    row = _row(session, plan_id, code)
    return _freed(row) if row and row.kind == FREED else None


def codes(session: Session, plan_id: str) -> frozenset[str]:
    """Every code in use, of both kinds."""
    return frozenset(session.exec(select(InitiativeRow.code).where(InitiativeRow.plan_id == plan_id)))


def put(session: Session, plan_id: str, one: Candidate | Freed, expected: int | None = None) -> bool:
    """Add it, or replace the one with its code; False, and nothing done, when somebody was there first.

    expected: the version it was made from, 0 for a new one, None for whatever is there.
    """
    kind, document = (CANDIDATE, to_document(one)) if isinstance(one, Candidate) else (FREED, freed_to_document(one))
    row = _row(session, plan_id, one.code, to_change=True)
    if (row and row.kind != kind) or expected not in (None, row.version if row else 0):
        return False
    if row is None:
        row = InitiativeRow(plan_id=plan_id, code=one.code, kind=kind, document="", version=versions.first() - 1)
    row.document = json.dumps(document, ensure_ascii=False)
    row.version += 1
    session.add(row)
    try:
        session.flush()
    except IntegrityError:  # the same new code in the same moment, on a database that lets two write at once
        session.rollback()
        return False
    return True


def remove(session: Session, plan_id: str, code: str, kind: str) -> None:
    """Remove it; nothing happens when it is gone already, or the code now is of something else."""
    row = _row(session, plan_id, code)
    if row and row.kind == kind:
        session.delete(row)
        session.flush()


def _rows(session: Session, plan_id: str, kind: str) -> tuple[InitiativeRow, ...]:
    query = select(InitiativeRow).where(InitiativeRow.plan_id == plan_id, InitiativeRow.kind == kind)
    return tuple(session.exec(query.order_by(col(InitiativeRow.id))))


def _row(session: Session, plan_id: str, code: str, *, to_change: bool = False) -> InitiativeRow | None:
    query = select(InitiativeRow).where(InitiativeRow.plan_id == plan_id, InitiativeRow.code == code)
    # PostgreSQL lets two read the same version at once; SQLite has one writer and knows no row locks.
    return session.exec(query.with_for_update() if to_change else query).first()


def _candidate(row: InitiativeRow) -> StoredCandidate:
    candidate, findings = from_document(json.loads(row.document))
    if candidate is None:
        raise RuntimeError(f"{row.plan_id}/{row.code} is not a candidate: {findings}")
    return StoredCandidate(candidate, row.version)


def _freed(row: InitiativeRow) -> StoredFreed:
    one, findings = freed_from_document(json.loads(row.document))
    if one is None:
        raise RuntimeError(f"{row.plan_id}/{row.code} is not a row of what ends: {findings}")
    return StoredFreed(one, row.version)
