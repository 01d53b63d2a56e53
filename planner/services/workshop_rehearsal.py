"""Who comes in and answers when a workshop is a rehearsal? Thirty made-up people, by the same commands.

They take seats when people are let in and answer whole cards when a round is opened; all else is as in any workshop.
"""

import math

from sqlmodel import Session

from planner.domain.workshop_keys import COMMENT, seat_of, voter_of
from planner.domain.workshop_rehearsal import Simulated, answer, crowd, writes
from planner.domain.workshop_share import Hand
from planner.services.workshop_live import Live
from planner.store import initiatives as initiative_store
from planner.store import workshop_scores as scores
from planner.store import workshop_seats as seats
from planner.store.workshop import StoredWorkshop
from planner.store.workshop_scores import NewComment, NewScore
from planner.store.workshop_seats import Seat
from planner.wording import workshop as wording


def come_in(session: Session, workshop: StoredWorkshop) -> None:
    for one in crowd(workshop.settings):
        name = wording.made_up(one.number + 1) if workshop.settings.is_named else ""
        seats.put(session, workshop.id, Seat(seat_of(one.token, workshop.salt), one.table, name, Hand(one.group, ())))


def answer_all(session: Session, workshop: StoredWorkshop) -> None:
    """The round that has just been opened, card by card."""
    settings, round_ = workshop.settings, workshop.stage.round
    believed = {
        (one.code, effect.statement): effect.percent
        for one in initiative_store.candidates(session, workshop.plan_id)
        for effect in one.effects
    }
    items = {item.initiative: item for item in settings.items}
    there = {seat.id: seat for seat in seats.seats(session, workshop.id)}
    said, written = list[NewScore](), list[NewComment]()
    for one in crowd(settings):
        seat = there.get(seat_of(one.token, workshop.salt))
        for place, code in enumerate(seat.hand.initiatives if seat else ()):
            item = items[code]
            for statement in item.statements:
                score = answer(settings.scale, item, statement, one, round_, believed.get((code, statement), 0.0))
                voter = _name(workshop, one, code, statement)
                said.append(NewScore((code, statement), voter, score, one.group in item.targets))
            if round_ == 1 and writes(one, place):
                text = wording.made_up_comment(one.number + place)
                written.append(NewComment(code, _name(workshop, one, code, COMMENT), text))
    scores.put_new(session, workshop.id, round_, said, written)


def tell(live: Live, workshop: StoredWorkshop) -> None:
    """They are done, and stay where they are: no phone of theirs ever asks for news."""
    snapshot = live.snapshot(workshop.link)
    if snapshot is None:
        return
    for one in crowd(workshop.settings):
        seat = snapshot.seats.get(seat_of(one.token, workshop.salt))
        items = [workshop.settings.item(code) for code in (seat.hand.initiatives if seat else ())]
        cells = [(item.initiative, statement) for item in items if item for statement in item.statements]
        if seat:
            live.note(workshop.link, seat.id, workshop.stage.round, cells, len(cells), seen=math.inf)


def _name(workshop: StoredWorkshop, one: Simulated, initiative: str, statement: str) -> str:
    return voter_of(
        one.token, workshop.salt, is_named=workshop.settings.is_named, round_=workshop.stage.round,
        initiative=initiative, statement=statement,
    )  # fmt: skip
