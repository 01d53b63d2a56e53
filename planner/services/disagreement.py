"""What does a person see of the scores that a kept plan hangs on? A look of Scenarier."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from planner import notation
from planner.domain.disagreement import Disagreement
from planner.domain.findings import Finding
from planner.services.look import Document, Form, Known, Look
from planner.services.portfolio import TRY_GAP
from planner.services.workshop_raters import raters
from planner.store.portfolio import KeptPlan
from planner.wording import disagreement as words
from planner.wording import statements as names

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A score that matters. now, between: the effect as it is counted, and how far it may lie from it; by whom."""

    code: str
    title: str
    chosen: bool
    need: str
    now: str
    between: str
    by: str
    lost: str
    then: str


@dataclass(frozen=True, slots=True)
class Group:
    """Of one initiative, the needs whose scores share a verdict."""

    code: str
    title: str
    needs: str


@dataclass(frozen=True, slots=True)
class DisagreementView:
    """Before anything is found only method is empty."""

    matters: tuple[Line, ...] = ()
    harmless: tuple[Group, ...] = ()
    harmless_said: str = ""
    open: tuple[Group, ...] = ()
    open_said: str = ""
    method: str = ""


def ask(session: Session, plan_id: str, kept: KeptPlan, form: Form) -> Document | tuple[Finding, ...]:
    """What people said in the latest workshop; what nobody has scored is half to one and a half of what it is."""
    segments = [segment.id for segment in kept.basis.segments]
    reach = {c.code: {one: c.reaches(one) / 100 for one in segments} for c in kept.basis.candidates}
    return {
        "problem": kept.problem,
        "starts": kept.starts,
        "gap": TRY_GAP,
        "processes": PROCESSES,
        "raters": raters(session, plan_id),
        "reach": reach,
    }


def body(session: Session, known: Known) -> DisagreementView:
    found = _found(known)
    if not found or known.request is None:
        return DisagreementView()
    titles = {one["id"]: one["title"] for one in known.kept.problem["initiatives"]}
    needs = {one.id: names.statement(one) for one in known.kept.basis.statements}
    by = {verdict: [one for one in found if one.verdict == verdict] for verdict in ("matters", "harmless", "open")}
    return DisagreementView(
        matters=tuple(_line(one, titles, needs, _is_said(one, known.request)) for one in by["matters"]),
        harmless=_groups(by["harmless"], titles, needs),
        harmless_said=words.harmless(len(by["harmless"])) if by["harmless"] else "",
        open=_groups(by["open"], titles, needs),
        open_said=words.still_open(len(by["open"])) if by["open"] and not known.going_on else "",
        method=words.method(sum(_is_said(one, known.request) for one in found), len(found)),
    )


def _is_said(one: Disagreement, request: Document) -> bool:
    """Whether it is people in a workshop who disagree."""
    return one.statement in (request["raters"] or {}).get(one.initiative, {})


def _line(one: Disagreement, titles: Mapping[str, str], needs: Mapping[str, str], is_said: bool) -> Line:
    return Line(
        code=one.initiative,
        title=titles[one.initiative],
        chosen=one.chosen,
        need=needs.get(one.statement, one.statement),
        now=notation.percent(one.now),
        between=words.between(one.low, one.high),
        by=words.by(is_said),
        lost=words.lost(one),
        then=words.then(one, titles),
    )


def _groups(some: Sequence[Disagreement], titles: Mapping[str, str], needs: Mapping[str, str]) -> tuple[Group, ...]:
    by: dict[str, list[str]] = defaultdict(list)
    for one in some:
        by[one.initiative].append(needs.get(one.statement, one.statement))
    return tuple(Group(code, titles[code], ", ".join(sorted(by[code]))) for code in sorted(by))


def answer(known: Known) -> str:
    found = _found(known)
    if not found or known.request is None or known.going_on:
        return ""
    matters = [one for one in found if one.verdict == "matters"]
    unsettled = sum(one.verdict == "open" for one in found)
    if not matters:
        return words.none_matters(len(found), unsettled)
    first = matters[0]
    needs = {one.id: names.statement(one) for one in known.kept.basis.statements}
    title = next(one["title"] for one in known.kept.problem["initiatives"] if one["id"] == first.initiative)
    return words.answer(len(matters), len(found), title, needs.get(first.statement, first.statement), first)


def progress(known: Known) -> str:
    told = known.told or {"done": 0, "of": 0}
    return words.progress(told["done"], told["of"])


def _found(known: Known) -> list[Disagreement]:
    return [Disagreement.from_json(one) for one in known.told["scores"]] if known.told else []


LOOK = Look("disagreement", words.question, words.about, ask, body, answer, progress)
