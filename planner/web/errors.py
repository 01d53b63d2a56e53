"""What does a person see when a page cannot be given? A page with a way on, never a bare number."""

import logging
import secrets
from dataclasses import dataclass

from flask import Flask, Response, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge

from planner.store.database import Unavailable
from planner.web import access, again, sizes
from planner.web.pages import place, render
from planner.wording import people

log = logging.getLogger("planner")


@dataclass(frozen=True, slots=True)
class ErrorView:
    title: str
    text: str
    reference: str = ""
    frame: None = None


def _not_found(_error: HTTPException) -> Response:
    return render(
        "error.html",
        ErrorView(_("Fant ikke siden"), _("Siden finnes ikke, eller den hører til en plan du ikke har tilgang til.")),
        404,
    )


def _too_little(error: access.TooLittle) -> Response:
    return render("error.html", ErrorView(_("Du har ikke tilgang til dette"), people.too_little(error.least)), 403)


def _too_large(_error: RequestEntityTooLarge) -> Response:
    if not sizes.takes_file(request):
        text = _(
            "Skjemaet holder mer enn Målrett tar imot på én gang. Ingenting er lagret. "
            "Gå tilbake, kort ned og prøv igjen."
        )
        return render("error.html", ErrorView(_("Skjemaet er for stort"), text), 413)
    limit = place().config.upload_mb
    text = _(
        "Filen er større enn %(limit)s MB, som er grensen her. Eksporter bare svarene, uten vedlegg, og prøv igjen.",
        limit=limit,
    )
    return render("error.html", ErrorView(_("Filen er for stor"), text), 413)


def _stale_form(_error: CSRFError) -> Response:
    if again.can_come_back():
        return again.too_old()
    text = _("Skjemaet var åpnet for lenge siden. Gå tilbake, last siden på nytt og prøv igjen.")
    return render("error.html", ErrorView(_("Skjemaet er utløpt"), text), 400)


def _other(error: HTTPException) -> Response:
    response = render(
        "error.html",
        ErrorView(_("Det gikk ikke"), _("Forespørselen kunne ikke behandles. Gå tilbake og prøv igjen.")),
        error.code or 400,
    )
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _unavailable(error: Unavailable) -> Response:
    """Disk full, database held by another or away: nothing was stored, and trying again may well do."""
    log.error("database unavailable", exc_info=error)
    text = _(
        "Ingenting er lagret. Disken på tjeneren kan være full, eller databasen er opptatt. Vent litt og prøv igjen. "
        "Gå tilbake for å beholde det du har skrevet."
    )
    response = render("error.html", ErrorView(_("Kan ikke lagre akkurat nå"), text), 503)
    response.headers["Retry-After"] = "30"
    return response


def _bug(error: Exception) -> Response:
    if access.plan_is_gone():
        return _not_found(NotFound())  # removed in another window while this was being answered
    reference = secrets.token_hex(4)
    log.error("unexpected error %s", reference, exc_info=error)
    text = _("Noe gikk galt hos oss. Ingenting er endret. Prøv igjen, og oppgi koden under hvis det skjer på nytt.")
    return render("error.html", ErrorView(_("Uventet feil"), text, reference), 500)


def register(app: Flask) -> None:
    app.register_error_handler(404, _not_found)
    app.register_error_handler(access.TooLittle, _too_little)
    app.register_error_handler(413, _too_large)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _other)
    app.register_error_handler(Unavailable, _unavailable)
    if not app.config["TESTING"]:
        app.register_error_handler(Exception, _bug)
