"""Whose plan is it, and may this person do this? Asked once, here, before any view runs.

Not yours and not there are the same 404. Where people sign in, a plan belongs to a municipality, and `rights.py` says
what role each address asks for; both are read anew for each request. From here on the request has the database as its
owner sees it (`g.owner`, for `pages.place`); a phone in a workshop, which has no account, as the plan's owner does.
"""

import secrets
from typing import cast

from flask import Flask, Response, abort, g, request, session, url_for

from planner.domain.people import Person
from planner.services import plans, signin
from planner.services.wrong_tries import household
from planner.web import again, cookies, rights
from planner.web.pages import after, from_htmx, installation, place

LOCAL_OWNER = "local"


class TooLittle(Exception):
    """Somebody of the municipality, whose role is not enough. least: the role that is."""

    def __init__(self, least: str) -> None:
        self.least = least
        super().__init__(least)


def is_server() -> bool:
    """Whether people sign in here."""
    return place().config.access == "server"


def person() -> Person | None:
    """Whoever has signed in; None where nobody has, or nobody can."""
    if "person" not in g:
        secret = request.cookies.get(cookie_name(), "") if is_server() else ""
        g.person = None  # so that the page which says that the database is away does not ask it once more
        g.person = signin.who(installation().database, secret) if secret else None
    return cast("Person | None", g.person)


def asked_from() -> str:
    """The network address that wrong passwords are counted by."""
    return household(request.remote_addr or "")


def signed_in() -> Person:
    """Whoever has signed in; for views that nobody else reaches."""
    found = person()
    if found is None:
        abort(404)
    return found


def owner() -> str:
    """Whose plans these are: everyone's on a local installation, else the browser's own, or the municipality's."""
    if is_server():
        return signed_in().municipality_id
    if place().config.access == "local":
        return LOCAL_OWNER
    if "owner" not in session:
        session["owner"] = secrets.token_urlsafe(24)
        session.permanent = True
    return str(session["owner"])


def plan_is_gone() -> bool:
    """Whether the request is about a plan that this person does not have."""
    plan_id = (request.view_args or {}).get("plan_id")
    return plan_id is not None and not plans.belongs_to(place().database, plan_id, owner())


def may(endpoint: str) -> bool:
    """Whether this person may ask for that address; everybody may all where nobody signs in."""
    least = rights.LEAST[endpoint]
    if not is_server() or least in (rights.PUBLIC, rights.ROOM):
        return True
    found = person()
    return found is not None and (least == rights.ACCOUNT or found.may(least))


def _guard() -> Response | None:
    endpoint = request.endpoint
    if endpoint is None:
        return None  # no such address: the 404 says so
    least = rights.LEAST[endpoint]
    if least == rights.ROOM:
        g.owner = installation().live.owner((request.view_args or {})["link"])
        return None
    if not is_server():
        _guard_without_people(endpoint, least)
        return None
    if least == rights.PUBLIC:
        return None
    found = person()
    if found is None:
        return _to_sign_in()
    if least == rights.ACCOUNT:
        return None
    if not found.role:
        return after(url_for("account.page"))  # no place in any municipality any more
    g.owner = owner()
    if plan_is_gone():
        abort(404)
    if not found.may(least):
        raise TooLittle(least)
    return None


def _guard_without_people(endpoint: str, least: str) -> None:
    if endpoint.partition(".")[0] in rights.SERVER_ONLY:
        abort(404)
    if least != rights.PUBLIC:
        g.owner = owner()
        if plan_is_gone():
            abort(404)


def _to_sign_in() -> Response:
    """A page asks to sign in and comes back; a command is not done, and its form may be sent again afterwards.

    What is sent from within a page is only refused: the page stays, with all that is written in it.
    """
    if again.can_come_back():
        return again.signed_out()
    if from_htmx() and request.method != "GET":
        return Response(status=401)
    if request.method == "GET" and not from_htmx():
        return after(url_for("signin.page", next=request.full_path.rstrip("?")))
    return after(url_for("signin.page"))


def cookie_name() -> str:
    return cookies.name(cookies.SIGNIN, place().config.secure_cookies)


def let_in(response: Response, secret: str) -> Response:
    """The browser keeps the secret of a new signing-in, and nothing of who was here before: what it held opens nothing
    any more."""
    if before := request.cookies.get(cookie_name(), ""):
        signin.forget(installation().database, before)
    session.clear()
    response.set_cookie(
        cookie_name(), secret, secure=place().config.secure_cookies, httponly=True, samesite="Lax", path="/"
    )
    return response


def let_out(response: Response) -> Response:
    session.clear()
    return let_out_of(response)


def let_out_of(response: Response) -> Response:
    """The browser forgets its signing-in."""
    response.delete_cookie(cookie_name(), secure=place().config.secure_cookies, httponly=True, samesite="Lax", path="/")
    return response


def register(app: Flask) -> None:
    app.before_request(_guard)
    app.jinja_env.globals.update(may=may, person=person)
    missing = sorted(set(app.view_functions) - set(rights.LEAST))
    if missing:
        raise RuntimeError(f"no least role is named for {missing}")
