"""Does a request hold a letter that no database can keep? Zero, which is no letter of anybody's text.

PostgreSQL refuses it wherever it stands, SQLite keeps it, and some readers end a text at it. Browsers do not send it.
An address with one leads nowhere; in what a form or a query holds it is left out, and the rest is read as ever.
"""

from flask import Flask, Request, abort, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.utils import cached_property

from planner.web import sizes

ZERO = "\x00"


class Asked(Request):
    """A request whose fields hold nothing but text."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        found: MultiDict[str, str] = super().args
        return _without(found)

    def _load_form_data(self) -> None:
        """Werkzeug's own, which fills in form and files together, whichever is asked for first."""
        is_read = "form" in self.__dict__
        if not is_read:
            sizes.check_fields(self)
        super()._load_form_data()
        if not is_read:
            self.__dict__["form"] = _without(self.__dict__["form"])


def _without(fields: MultiDict[str, str]) -> MultiDict[str, str]:
    if not any(ZERO in name or ZERO in value for name, value in fields.items(multi=True)):
        return fields
    pairs = [(name.replace(ZERO, ""), value.replace(ZERO, "")) for name, value in fields.items(multi=True)]
    return ImmutableMultiDict(pairs)


def _guard() -> None:
    if ZERO in request.path:
        abort(404)


def register(app: Flask) -> None:
    app.request_class = Asked
    app.before_request(_guard)
