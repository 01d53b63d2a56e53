"""What does a link that somebody was given lead to? A place in a municipality, or a new password.

The link is the proof: whoever holds it is the one it was made for. It is used once, and it never takes over an account
that is there already: whoever has one signs in to it first.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlmodel import Session

from planner.config import Oidc
from planner.domain.findings import Finding
from planner.domain.people import NAME_LONGEST, Person, password_findings, read_name
from planner.domain.typed import read_words
from planner.services import oidc, passwords, signin
from planner.services.identity import Identity
from planner.services.plans import now
from planner.store import people as store
from planner.store import signins
from planner.store.database import Database
from planner.store.people import Account, Invitation, Municipality
from planner.wording import Sentence, finding
from planner.wording.people import role as role_word
from planner.wording.people import role_does

LASTS: dict[str, timedelta] = {"place": timedelta(days=7), "password": timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What the page behind a link shows.

    asks: «new» an account is made, or they sign in to theirs, «password» a new password, «sign_in» there is an account
    and they must sign in to it first, «accept» they are signed in to it, «other» they are signed in as somebody else.
    issuer: where one may sign in instead of making a password, or «».
    """

    secret: str
    asks: str
    kind: str
    email: str
    municipality: str
    role: str
    does: str = ""
    name: str = ""
    errors: dict[str, str] | None = None
    trouble: Sentence | None = None
    issuer: str = ""
    frame: None = None
    status: int = 200

    def error(self, field: str) -> str:
        return (self.errors or {}).get(field, "")


def make(
    session: Session, municipality_id: str, kind: str, email: str, role: str, made_by: str
) -> str:  # fmt: skip
    """The secret of a new link; not committed. An earlier one of the kind for this address no longer opens anything."""
    secret = secrets.token_urlsafe(32)
    store.invite(
        session, Invitation(signin.hash_of(secret), municipality_id, kind, email, role, made_by, now())
    )  # fmt: skip
    return secret


def page(database: Database, secret: str, person: Person | None) -> InvitationView | None:
    """None where the link opens nothing: used, too old, withdrawn, or never made.

    To whom has not signed in it does not tell whether the address has an account: only using it does.
    """
    with database.read() as session:
        found = _stands(session, secret)
        if found is None:
            return None
        view = _view(session, secret, *found, person)
    return replace(view, asks="new", name="") if view.asks == "sign_in" else view


def _stands(session: Session, secret: str, *, hold: bool = False) -> tuple[Invitation, Municipality] | None:
    invitation = store.invitation(session, signin.hash_of(secret), hold=hold)
    if invitation is None or not signin.is_fresh(invitation.made_at, LASTS[invitation.kind]):
        return None
    if invitation.kind == "password" and invitation.made_by and not only_here(session, invitation):
        return None
    municipality = store.municipality(session, invitation.municipality_id)
    return None if municipality is None else (invitation, municipality)


def only_here(session: Session, invitation: Invitation) -> bool:
    """Whether the account has no place in another municipality: one may not open the doors of the others."""
    account = store.by_email(session, invitation.email)
    places = () if account is None else store.places(session, account.id)
    return [place.id for place, _role in places] == [invitation.municipality_id]


def _view(
    session: Session, secret: str, invitation: Invitation, municipality: Municipality, person: Person | None
) -> InvitationView:
    account = store.by_email(session, invitation.email)
    if invitation.kind == "password":
        asks = "password"
    elif account is None:
        asks = "new" if person is None else "other"
    elif person is None:
        asks = "sign_in"
    else:
        asks = "accept" if person.account_id == account.id else "other"
    return InvitationView(
        secret, asks, invitation.kind, invitation.email, municipality.name, role_word(invitation.role),
        role_does(invitation.role), "" if account is None else account.name,
    )  # fmt: skip


def accept(
    database: Database, secret: str, person: Person | None, name: str = "", password: str = "", again: str = ""
) -> InvitationView | str | None:
    """Use the link: the secret of a new signing-in, or the page with what is wrong. None where it opens nothing."""
    with database.write() as session:
        found = _stands(session, secret, hold=True)
        if found is None:
            return None
        invitation, municipality = found
        view = _view(session, secret, invitation, municipality, person)
        if view.asks in ("sign_in", "other"):
            return view
        account = store.by_email(session, invitation.email)
        if view.asks == "accept" and account is not None:
            store.put_member(session, municipality.id, account.id, invitation.role)
        else:
            troubles: list[Finding] = []
            name = read_name(name, "name", troubles) if account is None else account.name
            troubles += password_findings(password, again, (name, invitation.email, municipality.name))
            if troubles or (account is None and invitation.kind == "password"):
                errors = {trouble.where: finding(replace(trouble, where="")).what for trouble in reversed(troubles)}
                return replace(view, name=name, errors=errors, status=422)
            account = _with_password(session, account, invitation, name, password)
            if account is None:
                return replace(view, asks="sign_in")
            if invitation.kind == "place":
                store.put_member(session, municipality.id, account.id, invitation.role)
        store.remove_invitation(session, invitation.token)
        opened = signin.begin(session, account, municipality.id)
        session.commit()
    return opened


def accept_identified(
    database: Database, settings: Oidc, secret: str, person: Person | None, identity: Identity
) -> InvitationView | str | None:
    """Use the link for a new account without a password, which this identity opens. Answers as `accept`."""
    with database.write() as session:
        found = _stands(session, secret, hold=True)
        if found is None:
            return None
        invitation, municipality = found
        view = _view(session, secret, invitation, municipality, person)
        if view.asks != "new":
            return view
        taken = replace(view, trouble=oidc.said("oidc_taken", settings).said, status=422)
        if store.by_identity(session, identity.issuer, identity.subject) is not None:
            return taken
        # What they are called may be changed on the page of their account.
        name = (read_words(identity.name) or invitation.email)[:NAME_LONGEST]
        account = Account(
            secrets.token_hex(8), invitation.email, name, "", identity.issuer, identity.subject, ""
        )  # fmt: skip
        if not store.put_identified(session, account, now()):
            return taken
        store.put_member(session, municipality.id, account.id, invitation.role)
        store.remove_invitation(session, invitation.token)
        opened = signin.begin(session, account, municipality.id)
        session.commit()
    return opened


def _with_password(
    session: Session, account: Account | None, invitation: Invitation, name: str, password: str
) -> Account | None:
    """The account with its new password; everybody who was signed in to it is out. None, and everything undone, where
    another link has made one for the address in the same moment."""
    kept = passwords.hashed(password)
    if account is None:
        account = Account(secrets.token_hex(8), invitation.email, name, kept, None, None, "")
    else:
        account = replace(account, password=kept)
        signins.sign_out_everywhere(session, account.id)
    return account if store.put_identified(session, account, now()) else None
