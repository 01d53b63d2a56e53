"""Needs without anybody's answers: by hand, against linear programming, and against the answers they were made of."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from planner.domain.gaps import gap_table
from planner.domain.measures import MATTERS, UNLIKELY
from planner.domain.priorities import FactorWeights, SegmentWeights
from planner.domain.raw_table import RawTable
from planner.domain.segments import Segment
from planner.domain.stated import StatedCell, StatedNeeds, coupling_bounds, of_means, of_shares
from planner.domain.stated_reading import StatedReading, read_stated
from planner.domain.stated_table import stated_table
from tests import gap_survey
from tests.domain.raw import THIRTY

SHARES = st.lists(st.integers(0, 20), min_size=7, max_size=7).filter(any)


def programmed(a: np.ndarray, share_a: np.ndarray, b: np.ndarray, share_b: np.ndarray, sign: int) -> float:
    """The least (sign 1) or most (−1) mean of a · b over every way of pairing, by linear programming."""
    n, m = len(a), len(b)
    rows = [np.kron(np.eye(n)[i], np.ones(m)) for i in range(n)] + [np.tile(np.eye(m)[j], n) for j in range(m)]
    found = linprog(sign * np.outer(a, b).ravel(), A_eq=np.array(rows), b_eq=np.concatenate([share_a, share_b]))
    assert found.success
    return float(sign * found.fun)


@settings(deadline=None, max_examples=60)
@given(SHARES, SHARES)
def test_bounds_are_the_least_and_the_most_any_pairing_gives(importance: list[int], likelihood: list[int]) -> None:
    v, s = np.array(importance) / sum(importance), np.array(likelihood) / sum(likelihood)
    a, b = np.array(MATTERS[1:]), np.array(UNLIKELY[1:])
    low, high = coupling_bounds(a, v, b, s)
    assert low == pytest.approx(programmed(a, v, b, s, 1), abs=1e-9)
    assert high == pytest.approx(programmed(a, v, b, s, -1), abs=1e-9)


def test_shares_by_hand() -> None:
    """Half find it 6, half 2; half find it 2 here, half 6: between nobody and half, a quarter if unrelated."""
    half = np.array([0, 0.5, 0, 0, 0, 0.5, 0])
    cell = of_shares(100, half, half)
    assert (cell.importance, cell.likelihood, cell.unmet, cell.low, cell.high) == (4, 4, 0.25, 0, 0.5)


def test_means_give_a_distance_and_no_share() -> None:
    assert of_means(50, 5.8, 3.1).distance == pytest.approx(2.7)
    assert (of_means(50, 5.8, 3.1).need, of_means(50, 3, 5).need) == (pytest.approx(0.45), 0.0)
    assert of_means(50, 5.8, 3.1).unmet is None


def test_the_true_share_lies_between_the_bounds_of_its_own_answers() -> None:
    summary = gap_survey.summary()
    truth = {row.statement: row.figure for row in gap_table(summary).rows}
    for j, statement in enumerate(summary.statements):
        pairs = summary.tally.everyone()[j, :, 1].reshape(8, 8)[1:, 1:]
        cell = of_shares(106, pairs.sum(axis=1) / pairs.sum(), pairs.sum(axis=0) / pairs.sum())
        figure = truth[statement.id]
        assert figure is not None and cell.low is not None and cell.high is not None
        assert cell.low - 1e-9 <= figure.unmet <= cell.high + 1e-9
        assert (cell.importance, cell.likelihood) == (
            pytest.approx(figure.importance),
            pytest.approx(figure.likelihood),
        )


# --- The table -------------------------------------------------------------------------------------------------------

GROUPS = (Segment("unge", "Unge"), Segment("voksne", "Voksne"))


def needs(*rows: tuple[StatedCell, StatedCell | None, StatedCell | None]) -> StatedNeeds:
    return StatedNeeds(
        "means", THIRTY[: len(rows)], GROUPS, tuple(row[0] for row in rows), tuple(row[1:] for row in rows)
    )


def test_rows_stand_by_distance_and_points_by_whole_per_cent() -> None:
    table = stated_table(
        needs(
            (of_means(80, 6, 5.4), of_means(40, 6, 5.4), of_means(40, 6, 5.4)),
            (of_means(80, 6, 3), of_means(40, 6, 3), of_means(40, 6, 3)),
        ),
        factors=FactorWeights("per_statement"),
    )
    assert [row.statement for row in table.rows] == ["s02", "s01"]
    assert table.measure == "distance" and sum(need.points for need in table.needs) == pytest.approx(100)
    assert {need.percent for need in table.needs} == {10, 50}
    assert table.rows[0].points == pytest.approx(100 * 50 / 60)


def test_a_small_group_borrows_and_so_does_the_one_it_could_be_had_from() -> None:
    table = stated_table(needs((of_means(49, 6, 3), of_means(9, 7, 1), of_means(40, 6, 4))))
    assert [cell.source for cell in table.rows[0].cells] == ["borrowed", "borrowed"]
    assert {cell.percent for cell in table.rows[0].cells} == {50}
    whole = stated_table(needs((of_means(80, 6, 3), of_means(40, 7, 1), of_means(40, 6, 4))))
    assert [cell.source for cell in whole.rows[0].cells] == ["own", "own"]


def test_groups_count_by_their_answers_or_alike_where_those_are_not_told() -> None:
    told = stated_table(needs((of_means(90, 6, 3), of_means(60, 6, 3), of_means(30, 6, 3))))
    assert [row.share for row in told.segments] == [pytest.approx(2 / 3), pytest.approx(1 / 3)]
    untold = stated_table(needs((of_means(None, 6, 3), of_means(None, 6, 3), of_means(None, 6, 3))))
    assert [row.share for row in untold.segments] == [0.5, 0.5]
    assert untold.rows[0].cells[0].source == "borrowed"


def test_a_workshop_gives_points_by_its_weights_alone() -> None:
    stated = StatedNeeds(
        "workshop", THIRTY, GROUPS, segment_points=(("unge", 75), ("voksne", 25)), factor_points=(("arbeid", 100),)
    )
    table = stated_table(stated, SegmentWeights("equal"), FactorWeights("equal"))
    assert table.measure == "workshop"
    assert {row.factor for row in table.rows if row.points} == {"arbeid"}
    assert [row.points for row in table.segments] == [pytest.approx(75), pytest.approx(25)]
    assert all(row.stated is None and row.figure is None for row in table.rows)


def test_documents_come_back_and_others_are_refused() -> None:
    stated = needs((of_means(80, 6, 3), None, of_means(40, 6, 4)))
    assert StatedNeeds.from_document(json.loads(json.dumps(stated.to_document()))) == stated
    for broken in ({}, {**stated.to_document(), "kind": "x"}, {**stated.to_document(), "everyone": [{"x": 1}]}):
        with pytest.raises((ValueError, KeyError)):
            StatedNeeds.from_document(broken)


# --- Reading ---------------------------------------------------------------------------------------------------------


def read(headings: tuple[str, ...], *rows: tuple[str, ...]) -> StatedReading | None:
    return read_stated(RawTable.of_rows(headings, rows), THIRTY)


MEANS = ("Utsagn", "n", "viktig_snitt", "sannsynlig_snitt")
TEXT = [one.text for one in THIRTY]


def test_means_with_a_comma_are_read() -> None:
    found = read(MEANS, *((text, "1 206", "5,84", "3,1") for text in TEXT[:4]))
    assert found is not None and found.stated is not None and found.findings == ()
    assert found.stated.everyone[0] == of_means(1206, 5.84, 3.1)
    assert found.stated.segments == (Segment("alle", "Alle"),)


def test_what_does_not_hold_is_named_by_row_and_left_out() -> None:
    found = read(
        MEANS, (TEXT[0], "80", "5,8", "3,1"), (TEXT[1], "80", "8,1", "3"), (TEXT[2], "mange", "5", "3"),
        ("Noe helt annet her", "80", "5", "3"), (TEXT[0], "80", "5", "3"), ("", "", "", ""),
        (TEXT[3], "80", "5", "abc"),
        (TEXT[4], "", "5", "3"),
    )  # fmt: skip
    assert found is not None and found.stated is not None
    assert [(one.code, one.where) for one in found.findings] == [
        ("stated_mean_bad", "rad 3"), ("stated_count_bad", "rad 4"), ("stated_statement_unknown", "rad 5"),
        ("stated_statement_twice", "rad 6"), ("stated_row_blank", "rad 7"), ("stated_mean_bad", "rad 8"),
    ]  # fmt: skip
    assert (found.stated.rows_in, found.stated.rows_used) == (8, 2)
    assert found.stated.everyone[1].n is None


def test_shares_of_seven_answers_in_groups() -> None:
    headings = (
        "Statement",
        "Group",
        "Answers",
        *(f"Important {k}" for k in range(1, 8)),
        *(f"Likely {k}" for k in range(1, 8)),
    )
    row = ("0", "0", "0", "0", "0", "50,3 %", "50,2", "100", "", "-", "0", "0", "0", "0")
    found = read(
        headings,
        *((text, group, n, *row) for text in TEXT[:3] for group, n in (("Unge", "40"), ("Øst/vest", "60"))),
    )
    assert found is not None and found.stated is not None and found.findings == ()
    assert [one.id for one in found.stated.segments] == ["unge", "g2"]
    assert found.stated.everyone[0].n == 100 and found.stated.everyone[0].unmet == pytest.approx(1.0)


def test_shares_that_do_not_add_up_are_named() -> None:
    headings = ("Utsagn", *(f"Viktig {k}" for k in range(1, 8)), *(f"Sannsynlig {k}" for k in range(1, 8)))
    good, bad = ("10",) * 6 + ("40",), ("10",) * 7
    found = read(headings, (TEXT[0], *good, *good), (TEXT[1], *good, *bad), (TEXT[2], *good, *good))
    assert found is not None and [(one.code, one.where) for one in found.findings] == [("stated_shares_sum", "rad 3")]


def test_nothing_usable_is_an_error_that_keeps_nothing() -> None:
    found = read(MEANS, *((text, "80", "0", "9") for text in TEXT[:3]))
    assert found is not None and found.stated is None
    assert found.findings[-1].code == "stated_nothing" and found.findings[-1].severity == "error"


def test_persons_are_never_taken_for_a_report() -> None:
    wide = ("id", *(f"Viktig: {text}" for text in TEXT[:4]), *(f"Sannsynlig: {text}" for text in TEXT[:4]))
    assert read(wide, *((str(n), *["6"] * 8) for n in range(20))) is None
    long = [(str(n), text, "6", "3") for n in range(10) for text in TEXT[:4]]
    assert read(("Respondent", "Utsagn", "Viktig", "Sannsynlig"), *long) is None
    assert read(("Utsagn", "Merknad"), *((text, "bra") for text in TEXT[:4])) is None
