"""The workbook: figures as figures, live sums that carry their value, and nobody's text run as a formula."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.wording.in_language import speaking
from planner.wording.report import Kept, paper
from tests.files.paper_case import KEPT_AT, PAYLOADS, book, converted, make
from tests.report_case import BASIS, make_report, with_text

SHEETS = [
    *("Handlingsdel", "Linje for linje", "Tiltak", "Ikke nå", "Behov", "Ikke nådd"),
    *("Fra behov til krone", "Rammer og valg", "Metode"),
]
YEARS = slice(4, 8)
# One row each: five rows whose net is six formulas; in two of them gross, grants and what is not counted add up over
# five years each, and the months of work in a row of their own.
WHOLE = 5 * 6 + 2 * 3 * 5 + 5
# Seven lines with a sum each; seven sums over six columns, of which one has no lines and only adds its own years.
LINES = 7 + 7 * 6 - 5
# The last: what is used of three resources in four years, which is looked up in the first sheet.
OURS = WHOLE + LINES + 3 + 3 * 4


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
    by_line = {(row[1], row[2], row[3]): row[YEARS] for row in rows(content, "Linje for linje") if row[1]}
    assert by_line["A", "Drift", "Utgift"] == (400, 400, 400, 400)
    assert by_line["A", "Drift", "Tilskudd: Husbanken (tilsagn)"] == (-100, -100, 0, 0)
    assert by_line["B", "Investering", "Utgift"] == (0, 1500, 1500, 0)
    # Applied for is not money: it is told, and no sum adds it.
    assert by_line["B", "Investering", "Ikke regnet med: Spillemidler (søkt)"] == (0, -450, -450, 0)
    assert by_line["B", "Månedsverk", "Månedsverk"] == (0, 2, 0, 0)


def test_sums_are_formulas_that_carry_their_value(content: bytes) -> None:
    live = {row[0]: row for row in rows(content, "Linje for linje", values=False) if row[0]}
    told = {row[0]: row for row in rows(content, "Linje for linje") if row[0]}
    for name, years, total, after in (
        ("Sum utgift drift", (400, 520, 645, 768), 2333, 763),
        ("Sum tilskudd drift", (-100, -100, 0, 0), -200, 0),
        ("Netto drift", (300, 420, 645, 768), 2133, 763),
        ("Netto investering", (0, 1500, 1500, 0), 3000, 0),
        ("Sum månedsverk", (3, 3, 1, 1), 8, 1),
    ):
        assert told[name][YEARS] == years and told[name][8:10] == (total, after), name
        assert all(str(cell).startswith("=") for cell in live[name][4:9]), name


def test_one_row_an_initiative_and_budget_with_all_that_its_net_is_made_of(content: bytes) -> None:
    table = [
        row for row in rows(content, "Handlingsdel") if row[2] in ("Inv/Drift", "Investering", "Drift", "Månedsverk")
    ]
    places = {name: place for place, name in enumerate(table[0])}
    by_row = {(row[1] or row[0], row[2]): row for row in table[1:]}

    def told(row: tuple[str, str], word: str) -> tuple[Any, ...]:
        return tuple(by_row[row][places[f"{word}{year}"]] for year in range(2027, 2032))

    assert list(by_row) == [
        *(("B", "Investering"), ("Sum investering", "Investering"), ("A", "Drift"), ("B", "Drift")),
        *(("Sum drift", "Drift"), ("Sum månedsverk", "Månedsverk")),
    ]
    assert told(("A", "Drift"), "") == (300, 300, 400, 400, 400) and by_row["A", "Drift"][places["Sum"]] == 1400
    assert told(("A", "Drift"), "Brutto ") == (400,) * 5
    assert told(("A", "Drift"), "Tilskudd ") == (-100, -100, 0, 0, 0)
    assert told(("B", "Investering"), "Ikke regnet med ") == (0, -450, -450, 0, 0)
    assert by_row["B", "Investering"][places["Tilskudd og status"]] == "Spillemidler (søkt)"
    # On paper only what a budget office pastes: text, years, sum and the year after.
    sheet = opened(content)["Handlingsdel"]
    last = sheet.print_area.split(":")[1]
    assert last.startswith("$I$")
    # The months stand to the right of what is printed: their sum would be a row without a figure.
    row = int(last.removeprefix("$I$"))
    assert (sheet.cell(row, 1).value, sheet.cell(row + 1, 1).value) == ("Sum drift", "Sum månedsverk")
    assert told(("Sum drift", "Drift"), "") == (300, 420, 645, 768, 763)
    # Months of work once, though B is on both budgets.
    assert told(("B", "Investering"), "Månedsverk ") == (0, 2, 0, 0, 0)
    assert told(("B", "Drift"), "Månedsverk ") == (None,) * 5
    assert told(("Sum månedsverk", "Månedsverk"), "Månedsverk ") == (3, 3, 1, 1, 1)


def test_every_point_is_traced_to_its_krone(content: bytes) -> None:
    """A: 12 points for 1400, from 40 of s01; B: 2 of s02's 40, three quarters of them with the young, for 3733."""
    table = [row for row in rows(content, "Fra behov til krone") if row[2] in ("Unge", "Voksne")]
    ways = {(row[0], row[2], row[6] or ""): (row[4], row[11]) for row in table}
    assert ways["Å finne en egnet bolig", "Unge", "A"] == (6, 700)
    assert ways["Steder å møtes", "Unge", "B"] == (1.5, 2799.75) and ways["Steder å møtes", "Voksne", "B"][0] == 0.5
    assert ways["Steder å møtes", "Unge", ""] == (28.5, None) and ways["Jobbmuligheter", "Unge", ""] == (10, None)
    last = next(row for row in rows(content, "Fra behov til krone") if row[0] == "Sum")
    assert (last[4], last[5], last[11]) == pytest.approx((100, 14, 5133))


def test_every_formula_gives_the_value_it_carries(content: bytes) -> None:
    """Reckoned here from the other cells: a sum that points at the wrong rows is found."""
    found, formulas, values_there = 0, opened(content), opened(content, values=True)
    for name in SHEETS:
        live, told = formulas[name], values_there[name]
        for cell in (one for row in live.iter_rows() for one in row if one.data_type == "f"):
            found += 1
            formula = cell.value.removeprefix("=")
            if "!" in formula:
                there, place = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", formula).groups()  # type: ignore[union-attr]
                assert there == "Handlingsdel" and name == "Rammer og valg"
                values = [values_there[there][place].value]
            elif formula.startswith("SUM("):
                block = told[formula[4:-1]]
                values = [one.value for line in block for one in (line if isinstance(line, tuple) else (line,))]
            else:
                values = [told[one].value for one in formula.split("+")]
            assert sum(value or 0 for value in values) == pytest.approx(told[cell.coordinate].value), cell.coordinate
    assert found == OURS


def test_figures_are_figures(content: bytes) -> None:
    need = next(row for row in rows(content, "Behov") if row[0] == "Å finne en egnet bolig")
    assert need[2:6] == (40, 34, 46, 200) and need[10:12] == (40, 12)
    assert need[12:] == (50, 30)
    limits = {row[0]: row[1:5] for row in rows(content, "Rammer og valg") if row[0]}
    assert limits["Ramme: Drift, 1000 kr"] == (600, 700, 800, 900)
    assert limits["Ramme: Månedsverk, av dem som er ansatt"] == (4, 4, None, 4)
    whole = [cell for row in opened(content)["Rammer og valg"] for cell in row if isinstance(cell.value, int)]
    assert {cell.number_format for cell in whole} == {"#,##0;-#,##0;0"}  # thousands are told apart


@pytest.mark.parametrize("text", PAYLOADS)
def test_nobodys_text_becomes_a_formula_or_a_link(text: str) -> None:
    content = book(make(with_text(text)))
    workbook = opened(content)
    formulas = [cell for cell in cells(workbook) if cell.data_type == "f"]
    assert len(formulas) == OURS
    ours = r"=(SUM\([A-Z]+\d+:[A-Z]+\d+\)|[A-Z]+\d+(\+[A-Z]+\d+)*|'Handlingsdel'![A-Z]+\d+)"
    assert all(re.fullmatch(ours, cell.value) for cell in formulas)
    assert not [cell for cell in cells(workbook) if cell.hyperlink is not None]
    kept = text.replace("\t", " ").replace("\r", " ")
    found = {(cell.parent.title, cell.data_type) for cell in cells(workbook) if kept in str(cell.value)}
    assert {("Handlingsdel", "s"), ("Linje for linje", "s"), ("Fra behov til krone", "s")} <= found
    assert {("Tiltak", "s"), ("Ikke nå", "s"), ("Behov", "s"), ("Rammer og valg", "s")} <= found


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


def without_values(content: bytes) -> bytes:
    """The file with the answers of its formulas taken out, so that a program has to reckon them itself."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", old.read(name)))
    return made.getvalue()


def in_language(language: str) -> bytes:
    with speaking(language):
        tables = make_report()
        return book(paper(tables, Kept(1, "Førsteutkast", KEPT_AT), {}))


@pytest.mark.parametrize("language", ["nn", "en"])
def test_every_heading_sheet_and_status_is_in_the_language_asked_for(language: str) -> None:
    """What differs in no language is what people typed, a number, or a word that is the same in both."""
    first, other = opened(in_language("nb")), opened(in_language(language))
    names = dict(zip(first.sheetnames, other.sheetnames, strict=True))
    assert names["Ikke nå"] == {"nn": "Ikkje no", "en": "Not now"}[language]
    typed = {one.title for one in BASIS.candidates} | {one.theme for one in BASIS.candidates} | {"Plan og teknisk"}
    typed |= {one.text for one in BASIS.statements} | {"D Jobbmesse", "Førsteutkast"}
    same = set()
    for sheet, name in names.items():
        for row in first[sheet].iter_rows():
            for cell in row:
                there = other[name][cell.coordinate].value
                if isinstance(cell.value, str) and re.search("[a-zæøå]{3}", cell.value) and cell.value == there:
                    same.add(cell.value)
        assert str(other[name]["A1"].value) and len(name) <= 31
    hashes = {one for one in same if re.fullmatch("[0-9a-f]{64}", one)}
    left = same - typed - hashes - {"HiGHS 1.15.1", "planner 0.1.0", "Program", "Status"}
    assert not left or (language == "nn" and len(left) < 70), left
    wrong = re.compile(r"\b(ikke|noe|hva|hvor|fra|vedtatt|beholdes|gjelder|mangler)\b", re.IGNORECASE)
    assert not [one for one in left if wrong.search(one)]


@pytest.mark.xdist_group("soffice")
@pytest.mark.parametrize("language", ["nn", "en"])
def test_libreoffice_opens_it_and_reckons_the_same(language: str, tmp_path: Path) -> None:
    content = in_language(language)
    bare = without_values(content)
    place = ("D8", opened(content).sheetnames[0])
    assert not [cell for cell in cells(opened(bare, values=True)) if (cell.coordinate, cell.parent.title) == place]
    reckoned, told = (
        opened(converted(bare, "bok.xlsx", "xlsx", tmp_path).read_bytes(), values=True),
        opened(content, values=True),
    )
    formulas = [cell for cell in cells(opened(content)) if cell.data_type == "f"]
    for cell in formulas:
        name, place = cell.parent.title, cell.coordinate
        assert reckoned[name][place].value == pytest.approx(told[name][place].value), (name, place)
    assert len(formulas) == OURS


@pytest.mark.xdist_group("soffice")
def test_what_is_changed_in_the_first_sheet_is_seen_in_the_settings(tmp_path: Path) -> None:
    """In English, whose first sheet has two words in its name: 1000 more of A's expenses in 2027."""
    changed = opened(in_language("en"))
    first = changed["Action programme"]
    (at,) = [cell.row for cell in first["B"] if cell.value == "A"]
    (column,) = [cell.column for row in first.iter_rows() for cell in row if cell.value == "Gross 2027"]
    first.cell(at, column).value += 1000
    made = io.BytesIO()
    changed.save(made)
    reckoned = opened(converted(made.getvalue(), "bok.xlsx", "xlsx", tmp_path).read_bytes(), values=True)
    used = {row[0]: row[1:5] for row in reckoned["Limits and choices"].iter_rows(values_only=True)}
    assert used["Used: Operating, 1000 kr"] == (1300, 420, 645, 768)
