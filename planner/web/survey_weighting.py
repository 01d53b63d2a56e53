"""Vekting: who answered beside who lives here, filled in from a table or by hand. Reads forms; decides nothing."""

from flask import Blueprint, Response, request

from planner.domain.weighting_typed import Typed
from planner.services import survey_weighting as service
from planner.services.survey_weighting_form import Attempt
from planner.web.pages import after, place, render, step_url

blueprint = Blueprint("survey_weighting", __name__, url_prefix="/plans/<plan_id>/survey/weighting")
CONFLICT = {service.STALE, service.GONE}


@blueprint.get("")
def page(plan_id: str) -> Response:
    view = service.page(place().database, plan_id, saved="saved" in request.args)
    return after(step_url("survey", plan_id)) if view is None else render("survey/weighting.html", view)


@blueprint.post("")
def save(plan_id: str) -> Response:
    """Weight, or fill the fields in from a table, by the button that was pressed."""
    here, typed = place(), _typed()
    if request.form.get("action") == "table":
        file = request.files.get("table")
        content = b""
        if file is not None and file.filename:
            with file.stream:
                content = file.read()
        carried, chosen = request.form.get("population", ""), request.form.get("place", "")
        attempt = service.fill_in(here.database, here.config, plan_id, typed, content, carried, chosen)
        status = 422 if any(one.severity == "error" for one in attempt.findings) else 200
        return _shown(plan_id, attempt, status)
    refused = service.save(here.database, plan_id, typed, request.form.get("version", ""))
    if refused is None:
        return after(f"{step_url('survey', plan_id)}/weighting?saved=1")
    return _shown(plan_id, refused, 409 if CONFLICT & set(refused.findings) else 422)


def _shown(plan_id: str, attempt: Attempt, status: int) -> Response:
    view = service.page(place().database, plan_id, attempt)
    return after(step_url("survey", plan_id)) if view is None else render("survey/weighting.html", view, status)


def _typed() -> Typed:
    """Fields are named by number, and the number's name stands in a field beside: a heading may hold any letters."""
    form = request.form
    headings, levels = _named("column"), _named("level")
    people, into = {}, {}
    for number, level in levels.items():
        heading = headings.get(number.partition(".")[0])
        if heading is not None:
            people[heading, level] = form.get(f"people.{number}", "")[:60]
            into[heading, level] = form.get(f"into.{number}", "")
    used = frozenset(heading for number, heading in headings.items() if f"use.{number}" in form)
    how = form.get("how", "")
    return Typed(
        "raked" if how == "raked" else "file" if how == "file" else "none",
        used,
        people,
        into,
        form.get("youngest", "")[:20],
        form.get("oldest", "")[:20],
        form.get("source", "")[:200],
    )


def _named(kind: str) -> dict[str, str]:
    return {name.partition(".")[2]: value for name, value in request.form.items() if name.startswith(f"{kind}.")}
