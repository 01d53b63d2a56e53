"""Prioritering: the frame, the best plan inside it, and the plans that are kept."""

from collections.abc import Mapping

from flask import Blueprint, Response, abort, request

from planner.services import portfolio, portfolio_reasons
from planner.services.portfolio import Refusal
from planner.web.pages import after, download, place, render, seen_version, step_url

blueprint = Blueprint("portfolio", __name__, url_prefix="/plans/<plan_id>/portfolio")


@blueprint.get("")
def page(plan_id: str) -> Response:
    return render("portfolio/page.html", portfolio.page(place().database, plan_id))


@blueprint.get("/outcome")
def outcome(plan_id: str) -> Response:
    """What has come of the latest try, for polling: 204 when nothing is new."""
    view = portfolio.outcome(place().database, plan_id, request.args.get("seen", ""))
    if view is None:
        return Response(status=204)
    response = render("portfolio/_outcome.html", view)
    if view.keeping and view.keeping.kept:
        # A kept plan also stands in the list beside and in the way through.
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.get("/reasons")
def reasons(plan_id: str) -> Response:
    """Why each initiative is in or out, as far as it is worked out, for polling: 204 when nothing is new."""
    view = portfolio_reasons.reasons(place().database, plan_id, request.args.get("seen", ""))
    return Response(status=204) if view is None else render("portfolio/_reasons.html", view)


@blueprint.post("/attempt")
def attempt(plan_id: str) -> Response:
    form = request.form.to_dict()
    return _tried(plan_id, form, portfolio.attempt(place().database, plan_id, form, seen_version()))


def _tried(plan_id: str, form: Mapping[str, str], tried: str | Refusal) -> Response:
    """Back to the page, where it is waited for; or the page with what was typed and why it could not be used."""
    if isinstance(tried, Refusal):
        view = portfolio.page(place().database, plan_id, form, tried)
        return render("portfolio/page.html", view, 409 if tried.conflict else 422)
    place().jobs.start()
    return after(step_url("portfolio", plan_id))


@blueprint.post("/relieve")
def relieve(plan_id: str) -> Response:
    """The whole frame as it stands in the fields, with the changes of one proposal."""
    form, seen = request.form.to_dict(), seen_version()
    typed, tried = portfolio.relieve(place().database, plan_id, form, seen)
    return _tried(plan_id, typed, tried)


@blueprint.post("/stop")
def stop(plan_id: str) -> Response:
    portfolio.stop(place().database, plan_id)
    return after(step_url("portfolio", plan_id))


@blueprint.post("/keep")
def keep(plan_id: str) -> Response:
    name = request.form.get("name", "")
    proof = portfolio.keep(place().database, plan_id, request.form.get("job", ""), name)
    if isinstance(proof, Refusal):
        return render("portfolio/page.html", portfolio.page(place().database, plan_id, refusal=proof, name=name), 422)
    place().jobs.start()
    return after(step_url("portfolio", plan_id))


@blueprint.get("/kept/<int(max=999999999):number>/problem.json")
def problem_file(plan_id: str, number: int) -> Response:
    """Solved again by `planner solve`, it gives the kept plan."""
    file = portfolio.kept_problem(place().database, plan_id, number)
    if file is None:
        abort(404)
    return download(file)
