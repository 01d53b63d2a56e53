"""What can a person do about who has answered? See who did beside who lives here, fill in from a table, weight, undo.

Nothing typed is kept before «Vekt svarene»; then the counts and all that was worked out are made anew, in one go.
"""

import json
from dataclasses import dataclass, replace

from sqlmodel import Session

from planner.config import Config
from planner.domain.analyses import analyse
from planner.domain.answers import Answers
from planner.domain.background import background_columns
from planner.domain.findings import Finding
from planner.domain.margins import fill
from planner.domain.population import Population, named_place
from planner.domain.summary import SurveySummary
from planner.domain.typed import Unreadable
from planner.domain.weighting_choice import Choice, Outcome, Weighting, outcome, reweighted, weigh
from planner.domain.weighting_typed import Typed, age, read_choice, typed_from
from planner.files.ssb_table import read_population_file
from planner.services import plans
from planner.services.plans import Frame, now
from planner.services.survey_reading import limited
from planner.services.survey_weighting_form import Attempt, FormView, form_view
from planner.store import log, survey_answers
from planner.store import plans as plan_store
from planner.store import survey as survey_store
from planner.store import survey_weighting as store
from planner.store.database import Database
from planner.wording import Sentence
from planner.wording import findings as sentences
from planner.wording import statements as names
from planner.wording import survey_weighting as wording

STALE, GONE = Finding("weighting_changed"), Finding("weighting_answers_gone")


@dataclass(frozen=True, slots=True)
class WeightingView:
    """form: None when the answers of each respondent are gone. change, method: what came of the choice in force."""

    frame: Frame
    answer: str
    change: str
    method: str
    source: str
    findings: tuple[Sentence, ...]
    form: FormView | None
    saved: bool


@dataclass(frozen=True, slots=True)
class _Stored:
    survey: survey_store.StoredSurvey
    weighting: Weighting | None
    answers: Answers | None

    @property
    def version(self) -> str:
        """The same file confirmed anew, with other columns, is another survey."""
        number = self.weighting.version if self.weighting is not None else 0
        return f"{self.survey.file_sha256[:12]}.{self.survey.stored_at:%Y%m%d%H%M%S%f}.{number}"

    @property
    def choice(self) -> Choice:
        if self.weighting is not None:
            return self.weighting.choice
        return Choice("file" if self.survey.summary.weighting != "none" else "none")


def _stored(session: Session, plan_id: str) -> _Stored | None:
    survey = survey_store.latest(session, plan_id)
    if survey is None:
        return None
    return _Stored(survey, store.find(session, plan_id), survey_answers.find(session, plan_id))


def page(
    database: Database, plan_id: str, attempt: Attempt | None = None, *, saved: bool = False
) -> WeightingView | None:
    """The page; None before the first survey. attempt: what was just typed and not kept."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "survey")
        there = _stored(session, plan_id)
    if there is None:
        return None
    made = there.weighting.outcome if there.weighting is not None else None
    found = attempt.findings if attempt is not None else ()
    form = None
    if there.answers is not None:
        columns = background_columns(there.answers)
        tried = attempt or Attempt(typed_from(there.choice, _written(there.choice)))
        form = form_view(there.answers, columns, tried, there.version)
    elif GONE not in found:
        found = (*found, GONE)
    return WeightingView(
        frame,
        wording.answer(there.choice, made),
        _change(there.survey.summary, made),
        wording.method(made) if made is not None and there.choice.how != "none" else "",
        wording.source(there.choice),
        sentences([*found, *(made.findings if made is not None and attempt is None else ())]),
        form,
        saved,
    )


def _written(choice: Choice) -> dict[tuple[str, str], str]:
    return {(one.heading, level): wording.people(count) for one in choice.margins for level, count in one.people}


def _change(summary: SurveySummary, made: Outcome | None) -> str:
    if made is None or made.before == ():
        return ""
    known = {one.id: names.statement(one) for one in summary.statements}
    named = [[known[one] for one in five if one in known] for five in (made.before, made.after)]
    return wording.change(*named)


def fill_in(
    database: Database, config: Config, plan_id: str, typed: Typed, table: bytes, carried: str, place: str
) -> Attempt:
    """Fill the fields from a table of population. table: b"" when the one carried in the form is meant."""
    with database.read() as session:
        there = _stored(session, plan_id)
        plan = plan_store.find(session, plan_id)
    if there is None or there.answers is None or plan is None:
        return Attempt(typed, (GONE,))
    try:
        ages = tuple(_age(raw) for raw in (typed.youngest, typed.oldest))
    except _BadAge as bad:
        return Attempt(typed, (Finding("weighting_age_unreadable", details={"typed": bad.args[0]}),))
    read = _population(config, table, carried)
    if not isinstance(read[0], Population):
        return Attempt(typed, tuple(one for one in read if isinstance(one, Finding)))
    population, notes = read[0], tuple(one for one in read[1:] if isinstance(one, Finding))
    chosen = next((one for one in population.places if one.name == place), None)
    if chosen is None and not place:
        chosen = named_place(population, plan.municipality)
    if chosen is None and len(population.places) > 1:
        return Attempt(typed, notes, population)
    chosen = chosen or population.places[0]
    columns = background_columns(there.answers)
    filled = fill(columns, chosen, *ages)
    written = {key: wording.people(count) for key, count in filled.people.items()}
    outside = tuple(
        Finding("weighting_ages_outside", "warning", heading, {"ages": ages_, "people": round(count)})
        for heading, ages_, count in filled.extra
    )
    made = replace(
        typed.filled(filled, columns, written), source=typed.source or wording.from_table(chosen.name, population.year)
    )
    told = wording.filled(population.title, population.year, chosen.name) if filled.people else ""
    return Attempt(made, (*notes, *filled.findings, *outside), population, chosen.name, told)


class _BadAge(ValueError):
    """The text that is no age."""


def _age(raw: str) -> int | None:
    try:
        return age(raw)
    except Unreadable as error:
        raise _BadAge(raw[:40]) from error


def _population(config: Config, table: bytes, carried: str) -> tuple[Population | Finding, ...]:
    """(the population, what should be known of it …), or only findings."""
    if table:
        read = limited(config, read_population_file, table)
        first, *rest = read
        if isinstance(first, Population):
            return (first, *(one for notes in rest if isinstance(notes, tuple) for one in notes))
        return tuple(one for one in read if isinstance(one, Finding))
    try:
        return (Population.from_document(json.loads(carried)),)
    except (ValueError, RecursionError):
        return (Finding("weighting_table_missing"),)


def save(database: Database, plan_id: str, typed: Typed, version: str) -> Attempt | None:
    """Weight by what was typed; None when it is done, or what was typed with what is wrong with it."""
    with database.read() as session:
        there = _stored(session, plan_id)
    if there is None or there.answers is None:
        return Attempt(typed, (GONE,))
    if there.version != version:
        return Attempt(typed, (STALE,))
    columns = background_columns(there.answers)
    choice = read_choice(typed, columns)
    if not isinstance(choice, Choice):
        return Attempt(typed, choice)
    weighed = weigh(there.answers, choice, columns)
    if isinstance(weighed, tuple):
        return Attempt(typed, weighed)
    summary = reweighted(there.survey.summary, weighed)
    made = outcome(there.answers, weighed, summary)
    number = there.weighting.version + 1 if there.weighting is not None else 1
    moment = now()
    weighting = Weighting(choice, made, number, moment.date().isoformat())
    analyses = analyse(weighed.answers)
    with database.write() as session:
        plan_store.hold(session, plan_id)
        again = _stored(session, plan_id)
        if again is None or again.version != version or again.answers is None:
            return Attempt(typed, (STALE,))
        store.put(session, plan_id, weighting, summary, analyses)
        plan_store.touch(session, plan_id, moment)
        log.append(session, plan_id, moment, "weighting_changed", {"version": number})
        session.commit()
    return None


def in_short(session: Session, plan_id: str, summary: SurveySummary) -> str:
    """By what the answers are weighted, in a sentence for the survey page."""
    kept = store.find(session, plan_id)
    if kept is not None:
        return wording.in_short(kept.choice)
    return wording.in_short(Choice("file" if summary.weighting != "none" else "none"))
