"""What does a person see of clearly different plans that are nearly as good? A look of Scenarier."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from planner.domain.alternatives import APART, MOST
from planner.domain.findings import Finding
from planner.services.look import Document, Form, Known, Look
from planner.services.portfolio import TRY_GAP
from planner.store.portfolio import KeptPlan
from planner.wording import alternatives as words

CHOICES = (2, 3, APART, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Other:
    """A plan beside the kept one. enters, leaves: (code, title)."""

    heading: str
    said: str
    amounts: str
    enters: tuple[tuple[str, str], ...]
    leaves: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AlternativesView:
    """distances: (number, words, chosen). trouble: why there are not as many as were asked for."""

    distances: tuple[tuple[int, str, bool], ...]
    others: tuple[Other, ...] = ()
    customs: tuple[Other, ...] = ()
    trouble: str = ""
    method: str = ""


def ask(session: Session, plan_id: str, kept: KeptPlan, form: Form) -> Document | tuple[Finding, ...]:
    """A distance that was never offered is the usual one."""
    return {
        "problem": kept.problem,
        "starts": kept.starts,
        "gap": TRY_GAP,
        "apart": next((one for one in CHOICES if form.get("apart") == str(one)), APART),
        "most": MOST,
    }


def body(session: Session, known: Known) -> AlternativesView:
    apart = (known.request or {}).get("apart", APART)
    distances = tuple((one, words.distance(one), one == apart) for one in CHOICES)
    told = known.told
    if told is None:
        return AlternativesView(distances)
    titles = {one["id"]: one["title"] for one in known.kept.problem["initiatives"]}
    found = told["alternatives"]
    return AlternativesView(
        distances,
        others=tuple(_other(words.number(n), one, told["value"], titles) for n, one in enumerate(found, 1)),
        customs=tuple(
            _other(words.way(name), one, told["value"], titles)
            for name, one in told["customs"].items()
            if one is not None
        ),
        trouble="" if known.going_on or len(found) == MOST else words.fewer(len(found), apart, told["complete"]),
        method=words.method(apart),
    )


def _other(heading: str, facts: Mapping[str, Any], ours: float, titles: Mapping[str, str]) -> Other:
    def named(codes: list[str]) -> tuple[tuple[str, str], ...]:
        return tuple((code, titles.get(code, code)) for code in codes)

    said = words.loses(facts["value"], ours, facts["proven"])
    amounts = words.amounts(facts["cost"], facts["staff"])
    return Other(heading, said, amounts, named(facts["enters"]), named(facts["leaves"]))


def answer(known: Known) -> str:
    told = known.told
    if told is None or known.request is None:
        return ""
    found = told["alternatives"]
    if not found:
        return "" if known.going_on or not told["complete"] else words.none(known.request["apart"])
    best = found[0]
    return words.answer(len(best["enters"]), len(best["leaves"]), best["value"], best["loss"], told["value"])


def progress(known: Known) -> str:
    return words.progress((known.told or {"done": 0})["done"], MOST)


LOOK = Look("alternatives", words.question, words.about, ask, body, answer, progress)
