"""Signing in at the issuer: the way out, by a link or a form of ours, and the way back.

What somebody left for is kept in their own browser, signed: another browser's answer is of no use there. A form of ours
goes by a page of its own, since the policy of our pages lets no form lead elsewhere, not by a redirect either.
"""

import logging
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, abort, flash, request, session, url_for
from flask_babel import get_locale
from flask_babel import gettext as _

from planner.config import Oidc
from planner.services import account, invitation, oidc
from planner.services.account import AccountView
from planner.services.identity import Attempt, Away, Identity, Refused
from planner.services.oidc import LeavingView, Trouble
from planner.services.plans import now
from planner.services.signin import SignInView
from planner.web import access, farewell
from planner.web import account as account_page
from planner.web import signin as signin_page
from planner.web.pages import after, goal, place, render

if TYPE_CHECKING:
    from planner.services.issuer import Issuer

log = logging.getLogger("planner.oidc")
blueprint = Blueprint("oidc", __name__)
CALLBACK = "/sign-in/oidc/callback"
_KEPT = "oidc"
_LONGEST = 1000  # of a path that is gone on to: a browser keeps 4 kB of a site


@blueprint.get("/sign-in/oidc")
def start() -> Response:
    """A link: nothing is changed by following it, and a redirect may lead elsewhere."""
    issuer, raw = _issuer(), request.args.get("next", "")
    wanted = goal(raw if len(raw) <= _LONGEST else "")
    if access.person() is not None:
        return after(wanted)
    try:
        return after(_leave(issuer, "sign_in", wanted))
    except (Away, Refused) as error:
        return _signed_out(_told(issuer, error), wanted)


@blueprint.post("/invitation/<secret>/oidc")
def accept(secret: str) -> Response:
    issuer = _issuer()
    view = invitation.page(place().database, secret, access.person())
    if view is None or view.asks != "new":
        return signin_page.invited_shown(view)
    return _leaving(issuer, "accept", secret)


@blueprint.post("/account/oidc")
def tie() -> Response:
    issuer, me = _issuer(), access.signed_in()
    password = request.form.get("tie", "")
    wrong = oidc.may_tie(place().database, place().config.secret_key, me, password, access.asked_from())
    if wrong is not None:
        return account_page.shown(wrong)
    return _leaving(issuer, "tie", me.account_id)


@blueprint.post("/account/oidc/remove")
def untie() -> Response:
    _issuer()
    key, me, password = place().config.secret_key, access.signed_in(), request.form.get("tie", "")
    opened = oidc.untie(place().database, key, me, password, access.asked_from())
    if isinstance(opened, AccountView):
        return account_page.shown(opened)
    return _back_on_account(opened, _("Knytningen er fjernet. Du er logget ut alle andre steder."))


@blueprint.get("/sign-in/oidc/leave")
def leave() -> Response:
    """On to the issuer, for what a form of this browser asked for just now."""
    issuer, wanted = _issuer(), session.pop(farewell.LEAVING, None)
    if not wanted:
        return after(url_for("signin.page"))
    if wanted["why"] == farewell.OUT:
        return after(farewell.address(issuer) or url_for("signin.page"))
    try:
        return after(_leave(issuer, wanted["why"], wanted["goal"]))
    except (Away, Refused) as error:
        return _not_in(_told(issuer, error), wanted["why"], wanted["goal"])


@blueprint.get(CALLBACK)
def callback() -> Response:
    issuer = _issuer()
    kept: dict[str, Any] = session.pop(_KEPT, None) or {}
    why, goal_there = str(kept.get("why", "")), str(kept.get("goal", ""))
    try:
        identity = issuer.who(_attempt(kept), _answer())
    except (Away, Refused) as error:
        trouble = _told(issuer, error)
        if isinstance(error, Refused) and error.word == "state":
            why = ""  # not an answer to what this browser left for
        return _not_in(trouble, why, goal_there)
    if why == "accept":
        return _accepted(issuer.settings, goal_there, identity)
    if why == "tie":
        return _tied(issuer.settings, goal_there, identity)
    opened = oidc.sign_in(place().database, issuer.settings, identity)
    if not isinstance(opened, str):
        return _signed_out(opened, goal_there)
    return _let_in(after(goal(goal_there)), opened)


def _let_in(response: Response, opened: str) -> Response:
    """By the issuer, which this browser remembers: signing out here then signs out there."""
    response = access.let_in(response, opened)
    session[farewell.CAME] = True
    return response


def _accepted(settings: Oidc, secret: str, identity: Identity) -> Response:
    opened = invitation.accept_identified(place().database, settings, secret, access.person(), identity)
    if isinstance(opened, str):
        return _let_in(after(url_for("plans.page")), opened)
    return signin_page.invited_shown(opened)


def _tied(settings: Oidc, account_id: str, identity: Identity) -> Response:
    me = access.person()
    if me is None or me.account_id != account_id:  # signed out, or somebody else, while they were away
        return _not_in(oidc.said("oidc_state", settings), "", "")
    opened = oidc.tie(place().database, settings, me, identity)
    if not isinstance(opened, str):
        return _on_account(opened)
    told = _("Kontoen er knyttet til %(name)s. Du er logget ut alle andre steder.", name=settings.called)
    return _back_on_account(opened, told)


def _not_in(trouble: Trouble, why: str, goal_there: str) -> Response:
    """Back where they left from, with what is wrong."""
    if why == "accept":
        view = invitation.page(place().database, goal_there, access.person())
        return signin_page.invited_shown(view and replace(view, trouble=trouble.said, status=trouble.status))
    return _on_account(trouble) if access.person() is not None else _signed_out(trouble, goal_there)


def _signed_out(trouble: Trouble, wanted: str) -> Response:
    return signin_page.shown(SignInView(next=goal(wanted), trouble=trouble.said, status=trouble.status))


def _on_account(trouble: Trouble) -> Response:
    view = account.page(place().database, access.signed_in())
    return account_page.shown(replace(view, trouble=trouble.said, status=trouble.status))


def _back_on_account(opened: str, done: str) -> Response:
    response = access.let_in(after(url_for("account.page")), opened)
    flash(done)
    return response


def _issuer() -> "Issuer":
    issuer = place().issuer
    if issuer is None:
        abort(404)
    return issuer


def _leave(issuer: "Issuer", why: str, goal_there: str) -> str:
    """The address to send this browser to, which remembers why it left. Raises Away, Refused."""
    url, attempt = issuer.leave(str(get_locale()))
    session[_KEPT] = asdict(attempt) | {"why": why, "goal": goal_there, "begun": int(now().timestamp())}
    return url


def _leaving(issuer: "Issuer", why: str, goal_there: str) -> Response:
    session[farewell.LEAVING] = {"why": why, "goal": goal_there}
    return render("signin/leaving.html", LeavingView(issuer.settings.called))


def _attempt(kept: dict[str, Any]) -> Attempt:
    """What this browser left with. Raises Refused where it did not, or too long ago."""
    if not kept or not 0 <= now().timestamp() - kept["begun"] < oidc.ATTEMPT_LASTS.total_seconds():
        raise Refused("state")
    return Attempt(kept["state"], kept["nonce"], kept["verifier"])


def _answer() -> dict[str, str]:
    """The answer in the address. Raises Refused where something is said twice: which of the two would count?"""
    if any(len(values) > 1 for _name, values in request.args.lists()):
        raise Refused("twice")
    return request.args.to_dict()


def _told(issuer: "Issuer", error: Away | Refused) -> Trouble:
    """The word of it goes to the log; nothing of what came."""
    log.warning("not signed in by the issuer: %s", error.word if isinstance(error, Refused) else "away")
    return oidc.trouble(issuer.settings, error)
