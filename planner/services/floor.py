"""What does a person see of what it costs to promise a group, or a theme, its part? A look of Scenarier.

The answer is a price list of floors for one side at a time; what was found about other sides is kept with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from planner import notation
from planner.domain.findings import Finding
from planner.domain.floor import By, Highest, Price, Prices, Side
from planner.domain.problem_file import problem_sha256
from planner.domain.segments import Segment
from planner.domain.settings import BREADTH, floor_field
from planner.domain.typed import Unreadable, number
from planner.services.look import Document, Form, Known, Look
from planner.services.portfolio import TRY_GAP
from planner.services.portfolio_ground import Ground, ground
from planner.store import jobs
from planner.store.portfolio import KeptPlan
from planner.wording import finding
from planner.wording import floor as words
from planner.wording import statements as names

KIND = "floor"


@dataclass(frozen=True, slots=True)
class Choice:
    """value: «segment:unge» or «factor:bolig»."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One floor. field, typed: what «Bruk dette gulvet» types into the frame; empty where no plan keeps the floor.
    nothing: that nothing comes or goes."""

    floor: str
    closes: str
    costs: str
    comes: tuple[tuple[str, str], ...]
    goes: tuple[tuple[str, str], ...]
    field: str
    typed: str
    asked: bool
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class FloorView:
    """groups: (heading, choices). share: in the slider and the number field, per cent, with step and ends. version: of
    the saved frame; changed: that it is another than the plan's. error: of the number field."""

    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    share: str
    slider: str
    low: str
    high: str
    step: str
    version: int
    error: str = ""
    highest: str = ""
    listed: str = ""
    rows: tuple[PriceRow, ...] = ()
    changed: str = ""


def ask(session: Session, plan_id: str, kept: KeptPlan, form: Form) -> Document | tuple[Finding, ...]:
    """A side that is not there is refused like a share that is no number; an empty share asks for the list alone."""
    side = _side(kept, form.get("side", ""))
    share, findings = _share("" if _left_over(form) else form.get("share", ""))
    if side is None:
        findings = (*findings, Finding("floor_side", where="side"))
    if findings or side is None:
        return findings
    earlier = jobs.latest(session, plan_id, KIND)
    same = earlier is not None and earlier.request["sha256"] == kept.problem_sha256
    told = (earlier.result or earlier.progress) if earlier is not None and same else None
    return {
        "problem": kept.problem,
        "starts": kept.starts,
        "gap": TRY_GAP,
        "side": {"by": side.by, "group": side.group},
        "called": _called(session, plan_id, side),
        "share": share,
        "known": (told or {"sides": []})["sides"],
    }


def _left_over(form: Form) -> bool:
    """A number that stood in the field for another side, and that nobody has touched, was not asked about this one."""
    shown = form.get("shown_side", form.get("side")), form.get("shown_share")
    return shown[0] != form.get("side") and shown[1] == form.get("share")


def _share(text: str) -> tuple[float | None, tuple[Finding, ...]]:
    if not text.strip():
        return None, ()
    try:
        found = number(text.replace("%", ""))
    except Unreadable:
        found = None
    if found is None or not 0 < found <= 100:
        return None, (Finding("floor_share", where="share"),)
    return float(found / 100), ()


def _side(kept: KeptPlan, text: str) -> Side | None:
    return next((side for side in _sides(kept) if _value(side) == text), None)


def _value(side: Side) -> str:
    return f"{side.by}:{side.group}"


def _sides(kept: KeptPlan) -> list[Side]:
    """Groups first; of the themes those that a frame can have a floor for."""
    needs = kept.problem["needs"]
    segments = dict.fromkeys(need["segment"] for need in needs if need.get("segment"))
    factors = {need.get("factor") for need in needs}
    return [*(Side("segment", one) for one in segments), *(Side("factor", one) for one in BREADTH if one in factors)]


def body(session: Session, known: Known) -> FloorView:
    there = ground(session, known.plan_id)
    prices = _prices(known)
    asked = known.typed.get("side", "") if known.typed else _value(prices.side) if prices else ""
    sides = _sides(known.kept)
    segments = {segment.id: segment.name for segment in there.segments}
    called = {_value(side): _name(side, segments.get(side.group, side.group)) for side in sides}
    chosen = asked if any(_value(side) == asked for side in sides) else _value(sides[0]) if sides else ""

    def choices(by: By) -> tuple[Choice, ...]:
        return tuple(Choice(_value(s), called[_value(s)], _value(s) == chosen) for s in sides if s.by == by)

    errors = {one.where: finding(one).what for one in known.findings}
    step, low, high = prices.range() if prices else (0.01, 0.01, 1.0)
    share = _share_told(known, prices) if prices else low
    typed = known.typed.get("share", "") if known.typed else notation.compact(round(100 * share, 2))
    view = FloorView(
        groups=tuple((words.heading(by), choices(by)) for by in ("segment", "factor") if choices(by)),
        share=typed,
        slider=_plain(share),
        low=_plain(min(low, share)),
        high=_plain(max(high, share)),
        step=_plain(step),
        version=there.version,
        error=" ".join(errors.values()),
    )
    if prices is None:
        return view
    return _with_prices(view, known, prices, called[_value(prices.side)], _changed(there, known.kept))


def _changed(there: Ground, kept: KeptPlan) -> str:
    """What a floor is put into is the frame as it is saved now, which need not be the one of the plan."""
    same = not there.lacks and problem_sha256(there.problem()) == kept.problem_sha256
    return "" if same else words.changed()


def _share_told(known: Known, prices: Prices) -> float:
    """The floor the answer speaks of: the one asked for, else the dearest on the list that can be kept."""
    asked: float | None = (known.request or {}).get("share")
    there = [one.floor for one in prices.listed if one.value is not None]
    return asked or max((*there, prices.range()[1]))


def _plain(share: float) -> str:
    """Per cent as a slider's attribute wants it."""
    return f"{100 * share:.4f}".rstrip("0").rstrip(".")


def _with_prices(view: FloorView, known: Known, prices: Prices, name: str, changed: str) -> FloorView:
    titles = {one["id"]: one["title"] for one in known.kept.problem["initiatives"]}
    asked = (known.request or {}).get("share")
    rows = [_row(one, prices, titles, asked) for one in prices.listed if one is not prices.shown and one.floor > 0]
    highest = prices.highest
    return replace(
        view,
        highest="" if highest is None else _highest(name, prices.shown.reached, highest),
        listed=words.listed(name),
        rows=tuple(rows),
        changed=changed if rows else "",
    )


def _highest(name: str, now: float, highest: Highest) -> str:
    return words.highest(name, now, highest.promised, None if highest.settled else highest.bound)


def _row(price: Price, prices: Prices, titles: Mapping[str, str], asked: float | None) -> PriceRow:
    def named(codes: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple((code, titles.get(code, code)) for code in sorted(codes))

    here = asked is not None and abs(price.floor - asked) < 1e-9
    floor = words.share(price.floor)
    if price.value is None or prices.shown.value is None:
        return PriceRow(floor, "", words.impossible() if price.proven else words.not_found(), (), (), "", "", here)
    before, after = set(prices.shown.starts), set(price.starts)
    field = floor_field(prices.side.by, prices.side.group)
    costs = words.costs(max(0.0, prices.shown.value - price.value), price.proven)
    closes, typed = notation.percent(price.reached, 1), notation.compact(round(100 * price.floor, 2))
    comes, goes = named(list(after - before)), named(list(before - after))
    nothing = "" if comes or goes else words.same_initiatives(prices.shown.starts == price.starts)
    return PriceRow(floor, closes, costs, comes, goes, field, typed, here, nothing)


def _called(session: Session, plan_id: str, side: Side) -> str:
    """What the municipality calls the group; a theme has one name for all."""
    there = {segment.id: segment.name for segment in ground(session, plan_id).segments}
    return there.get(side.group, side.group)


def _name(side: Side, called: str) -> str:
    return names.factor(side.group) if side.by == "factor" else names.segment(Segment(side.group, called))


def _prices(known: Known) -> Prices | None:
    """Of the side that was asked about last."""
    sides: list[dict[str, Any]] = (known.told or {"sides": []})["sides"]
    return Prices.from_document(sides[0]) if sides else None


def answer(known: Known) -> str:
    """What the floor asked for costs, or the dearest on the list."""
    prices, request = _prices(known), known.request
    if prices is None or request is None or prices.shown.value is None:
        return ""
    name = _name(prices.side, request["called"])
    there = [one for one in prices.listed if one.value is not None]
    share = request["share"] if request["share"] is not None else there[-1].floor
    if share <= 0:
        return words.nothing_more(name, prices.shown.reached) if prices.highest and not known.going_on else ""
    found = prices.at(share)
    if found.price is None or found.price.value is None:
        return words.answer(name, share, None) if found.impossible else ""
    return words.answer(name, share, max(0.0, prices.shown.value - found.price.value))


def progress(known: Known) -> str:
    told = known.told or {"done": 0, "of": 0}
    return words.progress(told["done"], told["of"])


LOOK = Look(KIND, words.question, words.about, ask, body, answer, progress)
