"""How much of what goes with an outcome does each of several answers account for, when they go together themselves?

Lindeman, Merenda and Gold's shares: the R² each adds, averaged over every order they can be taken in. Exact, from
correlations alone. Says what goes together, never what leads to what.
"""

from itertools import combinations
from math import factorial

import numpy as np

from planner.domain.answers import Floats

SEED, DRAWS, FEWEST_DRAWS = 20_261_123, 1000, 200
# Answers drawn in all before fewer draws are made: a million answers then take seconds, not a minute.
DRAWN = 20_000_000


def weighted_correlation(columns: Floats, weight: Floats) -> Floats:
    """[K, K] correlations of columns [n, K]; nan where a column does not vary."""
    centred = columns - weight @ columns / weight.sum()
    covariance = (centred * weight[:, None]).T @ centred
    spread = np.sqrt(np.diag(covariance))
    with np.errstate(divide="ignore", invalid="ignore"):
        correlation: Floats = covariance / np.outer(spread, spread)
    return correlation


def r_squared_shares(correlation: Floats) -> Floats:
    """[..., D] what each adds to R². correlation: [..., D + 1, D + 1], the outcome last."""
    number = correlation.shape[-1] - 1
    explained: dict[frozenset[int], Floats] = {frozenset(): np.zeros(correlation.shape[:-2])}
    for size in range(1, number + 1):
        for chosen in combinations(range(number), size):
            among = correlation[..., chosen, :][..., :, chosen]
            outcome = correlation[..., chosen, -1]
            solved = np.linalg.solve(among, outcome[..., None])[..., 0]
            explained[frozenset(chosen)] = (solved * outcome).sum(axis=-1)
    shares = np.zeros((*correlation.shape[:-2], number))
    for chosen_set, before in explained.items():
        orders = factorial(len(chosen_set)) * factorial(number - len(chosen_set) - 1) if len(chosen_set) < number else 0
        for one in set(range(number)) - chosen_set:
            shares[..., one] += orders / factorial(number) * (explained[chosen_set | {one}] - before)
    return shares


def drawn_shares(columns: Floats, weight: Floats) -> Floats:
    """[draws, D] the same from respondents drawn with replacement. columns: [n, D + 1], the outcome last."""
    rng = np.random.default_rng(SEED)
    n = len(columns)
    draws = int(np.clip(DRAWN // n, FEWEST_DRAWS, DRAWS))
    drawn = np.empty((draws, columns.shape[1], columns.shape[1]))
    for draw in range(draws):
        times = np.bincount(rng.integers(n, size=n), minlength=n)
        drawn[draw] = weighted_correlation(columns, weight * times)
    return r_squared_shares(drawn)
