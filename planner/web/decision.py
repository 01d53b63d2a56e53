"""What the council decided: written down once, read by anybody who may see the plan, never changed."""

from flask import Blueprint, Response, abort, request, url_for

from planner.files.file import File
from planner.services import decision, report, report_template
from planner.services.decision_form import FormView
from planner.services.report import ReportView
from planner.web.pages import after, download, place, render

blueprint = Blueprint("decision", __name__, url_prefix="/plans/<plan_id>/decision")
ONE = "/<int(max=999999999):number>"


@blueprint.get("/new")
def new(plan_id: str) -> Response:
    """The form; where no plan is kept yet there is nothing to decide."""
    return _form(decision.form(place().database, plan_id, {"kept": request.args.get("plan", "")}))


@blueprint.post("/new")
def look(plan_id: str) -> Response:
    """What a decision would do, before it is written down."""
    return _form(decision.form(place().database, plan_id, request.form, looked=True))


@blueprint.post("")
def decide(plan_id: str) -> Response:
    made = decision.decide(place().database, plan_id, request.form)
    if isinstance(made, int):
        return after(url_for("decision.page", plan_id=plan_id, number=made))
    return _form(made)


@blueprint.get(ONE)
def page(plan_id: str, number: int) -> Response:
    view = decision.page(place().database, plan_id, number)
    if view is None:
        abort(404)
    return render("decision/page.html", view)


@blueprint.get(f"{ONE}/vedtak.json")
def file(plan_id: str, number: int) -> Response:
    found = decision.file(place().database, plan_id, number)
    if found is None:
        abort(404)
    return download(found)


@blueprint.get(f"{ONE}/saksframlegg.docx")
def word(plan_id: str, number: int) -> Response:
    """The paper as it was decided, never another: its texts were frozen with the decision."""
    view = _paper(plan_id, number)
    return _taken_home(report_template.word(place().database, place().config, plan_id, view))


@blueprint.get(f"{ONE}/saksframlegg.pdf")
def pdf(plan_id: str, number: int) -> Response:
    view = _paper(plan_id, number)
    return _taken_home(view if view.findings else report.pdf(view))


@blueprint.get(f"{ONE}/handlingsdel.xlsx")
def book(plan_id: str, number: int) -> Response:
    """The workbook of what was decided, the changes made."""
    view = _paper(plan_id, number)
    return _taken_home(view if view.findings else report.book(view))


def _paper(plan_id: str, number: int) -> ReportView:
    view = report.of_decision(place().database, plan_id, number)
    if view is None:
        abort(404)
    return view


def _taken_home(made: File | ReportView) -> Response:
    """The file; or the page of the paper with what is wrong with it."""
    return render("report/page.html", made, 422) if isinstance(made, ReportView) else download(made)


def _form(view: FormView | None) -> Response:
    if view is None:
        abort(404)
    return render("decision/form.html", view, view.status)
