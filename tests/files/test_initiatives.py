"""The initiative workbook: out, filled in, and back with everything that is wrong with it."""

import io
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.child import Finished, run_limited
from planner.domain.bank import read_bank, with_likely_grants
from planner.domain.candidate_links import Terms
from planner.domain.candidates import Candidate, Effect, Partner, Reach, Staff
from planner.domain.costs import Cost, Costs, Grant, Loan
from planner.domain.freed import Freed
from planner.domain.statements import read_statements
from planner.files.initiative_columns import COLUMNS, SHEETS
from planner.files.initiative_workbook import write_workbook
from planner.files.initiatives import InitiativeFile, read_initiatives
from tests.files import nasty

SEED = Path(__file__).parents[2] / "seed_data"
STATEMENTS = read_statements((SEED / "statements.csv").read_text(encoding="utf-8"))
TERMS = Terms(
    {statement.id: statement.text for statement in STATEMENTS},
    {"innvandrere": "Innvandrere", "tilflyttere": "Tilflyttere", "unge": "Unge", "voksne": "Voksne"},
    (2027, 2028, 2029, 2030),
)
FACTORS = {"arbeid": "Arbeid", "bolig": "Bolig", "sosialt_miljo": "Sosialt miljø", "oppvekst_utdanning": "Oppvekst",
           "tjenester": "Tjenester"}  # fmt: skip
BANK = with_likely_grants(read_bank((SEED / "initiatives.csv").read_text(encoding="utf-8"), TERMS.segments))
RICH = Candidate(
    code="Ø-1",
    title='=HYPERLINK("http://x","klikk")',
    theme="Eget",
    level="fylke",
    partners=(Partner("NAV (lokalt)", "bekreftet"), Partner("Laget")),
    targets=("unge",),
    reach=(Reach("voksne", 12.5), Reach("tilflyttere", 0)),
    effects=(Effect("s06", 12.5, "verksted"), Effect("s06", 30, "verksted", "unge"), Effect("s12", 0)),
    chance=0,
    earliest=2028,
    latest=2030,
    costs=Costs(
        one_time=Cost(9000, "avtale"),
        budget="investment",
        one_time_years=2,
        extra_investment=(5, 0, 6),
        extra_operating=(1,),
        extra_source="verksted",
        grants=(Grant(name="A", yearly_amount=0, one_time_amount=500, last_year=2029, years=2, source="avtale"),),
        loan=Loan(share=80, interest=0.5, years=30),
        price_year=2026,
    ),
    staff_start=Staff(2, "verksted"),
    excludes=("T01",),
)
STOPS = Freed(code="S1", title="Bokbussen", affected="Tolv lånere", operating=Cost(400, "avtale"), first_year=2028)


def read(data: bytes) -> InitiativeFile:
    return read_initiatives(data, TERMS, FACTORS)


def book(**sheets: list[list[Any]]) -> bytes:
    """A workbook by openpyxl, as somebody might have filled it in: text starting with = becomes a formula."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def told(file: InitiativeFile) -> list[tuple[str, str]]:
    return [(finding.code, finding.where) for finding in file.findings]


def test_a_whole_plan_goes_out_and_comes_back_equal() -> None:
    again = read(write_workbook((*BANK, RICH), (STOPS,), TERMS, FACTORS))
    assert again.candidates == (*BANK, RICH)
    assert again.freed == (STOPS,)
    assert {(finding.code, finding.severity) for finding in again.findings} == {("candidate_effect_zero", "warning")}


def test_the_template_holds_no_formula_and_no_link() -> None:
    data = write_workbook((RICH,), (), TERMS, FACTORS)
    made = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert made["Tiltak"]["B2"].value == RICH.title


def test_the_guide_explains_every_column() -> None:
    made = openpyxl.load_workbook(io.BytesIO(write_workbook((), (), TERMS, FACTORS)))
    assert made.sheetnames == ["Veiledning", *SHEETS, "Lister"]
    explained = {(row[0], row[1].rstrip(" *")) for row in made["Veiledning"].iter_rows(values_only=True) if row[1]}
    assert {(name, column.heading) for name in SHEETS for column in COLUMNS[name]} <= explained
    assert made["Tiltak"].data_validations.count == len(COLUMNS["Tiltak"])


def test_an_empty_template_says_that_nothing_stands_in_it() -> None:
    assert told(read(write_workbook((), (), TERMS, FACTORS))) == [("initiatives_no_rows", "")]


def test_typed_as_people_type() -> None:
    heading = ["KODE", "tiltak", "Tema *", "Faktor", "Målgrupper", "Kostnad per år", "Når delvis", "Nivå"]
    place = ["T1", "Møteplass", "Sosialt", "sosialt MILJØ", "alle", "1\u00a0234,0 kr", "Voksne: 50 %", "Kommune"]
    bus = ["T2", "Buss", "Transport", None, "Unge; voksne", 300.0, None, None]
    effects = [
        ["Kode", "Utsagn", "Virkning (%)", "Kilde", "Bare for"],
        ["T1", "s06 Tilgang til gode sosiale møteplasser", "15 %", "Verksted"],
        ["T1", "et trygt nettverk", 5, None],
        ["T1", "s10", 20, None, "Unge under 25 (unge)"],
        ["T1", "s10", 0, None, "VOKSNE"],
    ]
    file = read(book(Tiltak=[["Tiltak for bolyst i Fjordvik"], heading, place, [], bus], Virkning=effects))
    assert file.findings == ()
    first, second = file.candidates
    assert first.costs.yearly.value == 1234
    assert first.factor == "sosialt_miljo"
    assert first.targets == tuple(TERMS.segments)
    assert first.reaches("voksne") == 50
    alone = (Effect("s10", 20, segment="unge"), Effect("s10", 0, segment="voksne"))
    assert first.effects == (Effect("s06", 15, "verksted"), Effect("s10", 5), *alone)
    assert (second.targets, second.costs.yearly.value) == (("unge", "voksne"), 300)


def test_a_group_nobody_knows() -> None:
    file = read(book(Tiltak=[["Kode", "Tiltak", "Tema", "Målgrupper"], ["T2", "Buss", "Transport", "Unge; eldre"]]))
    assert told(file) == [("candidate_unknown_segment", "arket «Tiltak», rad 2, kolonne «Målgrupper»")]


def test_everything_that_is_wrong_comes_at_once_with_its_place() -> None:
    file = read(
        book(
            Tiltak=[
                [
                    "Kode",
                    "Tiltak",
                    "Tema",
                    "Kostnad i gang (1000 kr)",
                    "Tidligst start",
                    "Krever alle av",
                    "Rar kolonne",
                ],
                ["T1", "Uten tema", None, -5, "snart", "T1", "x"],
                ["T1", "Samme kode", "Bolig", 5, None, None, None],
                [None, "Uten kode", "Bolig", "mye", None, None, None],
                ["T4", "=1+1", "Bolig", "=SUM(A1:A2)", None, None, None],
            ],
            Virkning=[
                ["Kode", "Utsagn", "Virkning (%)"],
                ["T1", "s99", 5],
                ["T1", "s06", 120],
                ["T1", "s07", 0.3],
                ["T9", "s06", 5],
            ],
            Tilskudd=[["Kode", "Fra", "Status", "Andel per år (%)"], ["T1", None, "lovet", 40]],
            Slutter_med=[["Kode", "Noe vi slutter med", "Fra år"], ["S1", "Bokbussen", 2028]],
            Notater=[["bare prat", "her"]],
        )
    )
    t, v, g, s = (f"arket «{name}»" for name in SHEETS)
    assert (file.candidates, file.freed) == ((), ())
    assert told(file) == [
        ("initiatives_sheet_ignored", ""),
        ("initiatives_column_missing", s),
        ("candidate_text_missing", f"{s}, rad 2 (S1)"),
        ("freed_nothing", f"{s}, rad 2 (S1)"),
        ("grant_without_name", f"{g}, rad 2, kolonne «Fra»"),
        ("candidate_unknown_choice", f"{g}, rad 2, kolonne «Status»"),
        ("initiatives_column_ignored", t),
        ("candidate_negative", f"{t}, rad 2, kolonne «Kostnad i gang (1000 kr)»"),
        ("candidate_links_itself", f"{t}, rad 2, kolonne «Krever alle av»"),
        ("candidate_text_missing", f"{t}, rad 2, kolonne «Tema»"),
        ("candidate_not_a_number", f"{t}, rad 2, kolonne «Tidligst start»"),
        ("candidate_duplicate_code", f"{t}, rad 3, kolonne «Kode»"),
        ("candidate_text_missing", f"{t}, rad 4, kolonne «Kode»"),
        ("candidate_not_a_number", f"{t}, rad 4, kolonne «Kostnad i gang (1000 kr)»"),
        ("initiatives_formula", f"{t}, rad 5"),
        ("candidate_not_a_number", f"{t}, rad 5, kolonne «Kostnad i gang (1000 kr)»"),
        ("candidate_unknown_statement", f"{v}, rad 2, kolonne «Utsagn»"),
        ("candidate_out_of_range", f"{v}, rad 3, kolonne «Virkning (%)»"),
        ("initiatives_percent_as_share", f"{v}, rad 4, kolonne «Virkning (%)»"),
        ("initiatives_row_without_candidate", f"{v}, rad 5, kolonne «Kode»"),
    ]


def test_a_good_row_beside_a_bad_one_is_not_half_stored() -> None:
    rows = [["Kode", "Tiltak", "Tema"], ["T1", "God", "Bolig"], ["T2", "Uten tema", None]]
    assert read(book(Tiltak=rows)).candidates == ()
    assert len(read(book(Tiltak=rows[:2])).candidates) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"%PDF-1.7 tiltak", "initiatives_not_a_workbook"),
        (b"Kode;Tiltak;Tema", "initiatives_not_a_workbook"),
        (nasty.archive("word/document.xml"), "initiatives_not_a_workbook"),
        (nasty.archive("xl/workbook.xml"), "file_workbook_broken"),
        (nasty.far_cell(), "file_too_many_columns"),
        (nasty.with_entities(), "file_workbook_broken"),
        (nasty.workbook(), "initiatives_no_sheet"),
        (book(Tiltak=[["a", "b"], ["c", "d"]]), "initiatives_no_heading"),
        (book(Tiltak=[["Kode", "Tiltak", "Tema", "Kode"], ["a", "b", "c", "d"]]), "initiatives_column_twice"),
        (book(Tiltak=[["Kode", "Tiltak", "Tema"]] + [["T", "t", "t"]] * 3001), "file_too_many_rows"),
    ],
)
def test_a_bad_file_gets_one_clear_answer(data: bytes, code: str) -> None:
    file = read(data)
    assert code in [finding.code for finding in file.findings if finding.severity == "error"]
    assert (file.candidates, file.freed) == ((), ())


def test_a_sheet_that_lies_about_its_size_is_read_in_full() -> None:
    data = write_workbook(BANK, (), TERMS, FACTORS)
    lie = nasty.edited(
        data,
        "xl/worksheets/sheet2.xml",
        lambda xml: re.sub(r'<dimension ref="[^"]+"/>', '<dimension ref="A1"/>', xml),
    )
    assert lie != data
    assert len(read(lie).candidates) == 40


def test_it_runs_in_a_child_and_its_answer_comes_back() -> None:
    data = write_workbook((*BANK, RICH), (STOPS,), TERMS, FACTORS)
    outcome = run_limited(read_initiatives, data, TERMS, FACTORS, memory_mb=512, seconds=60)
    assert isinstance(outcome, Finished)
    assert outcome.value.candidates == (*BANK, RICH)
