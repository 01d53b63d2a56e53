"""What does a person see of a kept plan with less money, and with more? A look of Scenarier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markupsafe import Markup
from sqlmodel import Session

from planner import notation
from planner.charts.ladder import Point, curve, narrow_curve
from planner.domain.basis import LeftOut
from planner.domain.findings import Finding
from planner.services.look import Document, Form, Known, Look
from planner.store.portfolio import KeptPlan
from planner.wording import ladder as words
from planner.wording.why import HARDLY, figure

GAP = 0.001
WHOLE = 100
Rung = Mapping[str, Any]
"""As `domain.rungs.Rung.to_document` makes it."""


@dataclass(frozen=True, slots=True)
class Move:
    """One that comes or goes. why: a sentence or more; empty where money alone decides."""

    code: str
    title: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """One step away from the budget people have. gives: against that. comes, goes: against the step nearer to it."""

    heading: str
    gives: str
    comes: tuple[Move, ...]
    goes: tuple[Move, ...]
    nothing: str
    nested: str


@dataclass(frozen=True, slots=True)
class RungRow:
    """One row of the picture's table. here: the budget people have."""

    percent: str
    money: str
    value: str
    count: str
    comes: str
    goes: str
    nested: str
    here: bool


@dataclass(frozen=True, slots=True)
class LadderView:
    """pictures: wide and narrow, once two budgets are known. smaller, larger: from the budget people have outwards."""

    start: str
    pictures: tuple[Markup, Markup] | None = None
    smaller: tuple[StepView, ...] = ()
    larger: tuple[StepView, ...] = ()
    nested: str = ""
    rows: tuple[RungRow, ...] = ()


def ask(session: Session, plan_id: str, kept: KeptPlan, form: Form) -> Document | tuple[Finding, ...]:
    return {"problem": kept.problem, "starts": kept.starts, "gap": GAP}


def body(session: Session, known: Known) -> LadderView:
    rungs = _rungs(known)
    if known.request is None or not rungs:
        return LadderView(words.start(again=known.request is not None))
    titles = {one["id"]: one["title"] for one in known.request["problem"]["initiatives"]}
    here = next((one["value"] for one in rungs if one["percent"] == WHOLE), None)
    down = [(low, high) for low, high in pairwise(rungs) if high["percent"] <= WHOLE]
    up = [(low, high) for low, high in pairwise(rungs) if low["percent"] >= WHOLE]
    prices = [(one["percent"], one["nested"]["price"]) for one in rungs if one["nested"]]
    complete = bool(known.told and known.told["complete"])
    return LadderView(
        start=words.start(again=True),
        pictures=_pictures(rungs),
        smaller=tuple(_smaller(low, high, titles, here) for low, high in reversed(down) if _told(low)),
        larger=tuple(_larger(low, high, titles, here) for low, high in up if _told(high)),
        nested=words.nested(prices) if complete else "",
        rows=tuple(_row(one, below) for below, one in zip([None, *rungs], rungs, strict=False)),
    )


def answer(known: Known) -> str:
    """Of the budgets next to the one people have; as soon as those are known."""
    rungs = [one for one in _rungs(known) if _told(one)]
    solved = [one for one in rungs if one["value"] is not None]
    here = next((place for place, one in enumerate(rungs) if one["percent"] == WHOLE), None)
    if known.request is None or not solved:
        return ""
    if here is None or rungs[here]["value"] is None:
        return words.so_far(solved[-1]["percent"], solved[-1]["value"])
    if known.told and known.told["complete"] and solved[-1]["value"] - rungs[0]["value"] < HARDLY:
        return words.alike(rungs[here]["value"])
    titles = {one["id"]: one["title"] for one in known.request["problem"]["initiatives"]}
    whole, said = rungs[here]["value"], []
    if here > 0:
        low = rungs[here - 1]
        said.append(words.smaller(low["percent"], low["value"], whole, [titles[o] for o in rungs[here]["enters"]]))
    if here + 1 < len(rungs):
        high = rungs[here + 1]
        said.append(words.larger(high["percent"], high["value"], whole, [titles[one] for one in high["enters"]]))
    return " ".join(said)


def progress(known: Known) -> str:
    told = known.told or {"done": 0, "of": 0}
    return words.progress(told["done"], told["of"])


LOOK = Look("ladder", words.question, words.about, ask, body, answer, progress)


def _rungs(known: Known) -> Sequence[Rung]:
    return known.told.get("rungs", ()) if known.told else ()


def _told(rung: Rung) -> bool:
    """Whether it is answered: with a plan, or that there is none."""
    return rung["value"] is not None or not rung["feasible"]


def _smaller(low: Rung, high: Rung, titles: Mapping[str, str], here: float | None) -> StepView:
    """A cut, read from the larger budget: what goes out, and what comes in although there is less money."""
    goes = tuple(Move(one, titles[one]) for one in high["enters"])
    comes = []
    for one in high["leaves"]:
        why = words.instead(titles[one["initiative"]], _reason(one), titles, one["keeping"])
        comes.append(Move(one["initiative"], titles[one["initiative"]], why))
    return _step(low, high, tuple(comes), goes, here)


def _larger(low: Rung, high: Rung, titles: Mapping[str, str], here: float | None) -> StepView:
    comes, goes = tuple(Move(one, titles[one]) for one in high["enters"]), []
    for one in high["leaves"]:
        entering = [titles[other] for other in high["enters"]]
        why = words.leaves(titles[one["initiative"]], _reason(one), titles, one["keeping"], entering)
        goes.append(Move(one["initiative"], titles[one["initiative"]], why))
    return _step(high, low, comes, tuple(goes), here)


def _step(rung: Rung, nearer: Rung, comes: tuple[Move, ...], goes: tuple[Move, ...], here: float | None) -> StepView:
    price = rung["nested"]["price"] if rung["nested"] else 0.0
    both = rung["value"] is not None and nearer["value"] is not None
    return StepView(
        heading=words.step(rung["percent"]),
        gives=words.gives(rung["value"], here, not rung["feasible"]),
        comes=comes,
        goes=goes,
        nothing="" if comes or goes or not both else words.no_change(rung["starts"] == nearer["starts"]),
        nested=words.nested_here(price) if price >= HARDLY else "",
    )


def _reason(leaver: Mapping[str, Any]) -> LeftOut:
    return LeftOut(**{**leaver["reason"], "other": tuple(leaver["reason"]["other"])})


def _pictures(rungs: Sequence[Rung]) -> tuple[Markup, Markup] | None:
    solved = [one for one in rungs if one["value"] is not None]
    if len(solved) < 2:
        return None
    points = [
        Point(
            notation.percent(one["percent"] / 100),
            notation.number(one["money"] / 1000, 1),
            one["value"],
            notation.number(one["value"], 1),
            here=one["percent"] == WHOLE,
        )
        for one in rungs
    ]
    ends = [(one["percent"], one["value"]) for one in (solved[0], solved[-1])]
    title = words.picture(*ends)
    desc = "; ".join(words.at(one["percent"], notation.number(one["value"], 1)) for one in rungs)
    return (
        curve("ladder-wide", title, desc, points, words.axis()),
        narrow_curve("ladder-narrow", title, desc, points, words.axis()),
    )


def _row(one: Rung, below: Rung | None) -> RungRow:
    against = below is not None and below["value"] is not None and one["value"] is not None
    return RungRow(
        percent=notation.percent(one["percent"] / 100),
        money=notation.number(one["money"]),
        value=notation.number(one["value"], 1),
        count=notation.number(len(one["starts"])) if one["value"] is not None else notation.NOTHING,
        comes=", ".join(one["enters"]) or notation.NOTHING if against else notation.NOTHING,
        goes=", ".join(gone["initiative"] for gone in one["leaves"]) or notation.NOTHING if against else "–",
        nested=figure(one["nested"]["price"]) if one["nested"] else notation.NOTHING,
        here=one["percent"] == WHOLE,
    )
