"""What does a person see of what follows if one thing were otherwise? A look of Scenarier.

Every question asked of the same plan stays in the list. A limit or a lock can be put into the frame from there; what an
initiative costs and how much a group counts are changed where they belong.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlmodel import Session

from planner import notation
from planner.domain.findings import Finding
from planner.domain.problem_file import problem_sha256
from planner.domain.segments import Segment
from planner.domain.settings import LARGEST, PortfolioSettings, limit_field, wish_field
from planner.domain.typed import Unreadable, number
from planner.domain.what_if import Change
from planner.services.look import Document, Form, Known, Look
from planner.services.portfolio import TRY_GAP
from planner.services.portfolio_ground import ground
from planner.store import jobs
from planner.store.portfolio import KeptPlan
from planner.wording import finding
from planner.wording import portfolio as names_of
from planner.wording import statements as names
from planner.wording import what_if as words

KIND = "what_if"
MOST_TIMES = 10
FIELDS = ("resource", "year", "more", "initiative", "times", "lock", "segment", "counts")


@dataclass(frozen=True, slots=True)
class Row:
    """One question that was asked. use: field of the frame -> text, where the whole change belongs there.

    code: of the initiative whose cost is otherwise; weights: whether a group counts otherwise.
    """

    change: str
    ours: str
    best: str
    said: str
    then: str
    use: tuple[tuple[str, str], ...]
    code: str
    weights: bool


@dataclass(frozen=True, slots=True)
class WhatIfView:
    """Choices are (value, name). typed: the form as it stands. version: of the saved frame."""

    resources: tuple[tuple[str, str], ...]
    years: tuple[tuple[str, str], ...]
    initiatives: tuple[tuple[str, str], ...]
    segments: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    version: int
    rows: tuple[Row, ...] = ()
    changed: str = ""


def _limited(kept: KeptPlan) -> list[str]:
    return [one["id"] for one in kept.problem["resources"] if any(limit is not None for limit in one["limit"])]


def ask(session: Session, plan_id: str, kept: KeptPlan, form: Form) -> Document | tuple[Finding, ...]:
    read = _Read(form, kept)
    change = read.change()
    if read.findings or change is None:
        return tuple(read.findings)
    earlier = jobs.latest(session, plan_id, KIND)
    same = earlier is not None and earlier.request["sha256"] == kept.problem_sha256
    told = (earlier.result or earlier.progress) if earlier is not None and same else None
    return {
        "problem": kept.problem,
        "starts": kept.starts,
        "gap": TRY_GAP,
        "change": change.to_document(),
        "shares": kept.shares,
        "known": [one for one in (told or {"answers": []})["answers"] if one["proven"]],
    }


class _Read:
    """What was typed, as a change; findings: what is wrong, each at its field."""

    def __init__(self, form: Form, kept: KeptPlan) -> None:
        self.form, self.kept, self.findings = form, kept, list[Finding]()

    def change(self) -> Change | None:
        shares, years = self.kept.shares, [str(year) for year in self.kept.problem["years"]]
        resource = self._one_of("resource", _limited(self.kept))
        year = self._one_of("year", years)
        more = self._amount("more", -LARGEST, LARGEST, "what_if_more", 0) if resource else Fraction(0)
        initiative = self._one_of("initiative", [one["id"] for one in self.kept.problem["initiatives"]])
        lock = self._one_of("lock", ["must", "must_not"]) if initiative else ""
        times = self._times("times") if initiative else Fraction(1)
        segment = self._one_of("segment", list(shares))
        counts = self._times("counts") if segment else Fraction(1)
        if self.findings:
            return None
        if segment and not counts and not any(share for one, share in shares.items() if one != segment):
            self.findings.append(Finding("what_if_nobody", where="counts"))
        change = Change.from_document(
            {
                "resource": resource, "year": int(year) if year else None, "more": more, "initiative": initiative,
                "times": times, "lock": lock, "segment": segment, "counts": counts,
            }
        )  # fmt: skip
        if not change.says_something:
            self.findings.append(Finding("what_if_nothing", where="more" if resource else "resource"))
        return change

    def _one_of(self, name: str, there: list[str]) -> str:
        value = self.form.get(name, "")
        if value and value not in there:
            self.findings.append(Finding("what_if_gone", where=name))
        return value

    def _times(self, name: str) -> Fraction:
        return self._amount(name, 0, 100 * MOST_TIMES, "what_if_times", 100) / 100

    def _amount(self, name: str, low: int, high: int, code: str, usual: int) -> Fraction:
        try:
            found = number(self.form.get(name, ""))
        except Unreadable:
            found = Fraction(low - 1)
        if found is not None and not low <= found <= high:
            self.findings.append(Finding(code, where=name))
        return Fraction(usual) if found is None else found


def body(session: Session, known: Known) -> WhatIfView:
    there = ground(session, known.plan_id)
    problem, basis = known.kept.problem, known.kept.basis
    titles = {one["id"]: one["title"] for one in problem["initiatives"]}
    called = {one.id: names.segment(Segment(one.id, one.name)) for one in basis.segments}
    typed = dict(known.typed) if known.typed else _shown(known.request)
    rows = tuple(_rows(known.told, titles, called, there.settings))
    same = not there.lacks and problem_sha256(there.problem()) == known.kept.problem_sha256
    return WhatIfView(
        resources=tuple((one, names_of.resource(one)) for one in _limited(known.kept)),
        years=tuple((str(year), str(year)) for year in problem["years"]),
        initiatives=tuple((code, f"{code} {title}") for code, title in titles.items()),
        segments=tuple((one, called[one]) for one in known.kept.shares),
        typed={name: typed.get(name, "") for name in FIELDS},
        errors={one.where: " ".join((finding(one).what, finding(one).try_)) for one in known.findings},
        version=there.version,
        rows=rows,
        changed="" if same or not any(row.use for row in rows) else words.changed(),
    )


def _shown(request: Document | None) -> dict[str, str]:
    """The question asked last, as it was typed."""
    if request is None:
        return {"times": "100", "counts": "100"}
    change = Change.from_document(request["change"])
    amounts = {"times": change.times * 100, "counts": change.counts * 100, "more": change.more or None}
    plain = {name: str(getattr(change, name) or "") for name in ("resource", "year", "initiative", "lock", "segment")}
    shown = {name: notation.compact(value) if value is not None else "" for name, value in amounts.items()}
    return plain | shown


def _rows(
    told: Document | None, titles: Mapping[str, str], called: Mapping[str, str], settings: PortfolioSettings
) -> Iterator[Row]:
    for one in (told or {"answers": []})["answers"]:
        change = Change.from_document(one["change"])
        dearer, weighed = bool(change.initiative) and change.times != 1, bool(change.segment) and change.counts != 1
        yield Row(
            change=" ".join(words.change(change, called)),
            ours=notation.number(one["ours"], 1) if one["keeps"] else "",
            best=notation.number(one["best"]["value"], 1) if one["best"] else notation.NOTHING,
            said=words.answer(one),
            then=words.then(one, titles),
            use=() if dearer or weighed else tuple(_frame_fields(change, settings)),
            code=change.initiative if dearer else "",
            weights=weighed,
        )


def _frame_fields(change: Change, settings: PortfolioSettings) -> Iterator[tuple[str, str]]:
    """What «Bruk dette» types into the frame as it is saved now."""
    for year, limit in zip(settings.years, settings.limits.get(change.resource, ()), strict=False):
        if limit is not None and change.year in (None, year):
            yield limit_field(change.resource, year), notation.compact(max(0, limit + change.more))
    if change.lock:
        yield wish_field(change.initiative, "choice"), change.lock


def _latest(known: Known) -> Mapping[str, Any] | None:
    """The answer to the question asked last, as far as it is known."""
    answers = (known.told or {"answers": []})["answers"]
    return next((one for one in answers if known.request and one["change"] == known.request["change"]), None)


def answer(known: Known) -> str:
    found = _latest(known)
    if found is None or known.going_on:
        return ""
    segments = {one.id: names.segment(Segment(one.id, one.name)) for one in known.kept.basis.segments}
    return " ".join([*words.change(Change.from_document(found["change"]), segments), words.answer(found)])


def progress(known: Known) -> str:
    return words.progress(_latest(known))


LOOK = Look(KIND, words.question, words.about, ask, body, answer, progress)
