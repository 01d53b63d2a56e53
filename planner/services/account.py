"""What may somebody do about their own account? Change name, language and password, and sign out elsewhere."""

from dataclasses import dataclass, replace

from planner.domain.findings import Finding
from planner.domain.people import Person, password_findings, read_name
from planner.services import passwords, signin
from planner.services.plans import LANGUAGES, now
from planner.store import people as store
from planner.store import signins
from planner.store.database import Database
from planner.store.people import Account
from planner.wording import Sentence, finding
from planner.wording import people as wording


@dataclass(frozen=True, slots=True)
class Place:
    municipality_id: str
    name: str
    role: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """signins: in how many browsers they are signed in now. tied_to: the issuer that the account is tied to, or «».

    issuer: what the installation's is called, «» where there is none; is_tied: whether it is that one.
    """

    name: str
    email: str
    language: str
    places: tuple[Place, ...]
    signins: int
    has_password: bool = True
    tied_to: str = ""
    issuer: str = ""
    is_tied: bool = False
    trouble: Sentence | None = None
    errors: tuple[tuple[str, str], ...] = ()
    done: str = ""
    frame: None = None
    status: int = 200

    def error(self, field: str) -> str:
        return dict(self.errors).get(field, "")


def page(database: Database, person: Person, done: str = "") -> AccountView:
    with database.read() as session:
        places = tuple(
            Place(place.id, place.name, wording.role(role), place.id == person.municipality_id)
            for place, role in store.places(session, person.account_id)
        )
        count = len(signins.signins(session, person.account_id))
        account = store.account(session, person.account_id)
    return AccountView(
        person.name,
        person.email,
        person.language,
        places,
        count,
        has_password=account is not None and bool(account.password),
        tied_to=(account.issuer if account is not None else "") or "",
        done=done,
    )


def change(database: Database, person: Person, name: str, language: str) -> AccountView | None:
    """None where it is done."""
    troubles: list[Finding] = []
    name = read_name(name, "name", troubles)
    if troubles:
        return _wrong(replace(page(database, person), name=name), troubles)
    with database.write() as session:
        account = store.account(session, person.account_id)
        if account is not None:
            chosen = language if language in LANGUAGES else ""
            store.put_account(session, replace(account, name=name, language=chosen), now())
            session.commit()
    return None


def change_password(
    database: Database, key: str, person: Person, old: str, password: str, again: str, address: str
) -> AccountView | str:
    """The secret of a new signing-in, all others having ended; or the page with what is wrong.

    The old one is asked for as when signing in, and guessed as seldom.
    """
    known = (person.name, person.email, person.municipality)
    troubles = list(password_findings(password, again, known))
    if troubles:
        return _wrong(page(database, person), troubles)
    known_by = signin.check(database, key, person.email, old, address)
    if not isinstance(known_by, Account):
        return replace(page(database, person), errors=(("old", known_by.what),), status=422)
    kept = passwords.hashed(password)
    with database.write() as session:
        if not store.put_password(session, known_by.id, kept):
            return replace(page(database, person), errors=(("old", finding(Finding("signin_wrong")).what),), status=422)
        signins.sign_out_everywhere(session, known_by.id)
        secret = signin.begin(session, known_by, person.municipality_id)
        session.commit()
    return secret


def _wrong(view: AccountView, troubles: list[Finding]) -> AccountView:
    errors = tuple((one.where, finding(replace(one, where="")).what) for one in reversed(troubles))
    return replace(view, errors=errors, status=422)
