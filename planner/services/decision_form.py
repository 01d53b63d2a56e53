"""What does the page say where a decision is written down, and what would the decision do? Nothing is written here."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from planner import notation
from planner.domain.findings import Finding
from planner.services import plans
from planner.services.decision_reading import MOST_CHANGES, MOVES, Typed, numbers, read_typed, seal, text
from planner.store import decisions as store
from planner.store import portfolio as kept_store
from planner.store import report as report_store
from planner.wording import Sentence, finding
from planner.wording import decision as wording
from planner.wording import report_texts as texts_wording


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the form. errors: by field, «initiative», «year», «reason»."""

    number: int
    inside: tuple[Choice, ...]
    moved: tuple[Choice, ...]
    outside: tuple[Choice, ...]
    years: tuple[Choice, ...]
    reason: str
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the decision would do. breaks: the rules and limits it does not keep."""

    told: str
    steps: tuple[str, ...]
    breaks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormView:
    """status: of the answer. shown: what the decision does, when the form can be used; seal: its fingerprint.

    examples: which chosen initiatives rest on example figures; a reason is asked for. resting: the same in a sentence.
    left_open: what nobody has written in the paper.
    """

    frame: plans.Frame
    status: int
    question: str
    answer: str
    findings: tuple[Sentence, ...]
    errors: Mapping[str, str]
    kept: tuple[Choice, ...]
    by: str
    case: str
    on: str
    recorded_by: str
    rows: tuple[ChangeRow, ...]
    left_open: tuple[str, ...]
    resting: str
    examples_reason: str
    anyway: str
    ask_anyway: bool
    shown: Shown | None
    seal: str
    after: int


def form_view(session: Session, plan_id: str, form: Mapping[str, str], *, looked: bool = False) -> FormView:
    """The page. looked: a person asked for what the decision does, so what is wrong is said. Raises LookupError where
    no plan is kept."""
    there = read_typed(session, plan_id, form)
    marks = store.marks(session, plan_id)
    after = marks[0].number if marks else 0
    stale = looked and form.get("after", str(after)) != str(after)
    found = there.findings if looked else ()
    sentences = {one.where: finding(one).what for one in found}
    came = there.outcome if looked and not found else None
    broken = there.outcome is not None and not there.outcome.is_feasible
    name = wording.namer({one.id: one.title for one in there.proposal.problem.initiatives})
    segments = {one.id: one.name for one in there.kept.basis.segments}
    starts = (there.outcome.plan if there.outcome else there.proposal).starts
    lacks_reason = broken and looked and not found and not text(form, "anyway")
    return FormView(
        frame=plans.frame(session, plan_id, "report"),
        status=409 if stale else 422 if found else 200,
        question=wording.form_question(),
        answer=wording.form_answer(after),
        findings=(finding(Finding("decision_stale", "warning")),) if stale else (),
        errors=sentences,
        kept=tuple(
            Choice(str(one.number), wording.kept(one.number, one.name, one.kept_at), one.number == there.kept.number)
            for one in kept_store.headings(session, plan_id)
        ),
        by=form.get("by", wording.usual_body()),
        case=form.get("case", ""),
        on=form.get("on", notation.here(plans.now()).date().isoformat()),
        recorded_by=form.get("recorded_by", ""),
        rows=_rows(form, there, sentences),
        left_open=texts_wording.left_open(
            report_store.texts(session, plan_id).texts.open,
            sum(not there.kept.basis.candidate(one).responsible for one in starts),
        ),
        resting=wording.rests_on(there.examples, len(starts), name),
        examples_reason=form.get("examples_reason", ""),
        anyway=form.get("anyway", ""),
        ask_anyway=broken,
        shown=None
        if came is None
        else Shown(
            wording.effect(came),
            tuple(wording.step(step, name) for step in came.steps),
            wording.breaks(came, name, lambda one: segments.get(one, one)),
        ),
        seal="" if came is None or lacks_reason else seal(there, form),
        after=after,
    )


def _rows(form: Mapping[str, str], there: Typed, sentences: Mapping[str, str]) -> tuple[ChangeRow, ...]:
    """The lines that were filled in, moved together, and one to fill in next."""
    filled = [n for n in numbers(form) if form.get(f"change/{n}/initiative")]
    titles = {one.id: one.title for one in there.proposal.problem.initiatives}
    rows = []
    for number, line in enumerate([*filled, None]):
        code, typed = (form.get(f"change/{line}/{key}", "") for key in ("initiative", "year"))
        options = [
            (one in there.proposal.starts, Choice(one, f"{one} {title}", one == code))
            for one, title in titles.items()
            if one not in there.proposal.problem.running
        ]
        errors = {key: sentences.get(f"change/{number}/{key}", "") for key in ("initiative", "year", "reason")}
        rows.append(
            ChangeRow(
                number,
                tuple(choice for inside, choice in options if inside),
                tuple(
                    Choice(f"{MOVES}{one}", wording.starts(one, titles[one], year), f"{MOVES}{one}" == code)
                    for one, year in there.proposal.starts.items()
                    if one not in there.proposal.problem.running
                ),
                tuple(choice for inside, choice in options if not inside),
                tuple(Choice(str(y), str(y), str(y) == typed) for y in there.proposal.problem.years),
                "" if line is None else form.get(f"change/{line}/reason", ""),
                errors,
            )
        )
    return tuple(rows[:MOST_CHANGES])
