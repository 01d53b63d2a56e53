"""Paper ballots of a workshop: make them, print them, type them, take them as a table. Reads forms; decides nothing."""

import io

from flask import Blueprint, Response, abort, flash, get_flashed_messages, request, send_file, url_for

from planner.services import workshop_paper
from planner.web.pages import after, place, render
from planner.wording import workshop_paper as wording

blueprint = Blueprint("workshop_paper", __name__, url_prefix="/plans/<plan_id>/workshop/<int(max=999999):number>/paper")


@blueprint.get("")
def page(plan_id: str, number: int) -> Response:
    done = " ".join(get_flashed_messages())
    view = workshop_paper.page(place().database, plan_id, number, done=done)
    return render("workshop/paper.html", view) if view else abort(404)


@blueprint.post("")
def make(plan_id: str, number: int) -> Response:
    """More ballots of the round that is on or comes next."""
    typed = request.form.get("count", "").strip()
    try:
        made = workshop_paper.print_(place().database, plan_id, number, typed)
    except LookupError:
        abort(404)
    if not isinstance(made, int):
        view = workshop_paper.page(place().database, plan_id, number, made, typed)
        return render("workshop/paper.html", view, 422)
    flash(wording.printed(made))
    return after(url_for("workshop_paper.page", plan_id=plan_id, number=number))


@blueprint.get("/<int(max=999999):printing>-<language>.pdf")
def pdf(plan_id: str, number: int, printing: int, language: str) -> Response:
    both_sides = request.args.get("sides") == "2"
    made = workshop_paper.pdf(place().database, plan_id, number, printing, language, both_sides=both_sides)
    if made is None:
        abort(404)
    answer = send_file(io.BytesIO(made.content), "application/pdf", as_attachment=True, download_name=made.name)
    answer.headers["Cache-Control"] = "no-store"
    return answer
