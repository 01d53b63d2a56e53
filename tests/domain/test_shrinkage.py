"""Figures of small groups lean on the whole, by as much as their own noise asks for."""

import numpy as np
import pytest

from planner.domain.shrinkage import shrink, smooth_variances, stabilise_segments


def test_a_figure_leans_on_the_whole_by_its_part_of_the_spread() -> None:
    """By hand: γ = 0.0116667 / (0.0116667 + 0.005) = 0.7; without any spread between them all are the whole."""
    values, variances = np.array([0.1, 0.2, 0.3, 0.4]), np.full(4, 0.005)
    assert shrink(values, variances, 0.0116667, 0.25) == pytest.approx([0.145, 0.215, 0.285, 0.355], abs=1e-6)
    assert shrink(values, variances, 0.0, 0.25) == pytest.approx([0.25] * 4)


def test_a_variance_of_zero_is_smoothed_away() -> None:
    smoothed = smooth_variances(np.array([0.2, 0.3]), np.array([0.0, 0.02]), np.array([12.0, 40.0]))
    # φ = mean(0, 40·0.02/0.21)
    factor = (0 + 40 * 0.02 / 0.21) / 2
    assert smoothed == pytest.approx([factor * 0.16 / 12, factor * 0.21 / 40])


def test_only_cells_below_a_hundred_answers_lean() -> None:
    values = np.array([[0.5, 0.1], [0.32, 0.2]])
    whole = np.array([0.35, 0.18])
    n = np.array([[40.0, 40], [300, 300]])
    variances = values * (1 - values) / n
    use = np.array([[True, True], [True, True]])
    found = stabilise_segments(values, variances, n, whole, use)
    assert 0.35 < found[0, 0] < 0.5 and 0.1 < found[0, 1] < 0.18
    assert found[1].tolist() == values[1].tolist()
    n[1] = 99
    assert stabilise_segments(values, variances, n, whole, use)[1, 0] != values[1, 0]


def test_hidden_cells_shape_nothing() -> None:
    values = np.array([[0.5], [0.3], [1.0]])
    n, whole = np.array([[40.0], [60], [3]]), np.array([0.35])
    use = np.array([[True], [True], [False]])
    found = stabilise_segments(values, values * (1 - values) / n, n, whole, use)
    values[2] = 0.0
    other = stabilise_segments(values, values * (1 - values) / n, n, whole, use)
    assert found[:2].tolist() == other[:2].tolist()
