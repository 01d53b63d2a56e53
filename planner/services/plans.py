"""What can a person do with plans? List them, start one, open the sample municipality, remove one; and the frame
that every page of a plan stands in: its name, whether it is synthetic, and the way through."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.domain.typed import read_words
from planner.store import decisions, log
from planner.store import plans as store
from planner.store.database import Database
from planner.store.plans import StoredPlan
from planner.wording import Sentence
from planner.wording import decision as decision_wording
from planner.wording import findings as sentences
from planner.wording import followup as followup_words
from planner.wording import plans as wording

STEPS = ("survey", "gaps", "initiatives", "workshop", "portfolio", "scenarios", "report", "followup")
LANGUAGES = ("nb", "nn", "en")
VOLUNTARY = frozenset({"workshop", "followup"})
"""A plan may go without these: nothing waits for them, and nobody is sent to one that is not begun."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way through. state: voluntary, empty, going, ready or attention."""

    word: str
    name: str
    state: str
    state_text: str
    fact: str

    @property
    def is_waiting(self) -> bool:
        """Whether something is to be done here."""
        return self.state not in ("ready", "voluntary")


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision that stands, for the line on every page."""

    number: int
    told: str


@dataclass(frozen=True, slots=True)
class Frame:
    plan_id: str
    plan_name: str
    municipality: str
    is_sample: bool
    steps: tuple[Step, ...]
    current: str
    decided: Decided | None = None

    @property
    def may_propose(self) -> bool:
        """Whether there is a plan that a new idea can be held against."""
        return any(step.word == "report" and step.state == "ready" for step in self.steps)

    @property
    def current_number(self) -> int:
        return next(i for i, step in enumerate(self.steps, 1) if step.word == self.current)

    @property
    def first_open(self) -> Step:
        """The first step that is not ready; the first of all when every step is."""
        return next((step for step in self.steps if step.is_waiting), self.steps[0])

    @property
    def next_step(self) -> Step | None:
        """The step after the current one, past what nothing needs and is not going on; None after the last."""
        following = self.steps[self.current_number :]
        return next((step for step in following if step.word not in VOLUNTARY or step.state == "going"), None)


@dataclass(frozen=True, slots=True)
class PlanCard:
    id: str
    name: str
    municipality: str
    is_sample: bool
    changed_at: datetime
    mark: str
    """When it was changed, to the last digit: what somebody who removes it has seen."""
    step: Step
    decided: Decided | None


@dataclass(frozen=True, slots=True)
class Errors:
    """What to say beside each field of the form; empty where nothing is wrong."""

    name: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class PlansView:
    cards: tuple[PlanCard, ...]
    errors: Errors = Errors()
    name: str = ""
    municipality: str = ""
    trouble: tuple[Sentence, ...] = ()
    frame: None = None


_WORKSHOP = {"": "voluntary", "rehearsed": "voluntary", "ended": "ready"} | dict.fromkeys(
    ("draft", "gathering", "open", "closed", "revealed"), "going"
)


def now() -> datetime:
    return datetime.now(UTC)


def frame(session: Session, plan_id: str, current: str) -> Frame:
    """The frame of a page of this plan. The caller has made sure that the plan exists and is this person's."""
    plan = store.find(session, plan_id)
    if plan is None:
        raise LookupError(plan_id)
    decided = _decided(session, plan_id)
    steps = _steps(session, plan_id, decided)
    return Frame(plan.id, plan.name, plan.municipality, plan.is_sample, steps, current, decided)


def _decided(session: Session, plan_id: str) -> Decided | None:
    mark = decisions.latest(session, plan_id)
    return Decided(mark.number, decision_wording.mark(mark.on)) if mark else None


def languages(session: Session, plan_id: str) -> tuple[str, ...]:
    """That what leaves the building can be had in, the plan's own first."""
    plan = store.find(session, plan_id)
    own = plan.language if plan is not None and plan.language in LANGUAGES else LANGUAGES[0]
    return (own, *(code for code in LANGUAGES if code != own))


def language_of(session: Session, plan_id: str, asked: str = "") -> str:
    """The one asked for where there is such a one, else the plan's own."""
    there = languages(session, plan_id)
    return asked if asked in there else there[0]


def _steps(session: Session, plan_id: str, decided: Decided | None) -> tuple[Step, ...]:
    facts = store.facts(session, plan_id)
    there = facts.survey_rows_used is not None or bool(facts.stated)
    survey = "ready" if there else "going" if facts.survey_draft else "empty"
    states = {
        "survey": (survey, wording.survey_fact(facts.survey_rows_used, facts.survey_draft, facts.stated)),
        "gaps": ("ready" if there else "empty", wording.gaps_fact(there)),
        "initiatives": ("ready" if facts.initiatives else "empty", wording.initiatives_fact(facts.initiatives)),
        "workshop": (_WORKSHOP[facts.workshop], wording.workshop_fact(facts.workshop)),
        "portfolio": ("ready" if facts.kept_plans else "empty", wording.portfolio_fact(facts.kept_plans)),
        "scenarios": ("ready" if facts.kept_plans else "empty", wording.scenarios_fact(facts.kept_plans)),
        "report": ("ready" if facts.kept_plans else "empty", wording.report_fact(facts.kept_plans)),
        "followup": (
            "ready" if facts.reports else "voluntary",
            followup_words.fact(facts.reports, is_decided=decided is not None),
        ),
    }
    return tuple(
        Step(word, wording.step(word), state, wording.state(state), fact)
        for word, (state, fact) in ((word, states[word]) for word in STEPS)
    )


def belongs_to(database: Database, plan_id: str, owner: str) -> bool:
    with database.read() as session:
        plan = store.find(session, plan_id)
    return plan is not None and plan.owner == owner


def page(
    database: Database, owner: str, *, findings: tuple[Finding, ...] = (), name: str = "", municipality: str = ""
) -> PlansView:
    errors = Errors(**{one.where: wording.field_error(one) for one in findings if one.where})
    trouble = sentences([one for one in findings if not one.where])
    with database.read() as session:
        cards = tuple(_card(session, plan) for plan in store.of_owner(session, owner))
    return PlansView(cards, errors, name, municipality, trouble)


def _card(session: Session, plan: StoredPlan) -> PlanCard:
    decided = _decided(session, plan.id)
    step = _first_open(session, plan, decided)
    return PlanCard(plan.id, plan.name, plan.municipality, plan.is_sample, plan.changed_at, _mark(plan), step, decided)


def _first_open(session: Session, plan: StoredPlan, decided: Decided | None) -> Step:
    steps = _steps(session, plan.id, decided)
    return next((step for step in steps if step.is_waiting), steps[-1])


def start(database: Database, owner: str, name: str, municipality: str, language: str) -> str | tuple[Finding, ...]:
    """A new, empty plan; its id, or what is missing."""
    name, municipality = read_words(name), read_words(municipality)
    fields = (("name", name), ("municipality", municipality))
    findings = [Finding("plan_text_missing", where=field) for field, text in fields if not text]
    findings += [
        Finding("plan_text_too_long", where=field, details={"limit": 200}) for field, text in fields if len(text) > 200
    ]
    if findings:
        return tuple(findings)
    with database.write() as session:
        plan = new_plan(owner, name, municipality, language, is_sample=False)
        store.add(session, plan)
        log.append(session, plan.id, plan.created_at, "started")
        session.commit()
    return plan.id


def new_plan(owner: str, name: str, municipality: str, language: str, *, is_sample: bool) -> StoredPlan:
    moment = now()
    return StoredPlan(secrets.token_hex(8), owner, name, municipality, language, is_sample, moment, moment)


def remove(database: Database, plan_id: str, seen: str) -> tuple[Finding, ...]:
    """The plan with all that belongs to it, for good; not where somebody has changed it since it was seen. seen: the
    mark of its card. What of it lies in the database's files is written over, at once or the next night."""
    with database.write() as session:
        there = store.find(session, plan_id) if store.is_held(session, plan_id) else None
        if there is not None and _mark(there) != seen:
            return (Finding("plan_changed", details={"name": there.name}),)
        store.remove(session, plan_id)
        session.commit()
    database.scrub(*store.tables())
    return ()


def _mark(plan: StoredPlan) -> str:
    return plan.changed_at.isoformat()
