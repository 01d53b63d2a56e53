"""Scenarios: plans side by side, those set aside without a proof, and the way to the closer looks (`looks`)."""

from flask import Blueprint, Response, abort, request, url_for

from planner.services import portfolio, scenarios, scenarios_saved
from planner.services.portfolio import Refusal
from planner.services.scenarios_saved import Renaming
from planner.web.pages import after, place, render, step_url, whole_number

blueprint = Blueprint("scenarios", __name__, url_prefix="/plans/<plan_id>/scenarios")
SAVED = "/saved/<int(max=999999999):number>"


@blueprint.get("")
def page(plan_id: str) -> Response:
    view = scenarios.page(place().database, plan_id, _numbers("plan"), _numbers("saved"))
    return render("scenarios/page.html", view)


@blueprint.post("/saved")
def save(plan_id: str) -> Response:
    """Set the plan of the latest try aside; pressed on Prioritering, where trouble is told."""
    name = request.form.get("name", "")
    number = scenarios_saved.save(place().database, plan_id, request.form.get("job", ""), name)
    if isinstance(number, Refusal):
        return render("portfolio/page.html", portfolio.page(place().database, plan_id, refusal=number, name=name), 422)
    return after(step_url("scenarios", plan_id) + "#saved")


@blueprint.get("/saved")
def saved(plan_id: str) -> Response:
    """The list while one of it is being proven, for polling: 204 when nothing is new."""
    view = scenarios_saved.saved(place().database, plan_id, request.args.get("seen", ""))
    if view is None:
        return Response(status=204)
    response = render("scenarios/_saved.html", view)
    if not view.proving:
        # What was proven is now a kept plan, all over the page.
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post(f"{SAVED}/rename")
def rename(plan_id: str, number: int) -> Response:
    name, was = request.form.get("name", ""), request.form.get("was", "")
    renamed = scenarios_saved.rename(place().database, plan_id, number, name, was)
    if isinstance(renamed, Renaming):
        return _renamed(plan_id, renamed)
    return after(url_for("scenarios.page", plan_id=plan_id) + "#saved") if renamed else abort(404)


@blueprint.post(f"{SAVED}/remove")
def remove(plan_id: str, number: int) -> Response:
    renamed = scenarios_saved.remove(place().database, plan_id, number, request.form.get("was", ""))
    return _renamed(plan_id, renamed) if renamed else after(url_for("scenarios.page", plan_id=plan_id))


def _renamed(plan_id: str, renamed: Renaming) -> Response:
    status = 409 if renamed.is_stale else 422
    return render("scenarios/page.html", scenarios.page(place().database, plan_id, (), (), renamed), status)


@blueprint.post(f"{SAVED}/prove")
def prove(plan_id: str, number: int) -> Response:
    job = scenarios_saved.prove(place().database, plan_id, number)
    if job is not None:
        place().jobs.start()
    return after(url_for("scenarios.page", plan_id=plan_id) + "#saved")


def _numbers(name: str) -> list[int]:
    return [whole_number(one) for one in request.args.getlist(name)]
