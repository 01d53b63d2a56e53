"""How does a view become a response? A template gets one thing: `view`."""

import io
import re
from dataclasses import replace
from typing import Any, cast

from flask import (
    Response,
    current_app,
    g,
    get_flashed_messages,
    make_response,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_htmx import HTMX
from markupsafe import Markup

from planner.files.file import File
from planner.place import Place
from planner.store import walls

htmx = HTMX()
# Letters that a page may not hold (HTML, section 13.2.3.5): controls but for tab, line feed, form feed and return; and
# what is no letter at all. Files and forms hold them.
_NO_LETTERS = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NO_LETTERS}]")
LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))


class Written(Markup):
    """Text that templates have written already: it need not be looked through again, which takes 5 ms for 70 kB."""

    __slots__ = ()


def printable(value: Any) -> Any:
    """What a template writes, without letters that a page may not hold; for jinja's `finalize`."""
    if type(value) is Written:
        return value
    # Markup stays markup: a translated sentence with a cell of a file in it is one.
    return type(value)(_UNPRINTABLE.sub("", value)) if isinstance(value, str) else value


def place() -> Place:
    """Configuration, database and job queue of the running application: the database as whoever asks may see it, which
    is nobody's plans until `access` has said whose."""
    whole = installation()
    return replace(whole, database=whole.database.of(g.get("owner", walls.NOBODY)))


def installation() -> Place:
    """The same with everybody's rows, for what is asked of all of them or before it is known whose they are."""
    return cast(Place, current_app.extensions["planner"])


def render(template: str, view: Any, status: int = 200) -> Response:
    """One view, one template. A URL gives a page or a fragment, never both: fragments are templates named _x.html."""
    made = getattr(view, "__dataclass_params__", None)
    if made is None or not made.frozen:
        raise TypeError(f"{template} needs a frozen view, got {type(view).__name__}")
    return make_response(render_template(template, view=view), status)


def flashed() -> str:
    """What the command before this page had to tell; it is told once."""
    return " ".join(str(message) for message in get_flashed_messages())


def step_url(word: str, plan_id: str) -> str:
    """The page of a step: every step's blueprint has an endpoint called page."""
    return url_for(f"{word}.page", plan_id=plan_id)


def is_path_of_ours(raw: str) -> bool:
    """Whether it leads nowhere else: «//evil» and «/\\evil» leave the site, and «/<tab>/evil», whose tab is dropped."""
    return raw.startswith("/") and raw[1:2] not in ("/", "\\") and raw.isprintable()


def whole_number(raw: str) -> int:
    """A number of ours, as an address or a form has it; 0 for anything else. No column holds one of twenty digits."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else 0


def seen_version() -> int:
    """The version that the form which was sent was made from; 0, which nothing has, when it does not say."""
    return whole_number(request.form.get("version", ""))


def goal(raw: str) -> str:
    """The path of ours that somebody wants to go on to, else the first page."""
    return raw if is_path_of_ours(raw) else "/"


def from_htmx() -> bool:
    return bool(htmx)


def after(url: str) -> Response:
    """Go to another page after a command: a plain redirect, or htmx's own when it asked."""
    if from_htmx():
        response = make_response("", 204)
        response.headers["HX-Redirect"] = url
        return response
    response = make_response("", 303)
    response.headers["Location"] = url
    return response


def download(file: File) -> Response:
    """A file to be taken home, which no browser shows here and nobody between keeps."""
    # send_file writes the name twice, plain and as RFC 5987 says, so that æ, ø and å arrive whole.
    answer = send_file(io.BytesIO(file.content), file.kind, as_attachment=True, download_name=file.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
