"""How much does each group and each theme count, and does it matter? The form, what it says now, and keeping it.

A stale form is not kept: it comes back with what was typed and what stands now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from planner import notation
from planner.domain.findings import Finding
from planner.domain.gap_rows import GapTable, TopFive
from planner.domain.priorities import FactorWeights, SegmentWeights
from planner.domain.priorities_typed import factor_field, people_field, read_weights, segment_field
from planner.domain.statements import FACTORS, Statement
from planner.domain.summary import SurveySummary
from planner.services import plans
from planner.store import gaps as store
from planner.store import log
from planner.store import plans as plan_store
from planner.store.database import Database
from planner.store.gaps import StoredWeights
from planner.store.survey import latest_summary
from planner.wording import Sentence, finding, gap_weights
from planner.wording import statements as names

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NumberField:
    name: str
    label: str
    value: str
    error: str


@dataclass(frozen=True, slots=True)
class WeightsForm:
    """segments, factors: the choice made. people, own_segments, own_factors: the number fields of some choices."""

    segments: str
    factors: str
    people: tuple[NumberField, ...]
    own_segments: tuple[NumberField, ...]
    own_factors: tuple[NumberField, ...]
    version: int
    has_people: bool
    people_used: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: how many answered, what it counts, what it holds of the 100 points, and how much of it is lent."""

    name: str
    answers: str
    share: float
    points: float
    lent: str


@dataclass(frozen=True, slots=True)
class OtherWeights:
    """What another choice of weights would do to the five needs with the most points."""

    weights: str
    change: str


@dataclass(frozen=True, slots=True)
class WeightsView:
    form: WeightsForm
    groups: tuple[GroupRow, ...]
    unmet: str
    most: str
    why: str
    points: str
    others: tuple[OtherWeights, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was kept. status: 422 to be mended, 409 changed in another window. labels: of the fields, by name."""

    status: int
    form: Form
    findings: tuple[Finding, ...]
    labels: Mapping[str, str]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """What is wrong, at the field as it is called on the page."""
        return tuple(replace(finding(one), where=self.labels.get(one.where, "")) for one in self.findings)


def save(database: Database, plan_id: str, form: Form) -> Refusal | None:
    """Keep the chosen weights; None when it is done. Without a survey there is nothing to weigh: nothing is kept."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        summary = latest_summary(session, plan_id)
        if summary is None:
            return None
        typed = read_weights(form, [segment.id for segment in summary.segments], factors_asked(summary.statements))
        if typed.segments is None or typed.factors is None:
            return Refusal(422, form, typed.findings, _labels(summary))
        stored = store.weights(session, plan_id)
        if form.get("version", "") != str(stored.version):
            now = _said(stored, summary)
            return Refusal(409, form, (Finding("weights_changed", "warning", details={"now": now}),), {})
        store.keep_weights(session, plan_id, replace(stored, segments=typed.segments, factors=typed.factors))
        plan_store.touch(session, plan_id, plans.now())
        log.append(session, plan_id, plans.now(), "weights_changed")
        session.commit()
    return None


def _said(stored: StoredWeights, summary: SurveySummary) -> str:
    """The weights that are kept, in words and with their numbers, for whoever has others typed."""
    labels, typed = _labels(summary), _as_typed(stored)
    numbers = ", ".join(f"{label} {typed[field]}" for field, label in labels.items() if typed.get(field))
    words = gap_weights.weights(stored.segments.choice, stored.factors.choice)
    return f"{words} ({numbers})" if numbers else words


def _labels(summary: SurveySummary) -> dict[str, str]:
    known = names.segments(summary.segments)
    people = {people_field(id_): name for id_, name in known.items()}
    own = {segment_field(id_): name for id_, name in known.items()}
    return people | own | {factor_field(id_): names.factor(id_) for id_ in factors_asked(summary.statements)}


def factors_asked(statements: Sequence[Statement]) -> tuple[str, ...]:
    """The factors that some statement belongs to, in the usual order."""
    there = {statement.factor for statement in statements}
    return tuple(factor for factor in FACTORS if factor in there)


def filled_in(stored: StoredWeights, form: Form) -> Refusal:
    """The form with other numbers in it than those that are kept; nothing is wrong with it, and nothing is kept."""
    return Refusal(200, {**_as_typed(stored), **form}, (), {})


def weights_view(
    summary: SurveySummary, table: GapTable, stored: StoredWeights, refusal: Refusal | None
) -> WeightsView:
    labels = {statement.id: names.statement(statement) for statement in summary.statements}
    known = names.segments(summary.segments)
    return WeightsView(
        form=_form(summary, stored, refusal),
        groups=tuple(
            GroupRow(
                known[row.segment],
                gap_weights.few() if row.few else notation.number(row.respondents),
                row.share,
                row.points,
                gap_weights.lent(row.borrowed, row.pooled, len(summary.statements)),
            )
            for row in table.segments
        ),
        unmet=gap_weights.steady_unmet(table.steady_by_unmet),
        most=gap_weights.most_points([labels[id_] for id_ in table.alternatives[0].by_points]),
        why=gap_weights.why_points(stored.factors.choice),
        points=gap_weights.steady_points(table.steady_by_points),
        others=() if table.steady_by_points else _others(table.alternatives, labels),
    )


def _others(alternatives: Sequence[TopFive], labels: Mapping[str, str]) -> tuple[OtherWeights, ...]:
    chosen = alternatives[0]
    return tuple(
        OtherWeights(
            gap_weights.weights(other.segments, other.factors),
            gap_weights.swap(
                [labels[id_] for id_ in other.by_points if id_ not in chosen.by_points],
                [labels[id_] for id_ in chosen.by_points if id_ not in other.by_points],
            ),
        )
        for other in alternatives[1:]
    )


def _form(summary: SurveySummary, stored: StoredWeights, refusal: Refusal | None) -> WeightsForm:
    typed = _as_typed(stored) if refusal is None else refusal.form
    errors = {} if refusal is None else {one.where: finding(one) for one in reversed(refusal.findings) if one.where}

    def field(name: str, label: str) -> NumberField:
        error = errors.get(name)
        return NumberField(name, label, typed.get(name, ""), error.what if error else "")

    segments = names.segments(summary.segments)
    people = tuple(field(people_field(id_), name) for id_, name in segments.items())
    return WeightsForm(
        segments=typed.get("segments", ""),
        factors=typed.get("factors", ""),
        people=people,
        own_segments=tuple(field(segment_field(id_), name) for id_, name in segments.items()),
        own_factors=tuple(field(factor_field(id_), names.factor(id_)) for id_ in factors_asked(summary.statements)),
        version=stored.version,
        has_people=any(one.value or one.error for one in people),
        people_used=stored.segments.choice == "population" and bool(stored.segments.values),
    )


def _as_typed(stored: StoredWeights) -> Form:
    """The kept weights as the form would have said them."""
    segments: SegmentWeights = stored.segments
    factors: FactorWeights = stored.factors
    name = people_field if segments.choice == "population" else segment_field
    return {
        "segments": segments.choice,
        "factors": factors.choice,
        **{name(id_): notation.compact(amount) for id_, amount in segments.values},
        **{factor_field(id_): notation.compact(amount) for id_, amount in factors.values},
    }
