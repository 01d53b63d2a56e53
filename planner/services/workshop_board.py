"""What does the one who leads a workshop see? Where it is, who is done at each table, and after a reveal what the room
thinks. Never anything of the answers before that, nor of fewer than five at any time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.domain.join_code import shown as shown_code
from planner.services import plans
from planner.services.plans import Frame
from planner.services.workshop_form import takes
from planner.services.workshop_live import Live, Progress, Snapshot
from planner.services.workshop_points import WeighingView, weighings
from planner.services.workshop_rehearsal import made_up
from planner.services.workshop_results import ResultsView, results
from planner.store import survey as survey_store
from planner.store import workshop as store
from planner.store import workshop_ballots, workshop_log
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.wording import Sentence
from planner.wording import findings as sentences
from planner.wording import workshop as wording
from planner.wording import workshop_paper as paper_wording
from planner.wording import workshop_proposals as proposal_wording

ONLY_HERE = frozenset({"127.0.0.1", "localhost", "[::1]"})


@dataclass(frozen=True, slots=True)
class TableRow:
    """One table, or everybody where there are none. away: phones that have not been heard from for a while."""

    name: str
    people: int
    done: int
    away: int
    done_text: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """The part that polls. version: what the next poll sends back as «seen»."""

    plan_id: str
    number: int
    version: str
    state: str
    people_text: str
    done_text: str
    tables: tuple[TableRow, ...]
    proposals_text: str
    shared_text: str
    is_rehearsal: bool


@dataclass(frozen=True, slots=True)
class ActionButton:
    code: str
    label: str
    confirm: str
    is_primary: bool


@dataclass(frozen=True, slots=True)
class LogLine:
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class LeadView:
    """link: what the address for phones holds; code: as it is read out, «» while nobody may come in.

    is_rehearsal: those who answer are made up. is_only_here: no phone gets to the address, which is of this machine.
    has_shares: of points, that may be shown. has_survey: else weights stand in for one.
    """

    frame: Frame
    number: int
    version: int
    title: str
    state: str
    state_text: str
    takes: str
    link: str
    code: str
    is_locked: bool
    is_rehearsal: bool
    lets_in: bool
    wall: str
    weighings: tuple[WeighingView, ...]
    shows_weighings: bool
    may_share: bool
    has_shares: bool
    has_survey: bool
    is_only_here: bool
    actions: tuple[ActionButton, ...]
    board: BoardView
    results: ResultsView | None
    log: tuple[LogLine, ...]
    paper: str
    findings: tuple[Sentence, ...]
    done: str


@dataclass(frozen=True, slots=True)
class WorkshopCard:
    number: int
    title: str
    state_text: str


@dataclass(frozen=True, slots=True)
class StartView:
    """The step before there is a workshop, or between two. can_start: there is something to score."""

    frame: Frame
    workshops: tuple[WorkshopCard, ...]
    rehearsals: tuple[WorkshopCard, ...]
    can_start: bool


def newest(database: Database, plan_id: str) -> int | None:
    """The number of the workshop that is not over, rehearsals apart; None where a new one may be started."""
    with database.read() as session:
        there = store.listing(session, plan_id)
    return next((one.number for one in there if one.stage.state != "ended" and not one.settings.is_rehearsal), None)


def start(database: Database, plan_id: str) -> StartView:
    with database.read() as session:
        there = store.listing(session, plan_id)
        frame = plans.frame(session, plan_id, "workshop")
    held, tried = (
        tuple(
            WorkshopCard(one.number, one.settings.title, wording.state(one.stage))
            for one in there
            if one.settings.is_rehearsal == is_rehearsal
        )
        for is_rehearsal in (False, True)
    )
    can_start = next(step for step in frame.steps if step.word == "initiatives").state == "ready"
    return StartView(frame, held, tried, can_start)


def lead(
    database: Database,
    live: Live,
    plan_id: str,
    number: int,
    findings: Sequence[Finding] = (),
    typed: Mapping[str, str] | None = None,
    done: str = "",
    host: str = "",
) -> LeadView | None:
    """The page of the one who leads; None where there is no such workshop. typed: of an adoption that was refused.

    host: the name under which the page was asked for, without port.
    """
    snapshot = _snapshot(database, live, plan_id, number)
    if snapshot is None:
        return None
    workshop = snapshot.workshop
    with database.read() as session:
        frame = plans.frame(session, plan_id, "workshop")
        log = workshop_log.entries(session, workshop.id)
        paper = _paper(session, workshop)
        shown = results(session, snapshot, typed or {}, findings)
        has_survey = bool(survey_store.latest_digest(session, plan_id))
    shared = weighings(snapshot)
    actions = workshop.stage.actions(workshop.settings.rounds)
    first = "reveal" if workshop.stage.state == "closed" else next(iter(actions), "")
    return LeadView(
        frame=frame,
        number=number,
        version=workshop.version,
        title=workshop.settings.title,
        state=workshop.stage.state,
        state_text=wording.state(workshop.stage),
        takes=takes(workshop.settings),
        link=workshop.link,
        code=shown_code(workshop.code),
        is_locked=workshop.is_locked,
        is_rehearsal=workshop.settings.is_rehearsal,
        lets_in=workshop.stage.lets_in,
        wall=workshop.wall,
        weighings=shared,
        shows_weighings=any(one.is_begun for one in shared),
        may_share=workshop.stage.lets_in and not workshop.stage.takes_scores,
        has_shares=any(one.rows for one in shared),
        has_survey=has_survey,
        is_only_here=host in ONLY_HERE,
        actions=tuple(
            ActionButton(
                one,
                wording.action(one, workshop.stage),
                " ".join((*([paper] if one in ("reveal", "end") and paper else []), wording.confirm(one))).strip(),
                one == first,
            )
            for one in actions
        ),
        board=_board(live, snapshot),
        results=shown,
        log=tuple(LogLine(one.at, wording.log_line(one.what, int(one.details.get("round", 0)))) for one in log),
        paper=paper,
        findings=sentences([one for one in findings if "/" not in one.where]),
        done=done,
    )


def _paper(session: Session, workshop: StoredWorkshop) -> str:
    """What is typed of the round's ballots and does not count yet; «» where nothing is, or where it is too late."""
    if workshop.stage.state not in ("open", "closed"):
        return ""
    return paper_wording.waiting(workshop_ballots.counts(session, workshop.id, workshop.stage.round))


def board(database: Database, live: Live, plan_id: str, number: int, seen: str) -> BoardView | None:
    """What has changed since «seen»; None where nothing has. Raises LookupError where there is no such workshop."""
    snapshot = _snapshot(database, live, plan_id, number)
    if snapshot is None:
        raise LookupError(number)
    view = _board(live, snapshot)
    return None if view.version == seen else view


def _snapshot(database: Database, live: Live, plan_id: str, number: int) -> Snapshot | None:
    with database.read() as session:
        workshop = store.find(session, plan_id, number)
    return live.snapshot(workshop.link) if workshop else None


def _board(live: Live, snapshot: Snapshot) -> BoardView:
    workshop = snapshot.workshop
    progress = {seat: one for seat, one in live.progress(workshop.link).items() if one.round == workshop.stage.round}
    names, always_done = workshop.settings.tables or ("",), made_up(workshop)
    tables = tuple(_row(name, snapshot, progress, always_done, live) for name in names)
    people, done = len(snapshot.seats), sum(row.done for row in tables)
    told = ".".join(f"{row.people}-{row.done}-{row.away}" for row in tables)
    proposed = "-".join([*(one.state[:1] for one in snapshot.proposals), *map(str, snapshot.shared.values())])
    return BoardView(
        plan_id=workshop.plan_id,
        number=workshop.number,
        version=f"{workshop.version}.{told}.{proposed}",
        state=workshop.stage.state,
        people_text=wording.seats(people),
        done_text=wording.done(done, people) if workshop.stage.takes_scores else "",
        tables=tables if workshop.settings.tables else (),
        proposals_text=proposal_wording.came_in(len(snapshot.proposals)) if snapshot.proposals else "",
        shared_text=next((one.text for one in weighings(snapshot) if one.is_open), ""),
        is_rehearsal=workshop.settings.is_rehearsal,
    )


def _row(
    name: str, snapshot: Snapshot, progress: Mapping[str, Progress], always_done: Collection[str], live: Live
) -> TableRow:
    """always_done: seats of people who are made up, and so of no phone."""
    here = [seat.id for seat in snapshot.seats.values() if not name or seat.table == name]
    phones = [seat for seat in here if seat not in always_done]
    done = len(here) - len(phones) + sum(seat in progress and progress[seat].is_done for seat in phones)
    away = sum(seat not in progress or not live.is_here(progress[seat]) for seat in phones)
    return TableRow(name, len(here), done, away, wording.done(done, len(here)))
