"""The report step's pages."""

from flask import Blueprint, Response

from planner.services import plans
from planner.web.pages import place, render

blueprint = Blueprint("report", __name__, url_prefix="/plans/<plan_id>/report")


@blueprint.get("")
def page(plan_id: str) -> Response:
    return render("report/page.html", plans.bare(place().database, plan_id, "report"))
