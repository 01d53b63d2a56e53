"""The initiatives step's pages."""

from flask import Blueprint, Response

from planner.services import plans
from planner.web.pages import place, render

blueprint = Blueprint("initiatives", __name__, url_prefix="/plans/<plan_id>/initiatives")


@blueprint.get("")
def page(plan_id: str) -> Response:
    return render("initiatives/page.html", plans.bare(place().database, plan_id, "initiatives"))
