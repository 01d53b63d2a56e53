"""Estimates, standard errors and intervals, against the figures worked out for eight respondents and R's survey."""

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.estimates import Tally, dont_know_bounds, estimate, t_interval, tally, wilson
from planner.domain.measures import CLASSIC, STRICT, UNMET, measure, strict
from tests.domain.eight import eight

H63 = strict(6, 3)
A, B = 0, 1
EVERYONE, UNG, VOKSEN = 2, 0, 1


def histogram(counted: Tally, statement: int, domain: int) -> np.ndarray:
    return counted.everyone()[statement] if domain == EVERYONE else counted.pairs[domain, statement]


@pytest.mark.parametrize(
    ("table", "statement", "domain", "n", "weight", "n_eff", "value", "se", "interval"),
    [
        (CLASSIC, A, EVERYONE, 7, 11, 5.7619, 16 / 11, 1.185262, None),
        (CLASSIC, A, UNG, 4, 6, 3.6, 2.833333, 0.553701, None),
        (CLASSIC, A, VOKSEN, 3, 5, 2.2727, -0.2, 1.836954, None),
        (UNMET, A, EVERYONE, 7, 11, 5.7619, 3.5 / 11, 0.155641, (0.0807, 0.7128)),
        (UNMET, A, UNG, 4, 6, 3.6, 0.416667, 0.199020, (0.0666, 0.8773)),
        (UNMET, A, VOKSEN, 3, 5, 2.2727, 0.2, 0.249800, (0.0017, 0.9739)),
        (H63, A, EVERYONE, 7, 11, 5.7619, 0.181818, 0.137713, (0.0280, 0.6314)),
        (CLASSIC, B, EVERYONE, 7, 11, 5.7619, 2.363636, 1.191832, None),
        (CLASSIC, B, UNG, 3, 5, 2.7778, 0.8, 0.24, None),
        (UNMET, B, EVERYONE, 7, 11, 5.7619, 4.25 / 11, 0.225563, (0.0726, 0.8350)),
        (UNMET, B, UNG, 3, 5, 2.7778, 0.0, 0.0, (0.0, 0.8948)),
        (UNMET, B, VOKSEN, 4, 6, 3.0, 0.708333, 0.240563, (0.0823, 0.9850)),
        (H63, B, EVERYONE, 7, 11, 5.7619, 0.363636, 0.230370, (0.0621, 0.8315)),
    ],
)
def test_estimates_of_eight_respondents(
    table: np.ndarray,
    statement: int,
    domain: int,
    n: int,
    weight: float,
    n_eff: float,
    value: float,
    se: float,
    interval: tuple[float, float] | None,
) -> None:
    found = estimate(histogram(tally(eight()), statement, domain), table)
    assert (found.n, found.weight) == (n, weight)
    assert found.n_eff == pytest.approx(n_eff, abs=5e-5)
    assert found.value == pytest.approx(value, abs=1e-6)
    assert found.se == pytest.approx(se, abs=1e-6)
    if interval is not None:
        low, high = wilson(found.value, found.variance, found.n_eff)
        assert (float(low), float(high)) == pytest.approx(interval, abs=5e-5)


@pytest.mark.parametrize(
    ("statement", "shares", "unmet"),
    [
        (A, (0.363636, 0.454545, 0.181818, 0.272727), 0.318182),
        (B, (0.363636, 0.454545, 0.363636, 0.363636), 0.386364),
    ],
)
def test_unmet_need_is_the_mean_of_four_strict_shares(statement: int, shares: tuple[float, ...], unmet: float) -> None:
    counts = tally(eight()).everyone()[statement]
    found = [float(estimate(counts, table).value) for table in STRICT]
    assert found == pytest.approx(shares, abs=1e-6)
    assert np.mean(found) == pytest.approx(unmet, abs=1e-6)
    assert np.allclose(np.mean(STRICT, axis=0), UNMET)


def test_design_degrees_of_freedom_and_finite_population_as_in_r() -> None:
    counted = tally(eight())
    found = estimate(counted.pairs[:, A], UNMET, ddof="design", design_n=7)
    assert found.se == pytest.approx([0.186166, 0.220303], abs=1e-6)
    assert estimate(counted.everyone()[A], UNMET, population=40).se == pytest.approx(0.14137, abs=5e-6)


def test_dont_know_bounds() -> None:
    answers = eight()
    unsure = np.zeros((8, 2), dtype=np.bool_)
    unsure[1, B] = True
    counted = tally(replace(answers, likelihood_dk=unsure))
    share, low, high = dont_know_bounds(counted.everyone()[B], counted.dont_know.sum(axis=0)[B])
    assert (float(low), float(high)) == pytest.approx((0.354167, 0.437500), abs=1e-6)
    assert float(share) == pytest.approx(1 / 12)


def test_the_covariance_of_the_paired_difference_is_in_the_measure() -> None:
    """v − s is one variable: its variance is not the sum of two."""
    counts = tally(eight()).everyone()[A]
    importance, likelihood = measure(lambda v, s: float(v)), measure(lambda v, s: float(s))
    assert estimate(counts, CLASSIC).value == pytest.approx(
        float(estimate(counts, importance).value - estimate(counts, likelihood).value)
    )
    apart = float(estimate(counts, importance).variance + estimate(counts, likelihood).variance)
    assert float(estimate(counts, CLASSIC).variance) > 1.1 * apart


def test_weights_may_be_scaled_and_answers_may_stand_in_any_order() -> None:
    answers = eight()
    order = np.array([3, 1, 7, 0, 6, 2, 5, 4])
    shuffled = replace(
        answers,
        importance=answers.importance[order],
        likelihood=answers.likelihood[order],
        weight=4 * answers.weight[order],
        segment=answers.segment[order],
        rows=answers.rows[order],
    )
    one, other = tally(answers), tally(shuffled)
    assert np.array_equal(one.pairs * [1, 4, 16], other.pairs)
    assert estimate(other.pairs, UNMET).se == pytest.approx(estimate(one.pairs, UNMET).se)


def test_nobody_one_and_all_alike() -> None:
    empty = estimate(np.zeros((64, 3)), UNMET)
    assert empty.n == 0 and np.isnan(empty.value) and np.isnan(empty.variance)
    single = np.zeros((64, 3))
    single[7 * 8 + 1] = 1
    one = estimate(single, UNMET)
    assert one.value == 1 and np.isnan(one.variance)
    assert np.isnan(wilson(one.value, one.variance, one.n_eff)).all()
    alike = estimate(single * 12, UNMET)
    low, high = wilson(alike.value, alike.variance, np.float64(12))
    assert high == 1.0 and 0.6 < low < 0.8


def test_t_interval_of_a_mean() -> None:
    low, high = t_interval(np.array([1.0]), np.array([0.04]), np.array([11.0]))
    assert (low[0], high[0]) == pytest.approx((1 - 2.228139 * 0.2, 1 + 2.228139 * 0.2), abs=1e-6)


def test_the_standard_error_agrees_with_leaving_one_out() -> None:
    """An oracle that knows no formula: the jackknife over 200 weighted respondents."""
    rng = np.random.default_rng(7)
    v, s = rng.integers(1, 8, 200), rng.integers(1, 8, 200)
    weight = rng.lognormal(0, 0.5, 200)
    share = UNMET[v * 8 + s]
    counts = np.zeros((64, 3))
    for place, amount in enumerate((np.ones(200), weight, weight**2)):
        counts[:, place] = np.bincount(v * 8 + s, amount, minlength=64)
    found = estimate(counts, UNMET)
    left_out = [np.average(np.delete(share, i), weights=np.delete(weight, i)) for i in range(200)]
    jackknife = np.sqrt(199 / 200 * ((left_out - np.mean(left_out)) ** 2).sum())
    assert found.value == pytest.approx(np.average(share, weights=weight))
    assert found.se == pytest.approx(jackknife, rel=0.02)
    unweighted = float(np.sqrt(share.var(ddof=1) / 200))
    assert abs(found.se / unweighted - 1) > 0.05


@pytest.mark.parametrize(("n", "lowest"), [(8, 0.95), (30, 0.91), (100, 0.92)])
def test_the_interval_covers_what_it_says(n: int, lowest: float) -> None:
    """1,000 made-up surveys with weights; the plain ±1.96 covers the truth in 82–86 % of them at n = 8."""
    rng = np.random.default_rng(11)
    chance = rng.dirichlet(np.ones(64))
    chance[~(UNMET >= 0) | (np.arange(64) % 8 == 0) | (np.arange(64) < 8)] = 0
    chance /= chance.sum()
    truth = float(chance @ UNMET)
    covered, plain = 0, 0
    for _ in range(1000):
        code, weight = rng.choice(64, n, p=chance), rng.lognormal(0, 0.6, n)
        counts = np.stack([np.bincount(code, w, minlength=64) for w in (np.ones(n), weight, weight**2)], axis=1)
        found = estimate(counts, UNMET)
        low, high = wilson(found.value, found.variance, found.n_eff)
        covered += bool(low <= truth <= high)
        plain += bool(abs(found.value - truth) <= 1.96 * found.se)
    assert lowest <= covered / 1000 <= 0.995
    assert n > 8 or plain / 1000 < 0.9
