"""Is what is called good today important, likely, and not among the larger half of what people lack?"""

import pytest

from planner.domain.strengths import is_strength


@pytest.mark.parametrize(
    ("importance", "likelihood", "place", "of", "good"),
    [
        (5.0, 4.0, 4, 4, True),
        (4.9, 4.0, 4, 4, False),
        (5.0, 3.9, 4, 4, False),
        # 47 of 100 are sure not to get it and the others sure to: 0.47·1 + 0.53·7 = 4.2, and the largest need of four.
        (7.0, 4.2, 1, 4, False),
        # Three are named as the largest.
        (7.0, 7.0, 3, 4, False),
        (7.0, 7.0, 1, 1, False),
        # The one in the middle is in neither half, and is not said to be good.
        (7.0, 7.0, 5, 9, False),
        (7.0, 7.0, 6, 9, True),
    ],
)
def test_what_is_good_today(importance: float, likelihood: float, place: int, of: int, good: bool) -> None:
    assert is_strength(importance, likelihood, place, of) == good
