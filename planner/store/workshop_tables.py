"""Which rows are kept of workshops? What was decided, who has come in, and what was said, each apart from the others.

Nothing here tells of a phone but its seat, and nothing that was said carries a time, a place in a row or a number that
grows: on SQLite these tables have no rowid and lie in the order of their keys, which are drawn by chance
(`domain/workshop_keys.py`); `store/workshop_traces.py` rewrites them so on PostgreSQL when a round is closed.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Table, Text, UniqueConstraint, true
from sqlmodel import Field, SQLModel

from planner.store.tables import metadata as metadata  # the naming of constraints is set there

KEY = 40
_IN_ORDER_OF_KEYS: dict[str, Any] = {"sqlite_with_rowid": False}


def _of_workshop() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["workshop_id"], ["workshop.id"], ondelete="CASCADE")


def table_of(kind: type[SQLModel]) -> Table:
    """The table itself, for what is written in one statement, without the rows as objects."""
    return metadata.tables[str(kind.__tablename__)]


class WorkshopRow(SQLModel, table=True):
    """A workshop of a plan. link: in its address, not to be guessed. code: what is typed; None while nobody may.

    salt: what the names of phones are derived with; empty when it has ended, and they are gone. version: of settings
    and stage, that a form carries. is_locked: nobody more gets in. wall: what is shown there instead of what the stage
    says, «» when nothing. weighings: how the room has shared points, and what it was shown of it, as JSON.
    """

    __tablename__ = "workshop"
    __table_args__ = (
        ForeignKeyConstraint(["plan_id"], ["plan.id"], ondelete="CASCADE"),
        UniqueConstraint("plan_id", "number"),
        UniqueConstraint("link"),
        UniqueConstraint("code"),
    )
    id: str = Field(primary_key=True, max_length=32)
    plan_id: str = Field(max_length=32)
    number: int
    link: str = Field(max_length=32)
    code: str | None = Field(default=None, max_length=16)
    state: str = Field(max_length=20)
    round: int
    settings: str = Field(sa_type=Text)
    salt: str = Field(max_length=64)
    version: int
    is_locked: bool
    wall: str = Field(default="", max_length=20, sa_column_kwargs={"server_default": ""})
    weighings: str = Field(default="[]", sa_type=Text, sa_column_kwargs={"server_default": "[]"})


class WorkshopRoundRow(SQLModel, table=True):
    """A round with the settings it was scored by. results: what may be shown of it, frozen when it was revealed."""

    __tablename__ = "workshop_round"
    __table_args__ = (_of_workshop(),)
    workshop_id: str = Field(primary_key=True, max_length=32)
    round: int = Field(primary_key=True)
    settings: str = Field(sa_type=Text)
    results: str | None = Field(default=None, sa_type=Text)


class WorkshopSeatRow(SQLModel, table=True):
    """A phone that has come in. share: its initiatives. name: empty where scores are anonymous."""

    __tablename__ = "workshop_seat"
    __table_args__ = (_of_workshop(), _IN_ORDER_OF_KEYS)
    workshop_id: str = Field(primary_key=True, max_length=32)
    seat: str = Field(primary_key=True, max_length=KEY)
    table_name: str = Field(max_length=40)
    speaks_for: str = Field(max_length=200)
    name: str = Field(max_length=80)
    share: str = Field(sa_type=Text)


class WorkshopScoreRow(SQLModel, table=True):
    """One person's score of one statement: the latest, since one of a later round takes the place of the earlier.

    round: in which it was given; that of the last reveal for those of before. score: a step, None for «vet ikke».
    sequence: counts the changes of this one score, on the phone. of_target: by somebody who speaks for a group the
    initiative is for; None when that is no longer kept. waits: by somebody whom no picture has taken in yet.
    """

    __tablename__ = "workshop_score"
    __table_args__ = (_of_workshop(), _IN_ORDER_OF_KEYS)
    workshop_id: str = Field(primary_key=True, max_length=32)
    round: int = Field(primary_key=True)
    initiative: str = Field(primary_key=True, max_length=40)
    statement: str = Field(primary_key=True, max_length=200)
    voter: str = Field(primary_key=True, max_length=KEY)
    score: int | None = None
    of_target: bool | None = None
    waits: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    sequence: int


class WorkshopCommentRow(SQLModel, table=True):
    """What somebody wrote about an initiative."""

    __tablename__ = "workshop_comment"
    __table_args__ = (_of_workshop(), _IN_ORDER_OF_KEYS)
    workshop_id: str = Field(primary_key=True, max_length=32)
    round: int = Field(primary_key=True)
    initiative: str = Field(primary_key=True, max_length=40)
    voter: str = Field(primary_key=True, max_length=KEY)
    text: str = Field(sa_type=Text)
    sequence: int


class WorkshopProposalRow(SQLModel, table=True):
    """«Forslag fra rommet». text: what it says, and why it was set aside, as JSON. state: new, taken or declined.

    initiative: the code it got when taken.
    """

    __tablename__ = "workshop_proposal"
    __table_args__ = (_of_workshop(), _IN_ORDER_OF_KEYS)
    workshop_id: str = Field(primary_key=True, max_length=32)
    author: str = Field(primary_key=True, max_length=KEY)
    text: str = Field(sa_type=Text)
    state: str = Field(max_length=20)
    initiative: str = Field(max_length=40)


class WorkshopPointsRow(SQLModel, table=True):
    """One person's allotment of 100 points. kind: segment or factor. points: id -> points, as JSON."""

    __tablename__ = "workshop_points"
    __table_args__ = (_of_workshop(), _IN_ORDER_OF_KEYS)
    workshop_id: str = Field(primary_key=True, max_length=32)
    kind: str = Field(primary_key=True, max_length=20)
    author: str = Field(primary_key=True, max_length=KEY)
    points: str = Field(sa_type=Text)
    sequence: int


class WorkshopBallotRow(SQLModel, table=True):
    """A paper ballot by the id printed on it. share: what is printed on it. printing: which pile it came out in.

    first, second: what was typed of it the first time and the second, until it is counted or the round is over.
    """

    __tablename__ = "workshop_ballot"
    __table_args__ = (_of_workshop(), _IN_ORDER_OF_KEYS)
    workshop_id: str = Field(primary_key=True, max_length=32)
    ballot: str = Field(primary_key=True, max_length=KEY)
    round: int
    printing: int
    share: str = Field(sa_type=Text)
    first: str | None = Field(default=None, sa_type=Text)
    second: str | None = Field(default=None, sa_type=Text)
    state: str = Field(max_length=20)


class WorkshopAdoptionRow(SQLModel, table=True):
    """What one statement of one initiative got from the workshop, with the reason where it is not the median."""

    __tablename__ = "workshop_adoption"
    __table_args__ = (_of_workshop(),)
    workshop_id: str = Field(primary_key=True, max_length=32)
    initiative: str = Field(primary_key=True, max_length=40)
    statement: str = Field(primary_key=True, max_length=200)
    document: str = Field(sa_type=Text)


class WorkshopLogRow(SQLModel, table=True):
    """What the facilitator did, numbered; never what somebody else did or answered."""

    __tablename__ = "workshop_log"
    __table_args__ = (_of_workshop(),)
    workshop_id: str = Field(primary_key=True, max_length=32)
    number: int = Field(primary_key=True)
    at: datetime
    what: str = Field(max_length=40)
    details: str = Field(sa_type=Text)
