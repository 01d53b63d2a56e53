"""What can a person do with a report's table, where nobody's answers are at hand? Look it over, keep it, drop it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from planner.domain.findings import Finding
from planner.domain.stated import StatedNeeds
from planner.domain.stated_table import stated_table
from planner.services import plans
from planner.services.plans import Frame, now
from planner.services.stated_shown import StatedRow, stated_rows
from planner.store import log, survey_answers, survey_comments
from planner.store import plans as plan_store
from planner.store import stated as store
from planner.store import survey as survey_store
from planner.store.database import Database
from planner.wording import Sentence
from planner.wording import findings as sentences
from planner.wording import stated as wording

STALE = Finding("stated_changed")


@dataclass(frozen=True, slots=True)
class CheckView:
    """A table that waits. gives, lacks: what can and what cannot be worked out of it. replaces: what it takes over."""

    frame: Frame
    filename: str
    version: str
    answer: str
    rows: str
    gives: tuple[str, ...]
    lacks: tuple[str, ...]
    findings: tuple[Sentence, ...]
    table: tuple[StatedRow, ...]
    measure: str
    replaces: str


def check(database: Database, plan_id: str, found: Sequence[Finding] = ()) -> CheckView | None:
    """The table that waits to be confirmed; None when none does."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "survey")
        there = store.find(session, plan_id, waiting=True)
        survey = survey_store.latest_digest(session, plan_id)
    if there is None:
        return None
    needs = there.needs
    table = stated_table(needs)
    return CheckView(
        frame,
        there.filename,
        there.version,
        wording.answer(needs),
        wording.rows(needs.rows_in, needs.rows_used),
        wording.gives(needs.kind),
        wording.lacks(needs.kind),
        sentences([*found, *there.findings]),
        stated_rows(needs, table),
        table.measure,
        wording.replaces() if survey else "",
    )


def let_wait(session: Session, plan_id: str, filename: str, needs: StatedNeeds, found: tuple[Finding, ...]) -> None:
    """Put a read table where it waits. The caller commits."""
    survey_store.remove_draft(session, plan_id)
    store.put(session, plan_id, store.StoredNeeds(needs, filename, found, now()), waiting=True)


def confirm(database: Database, plan_id: str, version: str) -> tuple[Finding, ...]:
    """Keep the waiting table in place of what the plan stood on; or why not."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        there = store.find(session, plan_id, waiting=True)
        if there is None or there.version != version:
            return (STALE,)
        keep(session, plan_id, replace(there, stored_at=now()))
        session.commit()
    database.scrub("survey", "survey_answers", "survey_comment", "stated_needs")
    return ()


def keep(session: Session, plan_id: str, stored: store.StoredNeeds) -> None:
    """In place of a survey, its answers and its free texts. The caller commits."""
    survey_store.remove(session, plan_id)
    survey_answers.remove(session, plan_id)
    survey_comments.remove_all(session, plan_id)
    store.remove(session, plan_id, waiting=True)
    store.put(session, plan_id, stored)
    plan_store.touch(session, plan_id, stored.stored_at)
    log.append(
        session, plan_id, stored.stored_at, "stated_confirmed", {"kind": stored.needs.kind}, {"file": stored.filename}
    )


def cancel(database: Database, plan_id: str) -> None:
    with database.write() as session:
        plan_store.hold(session, plan_id)
        store.remove(session, plan_id, waiting=True)
        session.commit()
