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
from planner.wording import annex_offer as words

NAMES = {"nb": "bokmål", "nn": "nynorsk", "en": "English"}
"""Each in its own language, so that nobody has to read another to find theirs."""


@dataclass(frozen=True, slots=True)
class OfferView:
    """seen: for the next poll, while more is coming. others: languages beside the plan's own, that it can be had in."""

    frame: plans.Frame
    number: int
    seen: str
    offer: words.Offer
    others: tuple[tuple[str, str], ...]


def offer(session: Session, plan_id: str, number: int, known: kept_reasons.Known) -> OfferView:
    return OfferView(
        frame=plans.frame(session, plan_id, "report"),
        number=number,
        seen=jobs.versions(session, plan_id),
        offer=words.offer(known.complete, known.going_on, known.trouble, known.done, known.of),
        others=tuple((code, NAMES[code]) for code in plans.languages(session, plan_id)[1:]),
    )


def progress(database: Database, plan_id: str, number: int, seen: str) -> OfferView | None:
    """The fragment, for polling; None when nothing is new since `seen`, or there is no such plan."""
    with database.read() as session:
        if jobs.versions(session, plan_id) == seen:
            return None
        kept = store.find_kept(session, plan_id, number)
        return None if kept is None else offer(session, plan_id, number, kept_reasons.known(session, plan_id, kept))
