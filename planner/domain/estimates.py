"""How large is a measure in a group, and how sure is that? Weighted estimates from histograms of answer pairs.

The standard error is Taylor linearisation of a weighted ratio mean (with replacement, no strata); the interval for a
share is Wilson's with the effective number of answers. The uncertainty is chance in who answered, never in who did not.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from planner.domain.answers import Answers, Floats
from planner.domain.measures import MATTERS, PAIRED, UNMET, Table

Ddof = Literal["domain", "design"]
COUNT, WEIGHT, WEIGHT_SQUARED = 0, 1, 2


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The answers, counted: all that estimates need.

    pairs: [G, J, 64, 3]: number, Σw and Σw² of respondents per segment, statement, importance · 8 + likelihood.
    dont_know: [G, J, 8, 2]: number and Σw of «vet ikke» on likelihood by importance (0: importance not given).
    importance_dont_know: [G, J, 2]: number and Σw of «vet ikke» on importance.
    """

    pairs: Floats
    dont_know: Floats
    importance_dont_know: Floats

    def __post_init__(self) -> None:
        for array in (self.pairs, self.dont_know, self.importance_dont_know):
            array.flags.writeable = False

    def everyone(self) -> Floats:
        """[J, 64, 3] all segments together."""
        total: Floats = self.pairs.sum(axis=0)
        return total


def tally(answers: Answers) -> Tally:
    """Count once; every measure is then a dot product."""
    groups, asked = len(answers.segments), len(answers.statements)
    pairs = np.zeros((groups, asked, 64, 3))
    unsure = np.zeros((groups, asked, 8, 2))
    unsure_importance = np.zeros((groups, asked, 2))
    weight, squared = answers.weight, answers.weight**2
    group = answers.segment * 64
    for j in range(asked):
        # One byte holds a pair of answers, so the wide numbers are made once a statement.
        code = group + (answers.importance[:, j] * np.uint8(8) + answers.likelihood[:, j])
        for place, amount in enumerate((None, weight, squared)):
            pairs[:, j, :, place] = np.bincount(code, amount, minlength=groups * 64).reshape(groups, 64)
        dk, dk_v = np.flatnonzero(answers.likelihood_dk[:, j]), np.flatnonzero(answers.importance_dk[:, j])
        if len(dk):
            by_importance = answers.segment[dk] * 8 + answers.importance[dk, j]
            for place, amount in enumerate((None, weight[dk])):
                unsure[:, j, :, place] = np.bincount(by_importance, amount, minlength=groups * 8).reshape(groups, 8)
        if len(dk_v):
            for place, amount in enumerate((None, weight[dk_v])):
                unsure_importance[:, j, place] = np.bincount(answers.segment[dk_v], amount, minlength=groups)
    return Tally(pairs, unsure, unsure_importance)


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """One estimate per leading index of the histograms given.

    n: paired answers. weight: Σw. n_eff: (Σw)²/Σw². value: the weighted mean, nan where n is 0.
    variance: nan where n < 2.
    """

    n: Floats
    weight: Floats
    n_eff: Floats
    value: Floats
    variance: Floats

    @property
    def se(self) -> Floats:
        return np.sqrt(self.variance)


def estimate(
    histogram: Floats, table: Table, ddof: Ddof = "domain", design_n: int = 0, population: float | None = None
) -> Estimates:
    """Estimate a measure from histograms [..., 64, 3].

    ddof: «domain» uses n/(n−1) of the paired answers (the default, a little careful), «design» that of the design_n
    paired answers of everyone, as R's survey package does. population: people, for the finite population correction.
    """
    paired = np.where(PAIRED[:, None], histogram, 0.0)
    n, weight, squared = (paired[..., place].sum(axis=-1) for place in (COUNT, WEIGHT, WEIGHT_SQUARED))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = (paired[..., WEIGHT] @ table) / weight
        spread = table - np.where(np.isnan(value), 0.0, value)[..., None]
        sums = (paired[..., WEIGHT_SQUARED] * spread**2).sum(axis=-1)
        size = n if ddof == "domain" else np.full_like(n, design_n)
        variance = size / (size - 1) * sums / weight**2
        variance = np.where(n >= 2, variance, np.nan)
        if population is not None:
            variance = variance * (1 - n / population)
        n_eff = weight**2 / squared
    return Estimates(n, weight, np.nan_to_num(n_eff), value, variance)


def wilson(value: Floats, variance: Floats, n_eff: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """The interval for a share in 0–1, from its variance and effective number of answers; nan where n_eff ≤ 1."""
    value, variance, n_eff = (np.asarray(x, dtype=np.float64) for x in (value, variance, n_eff))
    known = (n_eff > 1) & ~np.isnan(value)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = value * (1 - value)
        size = np.where((variance > 0) & (spread > 0), spread / variance, n_eff)
        t = stdtrit(np.where(known, n_eff - 1, 1.0), 0.5 + level / 2)
        shrink = 1 + t**2 / size
        centre = (value + t**2 / (2 * size)) / shrink
        half = t / shrink * np.sqrt(spread / size + t**2 / (4 * size**2))
        low, high = np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)
    # 0 and 1 are reached only by rounding: nobody lacks it, or all do.
    low, high = np.where(value <= 0, 0.0, low), np.where(value >= 1, 1.0, high)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def t_interval(value: Floats, variance: Floats, n_eff: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """The interval for a mean on the scale itself; nan where n_eff ≤ 1."""
    known = n_eff > 1
    half = stdtrit(np.where(known, n_eff - 1, 1.0), 0.5 + level / 2) * np.sqrt(variance)
    return np.where(known, value - half, np.nan), np.where(known, value + half, np.nan)


def dont_know_bounds(histogram: Floats, dont_know: Floats) -> tuple[Floats, Floats, Floats]:
    """(share of «vet ikke» on likelihood, lowest U, highest U) among those who gave an importance.

    histogram: [..., 64, 3]. dont_know: [..., 8, 2]. The lowest reads every «vet ikke» as likely, the highest as not.
    """
    paired = np.where(PAIRED, histogram[..., WEIGHT], 0.0)
    unsure = dont_know[..., 1:, WEIGHT]
    with np.errstate(divide="ignore", invalid="ignore"):
        base = paired.sum(axis=-1) + unsure.sum(axis=-1)
        low = paired @ UNMET / base
        high = low + unsure @ np.array(MATTERS[1:]) / base
        return unsure.sum(axis=-1) / base, low, high
