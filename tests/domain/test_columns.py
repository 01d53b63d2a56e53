"""What each column is taken for: the headings that survey tools write, and how sure we are."""

import pytest

from planner.domain.columns import CODE_NAMES, ColumnGuess, guess_columns
from planner.domain.headings import HeadingIndex
from planner.domain.statements import Statement
from tests.domain.raw import THIRTY, table

MEETING = "Tilgang til gode sosiale møteplasser"


def guess(heading: str, *cells: str) -> ColumnGuess:
    return guess_columns(table([heading], *[[cell] for cell in cells or ("5",)]), THIRTY)[0]


@pytest.mark.parametrize(
    ("heading", "role", "statement"),
    [
        ("s06 viktig", "importance", "s06"),
        ("s06_sannsynlig", "likelihood", "s06"),
        ("S06_v", "importance", "s06"),
        ("s06.s", "likelihood", "s06"),
        (f"Viktig: {MEETING}", "importance", "s06"),
        (f"{MEETING} [Sannsynlig]", "likelihood", "s06"),
        (f"Hvor viktig er dette for deg? [{MEETING}]", "importance", "s06"),
        (f"Hvor sannsynlig er dette: {MEETING.upper()}", "likelihood", "s06"),
        ("Viktig: Gode utdanningsmuligheter", "importance", "s30"),
        ("Viktig: Gode utdanningsmuligheter for (framtidige) barn", "importance", "s28"),
        ("Viktig: Gode utdanningsmuligheter for barn", "importance", "s28"),
        ("Viktig: Gode utdanningsmuligheter for barn her i kommunen", "importance", "s28"),
        ("Viktig: ha drømmejobben", "importance", "s16"),
        ("Importance: Access to good social meeting places", "importance", "s06"),
        ("Viktig: gi mine barn et godt oppvekstmiljø", "importance", "s08"),
    ],
)
def test_a_heading_that_says_both_is_sure(heading: str, role: str, statement: str) -> None:
    found = guess(heading)
    assert (found.role, found.statement, found.sureness) == (role, statement, "sure")


@pytest.mark.parametrize(
    ("heading", "statement"),
    [("Viktig: Tilgang til sosiale gode møteplasser i bygda", "s06"), ("Viktig: Godt kollektivtransporttilbud", "s27")],
)
def test_a_nearly_equal_text_is_unsure(heading: str, statement: str) -> None:
    found = guess(heading)
    assert (found.statement, found.sureness) == (statement, "unsure")


def test_two_blocks_with_a_suffix() -> None:
    raw = table([MEETING, "Lett tilgang til naturen", f"{MEETING}2", "Lett tilgang til naturen2"], "5555")
    assert [(g.role, g.statement, g.sureness) for g in guess_columns(raw, THIRTY)] == [
        ("importance", "s06", "unsure"),
        ("importance", "s01", "unsure"),
        ("likelihood", "s06", "unsure"),
        ("likelihood", "s01", "unsure"),
    ]


@pytest.mark.parametrize(
    "headings", [("Q1[SQ002][1]", "Q1[SQ002][2]"), ("Q1_SQ002_0", "Q1_SQ002_1"), ("Q1[SQ002][2]", "Q1[SQ002][1]")]
)
def test_a_grid_with_two_scales(headings: tuple[str, str]) -> None:
    found = guess_columns(table(headings, ("5", "3")), THIRTY)
    by_heading = {g.heading: g.role for g in found}
    assert [by_heading[heading] for heading in sorted(headings)] == ["importance", "likelihood"]
    assert {g.statement for g in found} == {"s02"} and {g.sureness for g in found} == {"unsure"}


def test_labels_in_the_cells_tell_the_scale() -> None:
    assert guess(MEETING, "Helt garantert", "Litt sannsynlig").role == "likelihood"
    assert guess(MEETING, "6 Viktig").role == "importance"
    contradicted = guess(f"Viktig: {MEETING}", "6 Meget sannsynlig")
    assert (contradicted.role, contradicted.sureness) == ("likelihood", "unsure")
    assert guess(MEETING, "Verken/eller").role == "ignored"


def test_two_columns_for_the_same_thing_make_both_unsure() -> None:
    raw = table(["s06 viktig", f"Viktig: {MEETING}"], "55")
    assert [g.sureness for g in guess_columns(raw, THIRTY)] == ["unsure", "unsure"]


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Vekt", "weight"),
        ("ID", "respondent"),
        ("Svar-id", "respondent"),
        ("Kjønn", "margin"),
        ("Aldersgruppe", "segment"),
        ("Flyttet hit siste fem år", "segment"),
        ("Ønsker du å bo i kommunen i framtida?", "stay"),
        ("Starttidspunkt", "ignored"),
        ("Jeg har den boligen jeg ønsker meg", "ignored"),
        ("", "ignored"),
    ],
)
def test_other_columns(heading: str, role: str) -> None:
    assert guess(heading, "a", "b").role == role


def test_counts_per_code_and_examples_of_what_is_not_understood() -> None:
    found = guess("s06 viktig", "6", "6 Viktig", "7", "vet ikke", "", "8", "kanskje", "kanskje")
    counts = dict(zip(CODE_NAMES, found.counts, strict=True))
    assert {name: count for name, count in counts.items() if count} == {
        "6": 2, "7": 1, "vet_ikke": 1, "tom": 1, "ukjent": 3,
    }  # fmt: skip
    assert found.unknown == ("8", "kanskje")
    assert found.sureness == "unsure"


def test_a_survey_with_its_own_statements() -> None:
    own = (Statement("A", "En bro til øya", "hverdagsliv"),)
    reading = HeadingIndex(own).read(["A viktig", "Sannsynlig: en bro til øya"])
    assert [(one.statement, one.scale) for one in reading if one] == [("A", "importance"), ("A", "likelihood")]
