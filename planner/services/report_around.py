"""What does a council paper tell besides its kept plan? What people wrote, the workshops held, the closer questions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import force_locale, get_locale
from sqlmodel import Session

from planner.domain.paper_texts import PaperTexts
from planner.domain.report_voices import Held, held
from planner.services import looks, plans
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


def frozen(session: Session, plan_id: str, kept: KeptPlan) -> dict[str, Any]:
    """The same as JSON, to lie in a decision: answers are sentences, so they are there in every language."""
    seen = {}
    for language in plans.languages(session, plan_id):
        with force_locale(language):
            seen[language] = looks.answers(session, plan_id, kept, CLOSER)
    return {
        "texts": store.texts(session, plan_id).texts.to_document(),
        "held": [{"at": at.isoformat(), "workshop": one.to_document()} for at, one in workshops(session, plan_id)],
        "seen": seen,
    }


def as_decided(document: Mapping[str, Any]) -> Around | None:
    """What was frozen in a decision, in the reader's language; None where it was made before anything was."""
    there = document.get("around")
    if there is None:
        return None
    return Around(
        texts=PaperTexts.from_document(there["texts"]),
        held=tuple((datetime.fromisoformat(one["at"]), Held.from_document(one["workshop"])) for one in there["held"]),
        seen=there["seen"].get(getattr(get_locale(), "language", "nb"), {}),
    )


def workshops(session: Session, plan_id: str) -> tuple[tuple[datetime, Held], ...]:
    """Those in which a round was shown, the first one first, each with when its first round began; no rehearsal."""
    found = []
    for one in reversed(workshop_store.listing(session, plan_id)):
        shown = [round_ for round_ in workshop_store.rounds(session, one.id) if round_.results is not None]
        entries = workshop_log.entries(session, one.id)
        begun = [entry.at for entry in entries if entry.what == "open"]
        if shown and begun and not one.settings.is_rehearsal:
            # Seats go when a workshop has ended; how many there were is noted at every step of it.
            noted = [entry.details.get("seats", 0) for entry in entries]
            seats = [int(count) for count in noted if isinstance(count, int)]
            there = workshop_seats.count(session, one.id)
            adopted = workshop_adoptions.adopted(session, one.id)
            found.append((begun[0], held(shown[-1].settings, [*seats, there], len(shown), adopted)))
    return tuple(found)
