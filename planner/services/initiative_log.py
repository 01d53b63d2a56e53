"""What does the log tell of the list of initiatives? That one came, was changed or went.

By its code alone: titles and the rest of what people wrote may be deleted with the initiative, and a log is not to keep
them. The caller commits.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from sqlmodel import Session

from planner.domain.candidate_changes import changed_parts
from planner.domain.candidates import Candidate
from planner.services.plans import now
from planner.store import log

Way = Literal["initiatives_from_bank", "initiatives_read"]


def kept(session: Session, plan_id: str, before: Candidate | None, after: Candidate, workshop: int = 0) -> None:
    """One that was added or changed by hand; nothing where it says what it said. workshop: the room it came from."""
    facts: dict[str, str | int | bool] = {"initiative": after.code}
    if before is None:
        came = {"workshop": workshop} if workshop else {}
        log.append(session, plan_id, now(), "initiative_added", facts | came)
        return
    parts = changed_parts(before, after)
    if parts:
        log.append(session, plan_id, now(), "initiative_changed", facts | {"parts": " ".join(parts)})


def removed(session: Session, plan_id: str, code: str) -> None:
    log.append(session, plan_id, now(), "initiative_removed", {"initiative": code})


def freed(session: Session, plan_id: str, what: Literal["added", "changed", "removed"], code: str) -> None:
    """A row of what the municipality stops doing."""
    log.append(session, plan_id, now(), f"freed_{what}", {"row": code})


def many(
    session: Session,
    plan_id: str,
    way: Way,
    before: Mapping[str, Candidate],
    after: Iterable[Candidate],
    freed_codes: Iterable[str] = (),
) -> None:
    """Those that came in at once, in one entry; nothing where all of it was there."""
    came = tuple(after)
    added = [one.code for one in came if one.code not in before]
    changed = [one.code for one in came if one.code in before and one != before[one.code]]
    facts = {"added": added, "changed": changed, "freed": list(freed_codes)}
    told = {name: " ".join(codes) for name, codes in facts.items() if codes}
    if told:
        log.append(session, plan_id, now(), way, told)
