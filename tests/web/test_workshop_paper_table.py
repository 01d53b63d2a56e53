"""Paper ballots typed into a table: taken away empty, filled in, brought back; all of it or nothing."""

import csv
import io
import re
from collections import Counter
from collections.abc import Callable

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.domain.ballot_id import shown
from planner.domain.candidates import Candidate, Effect
from planner.files.workshop_ballot_table import HEADINGS, EmptyRow, read_ballot_table, write_csv, write_xlsx
from planner.store import initiatives, workshop_scores
from planner.store.database import Database
from tests.paper_case import Paper
from tests.workshop_case import STATEMENTS, Room, put_initiatives

Cells = list[list[str]]
FORMULA = '=HYPERLINK("http://ond.example";"Bolig")'


@pytest.fixture
def paper(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> Paper:
    put_initiatives(database, plan_id)
    with database.write() as session:
        effects = tuple(Effect(one, 10.0) for one in STATEMENTS)
        initiatives.put(session, plan_id, Candidate(code="T1", title=FORMULA, theme="bolig", effects=effects))
        session.commit()
    room = Room(app, client, database, plan_id)
    assert room.set_up().status_code == 303
    room.act("gather", "open")
    return Paper(room)


def download(paper: Paper, ending: str = "csv") -> Cells:
    """Without the headings."""
    made = paper.room.client.get(f"{paper.url}/form.{ending}")
    assert made.status_code == 200 and f".{ending}" in made.headers["Content-Disposition"]
    if ending == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(made.data)).active
        assert sheet is not None
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    else:
        rows = list(csv.reader(io.StringIO(made.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == list(HEADINGS)
    return rows[1:]


def fill(rows: Cells, answer: Callable[[str, str], str]) -> Cells:
    """answer: of a ballot and of what the row is about."""
    words = {"gruppe": "0", "kommentar": ""}
    answers = [(row, answer(row[0], row[3])) for row in rows]
    return [[*row[:5], words.get(row[3], given) if given else ""] for row, given in answers]


def as_csv(rows: Cells, headings: tuple[str, ...] = HEADINGS) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([headings, *rows])
    return out.getvalue().encode()


def as_xlsx(rows: Cells) -> bytes:
    """As a spreadsheet saves it: a digit is a number, and what was a text is one still."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate([list(HEADINGS), *rows], start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place, int(text) if text.isdecimal() else text)
            if place < len(HEADINGS) and text:
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(paper: Paper, content: bytes, name: str = "form.csv") -> TestResponse:
    return paper.room.client.post(f"{paper.url}/form", data={"file": (io.BytesIO(content), name)})


def said(answer: TestResponse) -> str:
    assert answer.status_code == 422
    return answer.get_data(as_text=True)


def steps(paper: Paper) -> Counter[int | None]:
    with paper.room.database.read() as session:
        rated = workshop_scores.rated(session, paper.room.now.id, 1)
    return Counter(one.score for one in rated.get(("T2", "s02"), []))


@pytest.mark.parametrize(("ending", "save"), [("csv", as_csv), ("xlsx", as_xlsx)])
def test_two_forms_that_say_the_same_are_counted(paper: Paper, ending: str, save: Callable[[Cells], bytes]) -> None:
    one, two, three = (shown(ballot.id) for ballot in paper.make(3))
    first, second = download(paper, ending), download(paper, ending)
    answers = {one: "3", two: "x", three: ""}
    kept = send(paper, save(fill(first, lambda ballot, _: answers[ballot])))
    assert kept.status_code == 303 and "2 er skrevet inn én gang." in paper.html() and not steps(paper)
    # The same form brought twice is still one reading.
    send(paper, save(fill(first, lambda ballot, _: answers[ballot])))
    assert [ballot.state for ballot in paper.ballots()].count("once") == 2 and not steps(paper)
    answers |= {two: "-", three: "1"}
    send(paper, save(fill(second, lambda ballot, _: answers[ballot])))
    assert "1 stemmeseddel er talt. 1 er skrevet inn én gang. 1 er skrevet inn ulikt" in paper.html()
    assert steps(paper) == {3: 1}
    # Brought again, what counts is passed over; and what is typed on the page is the other reading of the third.
    send(paper, save(fill(second, lambda ballot, _: answers[ballot])))
    third = next(ballot for ballot in paper.ballots() if shown(ballot.id) == three)
    assert paper.type(third, "1", "page").status_code == 303
    assert steps(paper) == {3: 1, 1: 1}
    assert {row[0] for row in download(paper, ending)} == {two}


def test_everything_wrong_is_said_at_its_row_and_nothing_is_stored(paper: Paper) -> None:
    one, two = (shown(ballot.id) for ballot in paper.make(2))
    rows = fill(download(paper), lambda _ballot, _: "2")
    assert len(rows) == 2 * 13
    # The group is row 2, and the lines of the first initiative rows 3 to 5.
    rows[1][5], rows[2][5], rows[0][5] = "9", "", "7"
    rows[3][3] = "s30"
    rows[14][0] = "222-222"
    rows[15][0] = "222-34M"
    rows.append(rows[20])
    html = said(send(paper, as_csv(rows)))
    for where in (
        "Rad 2, kolonne Svar:</span> Ikke et av valgene.",
        "Rad 3, kolonne Svar:</span> Ikke et svar.",
        "Rad 4, kolonne Svar:</span> Ingenting er skrevet.",
        f"Rad 5:</span> Raden er ikke på stemmeseddelen {one}.",
        "Rad 16:</span> Stemmeseddelen 222-222 er ikke laget",
        "Rad 17:</span> Ingen stemmeseddel har merket «222-34M».",
        "Rad 28:</span> Det samme står også i rad 22.",
    ):
        assert where in html, where
    assert html.index("Rad 5:") < html.index("Rad 16:") < html.index("Rad 28:")
    assert [ballot.state for ballot in paper.ballots()] == ["printed", "printed"]
    # The second ballot alone is whole, but for two rows that now belong to no ballot.
    del rows[-1], rows[:13]
    rows[1][0] = rows[2][0] = two
    del rows[2]
    assert f"1 rader av stemmeseddelen {two} mangler." in said(send(paper, as_csv(rows)))


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "tom"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"Stemmeseddel;Svar\r\n222-34K;2\r\n", "Filen mangler kolonner: Skjema, Tiltak, Utsagn."),
        (as_csv([]), "Ingen stemmeseddel er skrevet inn"),
        (b"PK\x03\x04 not a workbook", "fil"),
    ],
)
def test_a_file_that_is_no_form_is_told(paper: Paper, content: bytes, what: str) -> None:
    paper.make(1)
    assert what in said(send(paper, content))


def test_no_file_and_two_forms_in_one_are_told(paper: Paper) -> None:
    paper.make(1)
    assert "Ingen fil er valgt." in said(paper.room.client.post(f"{paper.url}/form", data={}))
    rows = fill(download(paper), lambda _ballot, _: "2")
    rows[3][1] = "another"
    assert "Kolonnen Skjema er ikke som den var" in said(send(paper, as_csv(rows)))


def test_a_form_that_comes_too_late_or_too_early_is_refused_whole(paper: Paper) -> None:
    paper.make(2)
    rows = fill(download(paper), lambda _ballot, _: "2")
    paper.room.act("close")
    assert send(paper, as_csv(rows)).status_code == 303
    other = [[*row[:1], "other", *row[2:]] for row in rows]
    paper.room.act("reveal")
    assert "Det er for sent: runde 1 er avslørt" in said(send(paper, as_csv(other))) and not steps(paper)
    paper.room.client.post(paper.url, data={"count": "1"})
    early = fill(download(paper), lambda _ballot, _: "2")
    assert "Runde 2 har ikke begynt." in said(send(paper, as_csv(early)))


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_no_text_becomes_a_formula_and_all_come_back(write: Callable[[list[EmptyRow]], bytes]) -> None:
    texts = (FORMULA, "+1", "-1", "@SUM(A1)", "\tx", "'x", " =1", "\u200b=1", "＝1", "＠SUM(A1)", "T1")
    content = write([EmptyRow("222-34K", "form", one, "s01", one) for one in texts])
    if content.startswith(b"PK"):
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None and not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        return
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert not [cell for row in rows for cell in row if cell.strip(" \u200b").startswith(tuple("=+-@\t＝＠"))]
    read, findings = read_ballot_table(content)
    assert not findings and [row.initiative for row in read] == list(texts)


def test_a_program_with_another_separator_finds_no_formula_either() -> None:
    """English Excel parts at commas, and some at tabs: «Ny buss,=1+1» would else begin a cell with «=»."""
    content = write_csv(
        [EmptyRow("222-34K", "form", "T1", "s01", f"Ny buss,=1+1;+1\t @SUM(A1){sign}-5 og 3,5 til") for sign in ",|"]
    )
    for row in content.decode("utf-8-sig").splitlines()[1:]:
        assert not re.search(r"[,;\t|]\s*[=+\-@]", row)
        assert "3,5 til" in row


def test_a_formula_that_comes_back_is_not_read(paper: Paper) -> None:
    paper.make(1)
    rows = fill(download(paper), lambda _ballot, _: "2")
    rows[2][5] = "=1+1"
    assert "Rad 4:</span> Raden har en formel." in said(send(paper, as_xlsx(rows), "form.xlsx"))
    assert "Rad 4, kolonne Svar:</span> Ikke et svar." in said(send(paper, as_csv(rows)))
    # A comment is text, whatever it begins with.
    rows[2][5], rows[4][5] = "2", "=1+1"
    assert send(paper, as_csv(rows)).status_code == 303
    (one,) = paper.ballots()
    assert one.first and "=1+1" in one.first.values.values()
