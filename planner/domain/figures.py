"""What are the figures of one statement in one group of people? Everything a page may say about it, in one value.

Never decides whether the figure may be shown; `suppression` does.
"""

from dataclasses import dataclass

import numpy as np

from planner.domain.answers import Floats
from planner.domain.estimates import COUNT, dont_know_bounds, estimate, t_interval, wilson
from planner.domain.measures import CLASSIC, IMPORTANCE, LIKELIHOOD, STRICT, UNMET

MANY_UNSURE = 0.20


@dataclass(frozen=True, slots=True)
class Figure:
    """n: paired answers. n_eff: what they count as after weighting. Shares are 0–1, means on the scale 1–7.

    unmet (se, low, high): U with its standard error and 95 % interval. classic: mean of importance − likelihood.
    importance, likelihood: means over the same pairs. unsure, dont_know: how many said «vet ikke» on likelihood, and
    their share; dont_know_low and dont_know_high: what U would be if they all found it likely, or unlikely. strict: the
    shares by the four reasonable thresholds (5/3, 5/4, 6/3, 6/4), of which U is the mean. Intervals are None where the
    answers do not give one.
    """

    n: int
    n_eff: float
    unmet: float
    se: float | None
    low: float | None
    high: float | None
    classic: float
    classic_low: float | None
    classic_high: float | None
    importance: float
    likelihood: float
    unsure: int
    dont_know: float
    dont_know_low: float
    dont_know_high: float
    strict: tuple[float, ...]

    @property
    def many_unsure(self) -> bool:
        return self.dont_know > MANY_UNSURE


def figures(
    histogram: Floats, dont_know: Floats, unmet_variance: Floats | None = None, classic_variance: Floats | None = None
) -> list[Figure | None]:
    """One figure per entry of histogram [J, 64, 3] and dont_know [J, 8, 2]; None where there is no pair.

    The variances [J], when given (raked ones), stand in for those of the counts.
    """
    unmet, classic = estimate(histogram, UNMET), estimate(histogram, CLASSIC)
    unmet_v = unmet.variance if unmet_variance is None else unmet_variance
    classic_v = classic.variance if classic_variance is None else classic_variance
    low, high = wilson(unmet.value, unmet_v, unmet.n_eff)
    classic_low, classic_high = t_interval(classic.value, classic_v, classic.n_eff)
    importance, likelihood = estimate(histogram, IMPORTANCE).value, estimate(histogram, LIKELIHOOD).value
    unsure, unsure_low, unsure_high = dont_know_bounds(histogram, dont_know)
    strict = np.stack([estimate(histogram, table).value for table in STRICT])
    return [
        Figure(
            n=int(unmet.n[j]),
            n_eff=float(unmet.n_eff[j]),
            unmet=float(unmet.value[j]),
            se=_known(np.sqrt(unmet_v[j])),
            low=_known(low[j]),
            high=_known(high[j]),
            classic=float(classic.value[j]),
            classic_low=_known(classic_low[j]),
            classic_high=_known(classic_high[j]),
            importance=float(importance[j]),
            likelihood=float(likelihood[j]),
            unsure=int(dont_know[j, 1:, COUNT].sum()),
            dont_know=float(unsure[j]),
            dont_know_low=float(unsure_low[j]),
            dont_know_high=float(unsure_high[j]),
            strict=tuple(float(x) for x in strict[:, j]),
        )
        if unmet.n[j] > 0
        else None
        for j in range(len(histogram))
    ]


def _known(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None
