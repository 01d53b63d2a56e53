"""One's own account."""

from flask import Blueprint, Response, flash, get_flashed_messages, request, url_for
from flask_babel import gettext as _

from planner.services import account, signin
from planner.web import access, language
from planner.web.pages import after, place, render

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
def page() -> Response:
    done = " ".join(get_flashed_messages())
    return render("account/page.html", account.page(place().database, access.signed_in(), done))


@blueprint.post("")
def change() -> Response:
    name, code = request.form.get("name", ""), request.form.get("language", "")
    wrong = account.change(place().database, access.signed_in(), name, code)
    if wrong is not None:
        return render("account/page.html", wrong, wrong.status)
    flash(_("Lagret."))
    return language.forget_choice(after(url_for("account.page")))


@blueprint.post("/password")
def password() -> Response:
    old, new, again = (request.form.get(field, "") for field in ("old", "password", "again"))
    key, address = place().config.secret_key, access.asked_from()
    opened = account.change_password(place().database, key, access.signed_in(), old, new, again, address)
    if not isinstance(opened, str):
        return render("account/page.html", opened, opened.status)
    response = access.let_in(after(url_for("account.page")), opened)
    flash(_("Passordet er byttet, og du er logget ut alle andre steder."))
    return response


@blueprint.post("/sign-out")
def sign_out_everywhere() -> Response:
    signin.end(place().database, access.signed_in(), everywhere=True)
    return access.let_out(after(url_for("signin.page")))
