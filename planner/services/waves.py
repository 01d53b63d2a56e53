"""What does a person see of one survey beside the next? Two plans of one owner, and what has changed between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from planner.domain.gap_rows import GapTable
from planner.domain.gaps import gap_table
from planner.domain.waves import Change, by_group, changes, divided_alike
from planner.services import plans
from planner.services.plans import Frame
from planner.store import gaps as gaps_store
from planner.store import plans as plan_store
from planner.store import survey as survey_store
from planner.store.database import Database
from planner.wording import followup as words
from planner.wording import gaps


@dataclass(frozen=True, slots=True)
class Survey:
    """A plan's needs; in the reader's language the whole text of each statement, and each group inside a sentence."""

    table: GapTable
    texts: Mapping[str, str]
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    statement: str
    before: str
    now: str
    change: str
    verdict: str
    code: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A statement, and the change of each column of groups; None where it has none."""

    statement: str
    cells: tuple[Line | None, ...]


@dataclass(frozen=True, slots=True)
class Groups:
    """Group by group. answers: a sentence for each column of heads. nothing: why there are no columns, or "".

    chance: how many words are to be expected without any change.
    """

    heads: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    rows: tuple[GroupRow, ...] = ()
    chance: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class WavesView:
    """choices: (id, name, chosen) of the plans there are to hold it against. other: the name of the one chosen."""

    frame: Frame
    choices: tuple[tuple[str, str, bool], ...]
    other: str = ""
    answer: str = ""
    lines: tuple[Line, ...] = ()
    groups: Groups = Groups()


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
    found = changes(before.table.rows, table.table.rows)
    lines = tuple(_line(one, table.texts) for one in found)
    groups = _groups(before.table, table, found) if found else Groups()
    return WavesView(frame, choices, others[other_id], words.waves_answer(found), lines, groups)


def _groups(before: GapTable, now: Survey, over_all: Sequence[Change]) -> Groups:
    """The same statements in the same order, with a column for each group that both surveys show."""
    found = by_group(before, now.table)
    if not found:
        return Groups(nothing=words.no_groups(divided_alike(before, now.table)))
    heads = tuple(words.seen_together([now.groups[one] for one in column.segments]) for column in found)
    rows = []
    for one in over_all:
        cells = [column.changes.get(one.statement) for column in found]
        lines = tuple(None if cell is None else _line(cell, now.texts) for cell in cells)
        rows.append(GroupRow(now.texts[one.statement], lines))
    answers = tuple(
        words.group_answer(head, list(column.changes.values())) for head, column in zip(heads, found, strict=True)
    )
    comparisons = len(over_all) + sum(len(column.changes) for column in found)
    return Groups(heads, answers, tuple(rows), words.by_chance(comparisons))


def _table(session: Session, plan_id: str) -> Survey | None:
    summary = survey_store.latest_summary(session, plan_id)
    if summary is None:
        return None
    weights = gaps_store.weights(session, plan_id)
    texts = {one.id: gaps.statement(one) for one in summary.statements}
    table = gap_table(summary, weights.segments, weights.factors)
    return Survey(table, texts, gaps.inside(summary.segments))


def _line(one: Change, texts: Mapping[str, str]) -> Line:
    return Line(
        statement=texts[one.statement],
        before=gaps.share(one.before),
        now=gaps.share(one.now),
        change=words.change(one),
        verdict=words.verdict(one),
        code=one.verdict,
    )
