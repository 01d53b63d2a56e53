"""One survey beside the next: differences with their intervals, and the words they bear."""

import pytest

from planner.domain.waves import Change, difference


def test_the_interval_of_a_difference_by_hand() -> None:
    """56/70 against 48/80, of which Newcombe (1998, table II, case a, method 10) gives 0.0524 to 0.3339."""
    # Wilson's own limits of each, to six digits: 56/70 is 0.691937 to 0.876880, 48/80 is 0.490425 to 0.700380.
    by, low, high = difference((0.6, 0.490425, 0.700380), (0.8, 0.691937, 0.876880))
    assert by == pytest.approx(0.2)
    assert (low, high) == pytest.approx((0.0524, 0.3339), abs=5e-4)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.2, -0.01, "better"),
        (0.01, 0.2, "worse"),
        (-0.04, 0.04, "same"),
        (-0.06, 0.02, "unsure"),
        (-0.05, 0.0, "same"),
        (0.0, 0.1, "unsure"),
    ],
)
def test_the_word(low: float, high: float, verdict: str) -> None:
    assert Change("s01", "Utsagn", 0.5, 0.5, 0.0, low, high).verdict == verdict
