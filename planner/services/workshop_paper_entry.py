"""How does a paper ballot get into the database? Typed twice, compared, decided where it differs, and counted once.

Only while its round is on or closed and not revealed. When it counts, each answer is put where all scores are under a
name of its own, drawn by chance; what was typed is gone from the ballot in the same transaction. With names asked for,
all of it stands under the name on the paper.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from planner.domain.ballot_id import read_id
from planner.domain.findings import Finding
from planner.domain.workshop import WorkshopSettings
from planner.domain.workshop_paper import DONT_KNOW, Ballot, Typed, lateness, read_values
from planner.domain.workshop_share import Hand
from planner.services.workshop_live import Live
from planner.services.workshop_paper import settings_of
from planner.store import plans as plan_store
from planner.store import workshop as store
from planner.store import workshop_ballots as ballots
from planner.store import workshop_seats
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.store.workshop_scores import NewComment, NewScore, put_new
from planner.store.workshop_seats import PAPER, Seat
from planner.wording import workshop_paper as wording


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was kept. is_late: not because of what was typed, but of when, or of what others did."""

    findings: tuple[Finding, ...]
    is_late: bool = False


def new_form() -> str:
    """What a form that is being opened is known by."""
    return secrets.token_hex(8)


def look(session: Session, plan_id: str, number: int, typed: str) -> tuple[StoredWorkshop, Ballot | Finding]:
    """The ballot that was meant, or why it cannot be typed now. Raises LookupError: no such workshop."""
    workshop = store.find(session, plan_id, number)
    if workshop is None:
        raise LookupError(number)
    return workshop, _look(session, workshop, typed)


def keep(database: Database, live: Live, plan_id: str, number: int, form: Mapping[str, str]) -> Ballot | Refused:
    """What was typed of a ballot, once more. Fields: ballot, form, and those of the ballot. Raises LookupError."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop, ballot = _held(session, plan_id, number, form.get("ballot", ""))
        if isinstance(ballot, Finding):
            return Refused((ballot,), is_late=True)
        values, findings = read_values(ballot.printed, form)
        if findings:
            return Refused(findings)
        typed = Typed(form.get("form", "")[:40], values)
        changed = put(session, workshop, ballot, typed)
        session.commit()
    live.changed(workshop.link)
    return changed


def put(session: Session, workshop: StoredWorkshop, ballot: Ballot, typed: Typed) -> Ballot:
    """What it is now; counted when both times agree. The caller holds the workshop, and commits."""
    changed = ballot.typed(typed)
    if changed.state == "counted" and ballot.state != "counted":
        _count(session, workshop, changed, changed.agreed())
    elif changed != ballot:
        ballots.put(session, workshop.id, changed)
    return changed


def decide(database: Database, live: Live, plan_id: str, number: int, form: Mapping[str, str]) -> Ballot | Refused:
    """What counts where the two times differ. Fields: ballot, mark, and those that differ. Raises LookupError."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop, ballot = _held(session, plan_id, number, form.get("ballot", ""))
        if isinstance(ballot, Finding):
            return Refused((ballot,), is_late=True)
        if ballot.state != "differs" or ballot.mark != form.get("mark"):
            return Refused((Finding("paper_changed"),), is_late=True)
        values, findings = read_values(ballot.printed, form, ballot.differences())
        if findings:
            return Refused(findings)
        _count(session, workshop, ballot, ballot.agreed(values))
        session.commit()
    live.changed(workshop.link)
    return replace(ballot, state="counted", first=None, second=None)


def restart(database: Database, plan_id: str, number: int, form: Mapping[str, str]) -> Ballot | Refused:
    """Forget what was typed of a ballot that does not count yet. Fields: ballot, mark. Raises LookupError."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop, ballot = _held(session, plan_id, number, form.get("ballot", ""))
        if isinstance(ballot, Finding):
            return Refused((ballot,), is_late=True)
        if ballot.mark != form.get("mark"):
            return Refused((Finding("paper_changed"),), is_late=True)
        empty = replace(ballot, state="printed", first=None, second=None)
        ballots.put(session, workshop.id, empty)
        session.commit()
    return empty


def _held(session: Session, plan_id: str, number: int, typed: str) -> tuple[StoredWorkshop, Ballot | Finding]:
    """The same for one who changes it: one at a time, and no reveal in between."""
    workshop = store.find(session, plan_id, number, to_change=True)
    if workshop is None:
        raise LookupError(number)
    return workshop, _look(session, workshop, typed)


def _look(session: Session, workshop: StoredWorkshop, typed: str) -> Ballot | Finding:
    id_ = read_id(typed)
    if id_ is None:
        return Finding("paper_id", where="ballot", details={"text": typed[:20]})
    ballot = ballots.find(session, workshop.id, id_)
    if ballot is None:
        return Finding("paper_not_there", where="ballot", details={"text": wording.id_(id_)})
    return refusal(ballot, workshop, settings_of(session, workshop, ballot.round)) or ballot


def refusal(ballot: Ballot, workshop: StoredWorkshop, settings: WorkshopSettings) -> Finding | None:
    """Why a ballot that there is may not be typed now."""
    late = lateness(ballot.round, workshop.stage)
    if late:
        return replace(late, where="ballot")
    if ballot.state == "counted":
        return Finding("paper_counted", where="ballot", details={"text": wording.id_(ballot.id)})
    return None if ballot.printed.fits(settings) else Finding("paper_outdated", where="ballot")


def _count(session: Session, workshop: StoredWorkshop, ballot: Ballot, values: Mapping[str, str]) -> None:
    """Take the step that a ballot takes once, and put its answers among the others'."""
    ballots.count(session, workshop.id, ballot.id)
    settings, group = settings_of(session, workshop, ballot.round), values.get("group", "")
    targets = {item.initiative: item.targets for item in settings.items}
    name = ""
    if ballot.printed.is_named:
        name = (PAPER + secrets.token_hex(20))[:40]
        hand = Hand(group, tuple(code for code, _ in ballot.printed.cards))
        workshop_seats.put(session, workshop.id, Seat(name, values.get("table", ""), values["name"], hand))
    said, written = [], []
    for one in ballot.printed.fields():
        given, voter = values[one.name], name or secrets.token_hex(20)
        if one.kind == "answer" and given:
            score = None if given == DONT_KNOW else int(given)
            said.append(NewScore((one.initiative, one.statement), voter, score, group in targets[one.initiative]))
        elif one.kind == "comment" and given:
            written.append(NewComment(one.initiative, voter, given))
    put_new(session, workshop.id, ballot.round, said, written)
