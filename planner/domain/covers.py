"""Which sets of initiatives cannot all fit in a year's limit, although fractions of them do?

A cover of a row Σ a·x ≤ b is a set of initiatives whose options, even the least demanding taken into account, need
more than b together: at most all but one of them can be. Half-started initiatives break such a cut, plans never do.
"""

from collections.abc import Iterator

import numpy as np

from planner.domain.grid import Vector

VIOLATION = 0.05
SURE = 1e-7
NEARLY_FULL = 0.9
"""Rows with more room than this hide no cover worth looking for."""


def covers(take: Vector, limit: Vector, starts: Vector) -> Iterator[tuple[Vector, float]]:
    """Violated cover rows (coefficients over options, upper limit) at a point.

    take: rows × initiatives × years, from 0 up, of rows Σ take · starts ≤ limit. starts: initiatives × years.
    """
    full = np.nonzero((take * starts).sum(axis=(1, 2)) > NEARLY_FULL * limit)[0]
    for row, most in zip(take[full], limit[full], strict=True):
        used = (starts > 1e-6) & (row > 0)
        share = np.where(used, starts, 0.0).sum(axis=1)
        need = np.where(used, row, np.inf).min(axis=1)
        candidates = np.nonzero(share > 1e-6)[0]
        order = candidates[np.argsort((1 - share[candidates]) / need[candidates], kind="stable")]
        total = np.cumsum(need[order])
        over = np.nonzero(total > most + SURE)[0]
        if not len(over):
            continue
        chosen = order[: over[0] + 1]
        # Minimal: what is not needed to go over only weakens the cut.
        spare = total[over[0]] - most - SURE
        for one in sorted(chosen.tolist(), key=lambda one: share[one]):
            if need[one] < spare and len(chosen) > 1:
                chosen = chosen[chosen != one]
                spare -= need[one]
        # Whatever needs as much as the most demanding of the cover may stand in for any of them.
        largest = need[chosen].max()
        coefficients = (row >= largest).astype(float)
        coefficients[chosen] = row[chosen] >= need[chosen][:, None]
        high = len(chosen) - 1
        if float((coefficients * starts).sum()) > high + VIOLATION:
            yield coefficients.reshape(-1), float(high)
