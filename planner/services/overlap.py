"""What does a person see of a kept plan when overlap is counted otherwise? A look of Scenarier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from planner import notation
from planner.domain.findings import Finding
from planner.services.look import Document, Form, Known, Look
from planner.services.portfolio import TRY_GAP
from planner.store.portfolio import KeptPlan
from planner.wording import overlap as words
from planner.wording.why import figure


@dataclass(frozen=True, slots=True)
class Line:
    """One way of counting: what the plan closes then, and what it lacks to the best plan there."""

    name: str
    ours: str
    lost: str
    then: str


@dataclass(frozen=True, slots=True)
class OverlapView:
    """depends: (code, title) of those that not every way of counting chooses."""

    lines: tuple[Line, ...] = ()
    depends: tuple[tuple[str, str], ...] = ()
    method: str = ""


def ask(session: Session, plan_id: str, kept: KeptPlan, form: Form) -> Document | tuple[Finding, ...]:
    return {"problem": kept.problem, "starts": kept.starts, "gap": TRY_GAP}


def body(session: Session, known: Known) -> OverlapView:
    told = known.told
    if not told or not told["readings"]:
        return OverlapView()
    titles = {one["id"]: one["title"] for one in known.kept.problem["initiatives"]}
    depends = [one for one in _decided(known) if one not in told["in_all"]] if not known.going_on else []
    return OverlapView(
        lines=tuple(_line(one, titles) for one in told["readings"]),
        depends=tuple((one, titles[one]) for one in depends),
        method=words.method(),
    )


def _line(facts: Mapping[str, Any], titles: Mapping[str, str]) -> Line:
    return Line(
        name=words.reading(facts["closure"]),
        ours=notation.number(facts["ours"], 1),
        lost=notation.NOTHING if facts["best"] is None else figure(_lost(facts)),
        then=words.then(facts, titles),
    )


def _lost(facts: Mapping[str, Any]) -> float:
    """What the plan lacks to the best one; nothing where there is none."""
    return 0.0 if facts["best"] is None else max(0.0, facts["best"]["value"] - facts["ours"])


def _decided(known: Known) -> list[str]:
    """The chosen initiatives that do not run already."""
    running = {one["id"] for one in known.kept.problem["initiatives"] if "started" in one}
    return sorted(one["id"] for one in known.kept.result["chosen"] if one["id"] not in running)


def answer(known: Known) -> str:
    told = known.told
    if not told or known.going_on or told["done"] < told["of"]:
        return ""
    counted = all(one["best"] is not None and one["keeps"] for one in told["readings"])
    most = max(map(_lost, told["readings"]), default=None) if counted else None
    return words.answer(len(told["in_all"]), len(_decided(known)), most)


def progress(known: Known) -> str:
    return words.progress()


LOOK = Look("overlap", words.question, words.about, ask, body, answer, progress)
