"""Free texts of the survey: read, take out of, say what they are about, delete. Reads forms; decides nothing."""

from flask import Blueprint, Response, request, url_for

from planner.domain.comment_pages import Typed
from planner.services import survey_comments
from planner.web.pages import after, place, render, whole_number

blueprint = Blueprint("survey_comments", __name__, url_prefix="/plans/<plan_id>/survey/comments")


@blueprint.get("")
def page(plan_id: str) -> Response:
    saved, removed = (whole_number(request.args.get(name, "")) for name in ("saved", "removed"))
    done = (saved, "saved") if saved else (removed, "removed") if removed else None
    view = survey_comments.page(place().database, plan_id, **_where(), done=done)
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
    view = survey_comments.page(place().database, plan_id, **_where(), refusal=refusal)
    return render("survey/comments.html", view, refusal.status)


def _where() -> dict[str, str | int]:
    """Which texts, and which page of them: the same in every address of this page."""
    return {"about": request.args.get("about", ""), "number": whole_number(request.args.get("page", "1"))}


def _back(plan_id: str, **done: int) -> Response:
    """The page again. htmx follows the same redirect and takes the one text out of it, so that the others keep what is
    typed in them."""
    where = _where()
    response = Response("", 303)
    response.headers["Location"] = url_for(
        "survey_comments.page", plan_id=plan_id, about=where["about"] or None, page=where["number"], **done
    )
    return response
