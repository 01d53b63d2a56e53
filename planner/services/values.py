"""What does a person see of which plans can be best when the groups count otherwise? A look of Scenarier.

What is certain about the weights is typed here; every plan that nothing beats for all weights left is then found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from planner import notation
from planner.domain.findings import Finding
from planner.domain.problem import Problem, Weights
from planner.domain.problem_file import canonical, parse
from planner.domain.segments import Segment
from planner.domain.typed import Unreadable, number
from planner.domain.weight_space import TooManyCorners, WeightSpace
from planner.domain.weighted import View, around, weighted
from planner.services.look import Document, Form, Known, Look
from planner.store.portfolio import KeptPlan
from planner.wording import finding
from planner.wording import statements as names
from planner.wording import values as words

KIND = "values"
USUAL = 0.1
"""The offer before anything is typed: each weight up to a tenth less or more than it is."""
PAIRS = 3
MOST_PLANS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: its weight in the plan, and the two fields of how low and high it may be, per cent."""

    id: str
    name: str
    now: str
    low: str
    high: str
    error: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """«one» counts at least as much as «other»; ids, empty where nothing is said."""

    number: int
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Zone:
    """Initiatives that are in all, some or none of the plans. lines: (code, title, in how many, in the plan now).

    open: not folded, since it is what people came for.
    """

    heading: str
    open: bool
    lines: tuple[tuple[str, str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan, by what not all of them hold."""

    heading: str
    holds: str


@dataclass(frozen=True, slots=True)
class ValuesView:
    """question: the one that would settle most; fields: the whole form as it stands, for its two buttons. answers:
    (the button's text, the pair it adds, what is left then)."""

    groups: tuple[GroupRow, ...]
    pairs: tuple[PairRow, ...]
    trouble: str = ""
    zones: tuple[Zone, ...] = ()
    plans: tuple[PlanRow, ...] = ()
    more: str = ""
    narrower: str = ""
    question: str = ""
    answers: tuple[tuple[str, str, str, str], ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    free: int = 0


def ask(session: Session, plan_id: str, kept: KeptPlan, form: Form) -> Document | tuple[Finding, ...]:
    shares = kept.shares
    problem = parse(kept.problem).problem
    assert problem is not None
    view, findings = _read(form, shares)
    if findings:
        return findings
    try:
        posed = weighted(problem, shares, view)
    except ValueError:
        return (Finding("values_no_weights", where="values"),)
    findings = _space_findings(posed, kept)
    return findings or {"problem": canonical(posed), "form": _typed(form, shares)}


def _read(form: Form, shares: Mapping[str, float]) -> tuple[View, tuple[Finding, ...]]:
    usual, findings = _typed({}, shares), []
    ranges: dict[str, tuple[float, float]] = {}
    for one in shares:
        ends = [_percent(form.get(f"{end}-{one}", usual[f"{end}-{one}"]), default) for end, default in _ENDS]
        if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
            findings.append(Finding("values_range", where=f"low-{one}"))
        else:
            ranges[one] = ends[0], ends[1]
    pairs = []
    for n in range(1, PAIRS + 1):
        one, other = form.get(f"one-{n}", ""), form.get(f"other-{n}", "")
        if bool(one) != bool(other) or (one and (one == other or not {one, other} <= set(shares))):
            findings.append(Finding("values_pair", where="values"))
        elif one and (one, other) not in pairs:
            pairs.append((one, other))
    return View(tuple(pairs), ranges), tuple(dict.fromkeys(findings))


_ENDS = (("low", 0.0), ("high", 1.0))


def _percent(text: str, default: float) -> float | None:
    """A share; what is left out says nothing. None for what cannot be read."""
    try:
        found = number(text.replace("%", ""))
    except Unreadable:
        return None
    if found is None:
        return default
    return float(found / 100) if Fraction(0) <= found <= 100 else None


def _space_findings(posed: Problem, kept: KeptPlan) -> tuple[Finding, ...]:
    assert isinstance(posed.weights, Weights)
    try:
        space = WeightSpace.of(posed.weights)
    except TooManyCorners:
        return (Finding("values_too_many", where="values"),)
    if space.corners:
        return ()
    called = {one.id: names.segment(Segment(one.id, one.name)) for one in kept.basis.segments}
    said = "; ".join(words.statement(one, called) for one in space.contradiction)
    return (Finding("values_contradict", where="values", details={"statements": said}),)


def _typed(form: Form, shares: Mapping[str, float]) -> dict[str, str]:
    """Every field, as typed or as offered."""
    offered = around(shares, USUAL)
    fields = {f"one-{n}": "" for n in range(1, PAIRS + 1)} | {f"other-{n}": "" for n in range(1, PAIRS + 1)}
    for one, (low, high) in offered.items():
        fields |= {f"low-{one}": notation.compact(round(100 * low, 1)),
                   f"high-{one}": notation.compact(round(100 * high, 1))}  # fmt: skip
    return {name: form.get(name, offer)[:40] for name, offer in fields.items()}


def body(session: Session, known: Known) -> ValuesView:
    shares = known.kept.shares
    called = {one.id: names.segment(Segment(one.id, one.name)) for one in known.kept.basis.segments}
    fields = _typed(known.typed or (known.request or {}).get("form", {}), shares)
    errors = {one.where: finding(one).what for one in known.findings}
    groups = tuple(
        GroupRow(one, called[one], notation.percent(share), fields[f"low-{one}"], fields[f"high-{one}"],
                 errors.get(f"low-{one}", ""))
        for one, share in shares.items()
    )  # fmt: skip
    pairs = tuple(PairRow(n, fields[f"one-{n}"], fields[f"other-{n}"]) for n in range(1, PAIRS + 1))
    told = known.told
    if told is None:
        return ValuesView(groups, pairs, errors.get("values", ""), fields=fields)
    asked, free = told["question"], next((row.number for row in pairs if not row.one and not row.other), 0)
    return ValuesView(
        groups,
        pairs,
        errors.get("values", ""),
        zones=_zones(known, told) if told["complete"] else (),
        plans=_plans(known, told),
        more=words.more(told["count"], MOST_PLANS_SHOWN),
        narrower="" if told["complete"] or known.going_on else words.narrower(),
        question=words.asked(called[asked["one"]], called[asked["other"]]) if asked and free else "",
        answers=_answers(asked, told["count"]) if asked and free else (),
        fields={name: text for name, text in fields.items() if name not in (f"one-{free}", f"other-{free}")},
        free=free,
    )


def _answers(asked: Mapping[str, Any], count: int) -> tuple[tuple[str, str, str, str], ...]:
    yes, no = asked["if_yes"], asked["if_no"]
    return (
        (words.yes(), asked["one"], asked["other"], words.left(yes[0], yes[1], count)),
        (words.no(), asked["other"], asked["one"], words.left(no[0], no[1], count)),
    )


def _zones(known: Known, told: Mapping[str, Any]) -> tuple[Zone, ...]:
    titles = {one["id"]: one["title"] for one in known.kept.problem["initiatives"] if "started" not in one}
    chosen = {one["id"] for one in known.kept.result["chosen"]}
    zones = []
    for code in ("possible", "core", "outside"):
        inside = [one for one in titles if _zone(told["core"][one]) == code]
        inside.sort(key=lambda one: (-told["core"][one], one))
        lines = tuple((one, titles[one], words.in_plans(told["core"][one]), one in chosen) for one in inside)
        zones.append(Zone(words.zone(code, len(lines)), code == "possible", lines))
    return tuple(zones)


def _zone(share: float) -> str:
    return "core" if share == 1 else "outside" if share == 0 else "possible"


def _plans(known: Known, told: Mapping[str, Any]) -> tuple[PlanRow, ...]:
    """By what sets them apart; plans that differ in years alone share a row."""
    titles = {one["id"]: one["title"] for one in known.kept.problem["initiatives"]}
    some, rows = set(told["some"]), dict[tuple[str, ...], int]()
    for plan in told["plans"]:
        held = tuple(sorted(some & set(plan)))
        rows[held] = rows.get(held, 0) + 1
    shown = list(rows.items())[:MOST_PLANS_SHOWN]
    return tuple(
        PlanRow(words.plan(n, years), words.holds([f"{one} {titles[one]}" for one in held]))
        for n, (held, years) in enumerate(shown, 1)
    )


def answer(known: Known) -> str:
    told = known.told
    if told is None or not told["count"]:
        return ""
    if told["complete"]:
        return words.answer(told["count"], len(told["every"]), len(told["some"]))
    return "" if known.going_on else words.unfinished(told["count"])


def progress(known: Known) -> str:
    told = known.told or {"count": 0, "done": 0, "left": 0}
    return words.progress(told["count"], told["done"], told["left"])


LOOK = Look(KIND, words.question, words.about, ask, body, answer, progress)
