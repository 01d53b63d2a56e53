"""Free texts of the survey: read, take out of, say what they are about, delete. Reads forms; decides nothing."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from planner.domain.comment_pages import Typed
from planner.services import survey_comments
from planner.web.pages import after, place, render, whole_number

blueprint = Blueprint("survey_comments", __name__, url_prefix="/plans/<plan_id>/survey/comments")


@blueprint.get("")
def page(plan_id: str) -> Response:
    saved, removed = (whole_number(request.args.get(name, "")) for name in ("saved", "removed"))
    done = (saved, "saved") if saved else (removed, "removed") if removed else None
    about, number = _where()
    view = survey_comments.page(place().database, plan_id, about=about, number=number, done=done)
    return render("survey/comments.html", view)


@blueprint.post("/<int(max=999999999):comment>")
def change(plan_id: str, comment: int) -> Response:
    form = request.form
    typed = Typed(
        form.get("text", ""),
        tuple(form.getlist("statement")),
        frozenset(form.getlist("take_out")),
        form.get("state", ""),
    )
    refusal = survey_comments.change(place().database, plan_id, comment, typed)
    return _back(plan_id, saved=comment) if refusal is None else _refused(plan_id, refusal)


@blueprint.post("/<int(max=999999999):comment>/remove")
def remove(plan_id: str, comment: int) -> Response:
    refusal = survey_comments.remove(place().database, plan_id, comment, request.form.get("state", ""))
    return _back(plan_id, removed=comment) if refusal is None else _refused(plan_id, refusal)


@blueprint.post("/remove")
def remove_all(plan_id: str) -> Response:
    survey_comments.remove_all(place().database, plan_id)
    return after(url_for("survey_comments.page", plan_id=plan_id))


def _refused(plan_id: str, refusal: survey_comments.Refusal) -> Response:
    about, number = _where()
    view = survey_comments.page(place().database, plan_id, about=about, number=number, refusal=refusal)
    return render("survey/comments.html", view, refusal.status)


def _where() -> tuple[str, int]:
    """Which texts, and which page of them: the same in every address of this page."""
    return request.args.get("about", ""), whole_number(request.args.get("page", "1"))


def _back(plan_id: str, **done: Any) -> Response:
    """The page again. htmx follows the same redirect and takes the one text out of it, so that the others keep what is
    typed in them."""
    about, number = _where()
    response = Response("", 303)
    response.headers["Location"] = url_for(
        "survey_comments.page", plan_id=plan_id, about=about or None, page=number, **done
    )
    return response
