"""What does an identity at the issuer open? The account that it was tied to, and nothing else.

An identity is the issuer and its subject together, never an address: whoever has the same e-mail there as somebody has
here is a stranger. It is tied by its owner, who has come by an invitation or is signed in and gives the password.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from planner.config import Oidc
from planner.domain.findings import Finding
from planner.domain.people import Person
from planner.services import account as accounts
from planner.services import signin
from planner.services.account import AccountView
from planner.services.identity import Away, Identity, Refused
from planner.services.plans import now
from planner.store import people as store
from planner.store import signins
from planner.store.database import Database
from planner.store.people import Account
from planner.wording import Sentence, finding

ATTEMPT_LASTS = timedelta(minutes=15)
"""For somebody to find their second factor."""


@dataclass(frozen=True, slots=True)
class LeavingView:
    """The page between a form of ours and the issuer. name: of it. out: they go there to be signed out."""

    name: str
    out: bool = False
    frame: None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why somebody was not let in. status: 503 where waiting may help."""

    said: Sentence
    status: int = 422


def sign_in(database: Database, settings: Oidc, identity: Identity) -> str | Trouble:
    """The secret of a new signing-in of the account that is tied to it, or what is wrong."""
    with database.write() as session:
        account = store.by_identity(session, identity.issuer, identity.subject)
        if account is None:
            return said("oidc_unknown", settings)
        secret = signin.begin(session, account)
        session.commit()
    return secret


def may_tie(database: Database, key: str, person: Person, password: str, address: str) -> AccountView | None:
    """None where the password is theirs, asked for as when signing in: whoever finds a browser open ties nothing."""
    known = signin.check(database, key, person.email, password, address)
    if isinstance(known, Account):
        return None
    return replace(accounts.page(database, person), errors=(("tie", known.what),), status=422)


def tie(database: Database, settings: Oidc, person: Person, identity: Identity) -> str | Trouble:
    """The secret of a new signing-in, all others having ended; or what is wrong."""
    with database.write() as session:
        account = store.account(session, person.account_id)
        other = store.by_identity(session, identity.issuer, identity.subject)
        if account is None or (other is not None and other.id != account.id):
            return said("oidc_taken", settings)
        tied = replace(account, issuer=identity.issuer, subject=identity.subject)
        if not store.put_identified(session, tied, now()):
            return said("oidc_taken", settings)
        signins.sign_out_everywhere(session, account.id)
        secret = signin.begin(session, account, person.municipality_id)
        session.commit()
    return secret


def untie(database: Database, key: str, person: Person, password: str, address: str) -> str | AccountView:
    """The same, the account being opened by its password alone from now on."""
    wrong = may_tie(database, key, person, password, address)
    if wrong is not None:
        return wrong
    with database.write() as session:
        account = store.account(session, person.account_id)
        if account is None or not account.password:
            return accounts.page(database, person)
        store.put_account(session, replace(account, issuer=None, subject=None), now())
        signins.sign_out_everywhere(session, account.id)
        secret = signin.begin(session, account, person.municipality_id)
        session.commit()
    return secret


def trouble(settings: Oidc, error: Away | Refused) -> Trouble:
    """What somebody is told whom the issuer has not let in."""
    if isinstance(error, Away):
        return said("oidc_away", settings, 503)
    if error.word in ("state", "cancelled"):
        return said(f"oidc_{error.word}", settings)
    return Trouble(finding(Finding("oidc_refused", details={"name": settings.called, "word": error.word})))


def said(code: str, settings: Oidc, status: int = 422) -> Trouble:
    return Trouble(finding(Finding(code, details={"name": settings.called})), status)
