"""The questionnaire as files: everything asked is there, the file opens, and the answers come back recognised."""

import csv
import io
import subprocess
from pathlib import Path

import pytest
from docx import Document

from planner.domain.columns import ColumnGuess, guess_columns
from planner.domain.questionnaire import LANGUAGES, LENGTHS, Language, Length, Questionnaire, questionnaire
from planner.domain.raw_table import RawTable
from planner.files.questionnaire_docx import docx_file
from planner.files.questionnaire_lime import lime_file
from planner.files.questionnaire_pdf import pdf_file
from planner.files.seed_data import statements, stay_statements

EVERY = [(language, length) for language in LANGUAGES for length in LENGTHS]


def form(language: Language = "nb", length: Length = "full") -> Questionnaire:
    return questionnaire(language, length, statements(), stay_statements())


def asked(one: Questionnaire) -> list[str]:
    """Every text that must be readable."""
    scales = (one.importance, one.likelihood, one.agreement)
    return [
        *one.information,
        *(text for scale in scales for text in (scale.question, *scale.steps)),
        *(row.text for row in (*one.statements, *one.drivers)),
        *(text for choice in (one.stay, *one.background) for text in (choice.text, *choice.options)),
    ]


def tight(text: str) -> str:
    """Without spaces: where a line is broken is no part of what it says."""
    return "".join(text.split())


@pytest.mark.parametrize(("language", "length"), EVERY)
def test_the_printed_form_says_everything(language: Language, length: Length, tmp_path: Path) -> None:
    one = form(language, length)
    (tmp_path / "form.pdf").write_bytes(pdf_file(one))
    # By column: a statement of two lines stands beside its boxes.
    run = subprocess.run(["pdftotext", str(tmp_path / "form.pdf"), "-"], capture_output=True, check=True)
    printed = tight(run.stdout.decode("utf-8"))
    assert [text for text in asked(one) if tight(text) not in printed] == []
    if language == "nb":
        assert printed.count("Megetusannsynlig") == printed.count("Megetsannsynlig") == 1


def test_the_printed_form_says_that_it_can_be_read_aloud() -> None:
    content = pdf_file(form())
    assert b"pdfuaid" in content and b"/StructTreeRoot" in content


@pytest.mark.parametrize(("language", "length"), EVERY)
def test_the_word_file_asks_each_as_a_numbered_question(language: Language, length: Length) -> None:
    one = form(language, length)
    lines = [paragraph.text for paragraph in Document(io.BytesIO(docx_file(one))).paragraphs]
    text = "\n".join(lines)
    assert [said for said in asked(one) if said not in text] == []
    numbers = [int(line.split(".")[0]) for line in lines if line.split(".")[0].isdigit()]
    assert numbers == list(range(1, one.ticks + 1))


def rows(one: Questionnaire) -> list[dict[str, str]]:
    text = lime_file(one).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


@pytest.mark.parametrize(("language", "length"), EVERY)
def test_the_limesurvey_file_parses_back(language: Language, length: Length) -> None:
    one = form(language, length)
    read = rows(one)
    assert [row["name"] for row in read if row["class"] == "SQ"] == [row.code for row in one.statements]
    assert {row["language"] for row in read if row["class"] not in ("S",)} == {language}
    grid = next(row for row in read if row["name"] == "Q1")
    assert (grid["type/scale"], grid["dualscale_headerB"]) == ("1", one.likelihood.question)
    after = read[read.index(grid) + 1 :]
    answers = [row for row in after[: after.index(next(r for r in after if r["class"] == "G"))] if row["class"] == "A"]
    codes = ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A98"]
    for scale, told in (("0", one.importance), ("1", one.likelihood)):
        on_it = [(row["name"], row["text"]) for row in answers if row["type/scale"] == scale]
        assert on_it == list(zip(codes, (*told.steps, one.dont_know), strict=True))


def export(one: Questionnaire, *, by_code: bool) -> RawTable:
    """What LimeSurvey gives back: three who answered the first step, the last, and «vet ikke»."""
    read = rows(one)
    grid = next(row for row in read if row["name"] == "Q1")
    headings, cells = [], []
    for item in one.statements:
        for number, header in (("1", "dualscale_headerA"), ("2", "dualscale_headerB")):
            told = one.importance if number == "1" else one.likelihood
            long = f"{grid['text']} [{item.text}][{grid[header]}]"
            headings.append(f"Q1[{item.code}][{number}]" if by_code else long)
            cells.append(("A1", "A7", "A98") if by_code else (told.steps[0], told.steps[6], one.dont_know))
    for row in (row for row in read if row["class"] == "Q" and row["type/scale"] == "L"):
        following = read[read.index(row) + 1 :]
        answers = [one for one in following if one["class"] == "A"]
        headings.append(row["name"] if by_code else row["text"])
        picked = (answers[0], answers[1], answers[2])
        cells.append(tuple(answer["name" if by_code else "text"] for answer in picked))
    return RawTable.of_rows(headings, list(zip(*cells, strict=True)))


def guessed(one: Questionnaire, *, by_code: bool) -> list[ColumnGuess]:
    return list(guess_columns(export(one, by_code=by_code), statements(), stay_statements()))


@pytest.mark.parametrize("by_code", [True, False])
@pytest.mark.parametrize(("language", "length"), EVERY)
def test_the_answers_are_recognised_column_by_column(language: Language, length: Length, by_code: bool) -> None:
    one = form(language, length)
    found = guessed(one, by_code=by_code)
    ids = [f"s{row.code[-2:]}" for row in one.statements]
    grid = found[: 2 * len(ids)]
    assert [(guess.role, guess.statement) for guess in grid] == [
        (role, id_) for id_ in ids for role in ("importance", "likelihood")
    ]
    # One at the lowest step, one at the highest, one «vet ikke», nothing blank or unknown.
    assert {guess.counts for guess in grid} == {(1, 0, 0, 0, 0, 0, 1, 1, 0, 0)}
    stay, *rest = found[2 * len(ids) :]
    assert [(guess.role, guess.statement) for guess in rest[:5]] == [("driver", row.code) for row in one.drivers]
    if not by_code:
        assert stay.role == "stay"
        assert {guess.sureness for guess in grid} == {"sure"}
    if language == "nb" or by_code:
        assert [guess.role for guess in rest[5:]] == ["segment", "margin", "segment", "segment"]


@pytest.mark.parametrize(("language", "length"), EVERY)
def test_what_forms_gives_back_is_recognised_too(language: Language, length: Length) -> None:
    """Each statement is two questions in the Word file, and a question's text is its column's heading."""
    one = form(language, length)
    asked = [(scale, item) for scale in (one.importance, one.likelihood) for item in one.statements]
    cells = [(scale.steps[0], scale.steps[6], one.dont_know) for scale, _item in asked]
    headings = [f"{scale.question} {item.text}" for scale, item in asked]
    found = guess_columns(RawTable.of_rows(headings, list(zip(*cells, strict=True))), statements(), stay_statements())
    ids = [f"s{item.code[-2:]}" for item in one.statements]
    assert [(guess.role, guess.statement) for guess in found] == [
        (role, id_) for role in ("importance", "likelihood") for id_ in ids
    ]
