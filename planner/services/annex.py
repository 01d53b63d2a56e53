"""What does the Plan page offer of the public annex? The file, and the work that makes it whole.

The answers for each initiative are worked out in the background (`kept_reasons`); the file can be had at any time, and
says itself what it still lacks.
"""

from dataclasses import dataclass

from sqlmodel import Session

from planner.services import kept_reasons, plans
from planner.store import jobs
from planner.store import portfolio as store
from planner.store.database import Database
from planner.wording import annex as words


@dataclass(frozen=True, slots=True)
class OfferView:
    """seen: for the next poll, while more is coming."""

    frame: plans.Frame
    number: int
    seen: str
    offer: words.Offer


def offer(session: Session, plan_id: str, number: int) -> OfferView:
    known = kept_reasons.known(session, plan_id, number)
    return OfferView(
        frame=plans.frame(session, plan_id, "report"),
        number=number,
        seen=jobs.versions(session, plan_id),
        offer=words.offer(known.complete, known.going_on, known.trouble, known.done, known.of),
    )


def progress(database: Database, plan_id: str, number: int, seen: str) -> OfferView | None:
    """The fragment, for polling; None when nothing is new since `seen`, or there is no such plan."""
    with database.read() as session:
        if jobs.versions(session, plan_id) == seen and not jobs.any_lost(session, plan_id, plans.now()):
            return None
        there = any(heading.number == number for heading in store.headings(session, plan_id))
        return offer(session, plan_id, number) if there else None
