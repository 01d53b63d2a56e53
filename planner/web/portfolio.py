"""The portfolio step's pages."""

from flask import Blueprint, Response

from planner.services import plans
from planner.web.pages import place, render

blueprint = Blueprint("portfolio", __name__, url_prefix="/plans/<plan_id>/portfolio")


@blueprint.get("")
def page(plan_id: str) -> Response:
    return render("portfolio/page.html", plans.bare(place().database, plan_id, "portfolio"))
