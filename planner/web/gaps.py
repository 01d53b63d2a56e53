"""The gaps step's pages."""

from flask import Blueprint, Response

from planner.services import plans
from planner.web.pages import place, render

blueprint = Blueprint("gaps", __name__, url_prefix="/plans/<plan_id>/gaps")


@blueprint.get("")
def page(plan_id: str) -> Response:
    return render("gaps/page.html", plans.bare(place().database, plan_id, "gaps"))
