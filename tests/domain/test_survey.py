"""From raw rows to answers: every row is used or named, segments by precedence, «vet ikke» kept apart."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.findings import blocking
from planner.domain.survey import Reading, read_answers
from tests.domain.raw import THIRTY, codes, read, suggested, table, two

GROUPS = ("Aldersgruppe", "Flyttet hit siste fem år", "Født utenfor Norge")


def used_rows(reading: Reading) -> list[int]:
    assert reading.answers is not None, reading.findings
    return reading.answers.rows.tolist()


def test_answers_as_arrays() -> None:
    reading = read(two(["7", "2 Meget usannsynlig", "Viktig", "vet ikke"], ["6,0", "", "1", "4"]))
    answers = reading.answers
    assert answers is not None
    assert [statement.id for statement in answers.statements] == ["s01", "s06"]
    assert answers.importance.tolist() == [[7, 6], [6, 1]]
    assert answers.likelihood.tolist() == [[2, 0], [0, 4]]
    assert answers.likelihood_dk.tolist() == [[False, True], [False, False]]
    assert not answers.importance_dk.any()
    assert answers.weight.tolist() == [1, 1] and not answers.weighted
    assert answers.rows.tolist() == [2, 3]
    with pytest.raises(ValueError, match="read-only"):
        answers.importance[0, 0] = 1


def test_statements_come_in_the_order_of_the_list_whatever_the_file() -> None:
    raw = table(["s06 viktig", "s01 sannsynlig", "s06 sannsynlig", "s01 viktig"], "7123")
    answers = read(raw).answers
    assert answers is not None
    assert answers.importance.tolist() == [[3, 7]] and answers.likelihood.tolist() == [[1, 2]]


def test_segments_by_precedence() -> None:
    raw = two(
        ["5"] * 4 + ["16–29", "Ja", "Ja"],
        ["5"] * 4 + ["16–29", "Ja", "Nei"],
        ["5"] * 4 + ["16–29", "Nei", ""],
        ["5"] * 4 + ["30–49", "Nei", "Nei"],
        extra=GROUPS,
    )
    answers = read(raw).answers
    assert answers is not None
    assert [answers.segments[place].id for place in answers.segment] == ["innvandrere", "tilflyttere", "unge", "voksne"]
    mapping = suggested(raw)
    youth_first = replace(mapping, segments=(mapping.segments[2], *mapping.segments[:2], mapping.segments[3]))
    answers = read(raw, youth_first).answers
    assert answers is not None
    assert [answers.segments[place].id for place in answers.segment] == ["unge", "unge", "unge", "voksne"]


def test_every_reason_for_setting_a_row_aside() -> None:
    rows = [
        ["5", "5", "5", "5", "1", "1,5"],
        ["", "", "", "", "", ""],
        ["5", "5", "5", "5", "2", "0"],
        ["vet ikke", "5", "5", "", "3", "1"],
        ["6", "6", "6", "6", "1", "2"],
        *[["4", "4", "4", "4", str(number), "1,0"] for number in range(10, 40)],
    ]
    reading = read(two(*rows, extra=["id", "vekt"]))
    assert {(one.row, one.reason) for one in reading.set_aside} == {
        (2, "row_repeated_respondent"), (3, "row_blank"), (4, "row_bad_weight"), (5, "row_no_pair"),
    }  # fmt: skip
    assert used_rows(reading) == list(range(6, 37))
    assert reading.answers is not None and reading.answers.weight[0] == 2.0
    for one in reading.set_aside:
        [named] = [found for found in reading.findings if found.code == one.reason]
        assert named.where == f"rad {one.row}" and named.severity == "warning"


def test_under_half_of_the_pairs_is_too_few_and_dont_know_counts_as_an_answer() -> None:
    columns = [f"{s.id} {scale}" for s in THIRTY[:5] for scale in ("viktig", "sannsynlig")]
    two_pairs = ["5", "5", "5", "5", *[""] * 6]
    with_dont_know = ["5", "5", "5", "vet ikke", "5", "vet ikke", *[""] * 4]
    reading = read(table(columns, two_pairs, with_dont_know))
    assert [(one.row, one.reason) for one in reading.set_aside] == [(2, "row_few_answers")]
    assert used_rows(reading) == [3]


def test_repeated_respondents_without_a_number_are_all_kept() -> None:
    reading = read(two(["5"] * 4 + [""], ["5"] * 4 + [""], extra=["id"]))
    assert len(used_rows(reading)) == 2


def test_the_last_usable_answer_of_a_respondent_counts() -> None:
    """An empty second try does not push out a full first one."""
    reading = read(two(["6"] * 4 + ["1"], [""] * 4 + ["1"], ["5"] * 4 + ["2"], extra=["id"]))
    assert used_rows(reading) == [2, 4]


@pytest.mark.parametrize("weight", ["", "0", "-1", "mye", "inf", "nan", "1e400", "1,2,3"])
def test_weights_that_are_none(weight: str) -> None:
    rows = [["5"] * 4 + ["1"] for _ in range(30)] + [["5"] * 4 + [weight]]
    reading = read(two(*rows, extra=["vekt"]))
    assert [(one.row, one.reason) for one in reading.set_aside] == [(32, "row_bad_weight")]


def test_many_bad_weights_stop_the_import() -> None:
    rows = [["5"] * 4 + ["1" if number % 10 else "?"] for number in range(40)]
    reading = read(two(*rows, extra=["vekt"]))
    assert reading.answers is None and "weights_unusable" in codes(reading)


def test_weights_with_comma_point_and_spaces() -> None:
    reading = read(two(["5"] * 4 + ["0,85"], ["5"] * 4 + ["1.4"], ["5"] * 4 + [" 1 000 "], extra=["vekt"]))
    assert reading.answers is not None
    assert reading.answers.weight.tolist() == [0.85, 1.4, 1000.0]
    assert "weights_uneven" in codes(reading)


def test_unknown_cells_stop_the_import_and_name_their_rows() -> None:
    reading = read(two(["0", "5", "5", "5"], ["5", "5", "5", "5"], ["8", "5", "=1+1", "5"]))
    assert reading.answers is None
    by_code = {found.code: found for found in reading.findings}
    assert by_code["cell_not_understood"].where == "rad 2, 4, kolonne s01 viktig"
    assert by_code["cell_not_understood"].details["examples"] == "«0», «8»"
    assert by_code["formula_cell"].where == "rad 4, kolonne s06 viktig"
    assert all(by_code[code].severity == "error" for code in ("cell_not_understood", "formula_cell"))


def test_declared_codes_become_dont_know() -> None:
    raw = two(["8", "5", "5", "5"], ["5", "5", "5", "8"])
    reading = read(raw, replace(suggested(raw), declared_missing=("8",)))
    assert reading.answers is not None
    assert reading.answers.importance_dk[0].tolist() == [True, False]
    assert reading.answers.likelihood_dk[1].tolist() == [False, True]


def test_nothing_to_read() -> None:
    assert codes(read(two())) == ["no_rows"]
    assert "no_row_usable" in codes(read(two(["vet ikke"] * 4, ["vet ikke"] * 4)))
    assert read(two(["vet ikke"] * 4)).answers is None
    assert "no_statement_pairs" in codes(read(table(["navn", "alder"], ["Kari", "30"])))


def test_one_respondent_is_read_and_said() -> None:
    reading = read(two(["5"] * 4))
    assert reading.answers is not None and "one_respondent" in codes(reading)


def test_a_scale_that_ends_at_five_stops_the_import() -> None:
    columns = [f"{s.id} {scale}" for s in THIRTY[:6] for scale in ("viktig", "sannsynlig")]
    rows = [[str(1 + (row + place) % 5) for place in range(12)] for row in range(40)]
    reading = read(table(columns, *rows))
    assert reading.answers is None and "scale_too_short" in codes(reading)


def test_a_mapping_to_a_statement_that_is_not_there() -> None:
    raw = two(["5"] * 4)
    reading = read_answers(raw, suggested(raw), THIRTY[:1])
    assert reading.answers is None and "unknown_statement" in codes(reading)


CELL = st.sampled_from(["", "1", "4", "7", "6 Viktig", "vet ikke", "99"])
LIKELY = st.sampled_from(["", "1", "4", "7", "2 Meget usannsynlig", "vet ikke", "-"])
ROW = st.tuples(CELL, LIKELY, CELL, LIKELY, st.sampled_from(["", "1", "2", "3"]), st.sampled_from(["1", "0,5", "x"]),
                st.sampled_from(["16–29", "30–49", ""]))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_rows_in_are_rows_used_and_rows_named(rows: list[tuple[str, ...]], chance) -> None:  # type: ignore[no-untyped-def]
    raw = two(*rows, extra=["id", "vekt", "Aldersgruppe"])
    reading = read(raw)
    if reading.answers is None:
        assert blocking(reading.findings)
        return
    aside = [one.row for one in reading.set_aside]
    assert sorted([*aside, *reading.answers.rows.tolist()]) == list(range(2, len(rows) + 2))
    named = {found.code: found.details.get("count") for found in reading.findings}
    for reason in {one.reason for one in reading.set_aside}:
        assert named[reason] == sum(one.reason == reason for one in reading.set_aside)
    # Each answer is the cell of its own row, and another order of the rows gives the same answers.
    whole = [row for row in rows if row[4] == ""]
    if whole:
        shuffled = list(whole)
        chance.shuffle(shuffled)
        first, second = (read(two(*some, extra=["id", "vekt", "Aldersgruppe"])) for some in (whole, shuffled))
        assert (first.answers is None) == (second.answers is None)
        if first.answers is not None and second.answers is not None:
            keys = [
                sorted(
                    map(tuple, np.column_stack([a.importance, a.likelihood, a.likelihood_dk, a.segment, a.weight * 10]))
                )
                for a in (first.answers, second.answers)
            ]
            assert keys[0] == keys[1]
