"""Planer: the start page. Lists plans, starts one, makes the sample municipality, removes one."""

from flask import Blueprint, Response, request
from flask_babel import get_locale

from planner.services import plans, sample
from planner.web import access
from planner.web.pages import after, place, render, step_url

blueprint = Blueprint("plans", __name__)


@blueprint.get("/")
def page() -> Response:
    person = access.person()
    of = person.municipality if person else ""
    return render("plans/page.html", plans.page(place().database, access.owner(), municipality=of))


@blueprint.post("/plans")
def start() -> Response:
    name, municipality = request.form.get("name", ""), request.form.get("municipality", "")
    made = plans.start(place().database, access.owner(), name, municipality, str(get_locale()))
    if isinstance(made, tuple):
        view = plans.page(place().database, access.owner(), findings=made, name=name, municipality=municipality)
        return render("plans/page.html", view, 422)
    return after(step_url("survey", made))


@blueprint.post("/plans/sample")
def make_sample() -> Response:
    return after(step_url("gaps", sample.make(place().database, access.owner(), str(get_locale()))))


@blueprint.post("/plans/<plan_id>/remove")
def remove(plan_id: str) -> Response:
    found = plans.remove(place().database, plan_id, request.form.get("seen", ""))
    if found:
        return render("plans/page.html", plans.page(place().database, access.owner(), findings=found), 409)
    return after("/")
