"""A turned or swapped survey shows, beside what it says as read, what the honest file would have said."""

import numpy as np
import pytest

from planner.domain.answer_pitfalls import answer_pitfalls
from planner.domain.answers import Answers, make_answers
from planner.domain.directions import Way, directions
from planner.domain.mapping import DEFAULT_SEGMENTS
from tests.domain.test_pitfalls import THIRTY, answers, honest


def five(of: Answers, way: Way) -> tuple[str, ...]:
    findings = answer_pitfalls(of)
    return next(one.five for one in directions(of, findings, ()) if one.way == way)


def test_without_doubt_nothing_is_given() -> None:
    one = answers(*honest())
    assert directions(one, answer_pitfalls(one), ()) == ()


@pytest.mark.parametrize("way", ["importance", "likelihood", "swapped"])
def test_the_right_way_gives_what_the_honest_file_gives(way: Way) -> None:
    v, s = honest()
    truth = directions(answers(v, s), (), ("importance",))[0]
    assert truth.way == "read" and len(truth.five) == 5
    wrong = {
        "importance": (8 - v, s),
        "likelihood": (v, 8 - s),
        "swapped": (s, v),
    }[way]
    made = answers(*(np.asarray(one, dtype=np.uint8) for one in wrong))
    assert five(made, way) == truth.five != five(made, "read")


def test_a_blank_stays_blank_and_statements_that_few_answered_are_left_out() -> None:
    v, s = honest()
    v, s = v.copy(), s.copy()
    v[9:, 0] = 0
    v[:, 1] = 7
    s[:, 1] = 1
    v[10:, 1] = 0
    of = make_answers(THIRTY, DEFAULT_SEGMENTS, v, s, np.zeros(len(v), dtype=np.int64))
    ways = directions(of, (), ("likelihood",))
    assert all(THIRTY[0].id not in one.five for one in ways)
    assert ways[0].five[0] == THIRTY[1].id


def test_both_ways_stay_in_view_once_a_scale_is_turned() -> None:
    of = answers(*honest())
    assert [one.way for one in directions(of, (), ("importance",))] == ["read", "importance", "likelihood", "swapped"]
