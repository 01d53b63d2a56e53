"""Plan: the council paper as it will be printed, and the files made from it."""

from flask import Blueprint, Response, abort, flash, request, url_for

from planner.domain.findings import Finding, blocking
from planner.services import annex as offers
from planner.services import kept_reasons, report, report_template, report_texts
from planner.services.report import ReportView
from planner.web.pages import after, download, flashed, place, render, whole_number
from planner.wording import report_template as template_words
from planner.wording import report_texts as words

blueprint = Blueprint("report", __name__, url_prefix="/plans/<plan_id>/report")


@blueprint.get("")
def page(plan_id: str) -> Response:
    number = request.args.get("number")
    return _page(_view(plan_id, None if number is None else whole_number(number)))


@blueprint.get("/<int(max=999999999):number>/saksframlegg.docx")
def word(plan_id: str, number: int) -> Response:
    view = _view(plan_id, number)
    if view.findings:
        return _page(view, 422)
    made = report_template.word(place().database, place().config, plan_id, view)
    return _page(made, 422) if isinstance(made, ReportView) else download(made)


@blueprint.get("/<int(max=999999999):number>/saksframlegg.pdf")
def pdf(plan_id: str, number: int) -> Response:
    view = _view(plan_id, number)
    return _page(view, 422) if view.findings else download(report.pdf(view))


@blueprint.get("/<int(max=999999999):number>/handlingsdel.xlsx")
def book(plan_id: str, number: int) -> Response:
    view = _view(plan_id, number)
    return _page(view, 422) if view.findings else download(report.book(view))


@blueprint.get("/<int(max=999999999):number>/vedlegg.html")
def annex(plan_id: str, number: int) -> Response:
    """The page for the public, to be taken home: it is never shown from here, where its script would not run."""
    made = report.annex(place().database, plan_id, number, request.args.get("language", ""))
    return _page(_view(plan_id, number), 422) if made is None else download(made)


@blueprint.post("/<int(max=999999999):number>/answers")
def work_out(plan_id: str, number: int) -> Response:
    """Have it worked out what the plan is with each choice turned round."""
    job = kept_reasons.ask(place().database, plan_id, number)
    if job is None:
        abort(404)
    if job:
        place().jobs.start()
    return after(url_for("report.page", plan_id=plan_id, number=number, _anchor="annex"))


@blueprint.get("/<int(max=999999999):number>/answers")
def annex_progress(plan_id: str, number: int) -> Response:
    """How far that has come, for polling: 204 when nothing is new."""
    view = offers.progress(place().database, plan_id, number, request.args.get("seen", ""))
    return Response(status=204) if view is None else render("report/_annex.html", view)


@blueprint.get("/texts")
def texts(plan_id: str) -> Response:
    return render("report/texts.html", report_texts.page(place().database, plan_id))


@blueprint.post("/texts")
def save_texts(plan_id: str) -> Response:
    refused = report_texts.save(place().database, plan_id, request.form)
    if refused is not None:
        return render("report/texts.html", refused, refused.status)
    flash(words.saved())
    return after(url_for("report.page", plan_id=plan_id))


@blueprint.get("/template")
def template(plan_id: str) -> Response:
    return _template(plan_id, (), 200)


@blueprint.post("/template")
def upload_template(plan_id: str) -> Response:
    file = request.files.get("file")
    name, data = (file.filename or "", file.read()) if file else ("", b"")
    seen = request.form.get("seen", "")
    found = report_template.upload(place().database, place().config, plan_id, name, data, seen)
    if found:  # warnings are shown with the page, also where the file is kept
        return _template(plan_id, found, 422 if blocking(found) else 200)
    flash(template_words.kept(name))
    return after(url_for("report.template", plan_id=plan_id))


@blueprint.post("/template/remove")
def remove_template(plan_id: str) -> Response:
    found = report_template.remove(place().database, plan_id, request.form.get("seen", ""))
    if found:
        return _template(plan_id, found, 409)
    flash(template_words.removed())
    return after(url_for("report.template", plan_id=plan_id))


@blueprint.get("/template/example.docx")
def example_template(plan_id: str) -> Response:
    made = report_template.example(_view(plan_id, None))
    if made is None:
        abort(404)
    return download(made)


def _template(plan_id: str, found: tuple[Finding, ...], status: int) -> Response:
    view = report.page(place().database, plan_id)
    if view is None:
        abort(404)
    done = flashed()
    return render("report/template.html", report_template.page(place().database, plan_id, view, found, done), status)


def _view(plan_id: str, number: int | None) -> ReportView:
    view = report.page(place().database, plan_id, number, done=flashed())
    if view is None:
        abort(404)
    return view


def _page(view: ReportView, status: int = 200) -> Response:
    return render("report/page.html", view, status)
