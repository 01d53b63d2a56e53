"""People as they are kept: accounts, who has a place in which municipality, and who is invited."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, delete, select, update

from planner.domain.people import Member
from planner.store.people_tables import (
    AccountRow,
    InvitationRow,
    MembershipRow,
    MunicipalityRow,
)


@dataclass(frozen=True, slots=True)
class Account:
    """password: its hash, «» where there is none. issuer, subject: who they are there, or None."""

    id: str
    email: str
    name: str
    password: str
    issuer: str | None
    subject: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Municipality:
    id: str
    name: str
    language: str
    version: int


@dataclass(frozen=True, slots=True)
class Invitation:
    token: str
    municipality_id: str
    kind: str
    email: str
    role: str
    made_by: str
    made_at: datetime


def _account(row: AccountRow | None) -> Account | None:
    if row is None:
        return None
    return Account(row.id, row.email, row.name, row.password, row.issuer, row.subject, row.language)


def _municipality(row: MunicipalityRow) -> Municipality:
    return Municipality(row.id, row.name, row.language, row.version)


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(row.token, row.municipality_id, row.kind, row.email, row.role, row.made_by, row.made_at)


def municipality(session: Session, municipality_id: str) -> Municipality | None:
    row = session.get(MunicipalityRow, municipality_id)
    return _municipality(row) if row else None


def municipalities(session: Session) -> tuple[Municipality, ...]:
    """All there are, by name."""
    rows = session.exec(select(MunicipalityRow).order_by(col(MunicipalityRow.name), col(MunicipalityRow.id)))
    return tuple(map(_municipality, rows))


def add_municipality(session: Session, id_: str, name: str, language: str, now: datetime) -> None:
    session.add(MunicipalityRow(id=id_, name=name, language=language, made_at=now, version=1))
    session.flush()


def change_municipality(session: Session, changed: Municipality) -> bool:
    """Whether it was still the version that the change was made from."""
    row = session.exec(
        select(MunicipalityRow).where(MunicipalityRow.id == changed.id).with_for_update()
    ).one()  # fmt: skip
    if row.version != changed.version:
        return False
    row.name, row.language, row.version = changed.name, changed.language, changed.version + 1
    session.add(row)
    return True


def account(session: Session, account_id: str) -> Account | None:
    return _account(session.get(AccountRow, account_id))


def by_email(session: Session, email: str) -> Account | None:
    return _account(session.exec(select(AccountRow).where(AccountRow.email == email)).first())


def by_identity(session: Session, issuer: str, subject: str) -> Account | None:
    """Whoever is known by this at the issuer."""
    found = select(AccountRow).where(AccountRow.issuer == issuer, AccountRow.subject == subject)
    return _account(session.exec(found).first())


def put_account(session: Session, account: Account, now: datetime) -> None:
    """A new account, or what it is now."""
    row = session.get(AccountRow, account.id) or AccountRow(id=account.id, made_at=now, email="", name="", password="",
                                                            language="")  # fmt: skip
    row.email, row.name, row.password, row.language = account.email, account.name, account.password, account.language
    row.issuer, row.subject = account.issuer, account.subject
    session.add(row)
    session.flush()


def put_password(session: Session, account_id: str, password: str) -> bool:
    """Its new password's hash, and nothing else of it: making one takes a while, in which a name may be changed. False
    where the account is gone."""
    kept = update(AccountRow).where(col(AccountRow.id) == account_id).values(password=password)
    return bool(session.exec(kept).rowcount)


def put_identified(session: Session, account: Account, now: datetime) -> bool:
    """As `put_account`. False, and everything of the transaction undone, where another is known by the same."""
    try:
        put_account(session, account, now)
    except IntegrityError:  # in the same moment, on a database that lets two write at once
        session.rollback()
        return False
    return True


def remove_account(session: Session, account_id: str) -> None:
    row = session.get(AccountRow, account_id)
    if row is not None:
        session.delete(row)


def members(session: Session, municipality_id: str, *, hold: bool = False) -> tuple[Member, ...]:
    """Who has a place there, by name. hold: nobody else changes any of them before this transaction ends."""
    asked = (
        select(MembershipRow, AccountRow)
        .join(AccountRow, col(AccountRow.id) == MembershipRow.account_id)
        .where(MembershipRow.municipality_id == municipality_id)
        .order_by(col(AccountRow.name), col(AccountRow.id))
    )
    if hold:
        session.exec(select(MunicipalityRow.id).where(MunicipalityRow.id == municipality_id).with_for_update()).one()
    return tuple(Member(person.id, person.name, person.email, place.role) for place, person in session.exec(asked))


def places(session: Session, account_id: str) -> tuple[tuple[Municipality, str], ...]:
    """The municipalities of an account with its role in each, by name."""
    found = session.exec(
        select(MunicipalityRow, MembershipRow.role)
        .join(MembershipRow, col(MembershipRow.municipality_id) == MunicipalityRow.id)
        .where(MembershipRow.account_id == account_id)
        .order_by(col(MunicipalityRow.name), col(MunicipalityRow.id))
    )
    return tuple((_municipality(row), role) for row, role in found)


def put_member(session: Session, municipality_id: str, account_id: str, role: str) -> None:
    session.merge(MembershipRow(municipality_id=municipality_id, account_id=account_id, role=role))
    session.flush()


def remove_member(session: Session, municipality_id: str, account_id: str) -> None:
    row = session.get(MembershipRow, (municipality_id, account_id))
    if row is not None:
        session.delete(row)
        session.flush()


def invite(session: Session, invitation: Invitation) -> None:
    """One invitation of each kind for an address in a municipality: a new one takes the old one's place."""
    session.exec(
        delete(InvitationRow).where(
            col(InvitationRow.municipality_id) == invitation.municipality_id,
            col(InvitationRow.kind) == invitation.kind,
            col(InvitationRow.email) == invitation.email,
        )
    )
    session.add(
        InvitationRow(
            token=invitation.token,
            municipality_id=invitation.municipality_id,
            kind=invitation.kind,
            email=invitation.email,
            role=invitation.role,
            made_by=invitation.made_by,
            made_at=invitation.made_at,
        )
    )


def invitation(session: Session, token: str, *, hold: bool = False) -> Invitation | None:
    """hold: two who use it in the same moment wait for each other, and the second finds nothing."""
    asked = select(InvitationRow).where(InvitationRow.token == token)
    row = session.exec(asked.with_for_update() if hold else asked).first()
    return _invitation(row) if row else None


def invitations(session: Session, municipality_id: str) -> tuple[Invitation, ...]:
    rows = session.exec(
        select(InvitationRow).where(InvitationRow.municipality_id == municipality_id).order_by(col(InvitationRow.email))
    )
    return tuple(map(_invitation, rows))


def remove_invitation(session: Session, token: str) -> None:
    session.exec(delete(InvitationRow).where(col(InvitationRow.token) == token))
