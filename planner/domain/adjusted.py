"""How much does each answer go with wanting to stay, the others being equal? For surveys large enough to say.

A weighted logistic regression, told as the change in the share who want to stay for one step on the scale. Returns
nothing rather than a figure that the answers cannot carry. Never an effect, and never fed to the choice of plan.
"""

import warnings
from dataclasses import dataclass

import numpy as np

from planner.domain.answers import Floats
from planner.domain.estimates import t_interval

FEWEST_ANSWERS, FEWEST_OF_EACH = 400, 100


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """[D] change in the share for one step up on the scale of each, in 0–1, with standard error and interval."""

    value: Floats
    se: Floats
    low: Floats
    high: Floats


def large_enough(outcome: Floats) -> bool:
    """outcome: [n] 1 or 0."""
    yes = float(outcome.sum())
    return len(outcome) >= FEWEST_ANSWERS and min(yes, len(outcome) - yes) >= FEWEST_OF_EACH


@dataclass(frozen=True, slots=True, eq=False)
class Logistic:
    """coefficients: [P]. covariance: [P, P], White's with n/(n−1), as for weights of a survey. chance: [n] fitted."""

    coefficients: Floats
    covariance: Floats
    chance: Floats


def weighted_logistic(design: Floats, outcome: Floats, weight: Floats) -> Logistic | None:
    """design: [n, P] with a column of ones; None where something decides the outcome or follows from the others.

    The weights are of the variance, never frequencies: those would make the errors several times too small.
    """
    # Loading it takes a second that only a large survey needs.
    import statsmodels.api as sm
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

    if np.linalg.matrix_rank(design) < design.shape[1]:
        return None
    model = sm.GLM(outcome, design, family=sm.families.Binomial(), var_weights=weight / weight.mean())
    with warnings.catch_warnings():
        for trouble in (ConvergenceWarning, PerfectSeparationWarning, RuntimeWarning):
            warnings.simplefilter("error", trouble)
        try:
            fitted = model.fit(cov_type="HC0")
        except (ConvergenceWarning, PerfectSeparationWarning, RuntimeWarning, np.linalg.LinAlgError):
            return None
    n = len(outcome)
    return Logistic(fitted.params, n / (n - 1) * fitted.cov_params(), fitted.fittedvalues)


def average_steps(drivers: Floats, outcome: Floats, weight: Floats) -> Steps | None:
    """Average marginal effects. drivers: [n, D]; None where no regression can be had."""
    design = np.column_stack([np.ones(len(outcome)), drivers])
    fitted = weighted_logistic(design, outcome, weight)
    if fitted is None:
        return None
    slopes, chance = fitted.coefficients[1:], fitted.chance
    share = weight / weight.sum()
    steepness = chance * (1 - chance)
    mean = share @ steepness
    bend = (share * steepness * (1 - 2 * chance)) @ design
    gradient = np.outer(slopes, bend)
    gradient[:, 1:] += mean * np.eye(len(slopes))
    variance = np.einsum("ki,ij,kj->k", gradient, fitted.covariance, gradient)
    n_eff = np.full(len(slopes), weight.sum() ** 2 / (weight**2).sum())
    value = slopes * mean
    return Steps(value, np.sqrt(variance), *t_interval(value, variance, n_eff))
