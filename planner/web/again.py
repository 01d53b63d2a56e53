"""What becomes of a form that comes when its sender has been signed out, or with a token that no longer holds?

It comes back whole, to be sent once more: what took an hour to write is not lost to a clock. Only where the browser
says that it was sent from a page of ours, and never one with a file, a password, or for a phone's script in it.
"""

from dataclasses import dataclass

from flask import Response, request
from flask_babel import gettext as _

from planner.web import rights
from planner.web.pages import from_htmx, render

_OURS = (rights.VIEWER, rights.FACILITATOR, rights.DIRECTOR)


@dataclass(frozen=True, slots=True)
class AgainView:
    """fields: (name, value) as they came, without the token. signs_in: whether one must sign in first."""

    title: str
    text: str
    action: str
    fields: tuple[tuple[str, str], ...]
    signs_in: bool
    frame: None = None


def can_come_back() -> bool:
    sent = request.method == "POST" and request.mimetype == "application/x-www-form-urlencoded" and not from_htmx()
    ours = request.endpoint is not None and rights.LEAST[request.endpoint] in _OURS
    return sent and ours and request.headers.get("Sec-Fetch-Site") == "same-origin"


def signed_out() -> Response:
    text = _("Det du skrev, er ikke lagret, men følger med herfra. Logg inn i en ny fane, kom tilbake hit og send det.")
    return _shown(_("Du er logget ut"), text, 401, signs_in=True)


def too_old() -> Response:
    text = _("Skjemaet var åpnet før du logget inn, eller for lenge siden. Det du skrev, er ikke lagret ennå.")
    return _shown(_("Send det én gang til"), text, 400, signs_in=False)


def _shown(title: str, text: str, status: int, *, signs_in: bool) -> Response:
    fields = tuple((name, value) for name, value in request.form.items(multi=True) if name != "csrf_token")
    return render("again.html", AgainView(title, text, request.full_path.rstrip("?"), fields, signs_in), status)
