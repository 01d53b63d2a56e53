"""How does a workbook become rows of text? One sheet of an xlsx file, cell by cell, within ceilings.

To be run in a child process: the caps here stop what they can count, and the child's limits stop the rest. Never
trusts the size a sheet claims to have: a wrong `<dimension>` made the reader return 1 row of 51 without a word.
"""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from defusedxml.common import DefusedXmlException

from planner.domain.findings import Finding
from planner.domain.pitfalls import row_ranges

MOST_ENTRIES = 2_000
MOST_INSIDE_MB = 600
LAST_ROW = 1_048_576
"""No workbook has more. A row that claims a number beyond it would be reached through that many blank ones."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of text cells, without blank cells at the end of a row and blank rows at the end of the sheet."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    formulas: tuple[int, ...]


def read_workbook(
    data: bytes, most_cells: int, most_columns: int, most_rows: int
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    """Every visible sheet that holds something, in order; or no sheets, and what stopped the reading."""
    too_large = _claimed_too_large(data)
    if too_large:
        return (), (too_large,)
    try:
        return _sheets(data, most_cells, most_columns, most_rows)
    except DefusedXmlException:
        return (), (Finding("file_workbook_refused"),)
    except MemoryError:
        raise
    except Exception:
        # A damaged file makes openpyxl raise whatever its parts raise (zlib.error, KeyError, ExpatError …). A bug of
        # ours would show in the tests of good files.
        return (), (Finding("file_workbook_broken"),)


def _claimed_too_large(data: bytes) -> Finding | None:
    """By the sizes the archive states. A member that is larger than it states fails when read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError):
        return Finding("file_workbook_broken")
    inside = sum(entry.file_size for entry in entries) / 1_000_000
    if len(entries) > MOST_ENTRIES or inside > MOST_INSIDE_MB:
        return Finding("file_too_large_inside", details={"mb": round(inside), "limit": MOST_INSIDE_MB})
    return None


def _sheets(
    data: bytes, most_cells: int, most_columns: int, most_rows: int
) -> tuple[tuple[Sheet, ...], tuple[Finding, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    sheets = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        sheet.reset_dimensions()
        read = _rows(sheet.title, sheet.iter_rows(min_row=1, min_col=1), most_cells, most_columns, most_rows)
        if isinstance(read, Finding):
            return (), (read,)
        if read.rows:
            sheets.append(read)
    return tuple(sheets), ()


def _rows(
    name: str, rows: Iterable[Iterable[Any]], most_cells: int, most_columns: int, most_rows: int
) -> Sheet | Finding:
    known: dict[str, str] = {}
    read: list[tuple[str, ...]] = []
    formulas: list[int] = []
    cells, last = 0, 0
    for number, row in enumerate(rows, start=1):
        if number > LAST_ROW:
            return Finding("file_workbook_broken")
        texts = [_text(cell.value) for cell in row]
        cells += len(texts)
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > most_columns:
            return Finding(
                "file_too_many_columns", where=f"rad {number}", details={"count": len(texts), "limit": most_columns}
            )
        if cells > most_cells * 4:
            # Blank cells with a colour take time to read too, though they hold nothing.
            return Finding("file_too_many_cells", details={"limit": most_cells})
        if not texts:
            continue
        if number > most_rows:
            return Finding("file_too_many_rows", where=f"rad {number}", details={"limit": most_rows})
        if any(cell.data_type == "f" for cell in row):
            formulas.append(number)
        # Blank rows between rows are kept, so that row numbers are those the user sees.
        read.extend([()] * (number - last - 1))
        read.append(tuple(known.setdefault(text, text) for text in texts))
        last = number
    if sum(map(len, read)) > most_cells:
        return Finding("file_too_many_cells", details={"limit": most_cells})
    return Sheet(name, tuple(read), tuple(formulas))


def formula_note(sheet: Sheet) -> tuple[Finding, ...]:
    """A formula is not an answer; what it came to when the file was saved is not read."""
    if not sheet.formulas:
        return ()
    rows = row_ranges(sheet.formulas)
    return (Finding("file_formulas", "warning", f"rad {rows}", {"rows": rows, "count": len(sheet.formulas)}),)


def _text(value: object) -> str:
    """A cell as it would stand in a delimited file: 6.0 is «6», a date is 2025-09-06."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, (date, time, timedelta)):
        return str(value)
    return str(value).replace("_x000D_", "").replace("\x00", "").strip()
