"""What did people say in the plan's latest workshop, for the looks that ask what follows if some of them are right?

Only what the room was shown, and so nothing where fewer than five answered: read from the frozen results of its rounds,
never from what each person scored.
"""

from sqlmodel import Session

from planner.domain.adoption import all_said
from planner.store import workshop as store

Raters = dict[str, dict[str, list[float]]]


def raters(session: Session, plan_id: str) -> Raters | None:
    """initiative -> statement -> effects, 0–0.95; None where no workshop has shown any.

    Of the newest workshop that is over or stands revealed. A second round may ask about some initiatives only; what it
    does not ask about is as the round before showed it. A rehearsal is nobody's opinion, in the sample neither.
    """
    for workshop in store.listing(session, plan_id):
        if workshop.stage.state in ("revealed", "ended") and not workshop.settings.is_rehearsal:
            shown = [one.results for one in store.rounds(session, workshop.id) if one.results is not None]
            found = all_said(shown, workshop.settings.scale)
            if found:
                return {one: {cell: list(given) for cell, given in of.items()} for one, of in found.items()}
    return None
