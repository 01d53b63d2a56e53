"""What may be said of one statement where nobody's answers are at hand? A row in figures, as text."""

from dataclasses import dataclass

from planner.domain.gap_rows import GapRow, GapTable
from planner.domain.stated import StatedNeeds
from planner.wording import gap_panel
from planner.wording import gaps as wording
from planner.wording import stated as words
from planner.wording import statements as names


@dataclass(frozen=True, slots=True)
class StatedRow:
    """need: the share or the distance, as text; span: between what it lies. points: behovspoeng, of 100."""

    rank: int
    text: str
    label: str
    factor: str
    need: str
    span: str
    importance: str
    likelihood: str
    answers: str
    points: float
    groups: tuple[str, ...]


def stated_rows(needs: StatedNeeds, table: GapTable) -> tuple[StatedRow, ...]:
    """In the order of the table; statements that too few answered say so."""
    statements = {one.id: one for one in needs.statements}
    return tuple(
        _row(row, table, wording.statement(statements[row.statement]), names.statement(statements[row.statement]))
        for row in table.rows
    )


def _row(row: GapRow, table: GapTable, text: str, label: str) -> StatedRow:
    one = row.stated
    few = gap_panel.few_mark() if table.measure != "workshop" else ""
    return StatedRow(
        rank=row.rank,
        text=text,
        label=label,
        factor=names.factor(row.factor),
        need=words.need(one, table.measure) if one is not None else few,
        span=words.span(one) if one is not None else "",
        importance=words.mean(one.importance) if one is not None else "",
        likelihood=words.mean(one.likelihood) if one is not None else "",
        answers=words.answers(one.n) if one is not None else "",
        points=row.points,
        groups=tuple(words.cell(cell.percent, cell.source, table.measure) for cell in row.cells),
    )
