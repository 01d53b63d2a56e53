"""Paper ballots of a workshop: make them, print them, type them, take them as a table. Reads forms; decides nothing."""

from flask import Blueprint, Response, abort, flash, request, url_for

from planner.domain.findings import Finding
from planner.domain.workshop_paper import Ballot
from planner.services import workshop_paper, workshop_paper_entry, workshop_paper_entry_page, workshop_paper_table
from planner.services.workshop_paper_entry import Refused
from planner.services.workshop_paper_entry_page import Given
from planner.web.pages import after, download, flashed, place, render
from planner.wording import workshop_paper as wording

blueprint = Blueprint("workshop_paper", __name__, url_prefix="/plans/<plan_id>/workshop/<int(max=999999):number>/paper")


@blueprint.get("")
def page(plan_id: str, number: int) -> Response:
    done = flashed()
    return _page(plan_id, number, done=done)


@blueprint.post("")
def make(plan_id: str, number: int) -> Response:
    """More ballots of the round that is on or comes next."""
    typed = request.form.get("count", "").strip()
    try:
        made = workshop_paper.print_(place().database, plan_id, number, typed)
    except LookupError:
        abort(404)
    if not isinstance(made, int):
        return _page(plan_id, number, made, typed, status=422)
    flash(wording.printed(made))
    return after(url_for("workshop_paper.page", plan_id=plan_id, number=number))


@blueprint.get("/<int(max=999999):printing>-<language>.pdf")
def pdf(plan_id: str, number: int, printing: int, language: str) -> Response:
    both_sides = request.args.get("sides") == "2"
    made = workshop_paper.pdf(place().database, plan_id, number, printing, language, both_sides=both_sides)
    if made is None:
        abort(404)
    return download(made)


def _page(
    plan_id: str, number: int, found: tuple[Finding, ...] = (), count: str = "", done: str = "", status: int = 200
) -> Response:
    limit_mb = place().config.upload_mb
    view = workshop_paper.page(place().database, plan_id, number, limit_mb, found, count, done)
    return render("workshop/paper.html", view, status) if view else abort(404)


# --- Typing ------------------------------------------------------------------------------------------------------


def _entry(plan_id: str, number: int, ballot: str = "") -> str:
    return url_for("workshop_paper.entry", plan_id=plan_id, number=number, ballot=ballot or None)


@blueprint.get("/entry")
def entry(plan_id: str, number: int) -> Response:
    """The field of the id; with ?ballot=, that ballot to type, or what differs in it."""
    done, typed = flashed(), request.args.get("ballot", "")
    try:
        view = workshop_paper_entry_page.page(place().database, plan_id, number, typed, done)
    except LookupError:
        abort(404)
    return render("workshop/paper_entry.html", view, view.status)


@blueprint.post("/entry")
def keep(plan_id: str, number: int) -> Response:
    form = request.form.to_dict()
    try:
        return _answer(
            plan_id, number, workshop_paper_entry.keep(place().database, place().live, plan_id, number, form)
        )
    except LookupError:
        abort(404)


@blueprint.post("/entry/decide")
def decide(plan_id: str, number: int) -> Response:
    """What counts where the two times differ."""
    form = request.form.to_dict()
    try:
        decided = workshop_paper_entry.decide(place().database, place().live, plan_id, number, form)
        return _answer(plan_id, number, decided)
    except LookupError:
        abort(404)


@blueprint.post("/entry/restart")
def restart(plan_id: str, number: int) -> Response:
    """Forget what was typed of a ballot that does not count yet."""
    try:
        empty = workshop_paper_entry.restart(place().database, plan_id, number, request.form.to_dict())
        return _answer(plan_id, number, empty)
    except LookupError:
        abort(404)


def _answer(plan_id: str, number: int, kept: Ballot | Refused) -> Response:
    """On to the next ballot; to what differs; or the form again with all that is wrong."""
    typed = request.form.get("ballot", "")
    if isinstance(kept, Refused):
        given = Given(request.form.to_dict(), kept.findings, 409 if kept.is_late else 422)
        view = workshop_paper_entry_page.page(place().database, plan_id, number, typed, given=given)
        return render("workshop/paper_entry.html", view, view.status)
    flash(wording.kept(kept))
    return after(_entry(plan_id, number, wording.id_(kept.id) if kept.state == "differs" else ""))


# --- As a table --------------------------------------------------------------------------------------------------


@blueprint.get("/form.<ending>")
def form(plan_id: str, number: int, ending: str) -> Response:
    """An empty form to type the ballots into."""
    made = workshop_paper_table.empty_form(place().database, plan_id, number, ending)
    return download(made) if made else abort(404)


@blueprint.post("/form")
def upload(plan_id: str, number: int) -> Response:
    """One reading of the ballots, filled in."""
    file, place_ = request.files.get("file"), place()
    data, chosen = (file.read(), bool(file.filename)) if file else (b"", False)
    try:
        kept = workshop_paper_table.upload(
            place_.database, place_.config, place_.live, plan_id, number, data, chosen=chosen
        )
    except LookupError:
        abort(404)
    if isinstance(kept, Refused):
        return _page(plan_id, number, kept.findings, status=422)
    flash(wording.uploaded(kept.counts))
    return after(url_for("workshop_paper.page", plan_id=plan_id, number=number))
