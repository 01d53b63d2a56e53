"""What can a person do about what the council decided? Write it down for good, and read it again.

Nothing that is written is changed afterwards; a new decision takes the place of the one before, and both can be read.
The form, and what a decision would do before it is written down, are in `decision_form` and `decision_reading`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

import planner
from planner.domain import decision_document
from planner.domain.decision_document import Heading
from planner.files.file import JSON, File
from planner.files.names import file_name
from planner.services import plans
from planner.services.decision_form import FormView, form_view
from planner.services.decision_reading import Ready, read_form
from planner.services.report_around import frozen
from planner.store import decisions as store
from planner.store import log, workshop, workshop_adoptions
from planner.store import plans as plan_store
from planner.store import portfolio as kept_store
from planner.store.database import Database
from planner.wording import decision as wording
from planner.wording import portfolio as amounts


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative of the decided plan. changed: what the council did with it, or nothing."""

    code: str
    title: str
    year: str
    changed: str


@dataclass(frozen=True, slots=True)
class Change:
    """told: what was done and what it does in points."""

    told: str
    reason: str


@dataclass(frozen=True, slots=True)
class Use:
    name: str
    years: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """Another decision on the same plan."""

    number: int
    told: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as it was written down. replaced: by which one, in a sentence. facts: (what, value)."""

    frame: plans.Frame
    number: int
    question: str
    answer: str
    replaced: str
    replaced_by: int | None
    changes: tuple[Change, ...]
    breaks: tuple[str, ...]
    anyway: str
    examples: str
    examples_reason: str
    rows: tuple[Row, ...]
    years: tuple[int, ...]
    uses: tuple[Use, ...]
    facts: tuple[tuple[str, str], ...]
    others: tuple[Other, ...]
    kept: int
    command: str
    paper: str


def form(database: Database, plan_id: str, typed: Mapping[str, str], *, looked: bool = False) -> FormView | None:
    """The page where a decision is written down; None where no plan is kept. looked: see `form_view`."""
    with database.read() as session:
        return form_view(session, plan_id, typed, looked=looked) if kept_store.headings(session, plan_id) else None


def decide(database: Database, plan_id: str, form: Mapping[str, str]) -> int | FormView | None:
    """Write it down; its number, or the form with what is wrong, or with what has to be seen first.

    None where no plan is kept.
    """
    with database.read() as session:
        if not kept_store.headings(session, plan_id):
            return None
        ready = read_form(session, plan_id, form)
        if ready is None or form.get("shown", "") != ready.shown:
            return form_view(session, plan_id, form, looked=True)
    with database.write() as session:
        plan_store.hold(session, plan_id)
        marks = store.marks(session, plan_id)
        if (marks[0].number if marks else 0) != ready.after:
            session.rollback()
            return form_view(session, plan_id, form, looked=True)
        document = _document(session, plan_id, ready, marks)
        at = plans.now()
        stored = store.add(session, plan_id, document, ready.on, at)
        _log(session, plan_id, ready, stored)
        plan_store.touch(session, plan_id, at)
        session.commit()
    return stored.number


def page(database: Database, plan_id: str, number: int) -> DecisionView | None:
    with database.read() as session:
        stored, marks = store.find(session, plan_id, number), store.marks(session, plan_id)
        if stored is None:
            return None
        later = store.after(session, plan_id, number)
        return _view(plans.frame(session, plan_id, "report"), stored, marks, later)


def file(database: Database, plan_id: str, number: int) -> File | None:
    """The document as it was written, byte for byte, so that its SHA-256 is the one shown and logged."""
    with database.read() as session:
        stored, plan = store.find(session, plan_id, number), plan_store.find(session, plan_id)
    if stored is None or plan is None:
        return None
    return File(file_name(wording.file_stem(number, plan.name), "json"), JSON, stored.text.encode("utf-8"))


def _document(session: Session, plan_id: str, ready: Ready, marks: tuple[store.Mark, ...]) -> dict[str, Any]:
    kept = ready.kept
    plan = plan_store.find(session, plan_id)
    head = log.head(session, plan_id)
    at = plans.now()
    return decision_document.document(
        Heading(
            marks[0].number + 1 if marks else 1, ready.by, ready.case, ready.on.isoformat(), f"{at:%Y-%m-%dT%H:%M:%SZ}"
        ),
        {"number": kept.number, "name": kept.name, "kept_at": kept.kept_at.isoformat()},
        kept.problem,
        kept.result,
        ready.outcome,
        basis=kept.basis.to_document(),
        workshops=_workshops(session, plan_id),
        around=frozen(session, plan_id, kept),
        anyway=ready.anyway,
        examples=(ready.examples, ready.examples_reason),
        supersedes={"number": marks[0].number, "sha256": marks[0].sha256} if marks else None,
        plan={"id": plan_id, "name": plan.name if plan else "", "municipality": plan.municipality if plan else ""},
        program=f"planner {planner.__version__}",
        log={"sequence": head.sequence, "sha256": head.sha256} if head else None,
    )


def _workshops(session: Session, plan_id: str) -> list[dict[str, Any]]:
    """What each room was shown, and what was taken from it; nobody's name, and no figure of fewer than may be shown.

    A rehearsal is none.
    """
    return [
        {
            "number": one.number,
            "settings": one.settings.to_document(),
            "rounds": [
                {"number": round_.number, "results": [judgement.to_document() for judgement in round_.results]}
                for round_ in workshop.rounds(session, one.id)
                if round_.results is not None
            ],
            "adopted": [taken.to_document() for taken in workshop_adoptions.adopted(session, one.id)],
        }
        for one in reversed(workshop.listing(session, plan_id))
        if not one.settings.is_rehearsal
    ]


def _log(session: Session, plan_id: str, ready: Ready, stored: store.Stored) -> None:
    """Each change for itself, then the decision. Who wrote it down stands here alone, where it may be deleted."""
    at = plans.now()
    for step in ready.outcome.steps:
        change = step.change
        facts: dict[str, str | int | bool] = {"decision": stored.number, "action": change.action}
        facts["initiative"] = change.initiative
        if change.year is not None:
            facts["year"] = change.year
        log.append(session, plan_id, at, "override", facts, {"reason": change.reason})
    facts = {"number": stored.number, "kept": ready.kept.number, "sha256": stored.sha256}
    if ready.after:
        facts["supersedes"] = ready.after
    words = {"by": ready.by, "case": ready.case, "recorded_by": ready.recorded_by}
    log.append(session, plan_id, at, "decision", facts, words)


def _view(
    frame: plans.Frame, stored: store.Stored, marks: tuple[store.Mark, ...], later: tuple[store.Mark, ...]
) -> DecisionView:
    there = decision_document.read(stored.document)
    problem = there.outcome.plan.problem
    titles = {one.id: one.title for one in problem.initiatives}
    segments = {one["id"]: one["name"] for one in there.document["basis"]["segments"]}
    name = wording.namer(titles)
    return DecisionView(
        frame=frame,
        number=stored.number,
        question=wording.question(stored.number, len(marks)),
        answer=wording.answer(there),
        replaced=wording.replaced(later[0].number, later[0].on, later[-1].number) if later else "",
        replaced_by=later[0].number if later else None,
        changes=tuple(Change(wording.step(step, name), step.change.reason) for step in there.outcome.steps),
        breaks=wording.breaks(there.outcome, name, lambda one: segments.get(one, one)),
        anyway=there.anyway,
        examples=wording.rests_on(there.examples, len(there.outcome.plan.starts), name),
        examples_reason=there.examples_reason,
        rows=tuple(
            Row(one.initiative, titles[one.initiative], wording.year(one.year), wording.changed(one.action))
            for one in there.outcome.stands
        ),
        years=problem.years,
        uses=tuple(
            Use(amounts.resource(one), tuple(amounts.amount(one, float(amount)) for amount in years))
            for one, years in there.outcome.plan.used.items()
        ),
        facts=wording.facts(there, stored.sha256, stored.is_sound),
        others=tuple(
            Other(mark.number, wording.other(mark.number, mark.on)) for mark in marks if mark.number != stored.number
        ),
        kept=there.document["kept"]["number"],
        command=wording.command(),
        paper=wording.paper(there.document.get("around") is not None),
    )
