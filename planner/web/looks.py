"""Closer looks at a kept plan, each an address of its own under Scenarier."""

from flask import Blueprint, Response, abort, request, url_for

from planner.services import looks
from planner.services.looks import LOOKS, Refusal
from planner.web.pages import after, place, render, whole_number

blueprint = Blueprint("looks", __name__, url_prefix="/plans/<plan_id>/scenarios/<word>")


@blueprint.get("")
def page(plan_id: str, word: str) -> Response:
    _there(word)
    view = looks.page(place().database, plan_id, word, whole_number(request.args.get("plan", "")))
    return abort(404) if view is None else render("scenarios/look.html", view)


@blueprint.post("")
def ask(plan_id: str, word: str) -> Response:
    """Have it worked out for a kept plan."""
    _there(word)
    form, number = request.form.to_dict(), whole_number(request.form.get("plan", ""))
    job = looks.ask(place().database, plan_id, word, number, form)
    if job is None:
        abort(404)
    if isinstance(job, Refusal):
        view = looks.page(place().database, plan_id, word, number, form, job)
        return abort(404) if view is None else render("scenarios/look.html", view, 422)
    place().jobs.start()
    return after(url_for("looks.page", plan_id=plan_id, word=word, plan=number))


@blueprint.post("/stop")
def stop(plan_id: str, word: str) -> Response:
    _there(word)
    looks.stop(place().database, plan_id, word)
    number = whole_number(request.form.get("plan", ""))
    return after(url_for("looks.page", plan_id=plan_id, word=word, plan=number or None))


@blueprint.get("/progress")
def progress(plan_id: str, word: str) -> Response:
    """How far it has come, for polling: 204 when nothing is new."""
    _there(word)
    number, seen = whole_number(request.args.get("plan", "")), request.args.get("seen", "")
    view = looks.progress(place().database, plan_id, word, number, seen)
    return Response(status=204) if view is None else render("scenarios/_look.html", view)


def _there(word: str) -> None:
    if word not in LOOKS:
        abort(404)
