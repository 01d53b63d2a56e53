"""Scenarios: kept plans side by side, and the way to the closer looks at each (`looks`)."""

from flask import Blueprint, Response, request

from planner.services import scenarios
from planner.web.pages import place, render

blueprint = Blueprint("scenarios", __name__, url_prefix="/plans/<plan_id>/scenarios")


@blueprint.get("")
def page(plan_id: str) -> Response:
    numbers = [int(one) for one in request.args.getlist("plan") if one.isascii() and one.isdigit() and len(one) < 10]
    return render("scenarios/page.html", scenarios.page(place().database, plan_id, numbers))
