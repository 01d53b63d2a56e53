"""The log of a plan: what was done and when, and the files by which anybody can check it."""

from flask import Blueprint, Response

from planner.services import log
from planner.web.pages import after, download, place, render, step_url

blueprint = Blueprint("log", __name__, url_prefix="/plans/<plan_id>/log")


@blueprint.get("")
def page(plan_id: str) -> Response:
    return render("log/page.html", log.page(place().database, plan_id))


@blueprint.get("/malrett-logg.json")
def file(plan_id: str) -> Response:
    return download(log.file(place().database, plan_id))


@blueprint.get("/verify_log.py")
def verifier(plan_id: str) -> Response:
    return download(log.verifier())


@blueprint.post("/<int(max=999999999):number>/forget")
def forget(plan_id: str, number: int) -> Response:
    log.forget(place().database, plan_id, number)
    return after(step_url("log", plan_id))
