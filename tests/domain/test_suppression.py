"""What is held back: too few, one person's weight, all alike, and what could be had by subtraction."""

import numpy as np
import pytest

from planner.domain.suppression import hidden_together, level


def group(n: int, lacking: int | None = None) -> np.ndarray:
    """[64, 3] n answers with weight 1, `lacking` of them (by default half) with an unmet need."""
    lacking = n // 2 if lacking is None else lacking
    counts = np.zeros((64, 3))
    counts[7 * 8 + 1] = lacking
    counts[7 * 8 + 7] = n - lacking
    return counts


def hidden(*groups: np.ndarray, least: int = 10) -> set[int]:
    return hidden_together(np.stack(groups), least)


@pytest.mark.parametrize(
    ("n", "n_eff", "alike", "expected"),
    [(4, 4, False, "hidden"), (5, 5, False, "owner"), (9, 9, False, "owner"), (10, 10, False, "uncertain"),
     (29, 29, False, "uncertain"), (30, 30, False, "shown"), (40, 4.9, False, "hidden"), (19, 19, True, "owner"),
     (20, 20, True, "uncertain")],
)  # fmt: skip
def test_levels(n: float, n_eff: float, alike: bool, expected: str) -> None:
    assert level(n, n_eff, alike) == expected


def test_nothing_is_hidden_where_all_are_large() -> None:
    assert hidden(group(10), group(40), group(300)) == set()


def test_one_hidden_group_takes_the_next_smallest_with_it() -> None:
    assert hidden(group(6), group(40), group(100), group(300)) == {0, 1}
    assert hidden(group(300), group(6), group(100), group(40)) == {1, 3}


def test_hidden_groups_hold_enough_together() -> None:
    assert hidden(group(3), group(4), group(40), group(300)) == {0, 1, 2}
    assert hidden(group(3), group(7), group(40), group(300)) == {0, 1}


def test_a_group_without_answers_hides_nothing() -> None:
    assert hidden(group(0), group(40), group(300)) == set()
    assert hidden(group(0), group(6), group(40), group(300)) == {1, 2}


def test_a_group_that_only_did_not_know_is_hidden_with_the_next() -> None:
    groups = np.stack([group(0), group(40), group(300)])
    assert hidden_together(groups, 10, np.array([3.0, 0, 0])) == {0, 1}
    assert hidden_together(groups, 10, np.array([0.0, 5, 0])) == set()


def test_two_groups_one_of_them_small_leave_only_the_whole() -> None:
    assert hidden(group(6), group(300)) == {0, 1}
    assert hidden(group(6)) == {0}


def test_all_alike_in_a_small_group() -> None:
    assert hidden(group(15, 0), group(40), group(300)) == {0, 1}
    assert hidden(group(25, 0), group(40), group(300)) == set()


def test_a_pool_that_is_all_alike_takes_one_more() -> None:
    assert hidden(group(6, 0), group(9, 0), group(40), group(300)) == {0, 1, 2}


def test_one_person_with_most_of_the_weight() -> None:
    heavy = group(12)
    heavy[7 * 8 + 2] = (1, 40, 1600)
    assert heavy[:, 1].sum() ** 2 / heavy[:, 2].sum() < 5
    assert 0 in hidden(heavy, group(40), group(300))


def test_a_stricter_reader() -> None:
    assert hidden(group(15), group(40), group(300), least=20) == {0, 1}
