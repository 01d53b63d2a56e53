"""A report's table in place of answers, and a workshop's weights where nobody has been asked. Reads forms only."""

from flask import Blueprint, Response, request

from planner.domain.findings import Finding
from planner.services import stated, workshop_weights
from planner.web.pages import after, place, render, step_url, whole_number

blueprint = Blueprint("stated", __name__, url_prefix="/plans/<plan_id>/survey")


@blueprint.get("/table")
def check(plan_id: str) -> Response:
    """What a table that waits tells, and what it cannot."""
    return _check(plan_id, (), 200)


@blueprint.post("/table")
def confirm(plan_id: str) -> Response:
    found = stated.confirm(place().database, plan_id, request.form.get("version", ""))
    return _check(plan_id, found, 409) if found else after(step_url("survey", plan_id))


@blueprint.post("/table/cancel")
def cancel(plan_id: str) -> Response:
    stated.cancel(place().database, plan_id)
    return after(step_url("survey", plan_id))


def _check(plan_id: str, found: tuple[Finding, ...], status: int) -> Response:
    view = stated.check(place().database, plan_id, found)
    return after(step_url("survey", plan_id)) if view is None else render("survey/stated.html", view, status)


@blueprint.get("/workshop")
def workshop(plan_id: str) -> Response:
    return render(
        "survey/workshop.html",
        workshop_weights.page(place().database, plan_id, whole_number(request.args.get("workshop", ""))),
    )


@blueprint.post("/workshop")
def keep_workshop(plan_id: str) -> Response:
    refused = workshop_weights.save(place().database, plan_id, request.form)
    if refused is None:
        return after(step_url("gaps", plan_id))
    return render("survey/workshop.html", refused.view, refused.status)
