"""Looking at a survey file: what the pages show, that it survives the database, and that every row is accounted for."""

import json

import pytest

from planner.domain.examination import Examination, examine
from planner.domain.mapping import ColumnUse
from planner.domain.mapping_choices import Changed, Choices, apply_choices
from planner.domain.raw_table import RawTable
from planner.domain.statements import Statement

NATURE, WORK = Statement("s01", "Lett tilgang til naturen", "natur"), Statement("s15", "Mange jobbmuligheter", "arbeid")
ASKED = (NATURE, WORK)
HEADINGS = ("Svar-id", "Aldersgruppe", "Kommentar", "s01 viktig", "s01 sannsynlig", "s15 viktig", "s15 sannsynlig")


def table(*rows: tuple[str, ...]) -> RawTable:
    return RawTable.of_rows(HEADINGS, rows)


ROWS = (("1", "16–29", "Hei", "7", "2", "6", "Vet ikke"), ("2", "67+", "Hå", "5", "5", "4", "1"))
TWO = table(*ROWS)


def test_columns_as_they_are_used() -> None:
    seen = examine(TWO, ASKED)
    by_heading = {one.use.heading: one for one in seen.columns}
    assert by_heading["s01 viktig"].use.role == "importance" and by_heading["s01 viktig"].certainty == "sure"
    # 1–7, vet ikke, tom, ukjent
    assert by_heading["s15 sannsynlig"].counts == (1, 0, 0, 0, 0, 0, 0, 1, 0, 0)
    assert by_heading["Aldersgruppe"].use.values == (("16–29", "unge"),)
    assert seen.respondents == (("unge", 1), ("voksne", 1))
    assert (seen.rows_in, seen.rows_used, seen.paired) == (2, 2, ("s01", "s15"))


def test_cells_of_an_unused_column_are_not_repeated_when_they_may_be_names() -> None:
    rows = [(str(n), "16–29", f"Kari Nordmann {n}", "7", "2", "6", "3") for n in range(30)]
    seen = examine(table(*rows), ASKED)
    assert seen.columns[2].values == () and seen.columns[2].distinct == 30
    assert seen.columns[0].use.role == "respondent" and seen.columns[0].values == ()
    assert "Nordmann" not in json.dumps(seen.to_document())


def test_it_survives_the_database_without_the_summary() -> None:
    seen = examine(TWO, ASKED)
    assert seen.summary is not None
    back = Examination.from_document(json.loads(json.dumps(seen.to_document())))
    assert back.summary is None
    assert back.to_document() == seen.to_document()
    assert (back.columns, back.findings, back.mapping) == (seen.columns, seen.findings, seen.mapping)
    with pytest.raises(ValueError, match="not a"):
        Examination.from_document({"format": "other"})


def test_every_row_is_used_or_set_aside() -> None:
    seen = examine(
        RawTable.of_rows(
            HEADINGS,
            (ROWS[0], ("",) * 7, ("3", "67+", "", "", "", "", ""), ("",) * 7, ROWS[0]),
            broken=(3,),
        ),
        ASKED,
    )
    assert seen.set_aside == (("row_blank", 1), ("row_broken", 1), ("row_no_pair", 1), ("row_repeated_respondent", 1))
    assert (seen.rows_in, seen.rows_used) == (5, 1)
    # The row of each reason is named where the user will look.
    assert {one.code: one.where for one in seen.findings if one.code.startswith("row_")} == {
        "row_blank": "rad 3",
        "row_broken": "rad 5",
        "row_no_pair": "rad 4",
        "row_repeated_respondent": "rad 2",
    }


def test_rows_that_do_not_add_up_cannot_be_told() -> None:
    seen = examine(TWO, ASKED)
    with pytest.raises(ValueError, match="every row"):
        Examination(seen.columns, seen.mapping, (), 3, 2, (), seen.respondents, seen.paired)


def test_nothing_is_used_as_long_as_something_must_be_mended() -> None:
    seen = examine(table(("1", "67+", "", "7", "2", "6", "elleve")), ASKED)
    assert (seen.rows_used, seen.summary) == (0, None)
    assert [one.code for one in seen.findings if one.severity == "error"] == ["cell_not_understood"]
    assert seen.columns[6].unknown == ("elleve",)


def test_a_declared_code_is_counted_as_dont_know_and_mends_it() -> None:
    undeclared = examine(table(("1", "67+", "", "7", "2", "6", "8")), ASKED)
    changed = apply_choices(undeclared.mapping, Choices(missing=("8",)), frozenset({"s01", "s15"}))
    assert isinstance(changed, Changed)
    seen = examine(table(("1", "67+", "", "7", "2", "6", "8")), ASKED, changed.mapping)
    assert seen.rows_used == 1 and seen.columns[6].counts[7] == 1


def test_a_column_made_a_group_gets_its_cells_suggested_once() -> None:
    first = examine(TWO, ASKED)
    as_ignored = apply_choices(first.mapping, Choices(columns={1: "ignored"}), frozenset({"s01", "s15"}))
    assert isinstance(as_ignored, Changed)
    back = apply_choices(as_ignored.mapping, Choices(columns={1: "segment"}), frozenset({"s01", "s15"}))
    assert isinstance(back, Changed)
    seen = examine(TWO, ASKED, back.mapping, back.fresh)
    assert seen.columns[1].use == ColumnUse(1, "Aldersgruppe", "segment", values=(("16–29", "unge"),))
    emptied = apply_choices(seen.mapping, Choices(cells={(1, "16–29"): ""}), frozenset({"s01", "s15"}))
    assert isinstance(emptied, Changed)
    assert examine(TWO, ASKED, emptied.mapping, emptied.fresh).columns[1].use.values == ()


def test_what_the_user_overruled_is_marked_as_theirs() -> None:
    first = examine(TWO, ASKED)
    changed = apply_choices(first.mapping, Choices(columns={2: "margin"}), frozenset({"s01", "s15"}))
    assert isinstance(changed, Changed)
    assert examine(TWO, ASKED, changed.mapping).columns[2].certainty == "chosen"


def test_the_same_trouble_in_many_columns_is_told_once_and_in_few_column_by_column() -> None:
    asked = tuple(Statement(f"u{n}", f"Utsagn nummer {n}", "natur") for n in range(4))
    headings = tuple(f"u{n} {scale}" for n in range(4) for scale in ("viktig", "sannsynlig"))
    many = examine(RawTable.of_rows(headings, (("9",) * 8, ("5",) * 8)), asked)
    told = [one for one in many.findings if one.severity == "error"]
    assert [(one.code, one.details["columns"], one.details["count"]) for one in told] == [
        ("cells_not_understood", 8, 8)
    ]
    assert told[0].details["rows"] == "2"
    few = examine(RawTable.of_rows(headings, (("9",) * 3 + ("5",) * 5,)), asked)
    assert [one.code for one in few.findings if one.severity == "error"] == ["cell_not_understood"] * 3
