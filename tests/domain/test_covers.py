"""Does a cover cut off half-decided points and never a plan?"""

from itertools import product

import numpy as np

from planner.domain.covers import covers


def test_by_hand() -> None:
    """Costs 3, 3, 4 within 7: all three at 0.7 fit as fractions; two of them are the most there can be."""
    ((row, high),) = covers(np.array([[[3.0], [3.0], [4.0]]]), np.array([7.0]), np.array([[0.7], [0.7], [0.7]]))
    assert row.tolist() == [1, 1, 1] and high == 2


def test_no_plan_that_fits_is_ever_cut_off() -> None:
    draw, found = np.random.default_rng(2), 0
    for _ in range(300):
        take = draw.integers(0, 6, (2, 4, 2)).astype(float)
        limit = draw.integers(1, 12, 2).astype(float)
        shares = draw.random((4, 2))
        shares /= shares.sum(axis=1, keepdims=True)
        for row, high in covers(take, limit, shares):
            found += 1
            assert float(row @ shares.reshape(-1)) > high
            for options in product(range(3), repeat=4):
                plan = (np.array(options)[:, None] == np.arange(2)).astype(float)
                if ((take * plan).sum(axis=(1, 2)) <= limit).all():
                    assert row @ plan.reshape(-1) <= high
    assert found > 50
