"""Deleting the answers of each respondent, from the survey page."""

from flask import Blueprint, Response

from planner.services import survey_kept
from planner.web.pages import after, place, step_url

blueprint = Blueprint("survey_kept", __name__, url_prefix="/plans/<plan_id>/survey")


@blueprint.post("/forget")
def forget(plan_id: str) -> Response:
    survey_kept.forget(place().database, plan_id)
    return after(f"{step_url('survey', plan_id)}#kept")
