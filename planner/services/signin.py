"""Who is this, and may they come in? Signing in and out, and what each request asks.

The browser holds a secret and the database its hash. What somebody may do is read anew for each request, so that a
role taken away is gone at the next click.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.domain.people import Person
from planner.domain.typed import read_words
from planner.services import passwords
from planner.services.plans import now
from planner.services.wrong_tries import keyed
from planner.store import people as store
from planner.store import signins, wrong_tries
from planner.store.database import Database
from planner.store.people import Account
from planner.wording import Sentence, finding

SIGNIN_LASTS = timedelta(days=7)
SIGNIN_IDLE = timedelta(hours=12)
# At most ten wrong passwords a quarter of an hour for one account (ASVS 5.0, 6.3.1).
WRONG_MOST, WRONG_WITHIN = 10, timedelta(minutes=15)
# From one address: a town hall is one, and its people may all mistype on a Monday.
WRONG_MOST_OF_ADDRESS = 100
# When somebody was last seen is written no oftener than this: reading a page is not a reason to write each time.
_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignInView:
    """next: where one goes afterwards. issuer: where one may sign in instead, or «»."""

    email: str = ""
    next: str = "/"
    trouble: Sentence | None = None
    issuer: str = ""
    frame: None = None
    status: int = 200


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def who(database: Database, secret: str) -> Person | None:
    """Whoever holds this secret, as of now; None when it opens nothing, or no more."""
    token, moment = hash_of(secret), now()
    with database.read() as session:
        signin = signins.signed_in(session, token)
        if signin is None or _is_over(signin, moment):
            return None
        person = _person(session, signin)
    if moment - signin.seen_at >= _SEEN_EVERY:
        with database.write() as session:
            signins.seen(session, token, moment)
            session.commit()
    return person


def _is_over(signin: signins.Signin, moment: datetime) -> bool:
    """Whether it has ended by itself: a week after it began, or twelve hours after it was last used."""
    return moment - signin.made_at >= SIGNIN_LASTS or moment - signin.seen_at >= SIGNIN_IDLE


def _person(session: Session, signin: signins.Signin) -> Person | None:
    account = store.account(session, signin.account_id)
    if account is None:
        return None
    person = Person(account.id, account.email, account.name, account.language, signin.token)
    places = store.places(session, account.id)
    if not places:
        return person
    municipality, role = next((place for place in places if place[0].id == signin.municipality_id), places[0])
    return replace(
        person,
        municipality_id=municipality.id,
        municipality=municipality.name,
        municipality_language=municipality.language,
        role=role,
    )


def by_password(database: Database, key: str, email: str, password: str, address: str) -> str | Sentence:
    """The secret of a new signing-in, or what is wrong. key, address: as `check` asks for them."""
    account = check(database, key, email, password, address)
    if not isinstance(account, Account):
        return account
    with database.write() as session:
        secret = begin(session, account)
        session.commit()
    return secret


def check(database: Database, key: str, email: str, password: str, address: str) -> Account | Sentence:
    """Whose password it is, or what is wrong. key: of this installation; address: where the request is from.

    Ten wrong passwords a quarter of an hour for an account, then no more are tried; whoever is in stays in. Each is
    counted before it is tried, and taken off again when it is right: however many come at once, ten are tried.
    """
    email = read_words(email).lower()
    account_key, address_key = keyed(key, f"account {email}"), keyed(key, f"address {address}")
    moment = now()
    most = {account_key: WRONG_MOST, address_key: WRONG_MOST_OF_ADDRESS}
    with database.write() as session:
        wrong_tries.hold(session)
        account = store.by_email(session, email)
        if any(wrong_tries.count(session, whose, moment) >= limit for whose, limit in most.items()):
            minutes = int(WRONG_WITHIN.total_seconds() // 60)
            return finding(Finding("signin_wait", details={"minutes": minutes}))
        counted = wrong_tries.add(session, dict.fromkeys(most, moment + WRONG_WITHIN), moment)
        session.commit()
    kept = account.password if account is not None else ""
    if not passwords.matches(kept, password) or account is None:
        return finding(Finding("signin_wrong"))
    if passwords.is_outdated(kept):
        account = replace(account, password=passwords.hashed(password))
    with database.write() as session:
        if account.password != kept:
            store.put_password(session, account.id, account.password)
        wrong_tries.forget(session, account_key, counted)
        session.commit()
    return account


def begin(session: Session, account: Account, municipality_id: str = "") -> str:
    """The secret of a new signing-in of this account; not committed."""
    secret, moment = secrets.token_urlsafe(32), now()
    signins.forget_signins(session, moment - SIGNIN_LASTS, moment - SIGNIN_IDLE)
    signins.sign_in(session, signins.Signin(hash_of(secret), account.id, municipality_id, moment, moment))
    return secret


def forget_old(database: Database) -> None:
    """Remove signings-in that have ended by themselves, and wrong tries that count no more."""
    moment = now()
    with database.write() as session:
        signins.forget_signins(session, moment - SIGNIN_LASTS, moment - SIGNIN_IDLE)
        wrong_tries.forget_over(session, moment)
        session.commit()


def forget(database: Database, secret: str) -> None:
    """The signing-in that a browser held is over, whoever's it was: it has another now."""
    with database.write() as session:
        signins.sign_out(session, hash_of(secret))
        session.commit()


def end(database: Database, person: Person, *, everywhere: bool = False) -> None:
    with database.write() as session:
        if everywhere:
            signins.sign_out_everywhere(session, person.account_id)
        else:
            signins.sign_out(session, person.signin)
        session.commit()


def look_at(database: Database, person: Person, municipality_id: str) -> bool:
    """Go on in another of one's municipalities; False when there is no place for this person there."""
    with database.write() as session:
        if all(place.id != municipality_id for place, _role in store.places(session, person.account_id)):
            return False
        signins.look_at(session, person.signin, municipality_id)
        session.commit()
    return True


def is_fresh(at: datetime, lasts: timedelta) -> bool:
    """Whether something that lasts so long, made then, still stands."""
    return now() - at < lasts
