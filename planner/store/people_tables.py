"""Which rows are kept of people? Municipalities, accounts, places in municipalities, invitations and signings-in.

What opens something (an invitation, a signing-in) is kept as a hash only: whoever reads the database cannot use it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from planner.store.tables import metadata as metadata  # the naming of constraints is set there

ID, HASH = 32, 64


def _of(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint([column], [f"{table}.id"], ondelete="CASCADE")


class MunicipalityRow(SQLModel, table=True):
    """A municipality of a server installation; its id is the `owner` of its plans."""

    __tablename__ = "municipality"
    id: str = Field(primary_key=True, max_length=ID)
    name: str = Field(max_length=200)
    language: str = Field(max_length=5)
    made_at: datetime
    version: int


class AccountRow(SQLModel, table=True):
    """A person with a way in: a password's hash, an identity at the installation's issuer, or both."""

    __tablename__ = "account"
    __table_args__: Any = (UniqueConstraint("email"), UniqueConstraint("issuer", "subject"))
    id: str = Field(primary_key=True, max_length=ID)
    email: str = Field(max_length=254)
    name: str = Field(max_length=200)
    password: str = Field(max_length=200)
    issuer: str | None = Field(default=None, max_length=300)
    subject: str | None = Field(default=None, max_length=300)
    language: str = Field(max_length=5)
    made_at: datetime


class MembershipRow(SQLModel, table=True):
    """The role of one person in one municipality."""

    __tablename__ = "membership"
    __table_args__ = (_of("account_id", "account"), _of("municipality_id", "municipality"))
    municipality_id: str = Field(primary_key=True, max_length=ID)
    account_id: str = Field(primary_key=True, index=True, max_length=ID)
    role: str = Field(max_length=20)


class InvitationRow(SQLModel, table=True):
    """A link that gives somebody a place, or an account a new password; removed when it is used.

    kind: «place» or «password». made_by: the name of who made it, «» for the command line.
    """

    __tablename__ = "invitation"
    __table_args__ = (_of("municipality_id", "municipality"),)
    token: str = Field(primary_key=True, max_length=HASH)
    municipality_id: str = Field(index=True, max_length=ID)
    kind: str = Field(max_length=20)
    email: str = Field(max_length=254)
    role: str = Field(max_length=20)
    made_by: str = Field(max_length=200)
    made_at: datetime


class SigninRow(SQLModel, table=True):
    """Somebody is signed in in one browser, and looks at one municipality there."""

    __tablename__ = "signin"
    __table_args__ = (_of("account_id", "account"),)
    token: str = Field(primary_key=True, max_length=HASH)
    account_id: str = Field(index=True, max_length=ID)
    municipality_id: str = Field(max_length=ID)
    made_at: datetime
    seen_at: datetime
