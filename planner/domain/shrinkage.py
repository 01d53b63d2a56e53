"""How far should a small group's figure lean towards the whole? Empirical Bayes, with variances smoothed first.

The raw figure is always kept beside the stabilised one. With 100 answers or more
nothing is stabilised: there is nothing to gain.
"""

import numpy as np

from planner.domain.answers import Flags, Floats

STABILISED_BELOW = 100


def shrink(values: Floats, variances: Floats, between: float, towards: Floats | float) -> Floats:
    """γ·value + (1−γ)·towards, with γ = τ²/(τ²+V)."""
    gamma = between / (between + variances) if between > 0 else np.zeros_like(values)
    stabilised: Floats = gamma * values + (1 - gamma) * towards
    return stabilised


def smooth_variances(centre: Floats, variances: Floats, n: Floats) -> Floats:
    """V_s = φ·p(1−p)/n with one φ for the table: a raw variance of 0 (all alike) would claim to be certain.

    centre: the whole municipality's share for each entry. Entries with n < 2 or p in {0, 1} do not shape φ.
    """
    spread = centre * (1 - centre)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = n * variances / spread
        usable = np.isfinite(ratio) & (n >= 2)
        factor = float(ratio[usable].mean()) if usable.any() else 1.0
        smoothed: Floats = max(factor, 1e-6) * np.maximum(spread, 1e-6) / n
    return smoothed


def stabilise_segments(values: Floats, variances: Floats, n: Floats, whole: Floats, use: Flags) -> Floats:
    """[G, J] each cell's figure leaning on the municipality's; only `use` cells shape τ², cells with n ≥ 100 are kept.

    values, variances, n: [G, J]. whole: [J]. use: [G, J] of truth values: the cells that may be shown.
    """
    centre = np.broadcast_to(whole, values.shape)
    smoothed = smooth_variances(centre[use], variances[use], n[use]) if use.any() else np.zeros(0)
    between = max(0.0, float(np.mean((values[use] - centre[use]) ** 2 - smoothed))) if use.any() else 0.0
    stabilised = values.copy()
    stabilised[use] = shrink(values[use], smoothed, between, centre[use])
    return np.where(use & (n < STABILISED_BELOW), stabilised, values)
