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


def average_steps(drivers: Floats, outcome: Floats, weight: Floats) -> Steps | None:
    """Average marginal effects. drivers: [n, D]; None where one decides the outcome or follows from the others."""
    # Loading it takes a second that only a large survey needs.
    import statsmodels.api as sm
    from statsmodels.tools.sm_exceptions import ConvergenceWarning, PerfectSeparationWarning

    n = len(outcome)
    design = np.column_stack([np.ones(n), drivers])
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
    slopes, chance = fitted.params[1:], fitted.fittedvalues
    share = weight / weight.sum()
    steepness = chance * (1 - chance)
    mean = share @ steepness
    bend = (share * steepness * (1 - 2 * chance)) @ design
    gradient = np.outer(slopes, bend)
    gradient[:, 1:] += mean * np.eye(len(slopes))
    variance = n / (n - 1) * np.einsum("ki,ij,kj->k", gradient, fitted.cov_params(), gradient)
    n_eff = np.full(len(slopes), weight.sum() ** 2 / (weight**2).sum())
    value = slopes * mean
    return Steps(value, np.sqrt(variance), *t_interval(value, variance, n_eff))
