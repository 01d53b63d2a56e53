"""The sample survey: the same every time, synthetic by its own word, and leaning as public surveys do."""

import runpy
from pathlib import Path

import pytest

from planner.domain.columns import guess_columns
from planner.domain.gaps import GapTable, gap_table
from planner.domain.mapping import suggest_mapping
from planner.domain.raw_table import RawTable
from planner.domain.summary import summarise
from planner.domain.survey import Reading, read_answers
from planner.files.seed_data import stay_statements
from planner.files.survey import read_table
from tests.domain.raw import SEED, THIRTY


@pytest.fixture(scope="module")
def raw() -> RawTable:
    read = read_table((SEED / "innbyggerundersokelse.csv").read_bytes(), "innbyggerundersokelse.csv")
    assert isinstance(read, RawTable)
    return read


@pytest.fixture(scope="module")
def reading(raw: RawTable) -> Reading:
    return read_answers(raw, suggest_mapping(raw, guess_columns(raw, THIRTY)), THIRTY)


@pytest.fixture(scope="module")
def table(reading: Reading) -> GapTable:
    assert reading.answers is not None
    return gap_table(summarise(reading.answers, reading.set_aside))


def test_the_file_is_what_the_script_makes() -> None:
    made = runpy.run_path(str(Path(SEED) / "make_survey.py"))["make"]()
    assert b"\xef\xbb\xbf" + made.encode("utf-8") == (SEED / "innbyggerundersokelse.csv").read_bytes()


def test_every_row_says_that_it_is_made_up(raw: RawTable) -> None:
    assert raw.columns[raw.headings.index("Oppdiktet eksempel")].kinds == ("ja",)
    assert "Oppdiktet" in (SEED / "README.md").read_text(encoding="utf-8")


def test_every_column_is_recognised(raw: RawTable) -> None:
    guesses = guess_columns(raw, THIRTY, stay_statements())
    sure = [guess.role for guess in guesses if guess.sureness == "sure"]
    assert (sure.count("importance"), sure.count("likelihood")) == (30, 30)
    assert {guess.role for guess in guesses} == {
        "importance", "likelihood", "segment", "margin", "weight", "respondent", "stay", "driver", "ignored",
    }  # fmt: skip


def test_rows_in_are_rows_used_and_rows_reported(reading: Reading) -> None:
    assert reading.answers is not None
    assert (reading.rows_in, len(reading.answers), len(reading.set_aside)) == (420, 412, 8)
    assert {one.reason for one in reading.set_aside} == {
        "row_bad_weight", "row_few_answers", "row_no_pair", "row_repeated_respondent",
    }  # fmt: skip
    assert summarise(reading.answers).respondents == (6, 52, 104, 250)


def test_it_leans_as_public_surveys_do(table: GapTable) -> None:
    figure = {row.statement: row.figure for row in table.rows if row.figure is not None}
    by_importance = sorted(figure, key=lambda s: -figure[s].importance)
    assert {"s08", "s17", "s22"} <= set(by_importance[:4])
    by_likelihood = sorted(figure, key=lambda s: figure[s].likelihood)
    assert {"s15", "s16", "s27"} == set(by_likelihood[:3])
    assert by_likelihood[-1] == "s01"
    assert [row.statement for row in table.rows[:4]] == ["s15", "s27", "s16", "s06"]
    assert {row.certainty for row in table.rows} == {"clearly", "probably", "possibly", "hardly"}
    assert any(row.figure is not None and row.figure.dont_know > 0.05 for row in table.rows)


def test_the_few_are_not_shown_but_counted(table: GapTable) -> None:
    few = next(row for row in table.segments if row.segment == "innvandrere")
    assert few.few and few.points > 0 and few.borrowed == 30
