"""Chances of being among the largest, rank sets, and adjusted p-values."""

import numpy as np
import pytest

from planner.domain.ranking import benjamini_hochberg, certainty, rank_sets, top_probability

VALUES = np.array([0.5, 0.4, 0.1])
P = np.array([0.001, 0.01, 0.03, 0.2])


def test_chance_of_being_the_largest_is_the_normal_one() -> None:
    chance = top_probability(VALUES, 0.0036 * np.eye(3), k=1)
    assert chance[0] == pytest.approx(0.88070, abs=3e-3)
    assert chance.sum() == pytest.approx(1)


def test_the_same_survey_gives_the_same_chances() -> None:
    assert np.array_equal(
        top_probability(VALUES, 0.01 * np.eye(3), k=2), top_probability(VALUES, 0.01 * np.eye(3), k=2)
    )


def test_correlation_is_used() -> None:
    """Two values that move together keep their order."""
    together = 0.0036 * np.array([[1, 0.95, 0], [0.95, 1, 0], [0, 0, 1.0]])
    assert top_probability(VALUES, together, k=1)[0] > 0.99


def test_unknown_values_never_take_a_place_and_ties_go_to_the_first() -> None:
    chance = top_probability(np.array([np.nan, 0.2, 0.2, 0.1]), np.zeros((4, 4)), k=1)
    assert chance.tolist() == [0, 1, 0, 0]
    assert top_probability(np.array([np.nan]), np.zeros((1, 1))).tolist() == [0]


@pytest.mark.parametrize(
    ("variance", "best", "worst"), [(0.0004, [1, 2, 3], [1, 2, 3]), (0.0036, [1, 1, 3], [2, 2, 3])]
)
def test_rank_sets(variance: float, best: list[int], worst: list[int]) -> None:
    low, high = rank_sets(VALUES, variance * np.eye(3))
    assert (low.tolist(), high.tolist()) == (best, worst)


def test_rank_sets_step_down() -> None:
    """With the sure pairs settled the last is judged alone: 2.24 standard errors are enough then (1.96), not
    before (2.57)."""
    covariance = 0.0036 * np.eye(4)
    best, worst = rank_sets(np.array([5.0, 3.0, 0.19, 0.0]), covariance)
    assert (best.tolist(), worst.tolist()) == ([1, 2, 3, 4], [1, 2, 3, 4])
    best, worst = rank_sets(np.array([0.38, 0.37, 0.19, 0.0]), covariance)
    assert (best.tolist(), worst.tolist()) == ([1, 1, 1, 3], [3, 3, 4, 4])


def test_benjamini_hochberg() -> None:
    assert benjamini_hochberg(P) == pytest.approx([0.004, 0.02, 0.04, 0.2])
    order = np.array([2, 0, 3, 1])
    assert benjamini_hochberg(P[order]) == pytest.approx(benjamini_hochberg(P)[order])


@pytest.mark.parametrize(
    ("chance", "word"),
    [(0.9, "clearly"), (0.89, "probably"), (0.5, "probably"), (0.49, "possibly"), (0.1, "possibly"), (0.09, "hardly")],
)
def test_words(chance: float, word: str) -> None:
    assert certainty(chance) == word
