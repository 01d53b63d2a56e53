"""Does a request come from a page of our own? Another site may lead people here by a link, and nothing else.

Browsers say where a request comes from: in Sec-Fetch-Site over TLS and on the machine itself, else, for what changes
something, in Origin. Beside this stands the token in every form, which also holds where a browser says neither.

A local installation has no login, so its own name guards it too: a page of another site whose name is made to lead to
this machine would else be one of ours (DNS rebinding). An address of figures cannot be made to, nor can a name that
no name server gives.
"""

import ipaddress
from urllib.parse import urlsplit

from flask import Flask, Request, Response, request
from flask_babel import gettext as _

from planner.addresses import SENT_HOST
from planner.web.errors import ErrorView
from planner.web.pages import place, render

LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN = frozenset({"same-origin", "none"})  # none: typed, or a bookmark


def _is_foreign(asked: Request, *, secure: bool) -> bool:
    """Whether another site has had the browser send this."""
    site = asked.headers.get("Sec-Fetch-Site")
    if asked.method in LOOKS:
        followed = (
            asked.headers.get("Sec-Fetch-Mode") == "navigate" and asked.headers.get("Sec-Fetch-Dest") == "document"
        )
        return site is not None and site not in OWN and not followed
    if site is not None:
        return site not in OWN
    origin = asked.headers.get("Origin")
    if origin is None:
        return False
    scheme, _sign, host = origin.partition("://")
    return host != asked.host or (secure and scheme != "https")


def _is_unguessable(host: str) -> bool:
    """Whether no stranger's name server can make this name lead here."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return bool(name) and ("." not in name or name.endswith((".local", ".localhost")))
    return True


def _guard() -> Response | None:
    config = place().config
    sent = request.environ.get(SENT_HOST, request.host)
    known = bool(config.external_url) and sent == urlsplit(config.external_url).netloc
    if config.access == "local" and not known and not _is_unguessable(sent):
        text = _(
            "Målrett kan ikke nås med dette navnet her. Bruk maskinens eget navn eller IP-adresse. Den som driver "
            "løsningen, kan oppgi adressen folk skal bruke (MALRETT_EXTERNAL_URL)."
        )
        return render("error.html", ErrorView(_("Ukjent adresse"), text), 400)
    if _is_foreign(request, secure=config.secure_cookies):
        # 400 and not 403, which tells a phone in a workshop that its seat is gone, and to throw away what waits.
        text = _("Forespørselen kom fra et annet nettsted. Ingenting er endret. Gå til Målrett og gjør det derfra.")
        return render("error.html", ErrorView(_("Ikke herfra"), text), 400)
    return None


def register(app: Flask) -> None:
    app.before_request(_guard)
