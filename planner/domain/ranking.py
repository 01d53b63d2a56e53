"""Which figures are truly among the largest? Ranks with the uncertainty that goes with them.

Never orders by a point estimate alone, and never shows a p-value.
"""

from typing import Literal

import numpy as np

from planner.domain.answers import Flags, Floats, Ints

DRAWS, SEED = 20_000, 20_261_123
TOP = 5
Certainty = Literal["clearly", "probably", "possibly", "hardly"]


def certainty(probability: float) -> Certainty:
    """The word for a chance of being among the largest."""
    if probability >= 0.9:
        return "clearly"
    if probability >= 0.5:
        return "probably"
    return "possibly" if probability >= 0.1 else "hardly"


def top_probability(values: Floats, covariance: Floats, k: int = TOP, draws: int = DRAWS, seed: int = SEED) -> Floats:
    """[J] the chance that each value is among the k largest: draws from N(values, covariance).

    Equal draws go to the first in order. A value that is nan never takes a place, and has chance 0.
    """
    chance = np.zeros(len(values))
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return chance
    drawn = values[known] + _normal(covariance[np.ix_(known, known)], draws, seed)
    largest = np.argsort(-drawn, axis=1, kind="stable")[:, :k]
    chance[known] = np.bincount(largest.ravel(), minlength=len(known)) / draws
    return chance


def _normal(covariance: Floats, draws: int, seed: int) -> Floats:
    """[draws, J]; the root by eigenvalues, since a covariance of few answers is singular."""
    size, vectors = np.linalg.eigh(np.nan_to_num((covariance + covariance.T) / 2))
    root = vectors * np.sqrt(np.clip(size, 0, None))
    noise: Floats = np.random.default_rng(seed).standard_normal((draws, len(size))) @ root.T
    return noise


def rank_sets(
    values: Floats, covariance: Floats, level: float = 0.95, draws: int = DRAWS, seed: int = SEED
) -> tuple[Ints, Ints]:
    """[J] the best and the worst rank (1 is the largest) each value may have, right for all at once.

    After Mogstad, Romano, Shaikh & Wilhelm (Review of Economic Studies, doi 10.1093/restud/rdad006): all pairwise
    differences, studentised, with a step-down on the largest. Very careful; for reports that compare many.
    """
    above = _significantly_above(values, covariance, level, draws, seed)
    best = 1 + above.sum(axis=0)
    worst = len(values) - above.sum(axis=1)
    return best.astype(np.int64), worst.astype(np.int64)


def _significantly_above(values: Floats, covariance: Floats, level: float, draws: int, seed: int) -> Flags:
    """[J, J] True where the row's value is above the column's beyond chance."""
    number = len(values)
    first, second = np.triu_indices(number, 1)
    spread = np.diag(covariance)
    se = np.sqrt(np.clip(spread[first] + spread[second] - 2 * covariance[first, second], 0, None))
    difference = values[first] - values[second]
    noise = _normal(covariance, draws, seed)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = np.where(se > 0, np.abs(difference) / se, np.where(difference != 0, np.inf, 0.0))
        drawn = np.abs(np.where(se > 0, (noise[:, first] - noise[:, second]) / se, 0.0))
    open_pairs = np.ones(len(first), dtype=np.bool_)
    while open_pairs.any():
        critical = np.quantile(drawn[:, open_pairs].max(axis=1), level)
        rejected = open_pairs & (statistic > critical)
        if not rejected.any():
            break
        open_pairs &= ~rejected
    above = np.zeros((number, number), dtype=np.bool_)
    for i, j, d in zip(first[~open_pairs], second[~open_pairs], difference[~open_pairs], strict=True):
        above[(i, j) if d > 0 else (j, i)] = True
    return above


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjusted p-values that bound the share of false claims among those made."""
    order = np.argsort(p, kind="stable")
    ratio = len(p) / np.arange(1, len(p) + 1) * p[order]
    return _unsorted(np.minimum(np.minimum.accumulate(ratio[::-1])[::-1], 1.0), order)


def _unsorted(values: Floats, order: Ints) -> Floats:
    back = np.empty_like(values)
    back[order] = values
    return back
