"""The questionnaire of a municipality that has not asked yet: looked at, and taken away as files."""

from flask import Blueprint, Response, abort
from flask_babel import get_locale

from planner.services import questionnaire
from planner.web.pages import download, place, render

blueprint = Blueprint("questionnaire", __name__, url_prefix="/plans/<plan_id>/survey/questionnaire")


@blueprint.get("")
def page(plan_id: str) -> Response:
    return render("survey/questionnaire.html", questionnaire.page(place().database, plan_id, str(get_locale() or "nb")))


@blueprint.get("/<length>-<language>.<ending>")
def file(plan_id: str, length: str, language: str, ending: str) -> Response:
    made = questionnaire.download(length, language, ending)
    if made is None:
        abort(404)
    return download(made)
