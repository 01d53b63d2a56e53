"""Whose plan is it, and may this person see it? Asked once, here, before any view runs.

Not yours and not there are the same 404.
"""

import secrets

from flask import Flask, abort, request, session

from planner.services import plans
from planner.web.pages import place

LOCAL_OWNER = "local"


def owner() -> str:
    """Who is asking: everyone is one owner on a local installation, else each browser is its own."""
    if place().config.access == "local":
        return LOCAL_OWNER
    if "owner" not in session:
        session["owner"] = secrets.token_urlsafe(24)
        session.permanent = True
    return str(session["owner"])


def plan_is_gone() -> bool:
    """Whether the request is about a plan that this person does not have."""
    plan_id = (request.view_args or {}).get("plan_id")
    return plan_id is not None and not plans.belongs_to(place().database, plan_id, owner())


def _guard() -> None:
    if plan_is_gone():
        abort(404)


def register(app: Flask) -> None:
    app.before_request(_guard)
