"""Which rows are no answers, and what of rows that are not as long as the headings? Every one of them is named."""

import re
from collections import Counter
from collections.abc import Sequence

from planner.domain.findings import Finding
from planner.domain.pitfalls import row_ranges
from planner.domain.scales import words
from planner.files.heading_rows import Row

_TOTALS = frozenset(
    {"totalt", "total", "sum", "snitt", "gjennomsnitt", "gj snitt", "antall svar", "n", "mean", "average", "i alt"}
)
_NUMBER = re.compile(r"\s*[-−]?\d[\d\s]*([.,]\d+)?\s*%?\s*")


def without_totals(rows: Sequence[Row], first: int, last: int) -> tuple[int, tuple[Finding, ...]]:
    """Where the answers end: a row of sums or means under them answers nothing, and is named by its number."""
    found: list[int] = []
    while last > first + 1 and len(found) < 3:
        told = [cell for cell in rows[last - 1] if cell.strip()]
        # A lone «N», or one beside other words, is somebody's answer: a sum is of numbers.
        if not told or words(told[0]) not in _TOTALS or not any(map(_NUMBER.fullmatch, told[1:])):
            break
        found.append(last)
        last -= 1
    if not found:
        return last, ()
    named = row_ranges(sorted(found))
    return last, (Finding("file_totals_row", "info", f"rad {named}", {"rows": named, "count": len(found)}),)


def usual_width(body: Sequence[Row]) -> int:
    """The width most rows have, without blank cells at the end: the heading may be a cell short."""
    widths = Counter(filled_width(row) for row in body[:1000] if row)
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]


def filled_width(row: Row) -> int:
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def evened(
    body: Sequence[Row], width: int, first_row: int, broken: Sequence[int]
) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Every row `width` cells. A row with more text than headings is shifted somewhere, and nobody can know where: it
    is emptied, so that no answer is read from the wrong column, and set aside later by its name."""
    emptied = frozenset(broken)
    even, short = [], []
    for place, row in enumerate(body):
        kept = () if place in emptied else row[:width]
        even.append((*kept, *[""] * (width - len(kept))) if len(kept) < width else kept)
        if 0 < len(row) < width:
            short.append(first_row + place)
    return tuple(even), short_rows(short, len(body))


def short_rows(short: Sequence[int], rows: int) -> tuple[Finding, ...]:
    if not short or len(short) > rows / 2:
        # Most rows short is how some tools write: blank cells at the end are left out.
        return ()
    named = row_ranges(short)
    return (Finding("file_short_rows", "warning", f"rad {named}", {"rows": named, "count": len(short)}),)


def cut(body: Sequence[Row], width: int, first_row: int) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Every row `width` cells; what stands to the right of the table is not part of it, and is reported."""
    beside = [number for number, row in enumerate(body, start=first_row) if len(row) > width]
    even = tuple((*row[:width], *[""] * (width - len(row))) for row in body)
    if not beside:
        return even, ()
    rows = row_ranges(beside)
    return even, (Finding("file_cells_beside", "warning", f"rad {rows}", {"rows": rows, "count": len(beside)}),)
