"""How do bytes become rows of text? Encoding, separator and quotes of a delimited file, as survey tools write them.

Decides by what fits the whole file, says what it had to assume, and never drops a character in silence
(`errors="ignore"` would take «ø» out of «kjønn»). Knows nothing of headings or surveys.
"""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from planner.domain.findings import Finding
from planner.domain.pitfalls import row_ranges
from planner.files.kind import looks_like_utf16

SEPARATORS = (";", ",", "\t", "|")
_SAMPLE_ROWS = 200
# One cell may hold a long free text; a quote that was never closed holds half the file.
_LONGEST_CELL = 100_000
_NORWEGIAN = re.compile("[A-Za-z][æøå][a-z]")
# What UTF-8 letters look like when a program has read them as cp1252 and written them again.
TWICE_ENCODED = ("Ã¦", "Ã¸", "Ã¥", "Ã†", "Ã˜", "Ã…")
UNDAMAGED = 5
"""So many whole letters beyond ASCII for each broken one, and a file is UTF-8 that was damaged on its way."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of text cells, as many in each as the file had; a blank line is an empty row, so row numbers hold."""

    rows: tuple[tuple[str, ...], ...]
    notes: tuple[Finding, ...]


def read_delimited(data: bytes, most_cells: int, most_columns: int) -> Rows | tuple[Finding, ...]:
    """Rows of a delimited file, or the findings that say why there are none."""
    text, notes = decode(data)
    separator, text = stated_separator(text)
    separator = separator or choose_separator(text)
    if not separator:
        return (*notes, Finding("file_one_column"))
    read = _quoted(text, separator, most_cells, most_columns)
    if isinstance(read, Finding) and read.code == "file_lone_quote":
        bare = _unquoted(text, separator, most_cells, most_columns)
        if not isinstance(bare, Finding):
            return Rows(bare, (*notes, Finding("file_quotes_as_text", "info")))
    return (*notes, read) if isinstance(read, Finding) else Rows(read, notes)


def careful_rows(data: bytes, separator: str) -> list[tuple[str, ...]] | None:
    """The rows of a part of a file of UTF-8, by the rules of quoting; None where they cannot be told apart."""
    text = data.decode("utf-8", errors="replace").replace("\x00", "")
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return [tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)]
    except csv.Error:
        return None


def decode(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file, and what had to be assumed: a mark is believed, then strict UTF-8, then the rest."""
    text, notes = _decoded(data)
    found = list(notes)
    if any(sign in text for sign in TWICE_ENCODED):
        found.append(Finding("file_letters_broken", "warning"))
    if "\x00" in text:
        lines = [number for number, line in enumerate(text.split("\n"), start=1) if "\x00" in line]
        rows = row_ranges(lines)
        found.append(Finding("file_nul", "warning", f"rad {rows}", {"rows": rows, "count": text.count("\x00")}))
        text = text.replace("\x00", "")
    return text.lstrip("\ufeff"), tuple(found)


def _decoded(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), _replaced(data, "utf-16")
    guessed = looks_like_utf16(data[:4096])
    if guessed:
        return data.decode(guessed, errors="replace"), _replaced(data, guessed)
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        # A damaged byte or two in a file of UTF-8 is still UTF-8; in a file of one byte a letter hardly any letter is.
        mended = data.decode("utf-8-sig", errors="replace")
        whole = sum(not letter.isascii() for letter in mended) - mended.count("\ufffd")
        if whole > UNDAMAGED * mended.count("\ufffd"):
            return mended, (Finding("file_letters_broken", "warning"),)
    # One byte a letter. Windows, unless that gives no Norwegian word at all and an old Mac or DOS table does.
    best, text = "cp1252", data.decode("cp1252", errors="replace")
    if not _norwegian_words(text):
        others = {name: data.decode(name) for name in ("mac_roman", "cp865")}
        other = max(others, key=lambda name: _norwegian_words(others[name]))
        if _norwegian_words(others[other]):
            best, text = other, others[other]
    note = Finding("file_encoding", "info", details={"encoding": best})
    return text, (note, Finding("file_letters_broken", "warning")) if "\ufffd" in text else (note,)


def _norwegian_words(text: str) -> int:
    """Words with æ, ø or å inside. At the edge of a word the same bytes are quotation marks in another table."""
    return len(_NORWEGIAN.findall(text))


def _replaced(data: bytes, encoding: str) -> tuple[Finding, ...]:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return (Finding("file_letters_broken", "warning"),)
    return ()


def stated_separator(text: str) -> tuple[str, str]:
    """«sep=;» on the first line is an instruction that Excel obeys and does not show, so it has no row number."""
    first, _, rest = text.partition("\n")
    stated = first.strip("\r ")
    if stated.lower().startswith("sep=") and stated[4:] in SEPARATORS:
        return stated[4:], rest
    return "", text


def choose_separator(text: str) -> str:
    """The separator that gives most rows the same number of cells, at least two; "" when none does.

    «Å bruke kort tid på jobb, hente i barnehage, handle» has commas in a file with semicolons: only its heading does,
    so the comma fits one row and the semicolon fits them all.
    """
    best, best_score = "", 0.0
    for separator in SEPARATORS:
        widths: Counter[int] = Counter()
        try:
            for row in _some_rows(text, separator):
                if len(row) > 1 or (row and row[0].strip()):
                    widths[len(row)] += 1
        except csv.Error:
            pass
        width, agreeing = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        if width < 2:
            continue
        # 98 of 100 rows with 62 cells beat 100 rows with one decimal comma each; 99 rows of 4 cells beat 60 of 9.
        score = (agreeing / widths.total()) ** 2 * math.log2(width)
        if score > best_score:
            best, best_score = separator, score
    return best


def _some_rows(text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for _, row in zip(range(_SAMPLE_ROWS), reader, strict=False):
        yield row


def _quoted(text: str, separator: str, most_cells: int, most_columns: int) -> tuple[tuple[str, ...], ...] | Finding:
    """By the rules of quoting, strictly: a quote that is not closed would swallow the rows after it."""
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    read: list[tuple[str, ...]] = []
    try:
        full = _collect(reader, read, most_cells, most_columns)
    except csv.Error:
        number = len(read) + 1
        return Finding("file_lone_quote", where=f"rad {number}", details={"row": number})
    return full or tuple(read)


def _unquoted(text: str, separator: str, most_cells: int, most_columns: int) -> tuple[tuple[str, ...], ...] | Finding:
    """With quotes as ordinary characters; taken only when every row then has the same number of cells."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=csv.QUOTE_NONE)
    read: list[tuple[str, ...]] = []
    try:
        full = _collect(reader, read, most_cells, most_columns)
    except csv.Error:
        full = Finding("file_lone_quote")
    widths = {len(row) for row in read if row}
    return full or (tuple(read) if len(widths) == 1 else Finding("file_lone_quote"))


def _collect(
    reader: Iterator[list[str]], into: list[tuple[str, ...]], most_cells: int, most_columns: int
) -> Finding | None:
    """Read all rows; equal texts share one object, or a million «Viktig» would take 60 MB."""
    known: dict[str, str] = {}
    cells = 0
    for row in reader:
        cells += len(row)
        if len(row) > most_columns:
            return Finding("file_too_many_columns", details={"count": len(row), "limit": most_columns})
        if cells > most_cells:
            return Finding("file_too_many_cells", details={"limit": most_cells})
        into.append(tuple(known.setdefault(cell, cell) for cell in row))
    return None
