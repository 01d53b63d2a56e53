"""The survey step's pages."""

from flask import Blueprint, Response

from planner.services import plans
from planner.web.pages import place, render

blueprint = Blueprint("survey", __name__, url_prefix="/plans/<plan_id>/survey")


@blueprint.get("")
def page(plan_id: str) -> Response:
    return render("survey/page.html", plans.bare(place().database, plan_id, "survey"))
