"""Which row of a survey export holds the headings? Survey tools put titles above them, or a question over each block.

Never looks at what a heading means.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.findings import Finding
from planner.domain.pitfalls import row_ranges

HEADING_AMONG = 25
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """place: of the row, from 0. names: without blank ones at the end."""

    place: int
    names: Row
    notes: tuple[Finding, ...]


def find_heading(rows: Sequence[Row]) -> Heading | None:
    """The first row that is at least half as full as the fullest near the top: rows above it are titles."""
    start = next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if start is None:
        return None
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[: start + HEADING_AMONG]]
    place = next(number for number, count in enumerate(filled) if count >= max(1, max(filled) / 2))
    names = tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in rows[place])
    above = [number for number in range(place) if filled[number]]
    if above and above[-1] == place - 1 and _is_upper_heading(rows[place - 1]):
        joined = _joined(rows[place - 1], names)
        note = Finding("file_two_headings", "info", f"rad {place}–{place + 1}")
        return Heading(place, _trimmed(joined), (note, *_titles(above[:-1])))
    return Heading(place, _trimmed(names), _titles(above))


def _titles(above: Sequence[int]) -> tuple[Finding, ...]:
    if not above:
        return ()
    rows = row_ranges([number + 1 for number in above])
    return (Finding("file_title_rows", "info", f"rad {rows}", {"count": len(above), "rows": rows}),)


def _is_upper_heading(row: Row) -> bool:
    """«Hvor viktig» over thirty statements is a heading too; «Eksportert;2026-01-05» is not."""
    places = [number for number, cell in enumerate(row) if cell.strip()]
    return len(places) >= 2 and places[-1] >= 2


def _joined(upper: Row, lower: Row) -> Row:
    """«Hvor viktig [Tilgang til natur]»: a merged cell stands over all the columns to its right."""
    names, over = [], ""
    for place, name in enumerate(lower):
        here = " ".join(upper[place].split()) if place < len(upper) else ""
        over = here or over
        names.append(f"{over} [{name}]" if over and name else name or here)
    return tuple(names)


def _trimmed(names: Row) -> Row:
    kept = list(names)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def number_headings(names: Row) -> tuple[Finding, ...]:
    """A file without a heading row: the first respondent became the heading."""
    filled = [name for name in names if name]
    numbers = sum(name.replace(",", "").replace(".", "").isdigit() for name in filled)
    return (Finding("file_no_heading", where="rad 1"),) if filled and numbers > 0.5 * len(filled) else ()
