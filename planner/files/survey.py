"""What table is in this survey file? From the bytes a survey tool wrote to headings and rows of text.

Never decides what a column means, and never trusts a file name. What it cannot read is said with what to try.
To be run in a child process with limits (`planner.child`): the file was made by someone we do not know.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from planner.domain.columns import RawTable
from planner.domain.examination import Examination, examine
from planner.domain.findings import Finding
from planner.domain.mapping import Mapping
from planner.domain.pitfalls import row_ranges
from planner.domain.statements import Statement
from planner.files.delimited import read_delimited
from planner.files.kind import Kind, kind_of
from planner.files.spreadsheet import Sheet, formula_note, read_workbook

MOST_COLUMNS = 2_000
MOST_ROWS = 1_000_000
# 160,000 respondents with 62 columns.
MOST_CELLS = 10_000_000
_HEADING_AMONG = 25

_REFUSED: dict[Kind, str] = {
    "empty": "file_empty",
    "pdf": "file_is_pdf",
    "word": "file_is_word",
    "archive": "file_is_archive",
    "old_excel": "file_is_old_excel",
    "ods": "file_is_ods",
    "html": "file_is_html",
    "spss": "file_is_spss",
    "protected": "file_is_protected",
    "image": "file_is_image",
    "binary": "file_not_text",
}

_Row = tuple[str, ...]


def read_table(data: bytes, filename: str) -> RawTable | tuple[Finding, ...]:
    """The table in a CSV or XLSX file, or the findings that say why there is none.

    filename: only for saying so when its ending and its content disagree.
    """
    kind = kind_of(data)
    if kind in _REFUSED:
        return (Finding(_REFUSED[kind], details={"filename": filename[:120]}),)
    if kind == "xlsx":
        sheets, stopped = read_workbook(data, MOST_CELLS, MOST_COLUMNS, MOST_ROWS)
        if stopped:
            return stopped
        return _table_of_sheets(sheets)
    read = read_delimited(data, MOST_CELLS, MOST_COLUMNS)
    if isinstance(read, tuple):
        return read
    return _table(read.rows, read.notes, cells_may_shift=True)


def _table_of_sheets(sheets: Sequence[Sheet]) -> RawTable | tuple[Finding, ...]:
    """The sheet with most rows; survey tools put a description or a summary on another."""
    if not sheets:
        return (Finding("file_empty", details={"filename": ""}),)
    chosen = max(sheets, key=lambda sheet: len(sheet.rows))
    notes = formula_note(chosen)
    if len(sheets) > 1:
        others = ", ".join(f"«{sheet.name}»" for sheet in sheets if sheet is not chosen)
        notes = (*notes, Finding("file_sheet_chosen", "info", details={"sheet": chosen.name, "others": others}))
    return _table(chosen.rows, notes, cells_may_shift=False)


def _table(
    rows: Sequence[_Row], notes: tuple[Finding, ...], *, cells_may_shift: bool
) -> RawTable | tuple[Finding, ...]:
    """Find the heading, make every row as long as it, and report the rows that were not.

    cells_may_shift: in delimited text a stray separator moves the cells after it; in a workbook each has its place.
    """
    heading = _find_heading(rows)
    if heading is None:
        return (*notes, Finding("file_empty", details={"filename": ""}))
    last = len(rows)
    while last > heading.place + 1 and not any(cell.strip() for cell in rows[last - 1]):
        last -= 1
    body = rows[heading.place + 1 : last]
    width = max(len(heading.names), _usual_width(body))
    if width < 2:
        return (*notes, Finding("file_one_column"))
    names = (*heading.names, *[""] * (width - len(heading.names)))
    first_row = heading.place + 2
    broken = tuple(place for place, row in enumerate(body) if _filled_width(row) > width) if cells_may_shift else ()
    even, ragged = _evened(body, width, first_row, broken) if cells_may_shift else _cut(body, width, first_row)
    return RawTable(names, even, first_row, (*notes, *heading.notes, *_number_headings(names), *ragged), broken)


@dataclass(frozen=True, slots=True)
class _Heading:
    place: int
    names: _Row
    notes: tuple[Finding, ...]


def _find_heading(rows: Sequence[_Row]) -> _Heading | None:
    """The first row that is at least half as full as the fullest near the top: rows above it are titles."""
    start = next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if start is None:
        return None
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[: start + _HEADING_AMONG]]
    place = next(number for number, count in enumerate(filled) if count >= max(1, max(filled) / 2))
    names = tuple(" ".join(cell.replace("\ufeff", "").split()) for cell in rows[place])
    above = [number for number in range(place) if filled[number]]
    if above and above[-1] == place - 1 and _is_upper_heading(rows[place - 1]):
        joined = _joined(rows[place - 1], names)
        note = Finding("file_two_headings", "info", f"rad {place}–{place + 1}")
        return _Heading(place, _trimmed(joined), (note, *_titles(above[:-1])))
    return _Heading(place, _trimmed(names), _titles(above))


def _titles(above: Sequence[int]) -> tuple[Finding, ...]:
    if not above:
        return ()
    rows = row_ranges([number + 1 for number in above])
    return (Finding("file_title_rows", "info", f"rad {rows}", {"count": len(above), "rows": rows}),)


def _is_upper_heading(row: _Row) -> bool:
    """«Hvor viktig» over thirty statements is a heading too; «Eksportert;2026-01-05» is not."""
    places = [number for number, cell in enumerate(row) if cell.strip()]
    return len(places) >= 2 and places[-1] >= 2


def _joined(upper: _Row, lower: _Row) -> _Row:
    """«Hvor viktig [Tilgang til natur]»: a merged cell stands over all the columns to its right."""
    names, over = [], ""
    for place, name in enumerate(lower):
        here = " ".join(upper[place].split()) if place < len(upper) else ""
        over = here or over
        names.append(f"{over} [{name}]" if over and name else name or here)
    return tuple(names)


def _trimmed(names: _Row) -> _Row:
    kept = list(names)
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)


def _number_headings(names: _Row) -> tuple[Finding, ...]:
    """A file without a heading row: the first respondent became the heading."""
    filled = [name for name in names if name]
    numbers = sum(name.replace(",", "").replace(".", "").isdigit() for name in filled)
    return (Finding("file_no_heading", where="rad 1"),) if filled and numbers > 0.5 * len(filled) else ()


def _usual_width(body: Sequence[_Row]) -> int:
    """The width most rows have, without blank cells at the end: the heading may be a cell short."""
    widths = Counter(_filled_width(row) for row in body[:1000] if row)
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]


def _filled_width(row: _Row) -> int:
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def _evened(
    body: Sequence[_Row], width: int, first_row: int, broken: Sequence[int]
) -> tuple[tuple[_Row, ...], tuple[Finding, ...]]:
    """Every row `width` cells. A row with more text than headings is shifted somewhere, and nobody can know where: it
    is emptied, so that no answer is read from the wrong column, and set aside later by its name."""
    emptied = frozenset(broken)
    even, short = [], []
    for place, row in enumerate(body):
        kept = () if place in emptied else row[:width]
        even.append((*kept, *[""] * (width - len(kept))) if len(kept) < width else kept)
        if 0 < len(row) < width:
            short.append(first_row + place)
    if not short or len(short) > len(body) / 2:
        # Most rows short is how some tools write: blank cells at the end are left out.
        return tuple(even), ()
    rows = row_ranges(short)
    return tuple(even), (Finding("file_short_rows", "warning", f"rad {rows}", {"rows": rows, "count": len(short)}),)


def _cut(body: Sequence[_Row], width: int, first_row: int) -> tuple[tuple[_Row, ...], tuple[Finding, ...]]:
    """Every row `width` cells; what stands to the right of the table is not part of it, and is reported."""
    beside = [number for number, row in enumerate(body, start=first_row) if len(row) > width]
    even = tuple((*row[:width], *[""] * (width - len(row))) for row in body)
    if not beside:
        return even, ()
    rows = row_ranges(beside)
    return even, (Finding("file_cells_beside", "warning", f"rad {rows}", {"rows": rows, "count": len(beside)}),)


def examine_file(
    data: bytes,
    filename: str,
    statements: tuple[Statement, ...],
    mapping: dict[str, Any] | None = None,
    fresh: tuple[int, ...] = (),
) -> Examination | tuple[Finding, ...]:
    """Read and examine in one go: what a child process does, so that no table of answers has to cross to its parent.

    mapping: a mapping's document, None to start from the guesses. fresh: see `examination.examine`.
    """
    table = read_table(data, filename)
    if isinstance(table, tuple):
        return table
    return examine(table, statements, Mapping.from_document(mapping) if mapping is not None else None, fresh)
