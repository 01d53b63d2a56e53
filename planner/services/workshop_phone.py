"""What can somebody in the room do on a phone? Come in, see their cards, score, write, and go on where they were.

Every score is kept on its own as it is given, once however often it is sent; what comes late never takes the place of
what came later. A phone is known by a token that only it holds; nothing here is kept of who, where from or when.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from planner.domain.adoption import Cell
from planner.domain.comments import tidy
from planner.domain.findings import Finding
from planner.domain.join_code import read_code
from planner.domain.panel import Score
from planner.domain.typed import read_words
from planner.domain.workshop import WorkshopSettings
from planner.domain.workshop_keys import COMMENT, is_token, seat_of, voter_of
from planner.domain.workshop_share import Hand, deal, shares
from planner.services.workshop_live import Live, Snapshot
from planner.store import workshop as store
from planner.store import workshop_scores as scores
from planner.store import workshop_seats as seats
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.store.workshop_scores import Kept, KeptComment
from planner.store.workshop_seats import Seat

LONGEST_NAME, LONGEST_COMMENT = 80, 500
DONT_KNOW = "x"
# stands: kept, or something later was there already. closed: not now, or another round. nobody: this phone has no seat.
# unknown: no such card, or no such answer. gone: no such workshop.
Outcome = Literal["stands", "closed", "nobody", "unknown", "gone"]


@dataclass(frozen=True, slots=True)
class Said:
    """What came of something said: what now stands, and in which stage the workshop is."""

    outcome: Outcome
    answer: str = ""
    sequence: int = 0
    state: str = ""
    round: int = 0


@dataclass(frozen=True, slots=True)
class Mine:
    """A phone's own: its seat, its cells with what it has answered, its comments. Without answers before a round."""

    seat: Seat
    scores: Mapping[Cell, Kept]
    comments: Mapping[str, KeptComment]
    of: int


def link_of(database: Database, typed: str) -> str | None:
    """The address that a typed code leads to; None where there is no such code."""
    code = read_code(typed)
    if code is None:
        return None
    with database.read() as session:
        workshop = store.by_code(session, code)
    return workshop.link if workshop else None


def enter(database: Database, live: Live, link: str, token: str, form: Mapping[str, str]) -> str | tuple[Finding, ...]:
    """Take a seat; the token the phone is to hold, or what is wrong. Coming back, the seat is there already.

    Raises LookupError where there is no such workshop.
    """
    with database.write() as session:
        workshop = store.by_link(session, link, to_enter=True)
        if workshop is None:
            raise LookupError(link)
        if is_token(token) and seats.find(session, workshop.id, seat_of(token, workshop.salt)):
            return token
        findings = _enter_findings(workshop, seats.count(session, workshop.id), form)
        if findings:
            return findings
        token = secrets.token_urlsafe(16)
        name = read_words(form.get("name", "")) if workshop.settings.is_named else ""
        table = form.get("table", "") if workshop.settings.tables else ""  # else it is no choice of ours
        hand = _hand(session, workshop, form.get("group", ""))
        seats.put(session, workshop.id, Seat(seat_of(token, workshop.salt), table, name, hand))
        session.commit()
    live.changed(link)
    return token


def seat_in(database: Database, snapshot: Snapshot, token: str) -> Seat | None:
    """The phone's seat; None where it has none. The database is asked only where the picture does not know it: somebody
    who came in a moment ago, by another process."""
    workshop = snapshot.workshop
    if not is_token(token) or not workshop.salt:
        return None
    id_ = seat_of(token, workshop.salt)
    if id_ in snapshot.seats:
        return snapshot.seats[id_]
    with database.read() as session:
        return seats.find(session, workshop.id, id_)


def mine(database: Database, live: Live, snapshot: Snapshot, token: str) -> Mine | None:
    """What the phone has, in the round that is on or was on last; None where it has no seat."""
    seat = seat_in(database, snapshot, token)
    if seat is None:
        return None
    workshop = snapshot.workshop
    with database.read() as session:
        found = _own(session, workshop, snapshot.round_settings, seat, token)
    live.note(workshop.link, seat.id, workshop.stage.round, found.scores, found.of)
    return found


def news(database: Database, live: Live, link: str, token: str, seen: str) -> Said | None:
    """For a phone that asks if something is new: None where nothing is since the version it saw («seen»)."""
    snapshot = live.snapshot(link)
    if snapshot is None:
        return Said("gone")
    workshop = snapshot.workshop
    said = Said("stands", "", workshop.version, live_state(workshop), workshop.stage.round)
    if not (is_token(token) and workshop.salt) or (seat := seat_of(token, workshop.salt)) not in snapshot.seats:
        return Said("nobody", "", workshop.version, workshop.stage.state, workshop.stage.round)
    if seen != str(workshop.version):
        return said  # it asks for its cards next, and is counted then
    if not live.heard(link, seat, workshop.stage.round):
        mine(database, live, snapshot, token)
    return None


def say(database: Database, live: Live, link: str, token: str, form: Mapping[str, str]) -> Said:
    """Keep one score. Fields: round, initiative, statement, answer (a step, or x for «vet ikke»), sequence."""
    with database.write() as session:
        workshop = store.by_link(session, link, to_say=True)
        seat, refused = _may_say(session, workshop, token, form)
        if workshop is None or seat is None:
            return refused
        cell = form.get("initiative", ""), form.get("statement", "")
        item = workshop.settings.item(cell[0])
        sequence, answer = sequence_of(form), _answer(form.get("answer", ""), workshop.settings)
        if not item or cell[0] not in seat.hand.initiatives or cell[1] not in item.statements or not sequence:
            return _said(workshop, "unknown")
        if isinstance(answer, str):
            return _said(workshop, "unknown")
        now = scores.put_score(
            session, workshop.id, workshop.stage.round, cell, _voter(workshop, token, cell), Kept(answer, sequence),
            of_target=seat.group in item.targets,
            earlier=[_voter(workshop, token, cell, round_) for round_ in range(1, workshop.stage.round)],
        )  # fmt: skip
        session.commit()
    if not live.heard(link, seat.id, workshop.stage.round, cell) and (snapshot := live.snapshot(link)):
        mine(database, live, snapshot, token)
    return _said(workshop, "stands", typed_answer(now.score), now.sequence)


def write(database: Database, link: str, token: str, form: Mapping[str, str]) -> Said:
    """Keep what is written about an initiative. Fields: round, initiative, text, sequence."""
    with database.write() as session:
        workshop = store.by_link(session, link, to_say=True)
        seat, refused = _may_say(session, workshop, token, form)
        if workshop is None or seat is None:
            return refused
        code, sequence = form.get("initiative", ""), sequence_of(form)
        text = tidy(form.get("text", ""))
        if code not in seat.hand.initiatives or not sequence or len(text) > LONGEST_COMMENT:
            return _said(workshop, "unknown")
        voter = _voter(workshop, token, (code, COMMENT))
        kept = KeptComment(text, sequence)
        now = scores.put_comment(session, workshop.id, workshop.stage.round, code, voter, kept)
        session.commit()
    return _said(workshop, "stands", now.text, now.sequence)


def live_state(workshop: StoredWorkshop) -> str:
    """What a phone's page depends on beside the round: another text when it must be loaded anew."""
    return "+".join((workshop.stage.state, *(one.kind for one in workshop.weighings if one.is_open)))


def typed_answer(score: Score) -> str:
    return DONT_KNOW if score is None else str(score)


def _enter_findings(workshop: StoredWorkshop, taken: int, form: Mapping[str, str]) -> tuple[Finding, ...]:
    settings = workshop.settings
    if not workshop.stage.lets_in:
        return (Finding("workshop_not_open"),)
    if workshop.is_locked or taken >= settings.size:
        return (Finding("workshop_locked" if workshop.is_locked else "workshop_full"),)
    found = []
    if settings.tables and form.get("table") not in settings.tables:
        found.append(Finding("workshop_table_missing", where="table"))
    if form.get("group", "") not in ("", *settings.groups):
        found.append(Finding("workshop_group_missing", where="group"))
    if settings.is_named and not 0 < len(read_words(form.get("name", ""))) <= LONGEST_NAME:
        found.append(Finding("workshop_name_missing", where="name", details={"limit": LONGEST_NAME}))
    return tuple(found)


def _hand(session: Session, workshop: StoredWorkshop, group: str) -> Hand:
    """Cards for one who comes in while a round is on; before the first, there are none."""
    settings = workshop.settings
    if not workshop.stage.round:
        return Hand(group, ())
    per_phone = shares(settings.items, settings.wanted, settings.size).per_phone
    taken = [seat.hand for seat in seats.seats(session, workshop.id)]
    return deal(settings.items, per_phone, taken, group)


def _may_say(
    session: Session, workshop: StoredWorkshop | None, token: str, form: Mapping[str, str]
) -> tuple[Seat | None, Said]:
    """The seat that may say something now, else why not."""
    if workshop is None:
        return None, Said("gone")
    known = is_token(token) and workshop.salt
    seat = seats.find(session, workshop.id, seat_of(token, workshop.salt)) if known else None
    if seat is None:
        return None, _said(workshop, "nobody")
    if not workshop.stage.takes_scores or form.get("round") != str(workshop.stage.round):
        return None, _said(workshop, "closed")
    return seat, _said(workshop, "stands")


def _own(session: Session, workshop: StoredWorkshop, settings: WorkshopSettings, seat: Seat, token: str) -> Mine:
    items = [item for item in settings.items if item.initiative in seat.hand.initiatives]
    cells = [(item.initiative, statement) for item in items for statement in item.statements]
    voters = {cell: _voter(workshop, token, cell) for cell in cells}
    authors = {item.initiative: _voter(workshop, token, (item.initiative, COMMENT)) for item in items}
    found = scores.own(session, workshop.id, workshop.stage.round, set(voters.values()))
    written = scores.own_comments(session, workshop.id, workshop.stage.round, set(authors.values()))
    own = {cell: found[cell, voter] for cell, voter in voters.items() if (cell, voter) in found}
    comments = {code: written[code, author] for code, author in authors.items() if (code, author) in written}
    return Mine(seat, own, comments, len(cells))


def _voter(workshop: StoredWorkshop, token: str, cell: Cell, round_: int = 0) -> str:
    """round_: 0 for the one that is on."""
    return voter_of(
        token, workshop.salt, is_named=workshop.settings.is_named, round_=round_ or workshop.stage.round,
        initiative=cell[0], statement=cell[1],
    )  # fmt: skip


def _said(workshop: StoredWorkshop, outcome: Outcome, answer: str = "", sequence: int = 0) -> Said:
    return Said(outcome, answer, sequence, workshop.stage.state, workshop.stage.round)


def _answer(text: str, settings: WorkshopSettings) -> Score | str:
    """A step, None for «vet ikke», or the text itself where it is neither."""
    if text == DONT_KNOW:
        return None
    is_step = text.isascii() and text.isdecimal() and len(text) < 3 and int(text) < settings.scale.steps
    return int(text) if is_step else text


def sequence_of(form: Mapping[str, str]) -> int:
    """0 where it is no number that a phone would send."""
    text = form.get("sequence", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
