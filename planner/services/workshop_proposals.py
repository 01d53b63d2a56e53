"""«Forslag fra rommet»: what a phone sends in, what it has sent, and what of it stands on the wall when asked for.

A proposal is kept once however often it is sent, a few from each phone, and never under anybody's name.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.domain.findings import Finding
from planner.domain.typed import Refused
from planner.domain.workshop_keys import is_token, proposer_of, seat_of
from planner.domain.workshop_proposals import LONGEST_TEXT, LONGEST_TITLE, MOST_PER_PHONE, SLOTS, read_proposal
from planner.services.workshop_live import Live, Snapshot
from planner.services.workshop_phone import Said
from planner.store import workshop as store
from planner.store import workshop_proposals as proposals
from planner.store import workshop_seats as seats
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.wording import finding, gaps
from planner.wording import statements as names


@dataclass(frozen=True, slots=True)
class ProposeView:
    """The form on a phone. own: titles of what it has sent. left: how many more it may. errors: by field."""

    own: tuple[str, ...]
    left: int
    most: int
    statements: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    longest_title: int = LONGEST_TITLE
    longest_text: int = LONGEST_TEXT


@dataclass(frozen=True, slots=True)
class WallProposal:
    title: str
    text: str
    helps: str


def propose(
    database: Database, live: Live, link: str, token: str, form: Mapping[str, str]
) -> tuple[Said, tuple[Finding, ...]]:
    """Keep a proposal, from when people come in until the workshop is over. Fields: title, text, statement.

    «unknown» comes with what is wrong.
    """
    snapshot = live.snapshot(link)
    if snapshot is None:
        return Said("gone"), ()
    with database.write() as session:
        workshop = store.by_link(session, link, to_say=True)
        if workshop is None:
            return Said("gone"), ()
        said = Said("stands", "", workshop.version, workshop.stage.state, workshop.stage.round)
        known = is_token(token) and workshop.salt
        if not known or seats.find(session, workshop.id, seat_of(token, workshop.salt)) is None:
            return Said("nobody", state=said.state, round=said.round), ()
        if not workshop.stage.lets_in:
            return Said("closed", state=said.state, round=said.round), ()
        try:
            proposal = read_proposal(form, snapshot.words.statements)
        except Refused as refused:
            return Said("unknown", state=said.state, round=said.round), refused.findings
        if not proposals.add(session, workshop.id, _names(workshop, token), proposal):
            full = Finding("proposal_many", details={"most": MOST_PER_PHONE})
            return Said("unknown", state=said.state, round=said.round), (full,)
        session.commit()
    live.changed(link)
    return said, ()


def propose_view(
    database: Database, snapshot: Snapshot, token: str, typed: Mapping[str, str], findings: Sequence[Finding]
) -> ProposeView:
    with database.read() as session:
        sent = proposals.own(session, snapshot.workshop.id, _names(snapshot.workshop, token))
    wrong = {one.where: f"{said.what} {said.try_}".strip() for one in findings for said in (finding(one),)}
    return ProposeView(
        own=tuple(one.proposal.title for one in sent),
        left=MOST_PER_PHONE - len(sent),
        most=MOST_PER_PHONE,
        statements=tuple((one.id, gaps.statement(one)) for one in snapshot.words.statements.values()),
        typed=typed,
        errors=wrong,
    )


def on_the_wall(snapshot: Snapshot) -> tuple[WallProposal, ...]:
    """What the room is shown when it is asked for: all but what was set aside."""
    words = {id_: names.statement(one) for id_, one in snapshot.words.statements.items()}
    return tuple(
        WallProposal(one.proposal.title, one.proposal.text, words.get(one.proposal.statement, ""))
        for one in snapshot.proposals
        if one.state != "declined"
    )


def _names(workshop: StoredWorkshop, token: str) -> tuple[str, ...]:
    return tuple(proposer_of(token, workshop.salt, slot) for slot in SLOTS)
