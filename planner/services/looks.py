"""What can a person do with a look at a kept plan? Open it, ask for it, follow it while it is worked out, stop it.

The request of a look's job says of which kept plan it is; asking about another plan takes its place.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.services import alternatives, disagreement, floor, ladder, overlap, plans, robustness, values, what_if
from planner.services.look import Form, Known, Look
from planner.services.plans import Frame, now
from planner.store import jobs
from planner.store import plans as plan_store
from planner.store import portfolio as store
from planner.store.database import Database
from planner.store.portfolio import KeptPlan
from planner.wording import looks as words

LOOKS: dict[str, Look] = {
    look.word: look
    for look in (
        what_if.LOOK,
        ladder.LOOK,
        floor.LOOK,
        alternatives.LOOK,
        robustness.LOOK,
        disagreement.LOOK,
        values.LOOK,
        overlap.LOOK,
    )
}
"""In the order in which Scenarier names them."""


@dataclass(frozen=True, slots=True)
class Choice:
    number: int
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class LookView:
    """seen: for the next poll. progress: while it goes on. trouble: why it ended early. body: of its template."""

    frame: Frame
    word: str
    seen: str
    number: int
    name: str
    choices: tuple[Choice, ...]
    question: str
    about: str
    answer: str
    progress: str
    stopping: bool
    trouble: str
    body: Any

    @property
    def template(self) -> str:
        return f"scenarios/_{self.word}.html"


@dataclass(frozen=True, slots=True)
class LookCard:
    """A look as Scenarier names it. said: its answer when it has been asked about this plan, else what it is about."""

    word: str
    number: int
    question: str
    said: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was asked: what is wrong with the form, each at its field."""

    findings: tuple[Finding, ...]


def page(
    database: Database, plan_id: str, word: str, number: int, form: Form | None = None, refusal: Refusal | None = None
) -> LookView | None:
    """number: of the kept plan; 0 for the newest. None when there is no such plan. form: typed, and refused."""
    with database.read() as session:
        headings = store.headings(session, plan_id)
        kept = store.find_kept(session, plan_id, number or (headings[0].number if headings else 0))
        if kept is None:
            return None
        choices = tuple(Choice(one.number, one.name, one.number == kept.number) for one in headings)
        return _view(session, plan_id, LOOKS[word], kept, choices, form, refusal)


def ask(database: Database, plan_id: str, word: str, number: int, form: Form) -> str | Refusal | None:
    """Queue the work; the id of its job, or why not. None when there is no such plan."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        kept = store.find_kept(session, plan_id, number)
        asked = LOOKS[word].ask(session, plan_id, kept, form) if kept is not None else None
        if kept is None or asked is None:
            return None
        if isinstance(asked, tuple):
            return Refusal(asked)
        request = asked | {"number": number, "sha256": kept.problem_sha256}
        job_id = secrets.token_hex(8)
        jobs.add(session, job_id, plan_id, word, request, now())
        session.commit()
    return job_id


def stop(database: Database, plan_id: str, word: str) -> None:
    """End it; what has been found so far stands."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        jobs.ask_to_stop(session, plan_id, word, now())
        session.commit()


def progress(database: Database, plan_id: str, word: str, number: int, seen: str) -> LookView | None:
    """The fragment, for polling; None when nothing is new since `seen`."""
    with database.read() as session:
        if jobs.versions(session, plan_id) == seen:
            return None
        kept = store.find_kept(session, plan_id, number)
        return None if kept is None else _view(session, plan_id, LOOKS[word], kept, (), None, None)


def answers(session: Session, plan_id: str, kept: KeptPlan, words_: Sequence[str]) -> dict[str, str]:
    """By word, the answer of each of these looks that has been worked out to its end about this plan."""
    found = {}
    for word in words_:
        job = jobs.latest(session, plan_id, word)
        if job is not None and job.state == "done":
            answer = LOOKS[word].answer(_known(session, plan_id, word, kept)[0])
        else:
            answer = ""
        if answer:
            found[word] = answer
    return found


def cards(session: Session, plan_id: str, kept: KeptPlan) -> tuple[LookCard, ...]:
    """Every look, with what is known of it about one plan."""
    found = []
    for word, look in LOOKS.items():
        answer = look.answer(_known(session, plan_id, word, kept)[0])
        found.append(LookCard(word, kept.number, look.question(kept.name), answer or look.about(), bool(answer)))
    return tuple(found)


def _view(
    session: Session,
    plan_id: str,
    look: Look,
    kept: KeptPlan,
    choices: tuple[Choice, ...],
    form: Form | None,
    refusal: Refusal | None,
) -> LookView:
    known, stopping, trouble = _known(session, plan_id, look.word, kept, form, refusal)
    return LookView(
        frame=plans.frame(session, plan_id, "scenarios"),
        word=look.word,
        seen=jobs.versions(session, plan_id),
        number=kept.number,
        name=kept.name,
        choices=choices,
        question=look.question(kept.name),
        about=look.about(),
        answer=look.answer(known),
        progress=(words.queued() if known.queued else look.progress(known)) if known.going_on else "",
        stopping=stopping,
        trouble=trouble,
        body=look.body(session, known),
    )


def _known(
    session: Session,
    plan_id: str,
    word: str,
    kept: KeptPlan,
    form: Form | None = None,
    refusal: Refusal | None = None,
) -> tuple[Known, bool, str]:
    """(what is known, whether it has been asked to stop, why it ended early)."""
    typed, findings = form if refusal else None, refusal.findings if refusal else ()
    job = jobs.latest(session, plan_id, word)
    if job is None or job.request["number"] != kept.number:
        return Known(plan_id, kept, typed=typed, findings=findings), False, ""
    going_on = job.is_open
    told = job.result or job.progress
    trouble = "" if going_on or job.state in ("done", "stopped") else words.cut_short(bool(told))
    queued = going_on and job.state == "queued"
    return Known(plan_id, kept, job.request, told, going_on, queued, typed, findings), job.stop_asked, trouble
