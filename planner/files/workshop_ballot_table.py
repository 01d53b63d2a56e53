"""How do paper ballots leave as a table to type into, and come back? As csv or as a workbook; documented in docs/.

Nothing that somebody wrote becomes a formula in a program that opens it, and a formula that comes back is not read.
What is read was made by strangers: to be run in a child process.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from planner.domain.findings import Finding
from planner.domain.workshop_paper_table import ANSWER, Row
from planner.files.delimited import read_delimited
from planner.files.kind import kind_of
from planner.files.spreadsheet import read_workbook
from planner.files.survey import REFUSED

HEADINGS = ("Stemmeseddel", "Skjema", "Tiltak", "Utsagn", "Spørsmål", ANSWER)
NEEDED = tuple(heading for heading in HEADINGS if heading != "Spørsmål")
SHEET = "Stemmesedler"
MOST_ROWS, MOST_CELLS, MOST_COLUMNS = 200_000, 1_500_000, 50
# At the beginning of a cell, after what is passed over there; also as an East Asian keyboard writes them.
_STARTS_A_FORMULA = re.compile(r"(?=[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\t\r\n'])")
# A program with another separator between cells than ours begins a cell after each of these.
_BETWEEN_CELLS = re.compile(r"([,;\t|])(?=[\s\u200b\ufeff]*[=+\-@＝＋－＠])")


@dataclass(frozen=True, slots=True)
class EmptyRow:
    """A row to fill in. question: what it asks, in words."""

    ballot: str
    form: str
    initiative: str
    statement: str
    question: str

    @property
    def cells(self) -> tuple[str, ...]:
        return self.ballot, self.form, self.initiative, self.statement, self.question


def write_csv(rows: Sequence[EmptyRow]) -> bytes:
    """Semicolons and a mark of UTF-8, so that Excel opens it as it is."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows:
        *keys, question = row.cells
        writer.writerow([*map(_harmless, keys), _harmless(_BETWEEN_CELLS.sub(r"\1'", question)), ""])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Sequence[EmptyRow]) -> bytes:
    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, safe) as book:
        bold = book.add_format({"bold": True, "bg_color": "#DDEAF6", "border": 1})
        words, answer = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"num_format": "@"})
        sheet = book.add_worksheet(SHEET)
        sheet.freeze_panes(1, 0)
        for place, (heading, width) in enumerate(zip(HEADINGS, (14, 18, 12, 14, 70, 20), strict=True)):
            sheet.write_string(0, place, heading, bold)
            sheet.set_column(place, place, width, answer if heading == ANSWER else None)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row.cells):
                sheet.write_string(number, place, cell, words if place == 4 else None)
            sheet.write_blank(number, len(HEADINGS) - 1, None, answer)
    return out.getvalue()


def read_ballot_table(data: bytes) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """The rows of a table that was filled in, or what is wrong with the file as such."""
    kind = kind_of(data)
    if kind in REFUSED:
        return (), (Finding(REFUSED[kind]),)
    if kind == "text":
        read = read_delimited(data, MOST_CELLS, MOST_COLUMNS)
        if isinstance(read, tuple):
            return (), tuple(one for one in read if one.severity == "error")
        return _rows(read.rows, ())
    if kind != "xlsx":
        return (), (Finding("file_not_text"),)
    sheets, findings = read_workbook(data, MOST_CELLS, MOST_COLUMNS, MOST_ROWS)
    if findings:
        return (), findings
    chosen = next((one for one in sheets if not _missing(one.rows)), sheets[0] if sheets else None)
    return _rows(chosen.rows, chosen.formulas) if chosen else ((), (Finding("file_empty"),))


def _rows(rows: Sequence[tuple[str, ...]], formulas: Sequence[int]) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    missing = _missing(rows)
    if missing:
        return (), (Finding("paper_headings", details={"headings": ", ".join(missing)}),)
    places = {_plain(heading): place for place, heading in enumerate(rows[0])}
    wanted = [places[_plain(heading)] for heading in NEEDED]
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        if any(cells):
            *keys, answer = (cells[place].strip() if place < len(cells) else "" for place in wanted)
            # What was made harmless on its way out; an answer is taken as it stands.
            ballot, form, initiative, statement = (one.removeprefix("'") for one in keys)
            found.append(Row(number, ballot, form, initiative, statement, answer))
    wrong = tuple(Finding("paper_formula", where=f"rad {number}") for number in formulas if number > 1)
    return tuple(found), wrong


def _missing(rows: Sequence[tuple[str, ...]]) -> list[str]:
    there = {_plain(heading) for heading in rows[0]} if rows else set()
    return [heading for heading in NEEDED if _plain(heading) not in there]


def _plain(heading: str) -> str:
    return heading.strip().casefold()


def _harmless(cell: str) -> str:
    return f"'{cell}" if _STARTS_A_FORMULA.match(cell) else cell
