"""What table is in this survey file? From the bytes a survey tool wrote to headings and rows of text.

Never decides what a column means, and never trusts a file name. What it cannot read is said with what to try.
To be run in a child process with limits (`planner.child`): the file was made by someone we do not know.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.child import report
from planner.domain.examination import Examination, examine
from planner.domain.findings import Finding
from planner.domain.mapping import Mapping
from planner.domain.personal import without_personal
from planner.domain.pitfalls import row_ranges
from planner.domain.raw_table import RawTable
from planner.files.columnar import Tell, end_of_piece, gather
from planner.files.delimited import (
    TWICE_ENCODED,
    careful_rows,
    choose_separator,
    decode,
    read_delimited,
    stated_separator,
)
from planner.files.heading_rows import Heading, Row, find_heading, number_headings
from planner.files.kind import Kind, kind_of, looks_like_utf16
from planner.files.seed_data import statements, stay_statements
from planner.files.spreadsheet import Sheet, formula_note, read_workbook
from planner.files.table_file import pack, unpack

MOST_COLUMNS = 2_000
MOST_ROWS = 1_000_000
# 160,000 respondents with 62 columns; a regular file of text may hold ten times that.
MOST_CELLS = 10_000_000
MOST_REGULAR_CELLS = 100_000_000
LARGE = 4 << 20
Templates = Sequence[tuple[str, dict[str, Any]]]
_HEAD = 1 << 18

_REFUSED: dict[Kind, str] = {
    "empty": "file_empty",
    "pdf": "file_is_pdf",
    "word": "file_is_word",
    "archive": "file_is_archive",
    "old_excel": "file_is_old_excel",
    "ods": "file_is_ods",
    "html": "file_is_html",
    "protected": "file_is_protected",
    "image": "file_is_image",
    "binary": "file_not_text",
}


def read_table(data: bytes, filename: str, tell: Tell | None = None) -> RawTable | tuple[Finding, ...]:
    """The table in a survey file, without what tells who somebody is, or the findings that say why there is none.

    filename: only for saying so when its ending and its content disagree. tell: called with the share read so far, 0–1.
    """
    read = _any_table(data, filename, tell)
    return without_personal(read) if isinstance(read, RawTable) else read


def _any_table(data: bytes, filename: str, tell: Tell | None) -> RawTable | tuple[Finding, ...]:
    kind = kind_of(data)
    if kind in _REFUSED:
        return (Finding(_REFUSED[kind], details={"filename": filename[:120]}),)
    if kind == "spss":
        # The parser is loaded only for those who need it.
        from planner.files.spss import read_spss

        return read_spss(data)
    if kind == "xlsx":
        sheets, stopped = read_workbook(data, MOST_CELLS, MOST_COLUMNS, MOST_ROWS)
        if stopped:
            return stopped
        return _table_of_sheets(sheets)
    if len(data) >= LARGE:
        regular = _regular_table(data, tell)
        if regular is not None:
            return regular
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


def _table(rows: Sequence[Row], notes: tuple[Finding, ...], *, cells_may_shift: bool) -> RawTable | tuple[Finding, ...]:
    """Find the heading, make every row as long as it, and report the rows that were not.

    cells_may_shift: in delimited text a stray separator moves the cells after it; in a workbook each has its place.
    """
    heading = find_heading(rows)
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
    return RawTable.of_rows(names, even, first_row, (*notes, *heading.notes, *number_headings(names), *ragged), broken)


def _regular_table(data: bytes, tell: Tell | None) -> RawTable | None:
    """A large delimited file, piece by piece; None for what only the careful reader can tell apart."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or looks_like_utf16(data[:4096]) or b"\x00" in data:
        return None
    notes: tuple[Finding, ...] = ()
    try:
        # Only the beginning: the parser checks the rest, and reads with care what fails.
        data[: data.rfind(b"\n", 0, _HEAD) + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        text, notes = decode(data)
        data = text.encode()
    view = memoryview(data)[3 if data.startswith(b"\xef\xbb\xbf") else 0 :]
    stated, rest = stated_separator(bytes(view[:_HEAD]).decode("utf-8", errors="replace"))
    if stated:
        view = view[data.index(b"\n") + 1 - (len(data) - len(view)) :]
    top_end = end_of_piece(view, 0, True, _HEAD)
    if top_end is None:
        return None
    top = bytes(view[:top_end])
    separator = stated or choose_separator(rest)
    rows = careful_rows(top, separator) if separator else None
    heading = find_heading(rows) if rows else None
    if rows is None or heading is None:
        return None
    start = _after_row(top, separator, heading.place)
    body = rows[heading.place + 1 :]
    width = max(len(heading.names), _usual_width(body))
    if start is None or width < 2 or width > MOST_COLUMNS:
        return None
    # They all begin alike, and looking once through 200 MB takes long enough.
    if "Ã".encode() in data and any(sign.encode() in data for sign in TWICE_ENCODED):
        notes = (*notes, Finding("file_letters_broken", "warning"))
    return _gathered(view[start:], separator, width, heading, notes, tell)


def _gathered(
    body: memoryview, separator: str, width: int, heading: Heading, notes: tuple[Finding, ...], tell: Tell | None
) -> RawTable | None:
    end = len(body)
    while end and body[end - 1] in b"\r\n \t":
        end -= 1
    gathering = gather(body[:end], separator, width, MOST_REGULAR_CELLS, tell)
    if gathering is None:
        return None
    names = (*heading.names, *[""] * (width - len(heading.names)))
    first_row = heading.place + 2
    broken, short, rows = tuple(gathering.broken), gathering.short, gathering.rows
    ragged = _short_rows([first_row + place for place in short], rows)
    columns = gathering.columns(names)
    numbers = np.arange(first_row, first_row + rows, dtype=np.int64)
    return RawTable(columns, numbers, (*notes, *heading.notes, *number_headings(names), *ragged), broken)


def _after_row(text: bytes, separator: str, place: int) -> int | None:
    """Where the row after row `place` begins, in bytes; None where lines do not end as they should."""
    reader = csv.reader(io.StringIO(text.decode("utf-8", errors="replace"), newline=""), delimiter=separator)
    for _ in range(place + 1):
        next(reader, None)
    start = 0
    for _ in range(reader.line_num):
        start = text.find(b"\n", start) + 1
        if not start:
            return None
    return start


def _usual_width(body: Sequence[Row]) -> int:
    """The width most rows have, without blank cells at the end: the heading may be a cell short."""
    widths = Counter(_filled_width(row) for row in body[:1000] if row)
    return max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))[0]


def _filled_width(row: Row) -> int:
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


def _evened(
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
    return tuple(even), _short_rows(short, len(body))


def _short_rows(short: Sequence[int], rows: int) -> tuple[Finding, ...]:
    if not short or len(short) > rows / 2:
        # Most rows short is how some tools write: blank cells at the end are left out.
        return ()
    named = row_ranges(short)
    return (Finding("file_short_rows", "warning", f"rad {named}", {"rows": named, "count": len(short)}),)


def _cut(body: Sequence[Row], width: int, first_row: int) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Every row `width` cells; what stands to the right of the table is not part of it, and is reported."""
    beside = [number for number, row in enumerate(body, start=first_row) if len(row) > width]
    even = tuple((*row[:width], *[""] * (width - len(row))) for row in body)
    if not beside:
        return even, ()
    rows = row_ranges(beside)
    return even, (Finding("file_cells_beside", "warning", f"rad {rows}", {"rows": rows, "count": len(beside)}),)


def read_upload(
    data: bytes, filename: str, templates: Templates = ()
) -> tuple[bytes, Examination] | tuple[Finding, ...]:
    """An uploaded file as a packed table, and what is seen in it: what a child process does with it.

    templates: (name, document) of mappings used before, newest first; the first that fits is used again.
    """
    table = read_table(data, filename, report)
    if not isinstance(table, RawTable):
        return table
    known = [(name, Mapping.from_document(document)) for name, document in templates]
    return pack(table), examine(table, statements(), drivers=stay_statements(), templates=known)


def examine_packed(packed: bytes, mapping: dict[str, Any], fresh: tuple[int, ...] = ()) -> Examination:
    """Look again at a table that waits, by a mapping's document. fresh: see `examination.examine`."""
    return examine(unpack(packed), statements(), Mapping.from_document(mapping), fresh, stay_statements())


@dataclass(frozen=True, slots=True, eq=False)
class ToKeep:
    """What is kept of a table: the examination with its answers, and the texts of the columns of free text.

    writers: how many rows have such a text.
    """

    examination: Examination
    comments: tuple[str, ...] = ()
    writers: int = 0


def read_to_keep(packed: bytes, mapping: dict[str, Any]) -> ToKeep:
    """The last reading of a table that waits, before it is forgotten."""
    table = unpack(packed)
    seen = examine(table, statements(), Mapping.from_document(mapping), (), stay_statements(), keep_answers=True)
    columns = [table.columns[use.index] for use in seen.mapping.with_role("comment")]
    texts = [kind for column in columns for kind in column.kinds]
    wrote = np.zeros(len(table), dtype=np.bool_)
    for column in columns:
        wrote |= column.read(lambda kind: bool(kind.strip()), np.bool_)
    return ToKeep(seen, tuple(texts), int(wrote.sum()))
