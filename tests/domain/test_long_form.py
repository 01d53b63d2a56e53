"""A row for each answer becomes a row for each person: by hand, with every row accounted for."""

from planner.domain.long_form import find_long_form, widened
from planner.domain.raw_table import RawTable
from tests.domain.raw import THIRTY, as_rows

A, B = THIRTY[0].text, THIRTY[1].text
HEADINGS = ("Respondent", "Alder", "Utsagn", "Skala", "Verdi")


def wide(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> RawTable:
    raw = RawTable.of_rows(headings, rows)
    form = find_long_form(raw, THIRTY)
    assert form is not None
    return widened(raw, form)


def is_long(*rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS) -> bool:
    return find_long_form(RawTable.of_rows(headings, rows), THIRTY) is not None


def person(who: str, *answers: str, age: str = "40") -> tuple[tuple[str, ...], ...]:
    asked = ((A, "Viktig"), (A, "Sannsynlig"), (B, "Viktig"), (B, "Sannsynlig"))
    return tuple((who, age, *one, answer) for one, answer in zip(asked, answers, strict=False))


def said(table: RawTable) -> dict[str, tuple[str, ...]]:
    return {one.code: tuple(str(one.details.get(key)) for key in ("rows", "count", "people")) for one in table.notes}


def test_each_person_gets_a_row_in_the_order_they_come_and_who_they_are_is_gone() -> None:
    found = wide(*person("Kari", "6", "2", "7", "1"), *person("Ola", "5", "", "3", "4", age="25"))
    assert set(found.headings) == {
        "Alder",
        *(f"{scale}: {text}" for text in (A, B) for scale in ("Viktig", "Sannsynlig")),
    }
    place = {heading: number for number, heading in enumerate(found.headings)}
    rows = as_rows(found)
    assert [row[place["Alder"]] for row in rows] == ["40", "25"]
    assert [row[place[f"Sannsynlig: {A}"]] for row in rows] == ["2", ""]
    assert found.numbers.tolist() == [2, 6]
    assert "Kari" not in str(rows) and said(found) == {"long_form": ("8", "None", "2")}


def test_two_answers_to_the_same_are_neither_used_and_the_same_twice_counts_once() -> None:
    found = wide(*person("1", "6", "2", "7", "1"), ("1", "40", A, "Viktig", "3"), ("1", "40", B, "Viktig", "7"))
    row = dict(zip(found.headings, as_rows(found)[0], strict=True))
    assert row[f"Viktig: {A}"] == "" and row[f"Viktig: {B}"] == "7"
    assert said(found)["long_answers_differ"][:2] == ("2, 6", "2")
    assert said(found)["long_rows_repeated"][:2] == ("7", "1")


def test_background_that_differs_within_a_person_is_blank_and_named() -> None:
    others = [row for number in range(2, 6) for row in person(str(number), "6", "2", "7", "1")]
    found = wide(*person("1", "6", "2", "7"), ("1", "41", B, "Sannsynlig", "1"), *others)
    ages = [row[found.headings.index("Alder")] for row in as_rows(found)]
    assert ages == ["", "40", "40", "40", "40"] and "long_background_differs" in said(found)


def test_a_row_of_nobody_or_of_nothing_is_named() -> None:
    found = wide(*person("1", "6", "2", "7", "1"), ("", "40", A, "Viktig", "3"), ("1", "40", "", "Viktig", "3"))
    assert said(found)["long_rows_unplaced"][:2] == ("6–7", "2") and len(found) == 1


def test_a_column_for_each_scale() -> None:
    found = wide(
        ("1", A, "6", "2"), ("1", B, "7", "1"), ("2", A, "5", "5"), ("2", B, "4", "4"),
        headings=("Respondent ID", "Statement", "Importance", "Likelihood"),
    )  # fmt: skip
    assert as_rows(found) == (("6", "7", "2", "1"), ("5", "4", "5", "4"))


def test_what_only_looks_so_is_left_alone() -> None:
    whole = person("1", "6", "2", "7", "1")
    assert is_long(*whole)
    assert not is_long(*whole, headings=("Hvem", "Alder", "Utsagn", "Skala", "Verdi"))
    assert not is_long(*[(row[0], row[1], "noe annet", *row[3:]) for row in whole])
    assert not is_long(*[(*row[:3], "Viktig", row[4]) for row in whole])
    assert not is_long(*[(str(number), *row[1:]) for number, row in enumerate(whole)])
