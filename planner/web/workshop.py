"""Verksted: set up, lead, reveal, take the medians into the plan. Reads forms; decides nothing."""

from typing import cast

from flask import Blueprint, Response, abort, flash, request, url_for

from planner.domain.findings import Finding
from planner.domain.workshop import ACTIONS, WALLS, Wall
from planner.domain.workshop_points import KINDS
from planner.services import (
    workshop,
    workshop_adopt,
    workshop_board,
    workshop_form,
    workshop_points,
    workshop_projector,
)
from planner.services.workshop_form import FormView
from planner.services.workshop_projector import ProjectorView
from planner.web.pages import after, flashed, place, render, seen_version, whole_number
from planner.wording import workshop as wording

blueprint = Blueprint("workshop", __name__, url_prefix="/plans/<plan_id>/workshop")
ONE = "/<int(max=999999):number>"
SHARING = {
    f"{word}-{kind}": (do, kind)
    for kind in KINDS
    for word, do in (("share", workshop_points.begin), ("share-reveal", workshop_points.reveal))
}


def _one(plan_id: str, number: int) -> str:
    return url_for("workshop.one", plan_id=plan_id, number=number)


def _typed() -> dict[str, list[str]]:
    return {name: list(values) for name, values in request.form.lists()}


@blueprint.get("")
def page(plan_id: str) -> Response:
    """The workshop that is on; where none is, those there have been, and a new one."""
    number = workshop_board.newest(place().database, plan_id)
    if number is not None:
        return _lead(plan_id, number)
    return render("workshop/page.html", workshop_board.start(place().database, plan_id))


@blueprint.get("/new")
def new(plan_id: str) -> Response:
    return render("workshop/form.html", workshop.form(place().database, plan_id))


@blueprint.post("/new")
def create(plan_id: str) -> Response:
    made = workshop.create(place().database, plan_id, _typed())
    if isinstance(made, FormView):
        return render("workshop/form.html", made, made.status)
    return after(_one(plan_id, made))


@blueprint.post("/rehearse")
def rehearse(plan_id: str) -> Response:
    """An evening with made-up people, to try it: of a workshop that is set up, or a short one."""
    of = request.form.get("of", "")
    made = workshop.rehearse(place().database, plan_id, whole_number(of))
    there = url_for("workshop.page", plan_id=plan_id) if made is None else _one(plan_id, made)
    return after(there)


@blueprint.post("/takes")
def takes(plan_id: str) -> Response:
    """How many people and minutes, while the form is being filled in."""
    return render("workshop/_takes.html", workshop_form.takes_view(place().database, plan_id, _typed()))


@blueprint.get(ONE)
def one(plan_id: str, number: int) -> Response:
    return _lead(plan_id, number)


@blueprint.get(f"{ONE}/edit")
def edit(plan_id: str, number: int) -> Response:
    view = workshop.form(place().database, plan_id, number)
    return render("workshop/form.html", view) if view else abort(404)


@blueprint.post(f"{ONE}/edit")
def change(plan_id: str, number: int) -> Response:
    try:
        refused = workshop.edit(place().database, place().live, plan_id, number, _typed(), seen_version())
    except LookupError:
        abort(404)
    if isinstance(refused, FormView):
        return render("workshop/form.html", refused, refused.status)
    return after(_one(plan_id, number))


@blueprint.post(f"{ONE}/act")
def act(plan_id: str, number: int) -> Response:
    """The next stage, the door, what is on the wall, or the sharing of points."""
    wanted, place_ = request.form.get("action", ""), place()
    try:
        if wanted in ("lock", "unlock"):
            on = wanted == "lock"
            found = workshop.lock(place_.database, place_.live, plan_id, number, seen_version(), on=on)
        elif wanted.startswith("wall-") and wanted[5:] in WALLS:
            wall = cast(Wall, wanted[5:])
            found = workshop.show(place_.database, place_.live, plan_id, number, seen_version(), wall)
        elif wanted in SHARING:
            do, kind = SHARING[wanted]
            found = do(place_.database, place_.live, plan_id, number, seen_version(), kind)
        elif wanted in ACTIONS:
            found = workshop.act(place_.database, place_.live, plan_id, number, wanted, seen_version())
        else:
            abort(400)
    except LookupError:
        abort(404)
    return _refused(plan_id, number, found) if found else after(_one(plan_id, number))


@blueprint.get(f"{ONE}/board")
def board(plan_id: str, number: int) -> Response:
    """Who is in and who is done, for polling: 204 when nothing is new."""
    try:
        view = workshop_board.board(place().database, place().live, plan_id, number, request.args.get("seen", ""))
    except LookupError:
        abort(404)
    return Response(status=204) if view is None else render("workshop/_board.html", view)


@blueprint.get(f"{ONE}/projector")
def projector(plan_id: str, number: int) -> Response:
    """For the wall: the way in, how far they are, and what they think once it is revealed."""
    return render("workshop/projector.html", _wall(plan_id, number))


@blueprint.get(f"{ONE}/projector/news")
def projector_news(plan_id: str, number: int) -> Response:
    """What has changed on the wall, for polling: 204 when nothing has."""
    view = _wall(plan_id, number, request.args.get("seen", ""))
    return Response(status=204) if view is None else render("workshop/_projector.html", view)


def _wall(plan_id: str, number: int, seen: str = "") -> ProjectorView | None:
    addresses = (
        url_for("workshop_phone.join", _external=True),
        url_for("workshop_phone.page", link="-", _external=True)[:-1],
    )
    try:
        return workshop_projector.projector(place().database, place().live, plan_id, number, addresses, seen)
    except LookupError:
        abort(404)


@blueprint.post(f"{ONE}/adopt")
def adopt(plan_id: str, number: int) -> Response:
    try:
        taken = workshop_adopt.take(
            place().database, place().live, plan_id, number, request.form.to_dict(), seen_version()
        )
    except LookupError:
        abort(404)
    if not isinstance(taken, int):
        return _refused(plan_id, number, taken)
    flash(wording.adopted(taken))
    return after(_one(plan_id, number))


@blueprint.post(f"{ONE}/remove")
def remove(plan_id: str, number: int) -> Response:
    try:
        found = workshop.remove(place().database, place().live, plan_id, number, seen_version())
    except LookupError:
        abort(404)
    return _refused(plan_id, number, found) if found else after(url_for("workshop.page", plan_id=plan_id))


def _refused(plan_id: str, number: int, found: tuple[Finding, ...]) -> Response:
    lost = any(finding.code in ("workshop_stale", "workshop_not_now", "removal_changed") for finding in found)
    return _lead(plan_id, number, found, 409 if lost else 422)


def _lead(plan_id: str, number: int, found: tuple[Finding, ...] = (), status: int = 200) -> Response:
    typed = request.form.to_dict() if found else {}
    done = flashed()
    host = request.host.rpartition(":")[0] or request.host
    view = workshop_board.lead(place().database, place().live, plan_id, number, found, typed, done, host)
    return render("workshop/lead.html", view, status) if view else abort(404)
