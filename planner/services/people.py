"""What may whoever leads a municipality do about its people? Invite, change roles, let go, give a new password."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.domain.people import ROLES, Member, Person, last_director, read_email, read_name
from planner.services import invitation, signin
from planner.services.plans import now
from planner.store import people as store
from planner.store import signins
from planner.store.database import Database
from planner.store.people import Invitation, Municipality
from planner.wording import Sentence, finding
from planner.wording import people as wording


@dataclass(frozen=True, slots=True)
class MemberRow:
    account_id: str
    name: str
    email: str
    role: str
    role_text: str
    is_me: bool
    is_last: bool
    """Nobody would lead the municipality without them."""


@dataclass(frozen=True, slots=True)
class InvitationRow:
    email: str
    kind: str
    told: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """A link that was just made: shown this once, kept nowhere."""

    secret: str
    email: str
    told: str


@dataclass(frozen=True, slots=True)
class Role:
    code: str
    name: str
    does: str


@dataclass(frozen=True, slots=True)
class PeopleView:
    """version: of the municipality's own facts, that their form carries."""

    municipality: str
    language: str
    version: int
    members: tuple[MemberRow, ...]
    invitations: tuple[InvitationRow, ...]
    roles: tuple[Role, ...]
    made: Made | None = None
    typed_email: str = ""
    typed_role: str = "viewer"
    errors: tuple[tuple[str, str], ...] = ()
    trouble: Sentence | None = None
    frame: None = None
    status: int = 200

    def error(self, field: str) -> str:
        return dict(self.errors).get(field, "")


def page(database: Database, person: Person) -> PeopleView:
    with database.read() as session:
        return _view(session, person)


def _view(session: Session, person: Person) -> PeopleView:
    municipality = _municipality(session, person)
    members = store.members(session, municipality.id)
    rows = tuple(
        MemberRow(
            one.account_id,
            one.name,
            one.email,
            one.role,
            wording.role(one.role),
            one.account_id == person.account_id,
            last_director(members, one.account_id),
        )
        for one in members
    )
    waiting = tuple(
        InvitationRow(one.email, one.kind, wording.invitation(one.kind, one.role), _until(one))
        for one in store.invitations(session, municipality.id)
        if signin.is_fresh(one.made_at, invitation.LASTS[one.kind])
    )
    roles = tuple(Role(code, wording.role(code), wording.role_does(code)) for code in reversed(ROLES))
    return PeopleView(municipality.name, municipality.language, municipality.version, rows, waiting, roles)


def _until(one: Invitation) -> datetime:
    return one.made_at + invitation.LASTS[one.kind]


def _municipality(session: Session, person: Person) -> Municipality:
    found = store.municipality(session, person.municipality_id)
    if found is None:
        raise LookupError(person.municipality_id)
    return found


def invite(database: Database, person: Person, email: str, role: str) -> PeopleView:
    """A link for somebody new, or what is wrong with what was typed."""
    troubles: list[Finding] = []
    address = read_email(email, "email", troubles)
    if role not in ROLES:
        troubles.append(Finding("people_role", where="role"))
    with database.write() as session:
        members = store.members(session, person.municipality_id, hold=True)
        if any(one.email == address for one in members):
            troubles.append(Finding("people_already_here", where="email"))
        if troubles:
            view = replace(_view(session, person), typed_email=email, typed_role=role, status=422)
            return replace(view, errors=_errors(troubles))
        secret = invitation.make(session, person.municipality_id, "place", address, role, person.name)
        view = _view(session, person)
        session.commit()
    return replace(view, made=Made(secret, address, wording.invitation("place", role)))


def new_password(database: Database, person: Person, account_id: str) -> PeopleView:
    """A link to a new password, for somebody whose only place is here."""
    with database.write() as session:
        member = _member(session, person, account_id)
        if member is None:
            return _refused(session, person, "people_gone")
        wanted = Invitation("", person.municipality_id, "password", member.email, member.role, "", now())
        if not invitation.only_here(session, wanted):
            return _refused(session, person, "people_elsewhere_too")
        secret = invitation.make(session, person.municipality_id, "password", member.email, member.role, person.name)
        view = _view(session, person)
        session.commit()
    return replace(view, made=Made(secret, member.email, wording.invitation("password", member.role)))


def withdraw(database: Database, person: Person, email: str, kind: str) -> None:
    with database.write() as session:
        for one in store.invitations(session, person.municipality_id):
            if (one.email, one.kind) == (email, kind):
                store.remove_invitation(session, one.token)
        session.commit()
    database.scrub("invitation")


def give_role(database: Database, person: Person, account_id: str, role: str, was: str) -> PeopleView | None:
    """Another role than the one that was shown; they sign in anew here, with more rights as with fewer. None where it
    is done."""
    with database.write() as session:
        member = _member(session, person, account_id)
        if member is None or role not in ROLES:
            return _refused(session, person, "people_gone")
        if member.role != was:
            return replace(_refused(session, person, "people_role_changed"), status=409)
        if role != "director" and last_director(store.members(session, person.municipality_id), account_id):
            return _refused(session, person, "people_last_director")
        store.put_member(session, person.municipality_id, account_id, role)
        if role != member.role:
            signins.sign_out_everywhere(session, account_id, person.municipality_id)
        session.commit()
    return None


def let_go(database: Database, person: Person, account_id: str, was: str) -> PeopleView | None:
    """Their place here is gone, and the account too when it was their only one. None where it is done."""
    with database.write() as session:
        member = _member(session, person, account_id)
        if member is None:
            return _refused(session, person, "people_gone")
        if member.role != was:
            return replace(_refused(session, person, "people_role_changed"), status=409)
        if last_director(store.members(session, person.municipality_id), account_id):
            return _refused(session, person, "people_last_director")
        store.remove_member(session, person.municipality_id, account_id)
        signins.sign_out_everywhere(session, account_id, person.municipality_id)
        if not store.places(session, account_id):
            store.remove_account(session, account_id)
        session.commit()
    database.scrub("account", "invitation", "membership", "signin")  # used invitations had their address too
    return None


def rename(database: Database, person: Person, name: str, language: str, version: int) -> PeopleView | None:
    """The municipality's name and language. None where it is done."""
    troubles: list[Finding] = []
    name = read_name(name, "name", troubles)
    with database.write() as session:
        if troubles:
            return replace(_view(session, person), municipality=name, errors=_errors(troubles), status=422)
        changed = Municipality(person.municipality_id, name, language, version)
        if not store.change_municipality(session, changed):
            return replace(_refused(session, person, "people_changed"), status=409)
        session.commit()
    return None


def _member(session: Session, person: Person, account_id: str) -> Member | None:
    members = store.members(session, person.municipality_id, hold=True)
    return next((one for one in members if one.account_id == account_id), None)


def _refused(session: Session, person: Person, code: str) -> PeopleView:
    return replace(_view(session, person), trouble=finding(Finding(code)), status=422)


def _errors(troubles: list[Finding]) -> tuple[tuple[str, str], ...]:
    return tuple((one.where, finding(replace(one, where="")).what) for one in reversed(troubles))
