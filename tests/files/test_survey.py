"""Survey files in, tables or findings out: encodings, separators, quotes, headings, workbooks, and what is none."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.child import Crashed, Finished, run_limited
from planner.domain.raw_table import RawTable
from planner.files import survey
from planner.files.survey import read_table
from tests.domain.raw import as_rows
from tests.files import nasty
from tests.files.nasty import ANSWERS, HEADING, ROWS, delimited, workbook


def table(data: bytes, name: str = "svar.csv") -> RawTable:
    read = read_table(data, name)
    assert isinstance(read, RawTable), read
    return read


def codes(data: bytes, name: str = "svar.csv") -> list[str]:
    read = read_table(data, name)
    return [finding.code for finding in (read.notes if isinstance(read, RawTable) else read)]


def test_a_plain_file_is_read_without_a_word() -> None:
    read = table(delimited())
    assert (read.headings, as_rows(read), read.numbers.tolist(), read.notes) == (HEADING, ANSWERS, [2, 3, 4], ())


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp865"]
)
def test_every_encoding_and_separator_gives_the_same_table(separator: str, quoted: bool, encoding: str) -> None:
    rows = tuple(tuple(cell.replace("–", "-") for cell in row) for row in ROWS)
    read = table(delimited(rows, separator, encoding, quoted=quoted))
    assert (read.headings, as_rows(read)) == (rows[0], rows[1:])
    told = [note.details["encoding"] for note in read.notes if note.code == "file_encoding"]
    assert told == ([encoding] if encoding in ("cp1252", "mac_roman", "cp865") else [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending(end: str) -> None:
    assert as_rows(table(delimited(end=end))) == ANSWERS


def test_windows_quotation_marks_are_not_taken_for_dos_letters() -> None:
    rows = (("id", "svar"), ("1", "“a” ‘b’"), ("2", "’c’"))
    assert as_rows(table(delimited(rows, encoding="cp1252")))[1] == ("2", "’c’")


def test_letters_that_were_already_broken_are_said() -> None:
    broken = delimited().decode().encode().decode("cp1252").encode()
    assert "file_letters_broken" in codes(broken)


def test_one_damaged_byte_does_not_make_a_utf8_file_another_encoding() -> None:
    texts = tuple((str(number), "Åpne gårder på øya", "6", "3", "1") for number in range(4, 12))
    data = delimited((*ROWS, *texts))
    place = data.rindex("å".encode())
    read = table(data[:place] + b"\xff" + data[place + 1 :])
    assert "Åpne gårder på øya" in as_rows(read)[-2] and read.headings == ROWS[0]
    assert [note.code for note in read.notes] == ["file_letters_broken"]


def test_nul_characters_are_taken_out_and_said() -> None:
    read = table(delimited().replace(b"Mann", b"Ma\x00nn"))
    assert as_rows(read)[1][1] == "Mann"
    assert [(note.code, note.details["rows"]) for note in read.notes] == [("file_nul", "3")]


def test_a_blank_last_line_and_an_excel_instruction_are_no_rows() -> None:
    assert as_rows(table(b"sep=;\r\n" + delimited() + b"\r\n\r\n")) == ANSWERS
    assert table(b"sep=;\r\n" + delimited()).numbers[0] == 2


def test_a_million_blank_rows_after_the_last_are_no_rows_and_take_no_time() -> None:
    begun = time.process_time()
    assert as_rows(table(delimited() + b";\n" * 1_000_000)) == ANSWERS
    assert time.process_time() - begun < 20  # two seconds; shortened row by row it was hours


def test_a_heading_with_commas_does_not_make_the_comma_a_separator() -> None:
    heading = ("id", "Å bruke kort tid på jobb, hente i barnehage, handle osv.", "vekt")
    rows = (heading, *((str(n), "6", f"0,{n}") for n in range(40)))
    assert table(delimited(rows)).headings == heading


def test_a_few_odd_rows_do_not_change_the_separator() -> None:
    rows = (tuple(f"s{n}" for n in range(20)), *[("6",) * 19 + ("0,8",)] * 60, *[("6",) * 5 + ("0,8",)] * 3)
    assert len(table(delimited(rows)).columns) == 20


def test_line_breaks_inside_quotes_stay_inside_the_cell_and_rows_are_counted_as_excel_does() -> None:
    rows = (HEADING, ("1", "en\r\nto\r\ntre", "6", "3", "1"), ("2", "x", "6", "3", "1"))
    read = table(delimited(rows, quoted=True))
    assert len(as_rows(read)) == 2 and as_rows(read)[0][1] == "en\r\nto\r\ntre" and read.numbers[0] == 2


def test_a_quote_never_closed_is_refused_with_its_row() -> None:
    data = delimited((*ROWS, ("4", '"åpen', "6", "3", "1"), *ANSWERS)).replace(b'"""', b'"').replace(b'""', b'"')
    findings = read_table(data.replace("åpen".encode(), b"a;b;c;d"), "svar.csv")
    assert isinstance(findings, tuple)
    assert [(finding.code, finding.where) for finding in findings] == [("file_lone_quote", "rad 5")]


def test_lone_quotes_in_a_file_without_quoting_are_letters() -> None:
    data = "\r\n".join(";".join(row) for row in (HEADING, *ANSWERS, ("4", '"Hun', "6", "3", "1"), *ANSWERS)).encode()
    read = table(data)
    assert as_rows(read)[3][1] == '"Hun' and len(as_rows(read)) == 7
    assert [note.code for note in read.notes] == ["file_quotes_as_text"]


def test_a_quote_in_the_middle_of_a_cell_is_a_letter() -> None:
    data = "\n".join(("id;svar", '1;5" rør', "2;x")).encode()
    assert as_rows(table(data)) == (("1", '5" rør'), ("2", "x"))


def test_a_row_with_too_many_cells_is_emptied_and_named_never_read_askew() -> None:
    read = table(delimited((HEADING, *ANSWERS, ("4", "fri", "tekst", "6", "3", "1"))))
    assert read.broken == (3,)
    assert as_rows(read)[3] == ("",) * 5
    assert table(delimited((HEADING, *ANSWERS, ("4", "x", "6", "3", "1", "", "")))).broken == ()


def test_short_rows_are_filled_and_named_unless_the_tool_writes_all_of_them_so() -> None:
    read = table(delimited((HEADING, *ANSWERS, ("4", "Mann", "6"))))
    assert as_rows(read)[3] == ("4", "Mann", "6", "", "")
    assert [(note.code, note.where) for note in read.notes] == [("file_short_rows", "rad 5")]
    assert codes(delimited((HEADING, *[row[:4] for row in ANSWERS]))) == []


def test_titles_above_the_heading_are_skipped_and_rows_keep_their_numbers() -> None:
    read = table(delimited((("Innbyggerundersøkelse 2025",), (), *ROWS)))
    assert (read.headings, as_rows(read), read.numbers[0]) == (HEADING, ANSWERS, 4)
    assert [note.code for note in read.notes] == ["file_title_rows"]


def test_two_heading_rows_become_one() -> None:
    upper = ("", "", "Hvor viktig", "", "Hvor sannsynlig", "")
    lower = ("ID", "Kjønn", "Natur", "Arbeid", "Natur", "Arbeid")
    read = table(delimited((upper, lower, *[("1", "M", "6", "5", "4", "3")] * 3)))
    assert read.headings == ("ID", "Kjønn", "Hvor viktig [Natur]", "Hvor viktig [Arbeid]",
                            "Hvor sannsynlig [Natur]", "Hvor sannsynlig [Arbeid]")  # fmt: skip
    assert read.numbers[0] == 3


def test_blank_rows_between_rows_are_kept_so_that_numbers_hold() -> None:
    read = table(delimited((HEADING, ANSWERS[0], (), ANSWERS[1])))
    assert as_rows(read)[1] == ("",) * 5 and len(as_rows(read)) == 3


def test_duplicate_and_empty_headings_keep_their_columns() -> None:
    read = table(delimited((("id", "", "Natur", "Natur", ""), ("1", "2", "3", "4", ""))))
    assert read.headings == ("id", "", "Natur", "Natur")
    assert as_rows(read) == (("1", "2", "3", "4"),)


def test_a_file_without_headings_is_said() -> None:
    assert "file_no_heading" in codes(delimited(tuple((str(n), "6", "3") for n in range(5))))


def test_a_heading_alone_is_a_table_without_rows() -> None:
    assert as_rows(table(delimited((HEADING,)))) == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "file_empty"),
        (b"\xff\xfe\x00\x00", "file_empty"),
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "file_is_pdf"),
        (nasty.archive("word/document.xml", "[Content_Types].xml"), "file_is_word"),
        (nasty.archive("bilde.txt"), "file_is_archive"),
        (nasty.archive("xl/workbook.bin"), "file_is_old_excel"),
        (nasty.archive("content.xml", "mimetype"), "file_is_ods"),
        (b"PK\x03\x04 cut off", "file_is_archive"),
        (nasty.ole("Workbook"), "file_is_old_excel"),
        (nasty.ole("WordDocument"), "file_is_word"),
        (nasty.ole("EncryptedPackage"), "file_is_protected"),
        (b"  <!DOCTYPE html><html><body>Logg inn", "file_is_html"),
        (b"<table><tr><td>1</td></tr></table>", "file_is_html"),
        (b"$FL2@(#) SPSS DATA FILE", "file_spss_broken"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "file_is_image"),
        (bytes(range(256)) * 40, "file_not_text"),
        (b"Bare en kolonne\n1\n2\n", "file_one_column"),
        (delimited(tuple(tuple("x" for _ in range(100_000)) for _ in range(3))), "file_too_many_columns"),
        (nasty.archive("xl/workbook.xml"), "file_workbook_broken"),
        (workbook()[:-400], "file_is_archive"),
        (workbook(()), "file_empty"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["svar.csv", "svar.xlsx"])
def test_what_is_no_survey_is_recognised_whatever_it_is_called(data: bytes, code: str, name: str) -> None:
    read = read_table(data, name)
    assert isinstance(read, tuple)
    assert code in [finding.code for finding in read]
    assert all(finding.severity == "error" for finding in read)


def test_a_workbook_gives_the_same_table_as_the_text_file_and_its_name_is_not_trusted() -> None:
    book, text = table(workbook(), "svar.csv"), table(delimited())
    assert (book.headings, as_rows(book), book.numbers.tolist()) == (
        text.headings,
        as_rows(text),
        text.numbers.tolist(),
    )


def test_numbers_dates_and_blank_cells_of_a_workbook_become_text() -> None:
    """Of a moment only that it is there: it was a time stamp, and is gone before anything else sees it."""
    import datetime as dt

    moment = dt.datetime(2025, 9, 6, 15, 37, 20)  # noqa: DTZ001  a workbook has no time zones
    values = [["id", "a", "b", "c", "d"], [1, 6.0, 0.85, None, moment], [2, True, "x", " y ", dt.date(2025, 9, 6)]]
    assert as_rows(table(nasty.numbers_book(values))) == (
        ("1", "6", "0.85", "", "x"),
        ("2", "TRUE", "x", "y", "x"),
    )


def test_formula_cells_are_named_and_stay_formulas() -> None:
    read = table(workbook((HEADING, ANSWERS[0], ("2", "Mann", "=3+3", "4", "1"))))
    assert as_rows(read)[1][2].startswith("=")
    assert [(note.code, note.where) for note in read.notes] == [("file_formulas", "rad 3")]


def test_a_title_row_in_a_workbook() -> None:
    read = table(workbook((("Undersøkelse 2025",), *ROWS)))
    assert (read.headings, read.numbers[0]) == (HEADING, 3)


def test_what_stands_beside_the_table_is_not_read_and_is_said() -> None:
    read = table(workbook((HEADING, *ANSWERS, ("4", "Mann", "6", "3", "1", "", "", "husk purring"))))
    assert as_rows(read)[3] == ("4", "Mann", "6", "3", "1") and read.broken == ()
    assert [(note.code, note.where) for note in read.notes] == [("file_cells_beside", "rad 5")]


def test_the_sheet_with_most_rows_is_read_and_the_others_named() -> None:
    data = workbook(sheets=("Svar", "Om"))
    assert [note.code for note in table(data).notes] == ["file_sheet_chosen"]


def test_a_lying_dimension_loses_no_row() -> None:
    assert len(table(nasty.lying_dimension(51))) == 51


@pytest.mark.parametrize("value", [1, "x"])
def test_one_cell_in_the_last_corner_is_refused_quickly(value: object) -> None:
    data = nasty.far_cell(value)
    assert len(data) < 10_000
    began = time.monotonic()
    outcome = run_limited(read_table, data, "svar.xlsx", memory_mb=512, seconds=10)
    assert isinstance(outcome, Finished)
    assert [finding.code for finding in outcome.value] == ["file_too_many_columns"]
    assert time.monotonic() - began < 10


def test_a_row_that_claims_a_number_no_sheet_has_is_refused_quickly() -> None:
    data = nasty.edited(
        workbook(), "xl/worksheets/sheet1.xml", lambda text: text.replace('<row r="3"', '<row r="99999999999999"')
    )
    outcome = run_limited(read_table, data, "svar.xlsx", memory_mb=512, seconds=20)
    assert isinstance(outcome, Finished), outcome
    assert [finding.code for finding in outcome.value] == ["file_workbook_broken"]


def test_an_xml_bomb_is_refused_and_reads_no_file() -> None:
    began = time.monotonic()
    outcome = run_limited(read_table, nasty.with_entities(), "svar.xlsx", memory_mb=512, seconds=10)
    assert isinstance(outcome, Finished)
    assert [finding.code for finding in outcome.value] in (["file_workbook_refused"], ["file_workbook_broken"])
    assert time.monotonic() - began < 5


def test_a_packed_bomb_is_refused_by_what_it_would_unpack_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.files.spreadsheet.MOST_INSIDE_MB", 5)
    data = nasty.bomb(6)
    assert len(data) < 100_000
    assert codes(data) == ["file_too_large_inside"]


def test_a_member_that_is_larger_than_it_says_is_refused() -> None:
    """The stated size counts toward the ceiling, so it must not be possible to lie about it."""
    import struct

    data = bytearray(nasty.bomb(2))
    place = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert data[place : place + 4] == b"PK\x01\x02"
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    assert codes(bytes(data)) == ["file_workbook_broken"]


def test_too_many_cells_are_refused_in_both_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "MOST_CELLS", 12)
    assert codes(delimited()) == ["file_too_many_cells"]
    assert codes(workbook()) == ["file_too_many_cells"]


def test_a_value_far_down_is_refused_with_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "MOST_ROWS", 3)
    read = read_table(workbook(), "svar.xlsx")
    assert isinstance(read, tuple)
    assert [(finding.code, finding.where) for finding in read] == [("file_too_many_rows", "rad 4")]


LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")
CELL = st.text(LETTERS, max_size=6).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(*[CELL] * 3), min_size=1, max_size=6), st.sampled_from([";", ",", "\t"]))
@settings(max_examples=150, deadline=None)
def test_whatever_the_cells_hold_no_row_is_lost(rows: list[tuple[str, str, str]], separator: str) -> None:
    """Rows in = rows of the table, however odd the text; blank ones at the end are not rows."""
    heading = ("spørsmål en", "spørsmål to", "spørsmål tre")
    read = table(delimited((heading, *rows), separator, quoted=True))
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows = rows[:-1]
    sums = sum(int(one.details["count"]) for one in read.notes if one.code == "file_totals_row")
    assert [tuple(cell for cell in row) for row in as_rows(read)] == rows[: len(rows) - sums]


def test_a_last_answer_of_a_single_letter_is_no_row_of_sums() -> None:
    assert len(table(delimited((("a spørsmål", "b spørsmål"), ("J", "N"), ("", "N")), ";"))) == 2
    assert len(table(delimited((("a spørsmål", "b spørsmål"), ("J", "N"), ("N", "14")), ";"))) == 1


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_at_all_get_an_answer(data: bytes) -> None:
    read = read_table(data, "x")
    assert isinstance(read, RawTable) or (read and all(finding.code.startswith("file_") for finding in read))


@given(st.integers(0, 4000), st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_a_damaged_workbook_gets_an_answer(place: int, byte: int) -> None:
    data = bytearray(workbook())
    data[place % len(data)] = byte
    outcome = read_table(bytes(data), "svar.xlsx")
    assert not isinstance(outcome, Crashed) and outcome
