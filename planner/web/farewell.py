"""Signing out: here, and at the issuer too where this browser came in by it.

By a page of its own, since the policy of our pages lets no form lead elsewhere, not by a redirect either.
"""

import logging
from typing import TYPE_CHECKING

from flask import Response, session, url_for

from planner.services.identity import Away, Refused
from planner.services.oidc import LeavingView
from planner.web import access
from planner.web.pages import after, place, render

if TYPE_CHECKING:
    from planner.services.issuer import Issuer

log = logging.getLogger("planner.oidc")
CAME, LEAVING, OUT = "oidc_came", "oidc_leaving", "out"
"""In the browser, signed: that it came in by the issuer; what it is on its way there for, and that it is to go out."""


def out() -> Response:
    """This browser is signed out here, and goes on to the issuer where that is where it came in, and signs out."""
    issuer, came = place().issuer, bool(session.get(CAME))
    response = access.let_out(after(url_for("signin.page")))
    if issuer is None or not came or not address(issuer):
        return response
    session[LEAVING] = {"why": OUT, "goal": ""}
    return access.let_out_of(render("signin/leaving.html", LeavingView(issuer.settings.called, out=True)))


def address(issuer: "Issuer") -> str:
    """Where the issuer signs people out; «» where it does not, or does not answer: they are signed out here all the
    same."""
    try:
        return issuer.farewell(place().config.external_url + url_for("signin.page"))
    except (Away, Refused) as error:
        log.warning("not signed out at the issuer: %s", error.word if isinstance(error, Refused) else "away")
        return ""
