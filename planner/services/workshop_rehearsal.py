"""Who comes in and answers when a workshop is a rehearsal? Thirty made-up people, in the rows that phones write.

They take seats when people are let in and answer whole cards when a round is opened; all else is as in any workshop.
"""

from collections.abc import Collection

from sqlmodel import Session

from planner.domain.adoption import Cell
from planner.domain.candidates import Candidate
from planner.domain.workshop_keys import COMMENT, seat_of, voter_of
from planner.domain.workshop_rehearsal import Simulated, answers, crowd, remarks
from planner.domain.workshop_share import Hand
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
    there = {seat.id: seat.hand.initiatives for seat in seats.seats(session, workshop.id)}
    hands = {one.number: there.get(seat_of(one.token, workshop.salt), ()) for one in crowd(settings)}
    estimates = believed(initiative_store.candidates(session, workshop.plan_id))
    said = [
        NewScore(
            (one.item.initiative, one.statement),
            _name(workshop, one.one, one.item.initiative, one.statement),
            one.score,
            one.one.group in one.item.targets,
            tuple(_name(workshop, one.one, one.item.initiative, one.statement, at) for at in range(1, round_)),
        )
        for one in answers(settings, hands, round_, estimates)
    ]
    written = [
        NewComment(code, _name(workshop, one, code, COMMENT), wording.made_up_comment(number))
        for one, code, number in (remarks(settings, hands) if round_ == 1 else ())
    ]
    scores.put_new(session, workshop.id, round_, said, written)


def believed(candidates: Collection[Candidate]) -> dict[Cell, float]:
    """Per cent of effect that the plan has now."""
    return {
        (one.code, effect.statement): effect.percent
        for one in candidates
        for effect in sorted(one.effects, key=lambda effect: not effect.segment)  # what is for all stands
    }


def made_up(workshop: StoredWorkshop) -> frozenset[str]:
    """The seats of those who are made up. They have answered when a round begins, and stay where they are."""
    if not (workshop.settings.is_rehearsal and workshop.salt):
        return frozenset()
    return frozenset(seat_of(one.token, workshop.salt) for one in crowd(workshop.settings))


def _name(workshop: StoredWorkshop, one: Simulated, initiative: str, statement: str, round_: int = 0) -> str:
    """round_: 0 for the one that is on."""
    return voter_of(
        one.token, workshop.salt, is_named=workshop.settings.is_named, round_=round_ or workshop.stage.round,
        initiative=initiative, statement=statement,
    )  # fmt: skip
