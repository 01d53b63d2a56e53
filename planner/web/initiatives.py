"""Tiltak: the list, one initiative as a page or in its row, the bank, the workbook, and what ends."""

from flask import Blueprint, Response, abort, flash, request, url_for

from planner.domain.findings import Finding
from planner.services import freed, initiative_intake, initiative_proposals, initiatives
from planner.services.initiative_form import FormView
from planner.services.initiative_reading import reading
from planner.web.access import may
from planner.web.pages import after, download, flashed, place, render, seen_version
from planner.wording import initiatives as wording
from planner.wording import workshop_proposals as proposal_wording

blueprint = Blueprint("initiatives", __name__, url_prefix="/plans/<plan_id>/initiatives")


def _typed() -> dict[str, str]:
    """The form as flat texts; a box that may be ticked many times is one text with commas."""
    return {name: ", ".join(values) for name, values in request.form.lists()}


def _list(plan_id: str, anchor: str = "") -> str:
    return url_for("initiatives.page", plan_id=plan_id, _anchor=anchor or None)


@blueprint.get("")
def page(plan_id: str) -> Response:
    view = initiatives.page(
        place().database,
        plan_id,
        place().config.upload_mb,
        theme=request.args.get("theme", ""),
        lack=request.args.get("lack", ""),
        done=flashed(),
    )
    return render("initiatives/page.html", view)


# --- One initiative ----------------------------------------------------------------------------------------------


@blueprint.get("/new")
def new(plan_id: str) -> Response:
    return render("initiatives/one.html", initiatives.form(place().database, plan_id))


@blueprint.post("/new")
def add(plan_id: str) -> Response:
    return _saved(plan_id, initiatives.save(place().database, plan_id, "", _typed(), 0))


@blueprint.get("/one/<code>")
def one(plan_id: str, code: str) -> Response:
    view = initiatives.form(place().database, plan_id, code)
    if view is None:
        abort(404)
    if not may("initiatives.change"):
        return render("initiatives/read.html", reading(view, f"row-{code}"))
    return render("initiatives/one.html", view)


@blueprint.post("/one/<code>")
def change(plan_id: str, code: str) -> Response:
    return _saved(plan_id, initiatives.save(place().database, plan_id, code, _typed(), seen_version()))


def _saved(plan_id: str, saved: str | FormView) -> Response:
    if isinstance(saved, FormView):
        return render("initiatives/one.html", saved, saved.status)
    flash(wording.saved(saved))
    return after(_list(plan_id, f"row-{saved}"))


@blueprint.get("/one/<code>/row")
def row(plan_id: str, code: str) -> Response:
    view = initiatives.row(place().database, plan_id, code)
    return render("initiatives/_row.html", view) if view else abort(404)


@blueprint.get("/one/<code>/row/edit")
def row_edit(plan_id: str, code: str) -> Response:
    view = initiatives.form(place().database, plan_id, code)
    return render("initiatives/_edit.html", view) if view else abort(404)


@blueprint.post("/one/<code>/row")
def row_change(plan_id: str, code: str) -> Response:
    saved = initiatives.save(place().database, plan_id, code, _typed(), seen_version())
    if isinstance(saved, FormView):
        return render("initiatives/_edit.html", saved, saved.status)
    return render("initiatives/_row.html", initiatives.row(place().database, plan_id, saved, saved=True))


@blueprint.post("/one/<code>/remove")
def remove(plan_id: str, code: str) -> Response:
    return _removed(plan_id, code, initiatives.remove(place().database, plan_id, code, seen_version()))


def _removed(plan_id: str, code: str, findings: tuple[Finding, ...], anchor: str = "") -> Response:
    if findings:
        view = initiatives.page(place().database, plan_id, place().config.upload_mb, findings=findings)
        changed = any(one.code == "removal_changed" for one in findings)
        return render("initiatives/page.html", view, 409 if changed else 422)
    flash(wording.removed(code))
    return after(_list(plan_id, anchor))


# --- Many at once ------------------------------------------------------------------------------------------------


@blueprint.get("/bank")
def bank(plan_id: str) -> Response:
    return render("initiatives/bank.html", initiative_intake.bank(place().database, plan_id))


@blueprint.post("/bank")
def add_from_bank(plan_id: str) -> Response:
    flash(initiative_intake.add_from_bank(place().database, plan_id, request.form.getlist("code")).done)
    return after(_list(plan_id))


@blueprint.get("/workbook")
def workbook(plan_id: str) -> Response:
    return download(initiative_intake.workbook(place().database, plan_id))


@blueprint.post("/workbook")
def upload(plan_id: str) -> Response:
    file = request.files.get("file")
    data = file.read() if file else b""
    intake = initiative_intake.upload(place().database, place().config, plan_id, data, bool(file and file.filename))
    if not intake.done or intake.findings:
        # What was read with remarks is shown with them; what was not read is not stored.
        view = initiatives.page(
            place().database, plan_id, place().config.upload_mb, findings=intake.findings, done=intake.done
        )
        return render("initiatives/page.html", view, 200 if intake.done else 422)
    flash(intake.done)
    return after(_list(plan_id))


# --- What a workshop proposed -------------------------------------------------------------------------------------


@blueprint.get("/proposals")
def proposals(plan_id: str) -> Response:
    done = flashed()
    return render("initiatives/proposals.html", initiative_proposals.page(place().database, plan_id, done=done))


@blueprint.post("/proposals/<int(max=999999):number>/<id_>/take")
def take_proposal(plan_id: str, number: int, id_: str) -> Response:
    taken = initiative_proposals.take(place().database, place().live, plan_id, number, id_)
    if not isinstance(taken, str):
        return render("initiatives/proposals.html", initiative_proposals.page(place().database, plan_id, taken), 409)
    flash(proposal_wording.taken(taken))
    return after(url_for("initiatives.proposals", plan_id=plan_id))


@blueprint.post("/proposals/<int(max=999999):number>/<id_>/set-aside")
def set_aside_proposal(plan_id: str, number: int, id_: str) -> Response:
    typed = request.form.get("reason", "")
    found = initiative_proposals.set_aside(place().database, place().live, plan_id, number, id_, typed)
    if found:
        view = initiative_proposals.page(place().database, plan_id, found, id_, typed)
        return render("initiatives/proposals.html", view, 422 if found[0].where else 409)
    flash(proposal_wording.set_aside())
    return after(url_for("initiatives.proposals", plan_id=plan_id))


# --- What ends ---------------------------------------------------------------------------------------------------


@blueprint.get("/freed/new")
def freed_new(plan_id: str) -> Response:
    return render("initiatives/freed.html", freed.form(place().database, plan_id))


@blueprint.post("/freed/new")
def freed_add(plan_id: str) -> Response:
    return _freed_saved(plan_id, freed.save(place().database, plan_id, "", _typed(), 0))


@blueprint.get("/freed/one/<code>")
def freed_one(plan_id: str, code: str) -> Response:
    view = freed.form(place().database, plan_id, code)
    if view is None:
        abort(404)
    if not may("initiatives.freed_change"):
        return render("initiatives/read.html", reading(view, "freed"))
    return render("initiatives/freed.html", view)


@blueprint.post("/freed/one/<code>")
def freed_change(plan_id: str, code: str) -> Response:
    return _freed_saved(plan_id, freed.save(place().database, plan_id, code, _typed(), seen_version()))


def _freed_saved(plan_id: str, saved: str | FormView) -> Response:
    if isinstance(saved, FormView):
        return render("initiatives/freed.html", saved, saved.status)
    flash(wording.saved(saved))
    return after(_list(plan_id, "freed"))


@blueprint.post("/freed/one/<code>/remove")
def freed_remove(plan_id: str, code: str) -> Response:
    return _removed(plan_id, code, freed.remove(place().database, plan_id, code, seen_version()), "freed")
