"""What does a person see of one survey beside the next? Two plans of one owner, and what has changed between them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from planner import notation
from planner.domain.gap_rows import GapTable
from planner.domain.gaps import gap_table
from planner.domain.waves import Change, changes
from planner.services import plans
from planner.services.plans import Frame
from planner.store import gaps as gaps_store
from planner.store import plans as plan_store
from planner.store import survey as survey_store
from planner.store.database import Database
from planner.wording import followup as words
from planner.wording import gaps as statements


@dataclass(frozen=True, slots=True)
class Line:
    statement: str
    before: str
    now: str
    change: str
    verdict: str
    code: str


@dataclass(frozen=True, slots=True)
class WavesView:
    """choices: (id, name, chosen) of the plans there are to hold it against. other: the name of the one chosen."""

    frame: Frame
    choices: tuple[tuple[str, str, bool], ...]
    other: str = ""
    answer: str = ""
    lines: tuple[Line, ...] = ()


def page(database: Database, plan_id: str, other_id: str) -> WavesView:
    """other_id: of a plan of the same owner with a survey; anything else is as if nothing was chosen."""
    with database.read() as session:
        frame, own = plans.frame(session, plan_id, "followup"), plan_store.find(session, plan_id)
        table = _table(session, plan_id)
        assert own is not None
        others = {
            one.id: one.name
            for one in plan_store.of_owner(session, own.owner)
            if one.id != plan_id and survey_store.latest_digest(session, one.id)
        }
        choices = tuple((id_, name, id_ == other_id) for id_, name in others.items())
        before = _table(session, other_id) if other_id in others else None
    if table is None or before is None:
        return WavesView(frame, choices if table else ())
    found = changes(before[0].rows, table[0].rows)
    lines = tuple(_line(one, table[1]) for one in found)
    return WavesView(frame, choices, others[other_id], words.waves_answer(found), lines)


def _table(session: Session, plan_id: str) -> tuple[GapTable, Mapping[str, str]] | None:
    """The needs table, and the whole text of each statement in the reader's language."""
    summary = survey_store.latest_summary(session, plan_id)
    if summary is None:
        return None
    weights = gaps_store.weights(session, plan_id)
    texts = {one.id: statements.statement(one) for one in summary.statements}
    return gap_table(summary, weights.segments, weights.factors), texts


def _line(one: Change, texts: Mapping[str, str]) -> Line:
    return Line(
        statement=texts[one.statement],
        before=notation.percent(one.before),
        now=notation.percent(one.now),
        change=words.change(one),
        verdict=words.verdict(one),
        code=one.verdict,
    )
