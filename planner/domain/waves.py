"""What has changed from one survey to the next, over all and group by group, and how sure is that? Never why.

The difference of two independent shares, with the interval that follows from each one's own (MOVER: Newcombe, Interval
estimation for the difference between independent proportions, Statistics in Medicine 17, 1998, method 10; Zou & Donner,
Statistics in Medicine 27, 2008). Unmet need that goes down is better.

Computed from the figures of each survey as its own page shows them, in whole per cent and under its own suppression:
so two surveys side by side, and the changes between them, tell nothing that each of them does not tell alone. What the
rounding adds to a difference is a tenth of a standard error where that is four points, and it leans to neither side.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from planner.domain.cells import Cell
from planner.domain.figures import Figure
from planner.domain.gap_rows import GapRow, GapTable
from planner.domain.needs import whole_percent
from planner.domain.segments import DEFAULT_SEGMENTS

Verdict = Literal["better", "worse", "same", "unsure"]
SAME = 0.05
"""Within five points either way, people's lives are as they were."""
BY_CHANCE = 20
"""Of so many comparisons one is beyond chance where nothing has changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that both surveys asked about. before, now: unmet need, 0–1. by: now less before, with 95 %."""

    statement: str
    text: str
    before: float
    now: float
    by: float
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """better, worse: beyond chance. same: certainly within five points. unsure: the figures cannot tell."""
        if self.high < 0:
            return "better"
        if self.low > 0:
            return "worse"
        return "same" if self.low >= -SAME and self.high <= SAME else "unsure"


@dataclass(frozen=True, slots=True)
class GroupChanges:
    """One group, or several that both surveys show as one. segments: ids. changes: statement -> its change."""

    segments: tuple[str, ...]
    changes: dict[str, Change]


Share = tuple[float, float, float]
"""(share, low, high), as shown."""


def difference(before: Share, now: Share) -> Share:
    """(by, low, high) of two shares."""
    by = now[0] - before[0]
    down = sqrt((now[0] - now[1]) ** 2 + (before[2] - before[0]) ** 2)
    up = sqrt((now[2] - now[0]) ** 2 + (before[0] - before[1]) ** 2)
    return by, max(-1.0, by - down), min(1.0, by + up)


def changes(before: Iterable[GapRow], now: Iterable[GapRow]) -> tuple[Change, ...]:
    """The largest fall in unmet need first. Statements with the same text are the same, whatever their ids.

    One without an interval in either survey is left out: too few answered, or nobody's answers are at hand.
    """
    earlier = {row.text: row for row in before}
    found = []
    for row in now:
        other = earlier.get(row.text)
        shares = (_of_row(other), _of_row(row)) if other is not None else (None, None)
        change = _change(row, *shares)
        if change is not None:
            found.append(change)
    return tuple(sorted(found, key=lambda one: (one.by, one.text)))


def divided_alike(before: GapTable, now: GapTable) -> bool:
    """Whether the groups of the two surveys are the same. A person is in the first group that fits, so the usual ones
    must all be asked about in both, in the same order; groups from one column of a file may come in any."""
    first, second = ([(row.segment, row.name) for row in table.segments] for table in (before, now))
    usual = {segment.id for segment in DEFAULT_SEGMENTS}
    in_order = any(segment in usual for segment, _ in first)
    return first == second if in_order else sorted(first) == sorted(second)


def by_group(before: GapTable, now: GapTable) -> tuple[GroupChanges, ...]:
    """Single groups in the order of the later survey, then those shown as one; nothing where the groups differ.

    A group has a change where both surveys show its own figure. Where both show it together with the same others, the
    change is of all of them. Else it has none: a figure of one survey is never held against that of other people.
    """
    if not divided_alike(before, now):
        return ()
    earlier = {row.text: row for row in before.rows}
    order = [row.segment for row in now.segments]
    found: dict[tuple[str, ...], dict[str, Change]] = {(segment,): {} for segment in order}
    for row in now.rows:
        other = earlier.get(row.text)
        cells = {cell.segment: cell for cell in other.cells} if other is not None else {}
        for cell in row.cells:
            who = _who(cell)
            if cell.segment not in cells or not who or who != _who(cells[cell.segment]):
                continue
            change = _change(row, _of_figure(cells[cell.segment].figure), _of_figure(cell.figure))
            if change is not None:
                found.setdefault(tuple(one for one in order if one in who), {})[row.statement] = change
    return tuple(GroupChanges(segments, some) for segments, some in found.items() if some)


def _who(cell: Cell) -> frozenset[str]:
    """Whose figure is shown; nobody's where the municipality's is borrowed."""
    return frozenset({"own": (cell.segment,), "pooled": cell.together, "borrowed": ()}[cell.source])


def _change(row: GapRow, before: Share | None, now: Share | None) -> Change | None:
    if before is None or now is None:
        return None
    return Change(row.statement, row.text, before[0], now[0], *difference(before, now))


def _of_row(row: GapRow) -> Share | None:
    return _as_shown(row.unmet, row.low, row.high) if row.figure is not None else None


def _of_figure(figure: Figure | None) -> Share | None:
    return _as_shown(figure.unmet, figure.low, figure.high) if figure is not None else None


def _as_shown(share: float, low: float | None, high: float | None) -> Share | None:
    if low is None or high is None:
        return None
    return whole_percent(share) / 100, whole_percent(low) / 100, whole_percent(high) / 100
