"""The phones in the room: the code, the way in, the cards. No account and no plan: the address and a token open it.

The token lies in a cookie of this one workshop. What scripts send is answered with JSON; a phone without them sends a
whole card. Nothing is logged of what anybody says.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for

from planner.domain.findings import Finding
from planner.services import join as joining
from planner.services import workshop_phone, workshop_phone_page, workshop_points, workshop_proposals
from planner.services.workshop_phone import Said
from planner.services.workshop_phone_page import EnterView, NowView, PhoneView
from planner.web import cookies
from planner.web.pages import installation, place, render
from planner.wording import finding

blueprint = Blueprint("workshop_phone", __name__)
COOKIE_SECONDS = 3 * 24 * 3600
STATUS = {"stands": 200, "closed": 409, "nobody": 403, "unknown": 422, "gone": 404}


@dataclass(frozen=True, slots=True)
class JoinView:
    typed: str = ""
    error: str = ""
    frame: None = None


@blueprint.get("/join")
def join() -> Response:
    return render("workshop/join.html", JoinView())


@blueprint.post("/join")
def find() -> Response:
    """A typed code leads to the workshop's address. Only wrong ones are counted."""
    typed, address = request.form.get("code", "")[:100], request.remote_addr or ""
    # Of the whole installation: nobody knows yet whose workshop it is.
    found = joining.find(installation().database, place().config.secret_key, typed, address)
    if isinstance(found, str):
        return _to(found)
    said, too_many = finding(found), found == joining.WAIT
    response = render("workshop/join.html", JoinView(typed, f"{said.what} {said.try_}"), 429 if too_many else 422)
    if too_many:
        response.headers["Retry-After"] = "600"
    return response


@blueprint.get("/w/<link>")
def page(link: str) -> Response:
    view = workshop_phone_page.page(place().database, place().live, link, _token(), request.args.get("card", ""))
    if view is None:
        abort(404)
    template = "workshop/enter.html" if isinstance(view, EnterView) else "workshop/phone.html"
    return render(template, view, view.status)


@blueprint.get("/w/<link>/now")
def now(link: str) -> Response:
    """What is new on the page when the workshop has gone on, for a phone that has the rest of it already."""
    view = workshop_phone_page.now(place().database, place().live, link, _token(), request.args.get("card", ""))
    return render("workshop/_now.html", view) if isinstance(view, NowView) else Response(status=STATUS[view])


@blueprint.post("/w/<link>/enter")
def enter(link: str) -> Response:
    form = request.form.to_dict()
    try:
        entered = workshop_phone.enter(place().database, place().live, link, _token(), form)
    except LookupError:
        abort(404)
    if not isinstance(entered, str):
        snapshot = place().live.snapshot(link)
        if snapshot is None:
            abort(404)
        return render("workshop/enter.html", workshop_phone_page.enter_view(snapshot, form, entered), 422)
    response = _to(link)
    response.set_cookie(
        _cookie(), entered, max_age=COOKIE_SECONDS, path=url_for(".page", link=link), httponly=True, samesite="Lax",
        secure=place().config.secure_cookies,
    )  # fmt: skip
    return response


@blueprint.post("/w/<link>/score")
def score(link: str) -> Response:
    """One score, sent as often as it takes: what now stands, with its number."""
    return _told(workshop_phone.say(place().database, place().live, link, _token(), request.form.to_dict()))


@blueprint.post("/w/<link>/comment")
def comment(link: str) -> Response:
    return _told(workshop_phone.write(place().database, link, _token(), request.form.to_dict()))


@blueprint.post("/w/<link>/propose")
def propose(link: str) -> Response:
    """A proposal from the room, sent as often as it takes."""
    form = request.form.to_dict()
    said, _ = workshop_proposals.propose(place().database, place().live, link, _token(), form)
    return _told(said)


@blueprint.post("/w/<link>/proposal")
def propose_form(link: str) -> Response:
    """The same from a phone without scripts: the page again, with what is wrong."""
    form = request.form.to_dict()
    said, found = workshop_proposals.propose(place().database, place().live, link, _token(), form)
    return _after_form(link, said, form, found)


@blueprint.post("/w/<link>/points")
def points(link: str) -> Response:
    """100 points, shared: sent as often as it takes."""
    said, _ = workshop_points.share(place().database, place().live, link, _token(), request.form.to_dict())
    return _told(said)


@blueprint.post("/w/<link>/share")
def share_form(link: str) -> Response:
    """The same from a phone without scripts."""
    form = request.form.to_dict()
    said, found = workshop_points.share(place().database, place().live, link, _token(), form)
    return _after_form(link, said, form, found)


@blueprint.get("/w/<link>/news")
def news(link: str) -> Response:
    """For polling: 204 when nothing is new for this phone."""
    said = workshop_phone.news(place().database, place().live, link, _token(), request.args.get("seen", ""))
    return Response(status=204) if said is None else _told(said)


@blueprint.post("/w/<link>/card")
def card(link: str) -> Response:
    """A whole card, and on to the next one that is not done."""
    form = request.form.to_dict()
    said, following = workshop_phone_page.say_card(place().database, place().live, link, _token(), form)
    if said.outcome == "gone":
        abort(404)
    return _to(link, card=following or None)


def _after_form(link: str, said: Said, form: dict[str, str], found: tuple[Finding, ...]) -> Response:
    """The page again, with what is wrong where something is."""
    if said.outcome == "gone":
        abort(404)
    if not found:
        return _to(link)
    view = workshop_phone_page.page(place().database, place().live, link, _token(), "", form, found)
    return render("workshop/phone.html", view, 422) if isinstance(view, PhoneView) else _to(link)


def _cookie() -> str:
    """The token of one workshop is sent nowhere else, so it has a path of its own."""
    return cookies.name(cookies.SEAT, place().config.secure_cookies, of_one_path=True)


def _token() -> str:
    return request.cookies.get(_cookie(), "")


def _to(link: str, **args: Any) -> Response:
    return Response(status=303, headers={"Location": url_for("workshop_phone.page", link=link, **args)})


def _told(said: Said) -> Response:
    response = jsonify(
        outcome=said.outcome, answer=said.answer, sequence=said.sequence, state=said.state, round=said.round
    )
    response.status_code = STATUS[said.outcome]
    return response
