"""Behov: what people miss most, and how it is weighed."""

from flask import Blueprint, Response, request, url_for

from planner.services import gap_weights, gaps
from planner.web.pages import place, render, whole_number

blueprint = Blueprint("gaps", __name__, url_prefix="/plans/<plan_id>/gaps")


@blueprint.get("")
def page(plan_id: str) -> Response:
    asked = request.args
    view = gaps.page(
        place().database,
        plan_id,
        view=asked.get("view", ""),
        group=asked.get("group", ""),
        strict="strict" in asked,
        saved="saved" in asked,
        workshop=whole_number(asked.get("workshop", "")),
    )
    return render("gaps/page.html", view)


@blueprint.post("/weights")
def weights(plan_id: str) -> Response:
    """Keep the weights, then the page. htmx follows the same redirect and takes the part it needs out of the page."""
    form = request.form
    view, group = form.get("view", ""), form.get("group", "")
    refusal = gap_weights.save(place().database, plan_id, form)
    if refusal is not None:
        there = gaps.page(place().database, plan_id, view=view, group=group, refusal=refusal)
        return render("gaps/page.html", there, refusal.status)
    response = Response("", 303)
    response.headers["Location"] = url_for("gaps.page", plan_id=plan_id, saved=1, view=view, group=group)
    return response
