"""What does the needs page show where nobody's answers are at hand? The same table, of what the numbers allow.

Holds back what `suppression` would of answers. What cannot be known (chance, «vet ikke», what is among the five
largest) is left out, never made up.
"""

from collections.abc import Sequence

import numpy as np

from planner.domain.cells import Cell
from planner.domain.findings import Finding
from planner.domain.gap_rows import FactorRow, GapRow, GapTable, Measure, SegmentRow, TopFive
from planner.domain.needs import Need, Source, need_points, whole_percent
from planner.domain.priorities import FactorWeights, SegmentWeights
from planner.domain.ranking import TOP
from planner.domain.stated import Kind, StatedCell, StatedNeeds
from planner.domain.statements import BLI_FACTORS, FACTORS
from planner.domain.suppression import SHOWN_FROM

MEASURES: dict[Kind, Measure] = {"shares": "bounded", "means": "distance", "workshop": "workshop"}


def stated_table(
    stated: StatedNeeds, segments: SegmentWeights | None = None, factors: FactorWeights | None = None
) -> GapTable:
    """The table. segments, factors: the municipality's weights; a workshop's own are used where it has them."""
    chosen_segments, chosen_factors = segments or SegmentWeights(), factors or FactorWeights()
    fits = chosen_segments.fits(stated.segments)
    if not fits:
        chosen_segments = SegmentWeights()
    if stated.kind == "workshop":
        chosen_segments = SegmentWeights("own", stated.segment_points)
        chosen_factors = FactorWeights("own", stated.factor_points)
    shares = chosen_segments.shares(stated.segments, _answered(stated))
    cells = tuple(_cells(stated, j) for j in range(len(stated.statements)))
    needs = _needs(stated, cells, shares, chosen_factors)
    points = {one.id: sum(need.points for need in needs if need.statement == one.id) for one in stated.statements}
    rows = _rows(stated, cells, points)
    found = () if fits else (Finding("weights_of_other_groups", "warning"),)
    largest = tuple(row.statement for row in rows[:TOP])
    by_points = tuple(sorted(points, key=lambda one: -round(points[one], 9))[:TOP])
    return GapTable(
        rows,
        _factor_rows(stated, rows, points),
        _segment_rows(stated, cells, shares, needs),
        needs,
        (TopFive(chosen_segments.choice, chosen_factors.choice, largest, by_points),),
        found,
        MEASURES[stated.kind],
    )


def _answered(stated: StatedNeeds) -> list[float]:
    """What each group counts by its answers; alike where the report does not say."""
    most = [max((row[g].n or 0 for row in stated.cells if row[g] is not None), default=0)  # type: ignore[union-attr]
            for g in range(len(stated.segments))]  # fmt: skip
    return [float(n) for n in most] if all(most) else []


def _hidden(stated: StatedNeeds, j: int) -> set[int]:
    """Groups that are not shown for a statement, as `suppression.hidden_together` would have it of answers."""
    numbers = [cell.n or 0 if cell is not None else 0 for cell in stated.cells[j]]
    there = [g for g, cell in enumerate(stated.cells[j]) if cell is not None]
    hidden = {g for g in there if numbers[g] < SHOWN_FROM}
    while hidden and len(hidden) < len(there) and sum(numbers[g] for g in hidden) < SHOWN_FROM:
        hidden.add(min((g for g in there if g not in hidden), key=lambda g: (numbers[g], g)))
    return hidden if len(there) > 1 else set()


def _cells(stated: StatedNeeds, j: int) -> tuple[Cell, ...]:
    """What is not shown, or not told of, borrows everyone's."""
    statement = stated.statements[j].id
    if stated.kind == "workshop":
        return tuple(Cell(statement, one.id, 0, "shown", "own", None, None, 100) for one in stated.segments)
    hidden = _hidden(stated, j)
    whole = whole_percent(stated.everyone[j].need) if _shown(stated.everyone[j]) else 0
    made = []
    for g, (segment, cell) in enumerate(zip(stated.segments, stated.cells[j], strict=True)):
        own = cell is not None and g not in hidden
        source: Source = "own" if own else "borrowed"
        percent = whole_percent(cell.need) if own and cell is not None else whole
        n = cell.n or 0 if cell is not None else 0
        made.append(Cell(statement, segment.id, n, "shown" if own else "hidden", source, None, None, percent))
    return tuple(made)


def _shown(cell: StatedCell) -> bool:
    """A report that does not say how many answered may be shown of everyone."""
    return cell.n is None or cell.n >= SHOWN_FROM


def _needs(
    stated: StatedNeeds, cells: Sequence[Sequence[Cell]], shares: dict[str, float], factors: FactorWeights
) -> tuple[Need, ...]:
    flat = [cell for row in cells for cell in row]
    return need_points(
        stated.statements,
        stated.segments,
        {(cell.statement, cell.segment): cell.percent for cell in flat},
        shares,
        factors,
        {(cell.statement, cell.segment): cell.source for cell in flat},
    )


def _rows(stated: StatedNeeds, cells: Sequence[tuple[Cell, ...]], points: dict[str, float]) -> tuple[GapRow, ...]:
    """A workshop's by points; the others by need."""
    known: list[StatedCell | None] = [*stated.everyone] or [None for _ in stated.statements]
    size = [
        points[one.id] if cell is None else cell.need if _shown(cell) else -1.0
        for one, cell in zip(stated.statements, known, strict=True)
    ]
    order = sorted(range(len(size)), key=lambda j: -round(size[j], 9))
    made = []
    for rank, j in enumerate(order, start=1):
        statement, cell = stated.statements[j], known[j]
        shown = cell if cell is not None and _shown(cell) else None
        made.append(
            GapRow(
                rank=rank,
                statement=statement.id,
                text=statement.text,
                factor=statement.factor,
                figure=None,
                unmet=shown.need if shown is not None else 0.0,
                low=shown.low if shown is not None else None,
                high=shown.high if shown is not None else None,
                top_five=0.0,
                certainty="hardly",
                points=points[statement.id],
                cells=cells[j],
                stated=shown,
            )
        )
    return tuple(made)


def _factor_rows(stated: StatedNeeds, rows: Sequence[GapRow], points: dict[str, float]) -> tuple[FactorRow, ...]:
    made = []
    for factor in FACTORS:
        mine = [row for row in rows if row.factor == factor]
        if not mine:
            continue
        mean = float(np.mean([row.unmet for row in mine]))
        by_segment = tuple(
            (segment.id, float(np.mean([row.cells[g].percent for row in mine])))
            for g, segment in enumerate(stated.segments)
        )
        made.append(
            FactorRow(
                factor=factor,
                bli=factor in BLI_FACTORS,
                statements=tuple(one.id for one in stated.statements if one.factor == factor),
                unmet=mean,
                low=mean,
                high=mean,
                points=sum(points[row.statement] for row in mine),
                largest=mine[0].statement,
                strongest="",
                stands_out=False,
                by_segment=by_segment,
            )
        )
    return tuple(made)


def _segment_rows(
    stated: StatedNeeds, cells: Sequence[tuple[Cell, ...]], shares: dict[str, float], needs: Sequence[Need]
) -> tuple[SegmentRow, ...]:
    made = []
    for g, segment in enumerate(stated.segments):
        mine = [row[g] for row in cells]
        borrowed = sum(cell.source == "borrowed" for cell in mine)
        made.append(
            SegmentRow(
                segment=segment.id,
                name=segment.name,
                respondents=max((cell.answers for cell in mine), default=0),
                share=shares[segment.id],
                unmet=float(np.mean([cell.percent for cell in mine])),
                points=sum(need.points for need in needs if need.segment == segment.id),
                borrowed=borrowed,
                pooled=0,
                few=borrowed == len(mine),
            )
        )
    return tuple(made)
