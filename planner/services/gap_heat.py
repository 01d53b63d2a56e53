"""Which group lacks what? Statement by group in per cent, with a shade beside each figure.

Lent figures are said to be lent and have no shade; groups shown together are named. What holds for a whole column is
said over it, once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.charts.gaps import shade
from planner.domain.cells import Cell
from planner.domain.gap_rows import GapRow, GapTable, SegmentRow
from planner.domain.summary import SurveySummary
from planner.domain.suppression import CERTAIN_FROM
from planner.wording import gap_panel as words
from planner.wording import gaps as wording
from planner.wording import statements as names


@dataclass(frozen=True, slots=True)
class HeatCell:
    """shade: 0 (under 10 %) to 5 (50 % or more); None where the figure is lent."""

    share: str
    shade: int | None
    note: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """label: a word or two for where there is no room for the text."""

    text: str
    label: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatHead:
    """note: what holds for every figure below."""

    name: str
    note: str


def most_heard_first(segments: Sequence[SegmentRow]) -> list[SegmentRow]:
    """Groups with figures of their own, then those shown with others, then those with too few answers."""
    return sorted(segments, key=lambda row: (row.few, row.pooled > 0))


def heat(
    summary: SurveySummary, table: GapTable, known: dict[str, str], inside: dict[str, str]
) -> tuple[tuple[HeatHead, ...], tuple[HeatRow, ...]]:
    """Heads and rows: everyone, then one column a group; largest need first. known, inside: group id → name, alone and
    inside a sentence.
    """
    statements = {statement.id: statement for statement in summary.statements}
    order = [list(known).index(row.segment) for row in most_heard_first(table.segments)]
    notes = [{_note(row.cells[g], inside) for row in table.rows} for g in order]
    common = [next(iter(found)) if len(found) == 1 else "" for found in notes]
    heads = tuple(HeatHead(list(known.values())[g], note) for g, note in zip(order, common, strict=True))
    rows = tuple(
        HeatRow(
            wording.statement(statements[row.statement]),
            names.statement(statements[row.statement]),
            (_whole(row), *(_cell(row.cells[g], inside, said) for g, said in zip(order, common, strict=True))),
        )
        for row in table.rows
    )
    return (HeatHead(words.everyone(), ""), *heads), rows


def _whole(row: GapRow) -> HeatCell:
    if row.figure is None:
        return HeatCell(words.few_mark(), None, "")
    return HeatCell(wording.share(row.unmet), shade(row.unmet), "")


def _cell(cell: Cell, inside: dict[str, str], said: str) -> HeatCell:
    note = "" if said else _note(cell, inside)
    if cell.figure is None:
        return HeatCell(words.percent(cell.percent), None, note)
    return HeatCell(wording.share(cell.figure.unmet), shade(cell.figure.unmet), note)


def _note(cell: Cell, inside: dict[str, str]) -> str:
    if cell.figure is None:
        return words.lent_mark()
    if cell.together:
        return words.with_others([inside[one] for one in cell.together if one != cell.segment])
    return words.unsure_mark() if cell.figure.n < CERTAIN_FROM else ""
