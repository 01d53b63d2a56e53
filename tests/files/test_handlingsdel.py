"""The workbook: figures as figures, live sums that carry their value, and nobody's text run as a formula."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.files.paper_case import PAYLOADS, as_pdf, book, make, read_pdf
from tests.report_case import BASIS, with_text

SHEETS = ["Handlingsdel", "Tiltak", "Ikke nå", "Behov", "Ikke nådd", "Rammer og valg", "Metode"]
YEARS = slice(4, 8)
# Six lines with a sum each; seven sums over six columns, of which one has no lines and only adds its own years.
OURS = 6 + 7 * 6 - 5


@pytest.fixture(scope="module")
def content() -> bytes:
    return book(make())


def opened(content: bytes, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def rows(content: bytes, sheet: str, values: bool = True) -> list[tuple[Any, ...]]:
    return list(opened(content, values)[sheet].iter_rows(values_only=True))


def cells(workbook: Any) -> Iterator[Any]:
    for sheet in workbook:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def test_the_sheets_and_what_they_hold(content: bytes) -> None:
    assert opened(content).sheetnames == SHEETS
    told = {sheet: "\n".join(str(cell) for row in rows(content, sheet) for cell in row if cell) for sheet in SHEETS}
    assert "Boligveileder" in told["Tiltak"] and "Ungdomsklubb" not in told["Tiltak"]
    assert "Kommunen har bestemt på forhånd at det ikke skal med." in told["Ikke nå"]
    assert "Å finne en egnet bolig" in told["Behov"] and "Jobbmuligheter" in told["Ikke nådd"]
    assert "10\xa0%" in told["Rammer og valg"] and "skal ikke med" in told["Rammer og valg"]
    assert "HiGHS 1.15.1" in told["Metode"]


def test_expenses_are_positive_and_income_negative_a_row_each(content: bytes) -> None:
    by_line = {(row[1], row[2], row[3]): row[YEARS] for row in rows(content, "Handlingsdel") if row[1]}
    assert by_line["A", "Drift", "Utgift"] == (400, 400, 400, 400)
    assert by_line["A", "Drift", "Tilskudd"] == (-100, -100, 0, 0)
    assert by_line["B", "Investering", "Utgift"] == (0, 1500, 1500, 0)
    assert ("B", "Investering", "Tilskudd") not in by_line  # applied for is not money
    assert by_line["B", "Månedsverk", "Månedsverk"] == (0, 2, 0, 0)


def test_sums_are_formulas_that_carry_their_value(content: bytes) -> None:
    live = {row[0]: row for row in rows(content, "Handlingsdel", values=False) if row[0]}
    told = {row[0]: row for row in rows(content, "Handlingsdel") if row[0]}
    for name, years, total, after in (
        ("Sum utgift drift", (400, 520, 645, 768), 2333, 763),
        ("Sum tilskudd drift", (-100, -100, 0, 0), -200, 0),
        ("Netto drift", (300, 420, 645, 768), 2133, 763),
        ("Netto investering", (0, 1500, 1500, 0), 3000, 0),
        ("Sum månedsverk", (3, 3, 1, 1), 8, 1),
    ):
        assert told[name][YEARS] == years and told[name][8:10] == (total, after), name
        assert all(str(cell).startswith("=") for cell in live[name][4:9]), name


def test_every_formula_gives_the_value_it_carries(content: bytes) -> None:
    """Reckoned here from the other cells: a sum that points at the wrong rows is found."""
    live, told = opened(content)["Handlingsdel"], opened(content, values=True)["Handlingsdel"]
    found = 0
    for row in live.iter_rows():
        for cell in row:
            if cell.data_type != "f":
                continue
            found += 1
            formula = cell.value.removeprefix("=")
            if formula.startswith("SUM("):
                block = told[formula[4:-1]]
                values = [one.value for line in block for one in (line if isinstance(line, tuple) else (line,))]
            else:
                values = [told[name].value for name in formula.split("+")]
            assert sum(values) == told[cell.coordinate].value, cell.coordinate
    assert found == OURS


def test_figures_are_figures(content: bytes) -> None:
    need = next(row for row in rows(content, "Behov") if row[0] == "Å finne en egnet bolig")
    assert need[2:6] == (40, 34, 46, 200) and need[10:12] == (40, 12)
    assert need[12:] == (50, 30)
    limits = {row[0]: row[1:5] for row in rows(content, "Rammer og valg") if row[0]}
    assert limits["Ramme: Drift, 1000 kr"] == (600, 700, 800, 900)
    assert limits["Ramme: Månedsverk, av dem som er ansatt"] == (4, 4, None, 4)


@pytest.mark.parametrize("text", PAYLOADS)
def test_nobodys_text_becomes_a_formula_or_a_link(text: str) -> None:
    content = book(make(with_text(text)))
    workbook = opened(content)
    formulas = [cell for cell in cells(workbook) if cell.data_type == "f"]
    assert len(formulas) == OURS
    assert all(str(cell.value).startswith(("=SUM(", "=")) and cell.parent.title == "Handlingsdel" for cell in formulas)
    assert not [cell for cell in cells(workbook) if cell.hyperlink is not None]
    kept = text.replace("\t", " ").replace("\r", " ")
    found = {(cell.parent.title, cell.data_type) for cell in cells(workbook) if kept in str(cell.value)}
    assert {("Handlingsdel", "s"), ("Tiltak", "s"), ("Ikke nå", "s"), ("Behov", "s"), ("Rammer og valg", "s")} <= found


def test_control_characters_are_left_out() -> None:
    workbook = opened(book(make(with_text("a\x00b\x0bc\ufffe"))))
    assert any(cell.value == "abc" for cell in cells(workbook))


def test_only_a_sample_says_on_every_sheet_that_it_is_one(content: bytes) -> None:
    notice = "Svarene er laget av et program"
    sample = opened(book(make(replace(BASIS, is_sample=True))))
    for sheet in sample:
        assert any(notice in str(cell.value) for row in sheet.iter_rows(max_row=4) for cell in row)
        assert notice in str(sheet.oddHeader.left.text)
    assert not any(notice in str(cell.value) for cell in cells(opened(content)))


@pytest.mark.xdist_group("soffice")
def test_libreoffice_opens_it_and_reckons_the_same(content: bytes, tmp_path: Path) -> None:
    text = read_pdf(as_pdf(content, "bok.xlsx", tmp_path), "-layout")
    words = " ".join(text.split())
    assert "Netto drift" in words and "Møteplass på torget" in words and "Err:" not in words and "#" not in words
    line = next(line for line in text.splitlines() if line.strip().startswith("Netto drift"))
    assert line.replace(",", "").replace("\u202f", "").split()[-6:] == ["300", "420", "645", "768", "2133", "763"]
