"""Who is signed in, as it is kept.

A token here is the hash of the browser's secret.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, delete, select

from planner.store.people_tables import SigninRow


@dataclass(frozen=True, slots=True)
class Signin:
    token: str
    account_id: str
    municipality_id: str
    made_at: datetime
    seen_at: datetime


def _signin(row: SigninRow) -> Signin:
    return Signin(row.token, row.account_id, row.municipality_id, row.made_at, row.seen_at)


def sign_in(session: Session, signin: Signin) -> None:
    session.add(
        SigninRow(
            token=signin.token,
            account_id=signin.account_id,
            municipality_id=signin.municipality_id,
            made_at=signin.made_at,
            seen_at=signin.seen_at,
        )
    )


def signed_in(session: Session, token: str) -> Signin | None:
    row = session.get(SigninRow, token)
    return _signin(row) if row else None


def signins(session: Session, account_id: str) -> tuple[Signin, ...]:
    rows = session.exec(
        select(SigninRow).where(SigninRow.account_id == account_id).order_by(col(SigninRow.seen_at).desc())
    )
    return tuple(map(_signin, rows))


def seen(session: Session, token: str, now: datetime) -> None:
    row = session.get(SigninRow, token)
    if row is not None:
        row.seen_at = now
        session.add(row)


def look_at(session: Session, token: str, municipality_id: str) -> None:
    row = session.get_one(SigninRow, token)
    row.municipality_id = municipality_id
    session.add(row)


def sign_out(session: Session, token: str) -> None:
    session.exec(delete(SigninRow).where(col(SigninRow.token) == token))


def sign_out_everywhere(session: Session, account_id: str, municipality_id: str | None = None) -> None:
    """The account's signings-in end: all of them, or those that look at one municipality."""
    ended = delete(SigninRow).where(col(SigninRow.account_id) == account_id)
    session.exec(ended if municipality_id is None else ended.where(col(SigninRow.municipality_id) == municipality_id))


def forget_signins(session: Session, before_made: datetime, before_seen: datetime) -> None:
    session.exec(
        delete(SigninRow).where((col(SigninRow.made_at) < before_made) | (col(SigninRow.seen_at) < before_seen))
    )
