"""What did the council decide? Documents that are added and read, never changed: the database refuses it too."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from planner.domain.decision_document import canonical, fingerprint
from planner.store.frozen_tables import DecisionRow


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision in short."""

    number: int
    on: date
    sha256: str


@dataclass(frozen=True, slots=True)
class Stored:
    """text: the document as it was written; sha256 is of its bytes."""

    number: int
    text: str
    sha256: str

    @property
    def document(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def is_sound(self) -> bool:
        """Whether the text is the one that was written."""
        return fingerprint(self.text) == self.sha256


def add(session: Session, plan_id: str, document: dict[str, Any], on: date, at: datetime) -> Stored:
    """The one time it is written. Raises IntegrityError when its number is taken."""
    text = canonical(document)
    stored = Stored(document["number"], text, fingerprint(text))
    row = DecisionRow(plan_id=plan_id, number=stored.number, document=text, sha256=stored.sha256, decided_on=on,
                      stored_at=at)  # fmt: skip
    session.add(row)
    session.flush()
    return stored


def marks(session: Session, plan_id: str) -> tuple[Mark, ...]:
    """All of them, the newest first."""
    rows = session.exec(
        select(DecisionRow.number, col(DecisionRow.decided_on), DecisionRow.sha256)
        .where(DecisionRow.plan_id == plan_id)
        .order_by(col(DecisionRow.number).desc())
    )
    return tuple(Mark(*row) for row in rows)


def latest(session: Session, plan_id: str) -> Mark | None:
    """The decision that stands."""
    return next(iter(marks(session, plan_id)), None)


def of_kept(session: Session, plan_id: str, kept: int) -> tuple[Stored, ...]:
    """What was decided of one kept plan, the first decision first."""
    found = (find(session, plan_id, mark.number) for mark in reversed(marks(session, plan_id)))
    return tuple(one for one in found if one is not None and one.document["kept"]["number"] == kept)


def after(session: Session, plan_id: str, number: int) -> tuple[Mark, ...]:
    """Those that came after one, the next first: each took the place of the one before."""
    return tuple(mark for mark in reversed(marks(session, plan_id)) if mark.number > number)


def find(session: Session, plan_id: str, number: int) -> Stored | None:
    row = session.get(DecisionRow, (plan_id, number))
    return Stored(row.number, row.document, row.sha256) if row else None
