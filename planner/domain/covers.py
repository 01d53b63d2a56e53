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
    shares = starts.reshape(-1)
    full = np.nonzero((take * starts).sum(axis=(1, 2)) > NEARLY_FULL * limit)[0]
    rows, most = take[full], limit[full] + SURE
    used = (starts > 1e-6) & (rows > 0)
    share = np.where(used, starts, 0.0).sum(axis=2)
    need = np.where(used, rows, np.inf).min(axis=2, initial=np.inf)
    # What is not touched needs an endless amount here, so it comes last and never goes into a cover.
    order = np.argsort(np.where(share > 1e-6, (1 - share) / need, np.inf), axis=1, kind="stable")
    total = np.cumsum(np.take_along_axis(need, order, axis=1), axis=1)
    over = (total > most[:, None]).sum(axis=1)
    for n, (row, beyond) in enumerate(zip(rows, over.tolist(), strict=True)):
        size = len(order[n]) - beyond + 1
        if not beyond or not np.isfinite(total[n, size - 1]):
            continue
        chosen, needs = order[n, :size].tolist(), need[n].tolist()
        # Minimal: what is not needed to go over only weakens the cut.
        spare = float(total[n, size - 1] - most[n])
        for one in sorted(chosen, key=share[n].__getitem__):
            if needs[one] < spare and len(chosen) > 1:
                chosen.remove(one)
                spare -= needs[one]
        # Whatever needs as much as the most demanding of the cover may stand in for any of them.
        coefficients = (row >= max(needs[one] for one in chosen)).astype(np.float64)
        coefficients[chosen] = row[chosen] >= need[n, chosen][:, None]
        high, flat = len(chosen) - 1, coefficients.reshape(-1)
        if float(flat @ shares) > high + VIOLATION:
            yield flat, float(high)
