"""What becomes of what the room proposed? Each is taken into the list as a draft, or set aside with a reason.

Both can be seen afterwards, and what was set aside may be taken in all the same. Nothing tells who proposed what.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.domain.typed import read_words
from planner.domain.workshop_proposals import draft, free_code, reason_findings
from planner.services import initiative_log, plans
from planner.services.initiative_rows import ground
from planner.services.plans import Frame, now
from planner.services.workshop_live import Live
from planner.store import initiatives as initiative_store
from planner.store import log, workshop_log
from planner.store import plans as plan_store
from planner.store import workshop as workshop_store
from planner.store import workshop_proposals as store
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.store.workshop_proposals import StoredProposal
from planner.wording import Sentence, finding, gaps
from planner.wording import findings as sentences
from planner.wording import workshop_proposals as wording


@dataclass(frozen=True, slots=True)
class ProposalView:
    """helps: the statement it would help, «» when that was not said. code: of the initiative it became.

    typed, error: of the reason, when it was refused.
    """

    id: str
    number: int
    title: str
    text: str
    helps: str
    state: str
    code: str
    reason: str
    typed: str
    error: str


@dataclass(frozen=True, slots=True)
class RoomView:
    """The proposals of one workshop: those that wait, and what became of the others."""

    title: str
    waiting: tuple[ProposalView, ...]
    decided: tuple[ProposalView, ...]


@dataclass(frozen=True, slots=True)
class ProposalsView:
    frame: Frame
    rooms: tuple[RoomView, ...]
    answer: str
    findings: tuple[Sentence, ...]
    done: str


def waiting(session: Session, plan_id: str) -> int:
    """How many nobody has decided on."""
    rooms = _rooms(session, plan_id)
    return sum(one.state == "new" for room in rooms for one in store.all_of(session, room.id))


def page(
    database: Database, plan_id: str, found: Sequence[Finding] = (), of: str = "", typed: str = "", done: str = ""
) -> ProposalsView:
    """of, typed: the proposal that was to be set aside, and the reason as it was written."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "initiatives")
        helps = {one.id: gaps.statement(one) for one in ground(session, plan_id).statements}
        rooms = [(room, store.all_of(session, room.id)) for room in _rooms(session, plan_id)]
    error = next((f"{said.what} {said.try_}".strip() for one in found if one.where for said in (finding(one),)), "")

    def shown(room: StoredWorkshop, one: StoredProposal) -> ProposalView:
        is_this = one.id == of
        return ProposalView(
            *(one.id, room.number, one.proposal.title, one.proposal.text, helps.get(one.proposal.statement, "")),
            *(one.state, one.initiative, one.reason, typed if is_this else "", error if is_this else ""),
        )

    return ProposalsView(
        frame=frame,
        rooms=tuple(
            RoomView(
                room.settings.title,
                tuple(shown(room, one) for one in some if one.state == "new"),
                tuple(shown(room, one) for one in some if one.state != "new"),
            )
            for room, some in rooms
            if some
        ),
        answer=wording.answer(sum(one.state == "new" for _, some in rooms for one in some), any(s for _, s in rooms)),
        findings=sentences([one for one in found if not one.where]),
        done=done,
    )


def take(database: Database, live: Live, plan_id: str, number: int, id_: str) -> str | tuple[Finding, ...]:
    """Into the list, as a draft; its code, or why not."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop, there = _find(session, plan_id, number, id_)
        if workshop is None or there is None or there.state == "taken":
            return (Finding("proposal_decided"),)
        code = free_code(initiative_store.codes(session, plan_id))
        statement = next((s for s in ground(session, plan_id).statements if s.id == there.proposal.statement), None)
        helps = gaps.statement(statement) if statement else ""
        idea = wording.idea(workshop.settings.title, there.proposal.text, helps)
        candidate = draft(there.proposal, code, wording.theme(), statement.factor if statement else "", idea)
        if not initiative_store.put(session, plan_id, candidate, expected=0):
            return (Finding("proposal_decided"),)
        store.decide(session, workshop.id, replace(there, state="taken", initiative=code, reason=""))
        workshop_log.add(session, workshop.id, now(), "proposal_taken", {"code": code})
        plan_store.touch(session, plan_id, now())
        initiative_log.kept(session, plan_id, None, candidate, workshop.number)
        session.commit()
    live.changed(workshop.link)
    return code


def set_aside(database: Database, live: Live, plan_id: str, number: int, id_: str, typed: str) -> tuple[Finding, ...]:
    """Not now, and why; what is wrong, else ()."""
    reason = read_words(typed)
    wrong = reason_findings(reason)
    if wrong:
        return wrong
    with database.write() as session:
        plan_store.hold(session, plan_id)
        workshop, there = _find(session, plan_id, number, id_)
        if workshop is None or there is None or there.state != "new":
            return (Finding("proposal_decided"),)
        store.decide(session, workshop.id, replace(there, state="declined", reason=reason))
        workshop_log.add(session, workshop.id, now(), "proposal_declined")
        plan_store.touch(session, plan_id, now())
        log.append(session, plan_id, now(), "idea_set_aside", {"workshop": workshop.number})
        session.commit()
    live.changed(workshop.link)
    return ()


def _rooms(session: Session, plan_id: str) -> list[StoredWorkshop]:
    """The newest first. What was proposed to try it out is no proposal."""
    return [one for one in workshop_store.listing(session, plan_id) if not one.settings.is_rehearsal]


def _find(session: Session, plan_id: str, number: int, id_: str) -> tuple[StoredWorkshop | None, StoredProposal | None]:
    workshop = workshop_store.find(session, plan_id, number, to_change=True)
    if workshop is None or workshop.settings.is_rehearsal:
        return None, None
    return workshop, store.find(session, workshop.id, id_, to_change=True)
