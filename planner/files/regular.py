"""What table is in a large delimited file? The same as a small one gives, read piece by piece (`columnar`).

Never reads what only the careful reader can tell apart: it gives None, and the careful one does.
"""

import csv
import io

import numpy as np

from planner.domain.findings import Finding
from planner.domain.raw_table import RawTable
from planner.files.columnar import Tell, end_of_piece, gather
from planner.files.delimited import TWICE_ENCODED, careful_rows, choose_separator, decode, stated_separator
from planner.files.heading_rows import Heading, find_heading, number_headings
from planner.files.kind import looks_like_utf16
from planner.files.ragged import short_rows, usual_width

MOST_COLUMNS = 2_000
MOST_REGULAR_CELLS = 100_000_000
_HEAD = 1 << 18


def regular_table(data: bytes, tell: Tell | None) -> RawTable | None:
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
    width = max(len(heading.names), usual_width(body))
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
    ragged = short_rows([first_row + place for place in short], rows)
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
