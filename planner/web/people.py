"""The people of a municipality, for whoever leads it."""

from flask import Blueprint, Response, request, url_for

from planner.services import people
from planner.services.people import PeopleView
from planner.services.plans import LANGUAGES
from planner.web import access
from planner.web.pages import after, place, render, seen_version

blueprint = Blueprint("people", __name__, url_prefix="/people")


@blueprint.get("")
def page() -> Response:
    return _shown(people.page(place().database, access.signed_in()))


@blueprint.post("/invite")
def invite() -> Response:
    email, role = request.form.get("email", ""), request.form.get("role", "")
    return _shown(people.invite(place().database, access.signed_in(), email, role))


@blueprint.post("/withdraw")
def withdraw() -> Response:
    email, kind = request.form.get("email", ""), request.form.get("kind", "")
    people.withdraw(place().database, access.signed_in(), email, kind)
    return after(url_for("people.page"))


@blueprint.post("/<account_id>/password")
def new_password(account_id: str) -> Response:
    return _shown(people.new_password(place().database, access.signed_in(), account_id))


@blueprint.post("/<account_id>/role")
def give_role(account_id: str) -> Response:
    role, was = request.form.get("role", ""), request.form.get("was", "")
    return _shown(people.give_role(place().database, access.signed_in(), account_id, role, was))


@blueprint.post("/<account_id>/remove")
def let_go(account_id: str) -> Response:
    return _shown(people.let_go(place().database, access.signed_in(), account_id, request.form.get("was", "")))


@blueprint.post("/municipality")
def rename() -> Response:
    name, language = request.form.get("name", ""), request.form.get("language", "")
    language = language if language in LANGUAGES else LANGUAGES[0]
    version = seen_version()
    return _shown(people.rename(place().database, access.signed_in(), name, language, version))


def _shown(view: PeopleView | None) -> Response:
    if view is None:  # done
        return after(url_for("people.page"))
    return render("people/page.html", view, view.status)
