"""What does whoever runs an installation do? Makes a municipality, and the links that nobody inside can make."""

import secrets

from planner.domain.findings import Finding
from planner.domain.people import read_email, read_name
from planner.services import invitation
from planner.services.plans import now
from planner.store import people as store
from planner.store.database import Database

_PATH = "/invitation/"


def municipalities(database: Database) -> tuple[str, ...]:
    with database.read() as session:
        return tuple(one.name for one in store.municipalities(session))


def add_municipality(database: Database, name: str, language: str, email: str) -> str | None:
    """The path of a link for its director, the municipality being made where there is none of this name; None for
    a name or an address that cannot be."""
    troubles: list[Finding] = []
    name, email = read_name(name, "name", troubles), read_email(email, "email", troubles)
    if troubles:
        return None
    with database.write() as session:
        found = next((one.id for one in store.municipalities(session) if one.name == name), "")
        id_ = found or secrets.token_hex(8)
        if not found:
            store.add_municipality(session, id_, name, language, now())
        secret = invitation.make(session, id_, "place", email, "director", "")
        session.commit()
    return _PATH + secret


def new_password(database: Database, email: str) -> str | None:
    """The path of a link to a new password; None where there is no such account."""
    with database.write() as session:
        account = store.by_email(session, email.strip().lower())
        places = () if account is None else store.places(session, account.id)
        if account is None or not places:
            return None
        secret = invitation.make(session, places[0][0].id, "password", account.email, places[0][1], "")
        session.commit()
    return _PATH + secret
