"""The ways in: by password, by a link that one was given; and out."""

from flask import Blueprint, Response, abort, request, url_for

from planner.services import invitation, signin
from planner.services.invitation import InvitationView
from planner.services.signin import SignInView
from planner.web import access
from planner.web.pages import after, is_path_of_ours, place, render

blueprint = Blueprint("signin", __name__)


@blueprint.get("/sign-in")
def page() -> Response:
    if access.person() is not None:
        return after(url_for("plans.page"))
    return render("signin/page.html", SignInView(next=_next(request.args.get("next", ""))))


@blueprint.post("/sign-in")
def sign_in() -> Response:
    email, goal = request.form.get("email", ""), _next(request.form.get("next", ""))
    password, address = request.form.get("password", ""), access.asked_from()
    opened = signin.by_password(place().database, place().config.secret_key, email, password, address)
    if isinstance(opened, str):
        return access.let_in(after(goal), opened)
    return render("signin/page.html", SignInView(email, goal, opened, status=422), 422)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    signin.end(place().database, access.signed_in())
    return access.let_out(after(url_for("signin.page")))


@blueprint.post("/municipality")
def look_at() -> Response:
    """Go on in another of one's municipalities."""
    if not signin.look_at(place().database, access.signed_in(), request.form.get("municipality", "")):
        abort(404)
    return after(url_for("plans.page"))


@blueprint.get("/invitation/<secret>")
def invited(secret: str) -> Response:
    return _shown(invitation.page(place().database, secret, access.person()))


@blueprint.post("/invitation/<secret>")
def accept(secret: str) -> Response:
    form = request.form
    typed = (form.get("name", ""), form.get("password", ""), form.get("again", ""))
    opened = invitation.accept(place().database, secret, access.person(), *typed)
    if isinstance(opened, str):
        return access.let_in(after(url_for("plans.page")), opened)
    return _shown(opened)


def _shown(view: InvitationView | None) -> Response:
    if view is None:
        return render("signin/no_invitation.html", SignInView(), 404)
    return render("signin/invitation.html", view, view.status)


def _next(raw: str) -> str:
    return raw if is_path_of_ours(raw) else "/"
