"""Scenarios: kept plans side by side, and what the plan rests on."""

from flask import Blueprint, Response, abort, request, url_for

from planner.services import robustness as draws
from planner.services import scenarios
from planner.web.pages import after, place, render

blueprint = Blueprint("scenarios", __name__, url_prefix="/plans/<plan_id>/scenarios")


@blueprint.get("")
def page(plan_id: str) -> Response:
    numbers = [int(one) for one in request.args.getlist("plan") if one.isascii() and one.isdigit() and len(one) < 10]
    return render("scenarios/page.html", scenarios.page(place().database, plan_id, numbers))


@blueprint.post("/robust")
def robust(plan_id: str) -> Response:
    """Draw the estimates of a kept plan anew, so many times."""
    number, count = request.form.get("plan", 0, int), request.form.get("draws", 0, int)
    job_id = draws.ask(place().database, plan_id, _small(number), count)
    if job_id is None:
        abort(404)
    place().jobs.start(job_id)
    return after(url_for("scenarios.page", plan_id=plan_id, plan=number) + "#robust")


@blueprint.post("/stop")
def stop(plan_id: str) -> Response:
    draws.stop(place().database, plan_id)
    number = _small(request.form.get("plan", 0, int))
    return after(url_for("scenarios.page", plan_id=plan_id, plan=number or None) + "#robust")


@blueprint.get("/robust/<int(max=999999999):number>")
def robustness(plan_id: str, number: int) -> Response:
    """How far the draws have come, for polling: 204 when nothing is new."""
    view = draws.robustness(place().database, plan_id, request.args.get("seen", ""), number)
    return Response(status=204) if view is None else render("scenarios/_robust.html", view)


def _small(number: int) -> int:
    """A number that a database can be asked about."""
    return number if 0 < number < 10**9 else 0
