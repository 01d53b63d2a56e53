"""What table is in this survey file? From the bytes a survey tool wrote to headings and rows of text.

Never decides what a column means, and never trusts a file name. What it cannot read is said with what to try.
To be run in a child process with limits (`planner.child`): the file was made by someone we do not know.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.child import report
from planner.domain.analyses import NOT_ANALYSED, Analyses, analyse
from planner.domain.examination import Examination, examine
from planner.domain.findings import Finding
from planner.domain.long_form import find_long_form, widened
from planner.domain.mapping import Mapping
from planner.domain.personal import without_personal
from planner.domain.raw_table import RawTable
from planner.domain.stated_reading import StatedReading, read_stated
from planner.files.columnar import Tell
from planner.files.delimited import (
    read_delimited,
)
from planner.files.heading_rows import Row, find_heading, number_headings
from planner.files.kind import Kind, kind_of
from planner.files.ragged import cut, evened, filled_width, usual_width, without_totals
from planner.files.regular import MOST_COLUMNS, regular_table
from planner.files.seed_data import statements, stay_statements
from planner.files.spreadsheet import Sheet, formula_note, read_workbook
from planner.files.table_file import pack, unpack

MOST_ROWS = 1_000_000
# 160,000 respondents with 62 columns; a regular file of text may hold ten times that.
MOST_CELLS = 10_000_000
LARGE = 4 << 20
Templates = Sequence[tuple[str, dict[str, Any]]]

REFUSED: dict[Kind, str] = {
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
    if not isinstance(read, RawTable):
        return read
    # What tells who a row belongs to may be a name: it is used before names are taken away.
    form = find_long_form(read, statements())
    return widened(read, form) if form is not None else without_personal(read)


def _any_table(data: bytes, filename: str, tell: Tell | None) -> RawTable | tuple[Finding, ...]:
    kind = kind_of(data)
    if kind in REFUSED:
        return (Finding(REFUSED[kind], details={"filename": filename[:120]}),)
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
        regular = regular_table(data, tell)
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
    last, totals = without_totals(rows, heading.place + 1, last)
    body = rows[heading.place + 1 : last]
    width = max(len(heading.names), usual_width(body))
    if width < 2:
        return (*notes, Finding("file_one_column"))
    names = (*heading.names, *[""] * (width - len(heading.names)))
    first_row = heading.place + 2
    broken = tuple(place for place, row in enumerate(body) if filled_width(row) > width) if cells_may_shift else ()
    even, ragged = evened(body, width, first_row, broken) if cells_may_shift else cut(body, width, first_row)
    said = (*notes, *heading.notes, *totals, *number_headings(names), *ragged)
    return RawTable.of_rows(names, even, first_row, said, broken)


def read_upload(
    data: bytes, filename: str, templates: Templates = ()
) -> tuple[bytes, Examination] | StatedReading | tuple[Finding, ...]:
    """An uploaded file as a packed table, and what is seen in it; or what it tells where it is a report of answers.

    templates: (name, document) of mappings used before, newest first; the first that fits is used again.
    """
    table = read_table(data, filename, report)
    if not isinstance(table, RawTable):
        return table
    stated = read_stated(table, statements())
    if stated is not None:
        return stated
    known = [(name, Mapping.from_document(document)) for name, document in templates]
    return pack(table), examine(table, statements(), drivers=stay_statements(), templates=known)


def examine_packed(packed: bytes, mapping: dict[str, Any], fresh: tuple[int, ...] = ()) -> Examination:
    """Look again at a table that waits, by a mapping's document. fresh: see `examination.examine`."""
    return examine(unpack(packed), statements(), Mapping.from_document(mapping), fresh, stay_statements())


@dataclass(frozen=True, slots=True, eq=False)
class ToKeep:
    """What is kept of a table: the examination with its answers, and the texts of the columns of free text.

    writers: how many rows have such a text. analyses: what the answers can tell as long as they are there.
    """

    examination: Examination
    comments: tuple[str, ...] = ()
    writers: int = 0
    analyses: Analyses = NOT_ANALYSED


def read_to_keep(packed: bytes, mapping: dict[str, Any]) -> ToKeep:
    """The last reading of a table that waits, before it is forgotten."""
    table = unpack(packed)
    seen = examine(table, statements(), Mapping.from_document(mapping), (), stay_statements(), keep_answers=True)
    columns = [table.columns[use.index] for use in seen.mapping.with_role("comment")]
    texts = [kind for column in columns for kind in column.kinds]
    wrote = np.zeros(len(table), dtype=np.bool_)
    for column in columns:
        wrote |= column.read(lambda kind: bool(kind.strip()), np.bool_)
    known = analyse(seen.answers) if seen.answers is not None else NOT_ANALYSED
    return ToKeep(seen, tuple(texts), int(wrote.sum()), known)
