"""What does a person see of why each initiative is in the plan or not? Asked for as soon as a plan is proven.

The work is a job of its own, in the background, about the very problem and plan of one try; what it has found so far is
shown while it goes on. A new try stops it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from planner.domain.basis import LeftOut
from planner.domain.left_out import amounts_to, left_out
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse
from planner.domain.result_file import starts_of
from planner.domain.why import ComesIn, Why
from planner.services import plans
from planner.services.plans import Frame, now
from planner.store import jobs
from planner.store import portfolio as store
from planner.store.database import Database
from planner.store.jobs import StoredJob
from planner.wording import portfolio as frame_words
from planner.wording import why as words

KIND = "why"
PROCESSES = 2


@dataclass(frozen=True, slots=True)
class ReasonView:
    """in_short: for the line that unfolds. said: sentences. tag: of one that is left out. lost: points the opposite
    costs, for the column. choice: what is decided about it.

    Of one that is left out, what can be seen of the plan by hand is told until it has been solved anew: then that.
    """

    code: str
    title: str
    tag: str
    in_short: str
    said: tuple[str, ...]
    lost: str
    choice: str = "free"


@dataclass(frozen=True, slots=True)
class ReasonsView:
    """progress: while it is being worked out; then `seen` is for the next poll. trouble: why some is missing.
    customs: what other ways of choosing would give, in sentences."""

    frame: Frame
    seen: str
    progress: str
    trouble: str
    left_out: tuple[ReasonView, ...]
    chosen: tuple[ReasonView, ...]
    customs: tuple[str, ...] = ()


def ask(session: Session, tried: StoredJob, result: Mapping[str, Any]) -> str:
    """Queue the work for a proven plan. The caller commits, and has the queue look."""
    if result["status"] == "optimal" and result["chosen"]:
        request = {"problem": tried.request["problem"], "starts": starts_of(result), "gap": tried.request["gap"]}
        request |= {"processes": PROCESSES, "of": tried.id}
        jobs.add(session, secrets.token_hex(8), tried.plan_id, KIND, request, now())
    return ""


def reasons(database: Database, plan_id: str, seen: str) -> ReasonsView | None:
    """The fragment, for polling; None when nothing is new since `seen`."""
    with database.read() as session:
        if jobs.versions(session, plan_id) == seen:
            return None
        tried = jobs.latest(session, plan_id, "try")
        return view(session, tried) if tried is not None else None


def view(session: Session, tried: StoredJob) -> ReasonsView | None:
    """Of the plan that a try found; None where its reasons were never asked for."""
    job = jobs.latest(session, tried.plan_id, KIND)
    if job is None or job.request["of"] != tried.id:
        return None
    told = job.result or job.progress or {"why": [], "comes_in": [], "done": 0, "of": 0, "customs": {}}
    titles = {one["id"]: one["title"] for one in job.request["problem"]["initiatives"]}
    saved = store.settings(session, tried.plan_id)
    needs = {one["initiative"]: ComesIn.from_json(one) for one in told["comes_in"]}
    found = {one["initiative"]: Why.from_json(one) for one in told["why"]}
    by_hand = left_out(_plan(job))
    going_on = job.is_open
    return ReasonsView(
        frame=plans.frame(session, tried.plan_id, "portfolio"),
        seen=jobs.versions(session, tried.plan_id),
        progress=words.progress(told["done"], told["of"]) if going_on else "",
        trouble="" if going_on or job.state == "done" else words.cut_short(),
        left_out=tuple(
            replace(
                _left_out(one, found.get(one.code), needs.get(one.code), titles),
                choice=saved.settings.wish(one.code).choice if saved else "free",
            )
            for one in by_hand
        ),
        chosen=tuple(_chosen(one, titles) for one in sorted(found.values(), key=_most_first) if one.chosen),
        customs=words.customs(told.get("customs", {}), told.get("value", 0.0)),
    )


def _most_first(one: Why) -> tuple[float, str]:
    return (-one.loss if one.loss is not None else float("-inf"), one.initiative)


def _plan(job: StoredJob) -> Plan:
    problem = parse(job.request["problem"]).problem
    assert problem is not None
    return Plan(problem, job.request["starts"])


def _left_out(by_hand: LeftOut, one: Why | None, needs: ComesIn | None, titles: Mapping[str, str]) -> ReasonView:
    """The reason is known when what would bring it in is, and at once of one that people have decided about."""
    title, hand = titles[by_hand.code], frame_words.reason(by_hand, titles, proven=False)
    if one is None or (needs is None and one.reason != "rule"):
        said = () if one is None else (words.forced(one, titles),)
        return ReasonView(by_hand.code, title, words.reason(amounts_to(by_hand)), hand, said, "")
    said = (*(words.brings_in(needs) if needs is not None else ()), words.forced(one, titles))
    if amounts_to(by_hand) == one.reason:
        # Never two reasons for one initiative.
        said = (hand, *said)
    return ReasonView(by_hand.code, title, words.reason(one.reason), words.in_short(one, needs), said, _lost(one))


def _chosen(one: Why, titles: Mapping[str, str]) -> ReasonView:
    return ReasonView(one.initiative, titles[one.initiative], "", "", (words.without(one, titles),), _lost(one))


def _lost(one: Why) -> str:
    return "" if one.loss is None else frame_words.points(one.loss)
