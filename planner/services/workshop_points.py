"""The room shares 100 points: opened and revealed by the one who leads, given on phones, and what comes of it.

The result is a proposal. It fills in the form of the weights when somebody asks for it, and weighs nothing before that
form is saved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from planner import notation
from planner.domain.findings import Finding
from planner.domain.priorities_typed import factor_field, segment_field
from planner.domain.workshop_keys import author_of, is_token, seat_of
from planner.domain.workshop_points import KINDS, PointsKind, Weighing, points_field, read_points
from planner.services.gap_weights import factors_asked
from planner.services.initiative_rows import ground
from planner.services.plans import now
from planner.services.workshop_live import Live, Snapshot
from planner.services.workshop_phone import Said, sequence_of
from planner.store import plans as plan_store
from planner.store import workshop as store
from planner.store import workshop_log, workshop_seats, workshop_traces
from planner.store import workshop_points as points
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.store.workshop_points import KeptPoints
from planner.wording import finding
from planner.wording import statements as names
from planner.wording import workshop_points as wording


@dataclass(frozen=True, slots=True)
class PointsField:
    id: str
    name: str
    field: str
    points: int


@dataclass(frozen=True, slots=True)
class ShareView:
    """The form on a phone while points are shared. sequence: of what is stored, 0 for nothing. error: as typed."""

    kind: str
    question: str
    fields: tuple[PointsField, ...]
    left: int
    sequence: int
    error: str


@dataclass(frozen=True, slots=True)
class ShareRow:
    name: str
    points: str
    between: str


@dataclass(frozen=True, slots=True)
class WeighingView:
    """One sharing, to the one who leads and on the wall. rows: empty until it is revealed, and where too few did."""

    kind: str
    title: str
    begin: str
    is_begun: bool
    is_open: bool
    answers: int
    text: str
    rows: tuple[ShareRow, ...]


def begin(
    database: Database, live: Live, plan_id: str, number: int, version: int, kind: PointsKind
) -> tuple[Finding, ...]:
    """Let the room share; once for each kind, and not while a round is on. Raises LookupError."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop = _find(session, plan_id, number)
        if workshop.version != version:
            return (Finding("workshop_stale"),)
        is_busy = any(one.is_open or one.kind == kind for one in workshop.weighings)
        if is_busy or workshop.stage.takes_scores or not workshop.stage.lets_in:
            return (Finding("workshop_not_now"),)
        base = ground(session, plan_id)
        ids = [one.id for one in base.segments] if kind == "segment" else factors_asked(base.statements)
        _keep(session, workshop, (*workshop.weighings, Weighing(kind, tuple(ids))), f"points_{kind}")
        session.commit()
    live.changed(workshop.link)
    return ()


def reveal(
    database: Database, live: Live, plan_id: str, number: int, version: int, kind: PointsKind
) -> tuple[Finding, ...]:
    """Nobody shares any more, and the room sees what it said. Raises LookupError."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop = _find(session, plan_id, number)
        if workshop.version != version:
            return (Finding("workshop_stale"),)
        if not any(one.kind == kind and one.is_open for one in workshop.weighings):
            return (Finding("workshop_not_now"),)
        said = points.all_of(session, workshop.id, kind)
        weighings = tuple(one.revealed(said) if one.kind == kind else one for one in workshop.weighings)
        workshop_traces.straighten(session, workshop.id)
        _keep(session, workshop, weighings, f"points_{kind}_revealed")
        session.commit()
    live.changed(workshop.link)
    database.scrub(*workshop_traces.TABLES)
    return ()


def share(
    database: Database, live: Live, link: str, token: str, form: Mapping[str, str]
) -> tuple[Said, tuple[Finding, ...]]:
    """Keep what a phone has shared. Fields: kind, sequence, points-ID. «unknown» comes with what is wrong."""
    with database.write() as session:
        workshop = store.by_link(session, link, to_say=True)
        if workshop is None:
            return Said("gone"), ()
        said = Said("stands", "", 0, workshop.stage.state, workshop.stage.round)
        known = is_token(token) and workshop.salt
        if not known or workshop_seats.find(session, workshop.id, seat_of(token, workshop.salt)) is None:
            return replace(said, outcome="nobody"), ()
        there = next((one for one in workshop.weighings if one.kind == form.get("kind") and one.is_open), None)
        if there is None or not workshop.stage.lets_in:
            return replace(said, outcome="closed"), ()
        given, found = read_points(form, there.ids)
        sequence = sequence_of(form)
        if found or not sequence:
            return replace(said, outcome="unknown"), found
        kept = points.put(
            session, workshop.id, there.kind, _author(workshop, token, there.kind), KeptPoints(given, sequence)
        )
        session.commit()
    live.changed(link)
    return replace(said, sequence=kept.sequence), ()


def share_view(
    database: Database, snapshot: Snapshot, token: str, typed: Mapping[str, str], findings: Sequence[Finding]
) -> ShareView | None:
    """None while nothing is shared."""
    workshop = snapshot.workshop
    there = next((one for one in workshop.weighings if one.is_open), None)
    if there is None:
        return None
    with database.read() as session:
        kept = points.own(session, workshop.id, there.kind, _author(workshop, token, there.kind))
    given = dict(kept.points) if kept else {}
    if typed.get("kind") == there.kind:
        given = {id_: _number(typed.get(points_field(id_), "")) for id_ in there.ids}
    called = _names(there, snapshot)
    fields = tuple(PointsField(id_, called[id_], points_field(id_), given.get(id_, 0)) for id_ in there.ids)
    wrong = next((f"{said.what} {said.try_}".strip() for one in findings for said in (finding(one),)), "")
    left = 100 - sum(one.points for one in fields)
    return ShareView(there.kind, wording.question(there.kind), fields, left, kept.sequence if kept else 0, wrong)


def weighings(snapshot: Snapshot) -> tuple[WeighingView, ...]:
    """Of each kind, begun or not."""
    begun = {one.kind: one for one in snapshot.workshop.weighings}
    return tuple(_weighing(kind, begun.get(kind), snapshot) for kind in KINDS)


def proposed(session: Session, plan_id: str, number: int) -> tuple[str, dict[str, str]] | None:
    """The title of a workshop, and what it shared as the form of the weights would say it; None where nothing is."""
    workshop = store.find(session, plan_id, number)
    if workshop is None or workshop.settings.is_rehearsal:
        return None
    form: dict[str, str] = {}
    for one in workshop.weighings:
        field = segment_field if one.kind == "segment" else factor_field
        if one.shares:
            form["segments" if one.kind == "segment" else "factors"] = "own"
            form |= {field(share.id): notation.compact(share.points) for share in one.shares}
    return (workshop.settings.title, form) if form else None


def _weighing(kind: PointsKind, one: Weighing | None, snapshot: Snapshot) -> WeighingView:
    answers = snapshot.shared.get(kind, 0) if one is None or one.is_open else one.answers
    called = _names(one, snapshot) if one else {}
    rows = tuple(
        ShareRow(called[share.id], notation.number(share.points), wording.between(share.low, share.high))
        for share in sorted(one.shares if one else (), key=lambda share: -share.points)
    )
    return WeighingView(
        kind=kind,
        title=wording.title(kind),
        begin=wording.begin(kind),
        is_begun=one is not None,
        is_open=one is not None and one.is_open,
        answers=answers,
        text=wording.shared(answers) if one is None or one.is_open else wording.result(answers, bool(rows)),
        rows=rows,
    )


def _names(one: Weighing, snapshot: Snapshot) -> dict[str, str]:
    if one.kind == "factor":
        return {id_: names.factor(id_) for id_ in one.ids}
    called = names.segments(snapshot.words.segments)
    return {id_: called.get(id_, id_) for id_ in one.ids}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def _author(workshop: StoredWorkshop, token: str, kind: str) -> str:
    return author_of(token, workshop.salt, is_named=workshop.settings.is_named, what=f"points/{kind}")


def _find(session: Session, plan_id: str, number: int) -> StoredWorkshop:
    workshop = store.find(session, plan_id, number, to_change=True)
    if workshop is None:
        raise LookupError(number)
    return workshop


def _keep(session: Session, workshop: StoredWorkshop, some: tuple[Weighing, ...], what: str) -> None:
    if store.save(session, replace(workshop, weighings=some, wall=""), workshop.version) is None:
        raise RuntimeError("the workshop was held to be changed, and changed all the same")
    workshop_log.add(session, workshop.id, now(), what)
    plan_store.touch(session, workshop.plan_id, now())
