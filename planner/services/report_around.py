"""What does a council paper tell besides its kept plan? What people wrote, the workshops held, the closer questions."""

from datetime import datetime

from sqlmodel import Session

from planner.domain.report_voices import Held, held
from planner.services import looks
from planner.store import report as store
from planner.store import workshop as workshop_store
from planner.store import workshop_adoptions, workshop_log, workshop_seats
from planner.store.portfolio import KeptPlan
from planner.wording.report import Around

CLOSER = ("robust", "alternatives", "disagreement")
"""The looks whose answers stand in a paper."""


def around(session: Session, plan_id: str, kept: KeptPlan) -> Around:
    return Around(
        texts=store.texts(session, plan_id).texts,
        held=workshops(session, plan_id),
        seen=looks.answers(session, plan_id, kept, CLOSER),
    )


def workshops(session: Session, plan_id: str) -> tuple[tuple[datetime, Held], ...]:
    """Those in which a round was shown, the first one first, each with when its first round began."""
    found = []
    for one in reversed(workshop_store.listing(session, plan_id)):
        shown = [round_ for round_ in workshop_store.rounds(session, one.id) if round_.results is not None]
        entries = workshop_log.entries(session, one.id)
        begun = [entry.at for entry in entries if entry.what == "open"]
        if shown and begun:
            # Seats go when a workshop has ended; how many there were is noted at every step of it.
            noted = [entry.details.get("seats", 0) for entry in entries]
            seats = [int(count) for count in noted if isinstance(count, int)]
            there = workshop_seats.count(session, one.id)
            adopted = workshop_adoptions.adopted(session, one.id)
            found.append((begun[0], held(shown[-1].settings, [*seats, there], len(shown), adopted)))
    return tuple(found)
