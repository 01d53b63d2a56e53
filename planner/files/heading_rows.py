"""Which row of a survey export holds the headings? Survey tools put titles above them, or a question over each block.

Never looks at what a heading means.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.findings import Finding
from planner.domain.pitfalls import row_ranges

HEADING_AMONG = 25
SHORT_NAME = 24
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
    if place + 1 < len(rows) and _short_names(rows[place], rows[place + 1]):
        note = Finding("file_two_headings", "info", f"rad {place + 1}–{place + 2}")
        above = [number for number in range(place) if filled[number]]
        return Heading(place + 1, _trimmed(_cleaned(rows[place + 1])), (note, *_titles(above)))
    names = _cleaned(rows[place])
    above = [number for number in range(place) if filled[number]]
    if above and above[-1] == place - 1 and _is_upper_heading(rows[place - 1]):
        joined = _joined(rows[place - 1], names)
        note = Finding("file_two_headings", "info", f"rad {place}–{place + 1}")
        return Heading(place, _trimmed(joined), (note, *_titles(above[:-1])))
    return Heading(place, _trimmed(names), _titles(above))


def _cleaned(row: Row) -> Row:
    return tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in row)


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
    """«Hvor viktig [Tilgang til natur]»: a merged cell stands over all the columns to its right until the next. Over a
    column with a name of its own below and none above, as «Vekt» merged over both rows, it stands alone."""
    names, over = [], ""
    for place in range(max(len(upper), len(lower))):
        name = lower[place] if place < len(lower) else ""
        here = " ".join(upper[place].split()) if place < len(upper) else ""
        over = here or over
        names.append(f"{over} [{name}]" if over and name else name or here)
    return tuple(names)


def _short_names(upper: Row, lower: Row) -> bool:
    """«s_1», «s_2» … over the questions they stand for: each short and different, the row below with the words."""
    above = [cell.strip() for cell in upper if cell.strip()]
    below = [cell for cell in lower if cell.strip()]
    if len(above) < 0.9 * len(below) or len(set(above)) < len(above):
        return False
    short = sum(len(cell) <= SHORT_NAME and " " not in cell for cell in above)
    wordy = sum(" " in cell.strip() for cell in below)
    return len(above) > 2 and short == len(above) and wordy > len(below) / 2


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
