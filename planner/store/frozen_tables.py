"""Which rows may never change? What was done (the log), and what the council decided.

The database itself refuses to change or delete them: triggers of the migration that made the tables, on both engines.
Only removing the whole plan takes them along. A later migration that rebuilds one of these tables (batch mode on
SQLite) loses its triggers and must make them again: `tests/store/test_log.py` and `test_decisions.py` find that.

None of them has a rowid on SQLite: «insert or replace» on a rowid would get past the triggers.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from planner.store.tables import metadata as metadata  # the naming of constraints is set there
from planner.store.tables import of_plan

_NO_ROWID: dict[str, Any] = {"sqlite_with_rowid": False}


class PlanLogRow(SQLModel, table=True):
    """One link of a plan's chain. entry: its canonical text (`domain/log_chain.py`); sha256: of that text."""

    __tablename__ = "plan_log"
    __table_args__ = (of_plan(), _NO_ROWID)
    plan_id: str = Field(primary_key=True, max_length=32)
    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    entry: str = Field(sa_type=Text)
    sha256: str = Field(max_length=64)


class PlanLogHeadRow(SQLModel, table=True):
    """How long the chain is and what it ends with; the one row of the log that is written anew."""

    __tablename__ = "plan_log_head"
    __table_args__ = (of_plan(), _NO_ROWID)
    plan_id: str = Field(primary_key=True, max_length=32)
    sequence: int
    sha256: str = Field(max_length=64)


class PlanLogContentRow(SQLModel, table=True):
    """What people wrote, beside the entry that only holds a salted hash of it. It may be deleted, never changed."""

    __tablename__ = "plan_log_content"
    __table_args__ = (of_plan(), _NO_ROWID)
    plan_id: str = Field(primary_key=True, max_length=32)
    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    salt: str = Field(max_length=64)
    content: str = Field(sa_type=Text)


class DecisionRow(SQLModel, table=True):
    """What the council decided, as one canonical document (`domain/decision_document.py`). sha256: of that text.

    decided_on: as the document says, for the line that every page of the plan shows.
    """

    __tablename__ = "decision"
    __table_args__ = (of_plan(), _NO_ROWID)
    plan_id: str = Field(primary_key=True, max_length=32)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    document: str = Field(sa_type=Text)
    sha256: str = Field(max_length=64)
    decided_on: date
    stored_at: datetime
