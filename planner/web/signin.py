"""The ways in: by password, by a link that one was given; and out."""

from dataclasses import replace

from flask import Blueprint, Response, abort, request, url_for

from planner.services import invitation, signin
from planner.services.invitation import InvitationView
from planner.services.signin import SignInView
from planner.web import access, farewell
from planner.web.pages import after, goal, place, render

blueprint = Blueprint("signin", __name__)


@blueprint.get("/sign-in")
def page() -> Response:
    if access.person() is not None:
        return after(url_for("plans.page"))
    return shown(SignInView(next=goal(request.args.get("next", ""))))


@blueprint.post("/sign-in")
def sign_in() -> Response:
    email, wanted = request.form.get("email", ""), goal(request.form.get("next", ""))
    password, address = request.form.get("password", ""), access.asked_from()
    opened = signin.by_password(place().database, place().config.secret_key, email, password, address)
    if isinstance(opened, str):
        return access.let_in(after(wanted), opened)
    return shown(SignInView(email, wanted, opened, status=422))


@blueprint.post("/sign-out")
def sign_out() -> Response:
    signin.end(place().database, access.signed_in())
    return farewell.out()


@blueprint.post("/municipality")
def look_at() -> Response:
    """Go on in another of one's municipalities."""
    if not signin.look_at(place().database, access.signed_in(), request.form.get("municipality", "")):
        abort(404)
    return after(url_for("plans.page"))


@blueprint.get("/invitation/<secret>")
def invited(secret: str) -> Response:
    return invited_shown(invitation.page(place().database, secret, access.person()))


@blueprint.post("/invitation/<secret>")
def accept(secret: str) -> Response:
    form = request.form
    typed = (form.get("name", ""), form.get("password", ""), form.get("again", ""))
    opened = invitation.accept(place().database, secret, access.person(), *typed)
    if isinstance(opened, str):
        return access.let_in(after(url_for("plans.page")), opened)
    return invited_shown(opened)


def shown(view: SignInView) -> Response:
    """The page of the ways in."""
    return render("signin/page.html", replace(view, issuer=issuer_name()), view.status)


def invited_shown(view: InvitationView | None) -> Response:
    """The page behind a link."""
    if view is None:
        return render("signin/no_invitation.html", SignInView(), 404)
    return render("signin/invitation.html", replace(view, issuer=issuer_name()), view.status)


def issuer_name() -> str:
    """Where people may sign in instead of by password; «» where they cannot."""
    settings = place().config.oidc
    return settings.called if settings else ""
