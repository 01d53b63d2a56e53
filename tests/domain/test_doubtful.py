"""Results with and without doubtful rows, on answers small enough to do by hand."""

import numpy as np

from planner.domain.answers import Answers, make_answers
from planner.domain.doubtful import WithAndWithout, with_and_without
from planner.domain.segments import DEFAULT_SEGMENTS
from tests.domain.raw import THIRTY

ASKED = THIRTY[:10]


def answers(lined: int, others: int = 30) -> Answers:
    """`others` people who find s01 important and unlikely, each in their own way; `lined` who tick 4 throughout."""
    rng = np.random.default_rng(3)
    importance = rng.integers(5, 8, (others, 10))
    likelihood = rng.integers(1, 8, (others, 10))
    importance[:, 0], likelihood[:, 0] = 7, 1
    straight = np.full((lined, 10), 4)
    return make_answers(
        ASKED,
        DEFAULT_SEGMENTS[-1:],
        np.vstack([importance, straight]),
        np.vstack([likelihood, straight]),
        np.zeros(others + lined, dtype=int),
    )


def test_nothing_doubtful_is_nothing_to_tell() -> None:
    assert with_and_without(answers(0)) is None


def test_the_largest_change_is_told_where_it_is_not_about_a_few_people() -> None:
    """s01: all 30 lack it, 30 of 40 with the ten who say «verken/eller»: 100 % against 75 %."""
    found = with_and_without(answers(10))
    assert found is not None and (found.rows, found.most) == (10, 25)
    few = with_and_without(answers(4))
    assert few is not None and (few.rows, few.most) == (4, None)
    assert WithAndWithout.from_document(found.to_document()) == found


def test_a_row_that_came_twice_is_taken_out_once() -> None:
    once = answers(0)
    twice = make_answers(
        ASKED,
        DEFAULT_SEGMENTS[-1:],
        np.vstack([once.importance, once.importance[:12]]),
        np.vstack([once.likelihood, once.likelihood[:12]]),
        np.zeros(42, dtype=int),
    )
    found = with_and_without(twice)
    assert found is not None and found.rows == 12
