"""One's own account."""

from dataclasses import replace

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from planner.services import account, signin
from planner.services.account import AccountView
from planner.web import access, farewell, language
from planner.web.pages import after, flashed, place, render

blueprint = Blueprint("account", __name__, url_prefix="/account")


@blueprint.get("")
def page() -> Response:
    done = flashed()
    return shown(account.page(place().database, access.signed_in(), done))


@blueprint.post("")
def change() -> Response:
    name, code = request.form.get("name", ""), request.form.get("language", "")
    wrong = account.change(place().database, access.signed_in(), name, code)
    if wrong is not None:
        return shown(wrong)
    flash(_("Lagret."))
    return language.forget_choice(after(url_for("account.page")))


@blueprint.post("/password")
def password() -> Response:
    old, new, again = (request.form.get(field, "") for field in ("old", "password", "again"))
    key, address = place().config.secret_key, access.asked_from()
    opened = account.change_password(place().database, key, access.signed_in(), old, new, again, address)
    if not isinstance(opened, str):
        return shown(opened)
    response = access.let_in(after(url_for("account.page")), opened)
    flash(_("Passordet er byttet, og du er logget ut alle andre steder."))
    return response


@blueprint.post("/sign-out")
def sign_out_everywhere() -> Response:
    signin.end(place().database, access.signed_in(), everywhere=True)
    return farewell.out()


def shown(view: AccountView) -> Response:
    settings = place().config.oidc
    if settings is not None:
        view = replace(view, issuer=settings.called, is_tied=view.tied_to == settings.issuer)
    return render("account/page.html", view, view.status)
