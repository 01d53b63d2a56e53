"""Oppfølging: how it goes, quarter by quarter, the next survey beside the last, and next year's plan."""

from flask import Blueprint, Response, flash, request, url_for
from flask_babel import gettext as _

from planner.services import followup, waves
from planner.web.pages import after, place, render, step_url

blueprint = Blueprint("followup", __name__, url_prefix="/plans/<plan_id>/followup")


@blueprint.get("")
def page(plan_id: str) -> Response:
    return render("followup/page.html", followup.page(place().database, plan_id, request.args.get("quarter", "")))


@blueprint.post("")
def tell(plan_id: str) -> Response:
    """What is told of one quarter."""
    value = request.form.get("quarter", "")
    refused = followup.tell(place().database, plan_id, value, request.form.to_dict())
    if refused is not None:
        return render("followup/page.html", refused, refused.status)
    flash(_("Lagret."))
    return after(url_for("followup.page", plan_id=plan_id, quarter=value))


@blueprint.get("/survey")
def survey(plan_id: str) -> Response:
    """This survey beside another plan's."""
    return render("followup/waves.html", waves.page(place().database, plan_id, request.args.get("before", "")))


@blueprint.post("/next")
def begin_next(plan_id: str) -> Response:
    made = followup.begin_next(place().database, plan_id)
    if made is None:
        return after(url_for("followup.page", plan_id=plan_id))
    return after(step_url("initiatives", made))
