"""How does a municipality that has not asked begin? With weights of groups and themes that a workshop agreed on."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner import notation
from planner.domain.findings import Finding
from planner.domain.mapping import DEFAULT_SEGMENTS
from planner.domain.priorities_typed import factor_field, own_numbers, segment_field
from planner.domain.stated import StatedNeeds
from planner.domain.statements import FACTORS
from planner.files.seed_data import statements
from planner.services import plans, stated, workshop_points
from planner.services.plans import Frame, now
from planner.store import plans as plan_store
from planner.store import stated as store
from planner.store import survey as survey_store
from planner.store.database import Database
from planner.wording import Sentence, finding
from planner.wording import findings as sentences
from planner.wording import statements as names

LONGEST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class PointField:
    name: str
    label: str
    value: str
    error: str
    theirs: str = ""
    """What is stored now, where somebody else has stored another number than the one typed."""


@dataclass(frozen=True, slots=True)
class WorkshopView:
    """has_survey: there is one, and weights of a workshop would take its place."""

    frame: Frame
    version: str
    segments: tuple[PointField, ...]
    factors: tuple[PointField, ...]
    source: str
    findings: tuple[Sentence, ...]
    has_survey: bool
    their_source: str
    """What is stored now, where somebody else has stored something else meanwhile."""


@dataclass(frozen=True, slots=True)
class Refused:
    view: WorkshopView
    status: int


def page(database: Database, plan_id: str, workshop: int = 0) -> WorkshopView:
    """workshop: the number of one whose sharing of points is to be filled in."""
    with database.read() as session:
        there = store.find(session, plan_id)
        proposed = workshop_points.proposed(session, plan_id, workshop) if workshop else None
    kept = there.needs if there is not None and there.needs.kind == "workshop" else None
    typed: dict[str, str] = {}
    if kept is not None:
        typed.update(_typed(kept))
    if proposed is not None:
        typed |= {**proposed[1], "source": typed.get("source", "") or proposed[0]}
    return _view(database, plan_id, typed, ())


def _typed(kept: StatedNeeds) -> dict[str, str]:
    """What is stored, as it would be typed: by name of field."""
    points = [(segment_field(id_), points) for id_, points in kept.segment_points]
    points += [(factor_field(id_), points) for id_, points in kept.factor_points]
    return {"source": kept.source} | {name: notation.compact(number) for name, number in points if number}


def _view(database: Database, plan_id: str, typed: Mapping[str, str], found: tuple[Finding, ...]) -> WorkshopView:
    with database.read() as session:
        frame = plans.frame(session, plan_id, "survey")
        there = store.find(session, plan_id)
        has_survey = bool(survey_store.latest_digest(session, plan_id))
    wrong = {one.where: finding(one).what for one in found}

    is_stale = there is not None and any(one.code == "workshop_changed" for one in found)
    stored = _typed(there.needs) if there is not None else {}

    def theirs(key: str) -> str:
        return (stored.get(key, "") or "0") if is_stale and stored.get(key, "") != typed.get(key, "").strip() else ""

    def fields(called: dict[str, str]) -> tuple[PointField, ...]:
        return tuple(
            PointField(key, name, typed.get(key, ""), wrong.get(key, ""), theirs(key)) for key, name in called.items()
        )

    return WorkshopView(
        frame,
        there.version if there is not None else "",
        fields({segment_field(id_): name for id_, name in names.segments(DEFAULT_SEGMENTS).items()}),
        fields({factor_field(id_): names.factor(id_) for id_ in FACTORS}),
        typed.get("source", ""),
        sentences([one for one in found if not one.where]),
        has_survey,
        stored.get("source", "") if is_stale and stored.get("source", "") != typed.get("source", "") else "",
    )


def save(database: Database, plan_id: str, form: Mapping[str, str]) -> Refused | None:
    """Keep the weights as what the plan stands on; None when it is done."""
    found: list[Finding] = []
    segments = own_numbers(form, {one.id: segment_field(one.id) for one in DEFAULT_SEGMENTS}, found)
    factors = own_numbers(form, {one: factor_field(one) for one in FACTORS}, found)
    if found:
        return Refused(_view(database, plan_id, form, tuple(found)), 422)
    with database.write() as session:
        plan_store.hold(session, plan_id)
        there = store.find(session, plan_id)
        if survey_store.latest_digest(session, plan_id) or (there is not None and there.filename):
            found.append(Finding("workshop_has_survey"))
        elif (there.version if there is not None else "") != form.get("version", ""):
            found.append(Finding("workshop_changed"))
        else:
            source = " ".join(form.get("source", "").split())[:LONGEST_SOURCE]
            needs = StatedNeeds(
                "workshop",
                statements(),
                tuple(one for one in DEFAULT_SEGMENTS if segments[one.id]),
                segment_points=tuple((id_, points) for id_, points in segments.items() if points),
                factor_points=tuple(factors.items()),
                source=source,
            )
            stated.keep(session, plan_id, store.StoredNeeds(needs, "", (), now()))
            session.commit()
    return Refused(_view(database, plan_id, form, tuple(found)), 409) if found else None
