"""Which rows are kept for an installation's own upkeep? Of no plan and no account, and gone when they have served."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from planner.store.tables import metadata as metadata  # the naming of constraints is set there


class WrongTryRow(SQLModel, table=True):
    """That a wrong password or a wrong code was given. It counts until then, and is removed at the next one after.

    whose: a keyed hash of what is counted: an account, a network address, or all of them together.
    """

    __tablename__ = "wrong_try"
    id: int | None = Field(default=None, primary_key=True)
    whose: str = Field(index=True, max_length=64)
    until: datetime = Field(index=True)


class RewritingRow(SQLModel, table=True):
    """A table of PostgreSQL's whose file is to be written anew, since something was deleted from it.

    since: the first deletion that is waited for, asked: the last.
    """

    __tablename__ = "rewriting"
    name: str = Field(primary_key=True, max_length=63)
    since: datetime
    asked: datetime
