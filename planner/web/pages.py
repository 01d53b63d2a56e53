"""How does a view become a response? A template gets one thing: `view`."""

from dataclasses import is_dataclass
from typing import Any, cast

from flask import Response, current_app, make_response, render_template, url_for
from flask_htmx import HTMX

from planner.place import Place

htmx = HTMX()
LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))


def place() -> Place:
    """Configuration, database and job queue of the running application."""
    return cast(Place, current_app.extensions["planner"])


def render(template: str, view: Any, status: int = 200) -> Response:
    """One view, one template. A URL gives a page or a fragment, never both: fragments are templates named _x.html."""
    if not (is_dataclass(view) and view.__dataclass_params__.frozen):  # type: ignore[attr-defined]
        raise TypeError(f"{template} needs a frozen view, got {type(view).__name__}")
    return make_response(render_template(template, view=view), status)


def step_url(word: str, plan_id: str) -> str:
    """The page of a step: every step's blueprint has an endpoint called page."""
    return url_for(f"{word}.page", plan_id=plan_id)


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
