"""The package for the archive: asked for, followed, stopped, fetched."""

from flask import Blueprint, Response, abort, request, url_for

from planner.services import package
from planner.web.pages import after, download, place, render

blueprint = Blueprint("package", __name__, url_prefix="/plans/<plan_id>/report/<int(max=999999999):number>/package")


@blueprint.post("")
def ask(plan_id: str, number: int) -> Response:
    """Have it made."""
    job = package.ask(place().database, plan_id, number)
    if job is None:
        abort(404)
    if job:
        place().jobs.packings.start(job)
    return _page(plan_id, number)


@blueprint.post("/stop")
def stop(plan_id: str, number: int) -> Response:
    package.stop(place().database, plan_id)
    return _page(plan_id, number)


@blueprint.get("/progress")
def progress(plan_id: str, number: int) -> Response:
    """How far it has come, for polling: 204 when nothing is new."""
    view = package.progress(place().database, plan_id, number, request.args.get("seen", ""))
    return Response(status=204) if view is None else render("report/_package.html", view)


@blueprint.get("/arkivpakke.zip")
def file(plan_id: str, number: int) -> Response:
    """What lies ready; where nothing does any more, the page it is made from."""
    found = package.file(place().database, plan_id, number)
    return _page(plan_id, number) if found is None else download(found)


def _page(plan_id: str, number: int) -> Response:
    return after(url_for("report.page", plan_id=plan_id, number=number, _anchor="package"))
