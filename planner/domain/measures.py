"""What do we measure in a pair of answers? Every measure is a table over (importance, likelihood).

A table has 64 entries, indexed importance · 8 + likelihood, where 0 is «no answer»; entries without both answers are 0
and never counted. Because a measure is only a table, a new one needs no new reading of the answers.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]

# «Litt viktig» and «verken/eller» count by half, so that no single threshold decides.
MATTERS = (0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 1.0, 1.0)
UNLIKELY = (0.0, 1.0, 1.0, 1.0, 0.5, 0.0, 0.0, 0.0)
STRICT_LIMITS = ((5, 3), (5, 4), (6, 3), (6, 4))


def measure(value: Callable[[int, int], float]) -> Table:
    """The table of value(importance, likelihood) for steps 1–7."""
    table = np.zeros(64)
    for v in range(1, 8):
        for s in range(1, 8):
            table[v * 8 + s] = value(v, s)
    table.flags.writeable = False
    return table


def strict(important_from: int, unlikely_to: int) -> Table:
    """1 where importance is at least the one and likelihood at most the other. U is the mean of four of these."""
    return measure(lambda v, s: float(v >= important_from and s <= unlikely_to))


PAIRED: NDArray[np.bool_] = measure(lambda v, s: 1.0) > 0
UNMET = measure(lambda v, s: MATTERS[v] * UNLIKELY[s])
CLASSIC = measure(lambda v, s: float(v - s))
IMPORTANCE = measure(lambda v, s: float(v))
LIKELIHOOD = measure(lambda v, s: float(s))
STRICT = tuple(strict(*limits) for limits in STRICT_LIMITS)
