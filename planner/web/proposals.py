"""New ideas once there is a plan: fill one in, and see what it would do."""

from flask import Blueprint, Response, abort, flash, request, url_for

from planner.services import proposals, proposals_list
from planner.services.proposal_form import FormView, typed_fields
from planner.web.pages import after, download, flashed, place, render
from planner.wording import finding
from planner.wording import proposals_list as list_words

blueprint = Blueprint("proposals", __name__, url_prefix="/plans/<plan_id>/proposals")
ONE = "/<int(max=999999999):number>"


@blueprint.get("")
def page(plan_id: str) -> Response:
    return render("proposals/page.html", proposals.page(place().database, plan_id))


@blueprint.get("/progress")
def progress(plan_id: str) -> Response:
    """The list, for polling: 204 when nothing is new."""
    view = proposals.progress(place().database, plan_id, request.args.get("seen", ""))
    return Response(status=204) if view is None else render("proposals/_list.html", view)


@blueprint.get("/new")
def new(plan_id: str) -> Response:
    return render("proposals/new.html", proposals.form(place().database, plan_id))


@blueprint.post("/new")
def propose(plan_id: str) -> Response:
    typed = typed_fields(request.form.to_dict(), request.form.getlist("targets"))
    job = proposals.propose(place().database, plan_id, typed)
    if isinstance(job, FormView):
        return render("proposals/new.html", job, job.status)
    return _started(plan_id, job)


@blueprint.post("/again")
def again_all(plan_id: str) -> Response:
    """Ask about those that were never answered."""
    return _started(plan_id, proposals.again(place().database, plan_id))


@blueprint.post(f"{ONE}/again")
def again(plan_id: str, number: int) -> Response:
    return _started(plan_id, proposals.again(place().database, plan_id, number))


@blueprint.post(f"{ONE}/list")
def add_to_list(plan_id: str, number: int) -> Response:
    """Have it weighed with the others from now on."""
    code = proposals.add_to_list(place().database, plan_id, number)
    if code is None:
        abort(404)
    if isinstance(code, str):
        return after(url_for("initiatives.one", plan_id=plan_id, code=code))
    flash(finding(code[0]).what)
    return after(url_for("proposals.page", plan_id=plan_id))


@blueprint.post(f"{ONE}/remove")
def remove(plan_id: str, number: int) -> Response:
    found = proposals.remove(place().database, plan_id, number, request.form.get("title", ""))
    if found:
        flash(finding(found[0]).what)
    return after(url_for("proposals.page", plan_id=plan_id))


@blueprint.get("/list")
def public_list(plan_id: str) -> Response:
    """What is in the list that may be public."""
    view = proposals_list.page(place().database, plan_id, flashed())
    return render("proposals/list.html", view)


@blueprint.post("/list")
def choose_public(plan_id: str) -> Response:
    seen, chosen = (frozenset(request.form.getlist(name, type=int)) for name in ("seen", "shown"))
    proposals_list.choose(place().database, plan_id, seen, chosen)
    flash(list_words.saved())
    return after(url_for("proposals.public_list", plan_id=plan_id))


@blueprint.get("/forslag.html")
def public_page(plan_id: str) -> Response:
    """The list as one page that stands alone, in the plan's language or one asked for."""
    made = proposals_list.html(place().database, plan_id, request.args.get("language", ""))
    return abort(404) if made is None else download(made)


@blueprint.get("/forslag.xlsx")
def public_book(plan_id: str) -> Response:
    made = proposals_list.book(place().database, plan_id, request.args.get("language", ""))
    return abort(404) if made is None else download(made)


def _started(plan_id: str, job: str | None) -> Response:
    if job is not None:
        place().jobs.start()
    return after(url_for("proposals.page", plan_id=plan_id))
