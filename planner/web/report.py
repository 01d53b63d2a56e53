"""Plan: the council paper as it will be printed, and the files made from it."""

import io

from flask import Blueprint, Response, abort, flash, get_flashed_messages, request, send_file, url_for

from planner.services import report, report_texts
from planner.services.report import File, ReportView
from planner.web.pages import after, place, render
from planner.wording import report_texts as words

blueprint = Blueprint("report", __name__, url_prefix="/plans/<plan_id>/report")


@blueprint.get("")
def page(plan_id: str) -> Response:
    number = request.args.get("number")
    return _page(_view(plan_id, None if number is None else _whole(number)))


@blueprint.get("/<int:number>/saksframlegg.docx")
def word(plan_id: str, number: int) -> Response:
    view = _view(plan_id, number)
    return _page(view, 422) if view.findings else _download(report.word(view))


@blueprint.get("/<int:number>/handlingsdel.xlsx")
def book(plan_id: str, number: int) -> Response:
    view = _view(plan_id, number)
    return _page(view, 422) if view.findings else _download(report.book(view))


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


def _view(plan_id: str, number: int | None) -> ReportView:
    view = report.page(place().database, plan_id, number, done=" ".join(get_flashed_messages()))
    if view is None:
        abort(404)
    return view


def _whole(text: str) -> int:
    """A kept plan's number out of an address; what is no number is no plan."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        abort(404)
    return int(text)


def _page(view: ReportView, status: int = 200) -> Response:
    return render("report/page.html", view, status)


def _download(file: File) -> Response:
    # send_file writes the name twice, plain and as RFC 5987 says, so that æ, ø and å arrive whole.
    answer = send_file(io.BytesIO(file.content), file.kind, as_attachment=True, download_name=file.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
