"""Undersøkelse: upload a file, look over its columns, see what was found, confirm. Reads forms; decides nothing."""

import re

from flask import Blueprint, Response, request

from planner.domain.findings import Finding
from planner.domain.mapping_choices import Choices
from planner.services import survey, survey_columns, survey_page, survey_upload
from planner.web.pages import after, place, render, seen_version, step_url

blueprint = Blueprint("survey", __name__, url_prefix="/plans/<plan_id>/survey")


@blueprint.get("")
def page(plan_id: str) -> Response:
    here = place()
    if survey_upload.is_reading(here.database, plan_id):
        return after(_url(plan_id, "reading"))
    found = survey_upload.trouble(here.database, plan_id)
    return render("survey/page.html", survey_page.page(here.database, here.config, plan_id, found))


@blueprint.post("/upload")
def upload(plan_id: str) -> Response:
    here = place()
    file = request.files.get("file")
    if file is None or not file.filename:
        received = survey_upload.Received((Finding("file_missing"),))
    else:
        with file.stream:
            data = file.read()
        received = survey_upload.receive(here.database, here.config, plan_id, file.filename, data)
    if received.findings:
        return render("survey/page.html", survey_page.page(here.database, here.config, plan_id, received.findings), 422)
    if received.turn is not None and received.upload is not None:
        here.jobs.readings.start(received.turn, received.upload)
        return after(_url(plan_id, "reading"))
    return after(_waiting_url(plan_id))


@blueprint.get("/reading")
def reading(plan_id: str) -> Response:
    """How far a large file is read; then its columns, or the step's page with what went wrong."""
    view = survey_upload.reading(place().database, plan_id)
    if view is None or view.done:
        found = survey_upload.trouble(place().database, plan_id)
        return after(step_url("survey", plan_id) if found else _waiting_url(plan_id))
    return render("survey/reading.html", view)


@blueprint.get("/reading/progress")
def reading_progress(plan_id: str) -> Response:
    """For polling: 204 when nothing is new."""
    view = survey_upload.reading(place().database, plan_id, request.args.get("seen", ""))
    if view is None:
        return Response(status=204)
    response = render("survey/_reading.html", view)
    if view.done:
        response.headers["HX-Redirect"] = _url(plan_id, "reading")
    return response


@blueprint.post("/reading/stop")
def stop_reading(plan_id: str) -> Response:
    survey_upload.stop(place().database, plan_id)
    return after(_url(plan_id, "reading"))


@blueprint.get("/columns")
def columns(plan_id: str) -> Response:
    return _columns_page(plan_id, (), 200)


@blueprint.post("/columns")
def choose(plan_id: str) -> Response:
    here = place()
    found = survey.choose(here.database, here.config, plan_id, seen_version(), _choices())
    if found:
        return _columns_page(plan_id, found, 409 if survey.STALE in found else 422)
    return after(_url(plan_id, "findings" if request.form.get("next") == "findings" else "columns"))


@blueprint.get("/findings")
def findings(plan_id: str) -> Response:
    """422 as long as something must be mended, so that no script takes the page for a success."""
    view = survey.check(place().database, plan_id)
    if view is None:
        return after(step_url("survey", plan_id))
    return render("survey/findings.html", view, 422 if view.blocked else 200)


@blueprint.get("/confirm")
def confirmation(plan_id: str) -> Response:
    view = survey.check(place().database, plan_id)
    if view is None or view.blocked:
        return after(_url(plan_id, "findings"))
    return render("survey/confirm.html", view)


@blueprint.post("/confirm")
def confirm(plan_id: str) -> Response:
    here = place()
    wishes = {"remember": "remember" in request.form, "keep": "keep" in request.form}
    found = survey.confirm(here.database, here.config, plan_id, seen_version(), **wishes)
    if not found:
        return after(step_url("survey", plan_id))
    view = survey.check(here.database, plan_id, found)
    if view is None:
        # Confirmed or dropped in another window; the step's own page says which.
        return after(step_url("survey", plan_id))
    conflict = survey.STALE in found or survey.REREAD in found
    return render("survey/findings.html", view, 409 if conflict else 422)


@blueprint.post("/cancel")
def cancel(plan_id: str) -> Response:
    survey.cancel(place().database, plan_id)
    return after(step_url("survey", plan_id))


def _columns_page(plan_id: str, found: tuple[Finding, ...], status: int) -> Response:
    all_open = request.args.get("all") == "1"
    view = survey_columns.columns(place().database, plan_id, all_open=all_open, findings=found)
    if view is None:
        return after(step_url("survey", plan_id))
    return render("survey/columns.html", view, status)


def _waiting_url(plan_id: str) -> str:
    """Where a file that was just read is looked over: its columns, or a report's table as it is."""
    return _url(plan_id, "table" if survey_upload.is_table(place().database, plan_id) else "columns")


def _url(plan_id: str, part: str) -> str:
    return f"{step_url('survey', plan_id)}/{part}"


def _choices() -> Choices:
    columns: dict[int, str] = {}
    cells: dict[tuple[int, str], str] = {}
    for name, value in request.form.items():
        kind, _, rest = name.partition(".")
        index, _, cell = rest.partition(".")
        if not (index.isdecimal() and len(index) < 10):
            continue  # not a column's number
        if kind == "column":
            columns[int(index)] = value
        elif kind == "cell":
            cells[(int(index), cell)] = value
    segments, missing = request.form.get("segments"), request.form.get("missing")
    return Choices(
        columns=columns,
        cells=cells,
        segments=tuple(segments.splitlines()) if segments is not None else None,
        default_segment=request.form.get("default_segment"),
        missing=_codes(missing) if missing is not None else None,
        form=request.form.get("form"),
        numbers=request.form.get("numbers"),
        turned=tuple(request.form.getlist("turned")) if "turned_asked" in request.form else None,
        swapped="swapped" in request.form,
    )


def _codes(text: str) -> tuple[str, ...]:
    """«8; 9» or «8, 9» or a line each. A label may hold a comma, so commas part numbers only."""
    parts = re.split(r"[;\n\r]+", text)
    split = [re.split(r"[,\s]+", part.strip()) if re.fullmatch(r"[\d,\s−-]+", part) else [part] for part in parts]
    return tuple(dict.fromkeys(code.strip() for codes in split for code in codes if code.strip()))
