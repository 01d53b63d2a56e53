"""The statistics, held against what others have made: statsmodels, and plain definitions worked out the long way.

Each oracle is another road to the same number: none of them calls the code it judges.
"""

from itertools import permutations

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from planner.domain.adjusted import average_steps
from planner.domain.answers import LEAVES, STAYS
from planner.domain.drivers import analyse_stay
from planner.domain.estimates import estimate, tally, wilson
from planner.domain.measures import CLASSIC, UNMET, Table
from planner.domain.ranking import benjamini_hochberg
from planner.domain.relative_importance import r_squared_shares, weighted_correlation
from planner.domain.weighting import Margin, rake
from tests.domain.eight import eight
from tests.domain.test_drivers import answers, large

CHANCES = st.lists(st.floats(0, 1), min_size=1, max_size=30).map(np.array)
EVERY = settings(max_examples=60, deadline=None, derandomize=True)


@EVERY
@given(CHANCES)
def test_adjusted_chances_are_those_of_statsmodels(p: np.ndarray) -> None:
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


@EVERY
@given(st.integers(2, 2000), st.data())
def test_the_interval_of_a_share_is_wilsons(n: int, data: st.DataObject) -> None:
    """With the variance p(1−p)/n and normal quantiles (t of endless degrees of freedom) it is the textbook's."""
    count = data.draw(st.integers(0, n))
    share = count / n
    found = wilson(np.array(share), np.array(share * (1 - share) / n), np.array(1e15))
    if 0 < count < n:
        assert found == pytest.approx(proportion_confint(count, n, method="wilson"), abs=1e-7)


@EVERY
@given(st.integers(2, 2000), st.data())
def test_the_interval_of_a_survey_is_wilsons_with_t_and_one_answer_less(n: int, data: st.DataObject) -> None:
    """As it is used: the variance p(1−p)/(n−1) makes n−1 the size, and t of n−1 degrees the quantile. Where all are
    alike there is no variance, and n itself is the size."""
    count = data.draw(st.integers(0, n))
    share, size = count / n, n if count in (0, n) else n - 1
    counts = np.zeros((64, 3))
    counts[7 * 8 + 1], counts[7 * 8 + 7] = count, n - count
    one = estimate(counts, UNMET)
    t = stats.t.ppf(0.975, n - 1)
    expected = proportion_confint(share * size, size, alpha=2 * stats.norm.sf(t), method="wilson")
    assert wilson(one.value, one.variance, one.n_eff) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("table", [UNMET, CLASSIC])
def test_weighted_means_and_their_errors_are_those_of_a_regression_on_nothing(table: Table) -> None:
    """A constant fitted by weighted least squares, with White's errors times n/(n−1). DescrStatsW, which takes weights
    for counts of people, agrees on the mean, and on the error only where everyone weighs 1."""
    rng = np.random.default_rng(3)
    v, s = rng.integers(1, 8, 300), rng.integers(1, 8, 300)
    for weight in (np.ones(300), rng.lognormal(0, 0.7, 300)):
        counts = np.stack([np.bincount(v * 8 + s, w, minlength=64) for w in (np.ones(300), weight, weight**2)], axis=1)
        found, y = estimate(counts, table), table[v * 8 + s]
        fitted = sm.WLS(y, np.ones(300), weights=weight).fit(cov_type="HC1")
        assert (found.value, found.se) == pytest.approx((fitted.params[0], fitted.bse[0]))
        assert found.n_eff == pytest.approx(weight.sum() ** 2 / (weight**2).sum())
        described = DescrStatsW(y, weight)
        assert found.value == pytest.approx(described.mean)
        everyone_alike = bool((weight == 1).all())
        assert bool(found.se == pytest.approx(described.std_mean)) is everyone_alike


def test_slopes_are_those_of_people_counted_as_many_times_as_they_weigh() -> None:
    drivers, outcome, _ = large(600)
    weight = np.random.default_rng(2).integers(1, 4, len(outcome))
    found = average_steps(drivers, outcome, weight.astype(float))
    repeated = sm.Logit(np.repeat(outcome, weight), sm.add_constant(np.repeat(drivers, weight, axis=0)))
    assert found is not None
    assert found.value == pytest.approx(repeated.fit(disp=False).get_margeff().margeff, rel=1e-6)


def test_the_errors_of_weighted_slopes_are_those_of_the_delta_method_done_numerically() -> None:
    """The sandwich by hand; how a slope moves with the coefficients by small steps instead of by formula."""
    drivers, outcome, weight = large(600)
    weight = weight / weight.mean()
    design = np.column_stack([np.ones(len(outcome)), drivers])

    def chance(b: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-design @ b))

    def score(b: np.ndarray) -> np.ndarray:
        return design.T @ (weight * (outcome - chance(b)))

    def margins(b: np.ndarray) -> np.ndarray:
        p = chance(b)
        return b[1:] * np.average(p * (1 - p), weights=weight)

    def moved(f, b: np.ndarray) -> np.ndarray:
        steps = np.eye(len(b)) * 1e-6
        return np.column_stack([(f(b + step) - f(b - step)) / 2e-6 for step in steps])

    b = optimize.root(score, np.zeros(4), tol=1e-12).x
    bread = np.linalg.inv(moved(score, b))
    each = design * (weight * (outcome - chance(b)))[:, None]
    n = len(outcome)
    jacobian = moved(margins, b)
    variance = n / (n - 1) * jacobian @ bread @ (each.T @ each) @ bread.T @ jacobian.T
    found = average_steps(drivers, outcome, weight)
    assert found is not None
    assert found.value == pytest.approx(margins(b), rel=1e-6)
    assert found.se == pytest.approx(np.sqrt(np.diag(variance)), rel=1e-4)


def explained(columns: np.ndarray, outcome: np.ndarray, weight: np.ndarray) -> float:
    """R² of a weighted regression with a constant."""
    return float(sm.WLS(outcome, sm.add_constant(columns, has_constant="add"), weights=weight).fit().rsquared)


def test_shares_of_what_is_explained_are_the_mean_over_every_order() -> None:
    """All 24 orders of four, each step a regression of its own; together they are R² of them all."""
    rng = np.random.default_rng(8)
    columns = rng.normal(size=(250, 4)) @ rng.normal(size=(4, 4))
    outcome = (columns[:, 0] - columns[:, 2] + rng.normal(0, 2, 250) > 0).astype(float)
    weight = rng.lognormal(0, 0.6, 250)
    added = np.zeros(4)
    for order in permutations(range(4)):
        before = 0.0
        for place, one in enumerate(order):
            now = explained(columns[:, order[: place + 1]], outcome, weight)
            added[one], before = added[one] + (now - before) / 24, now
    found = r_squared_shares(weighted_correlation(np.column_stack([columns, outcome]), weight))
    assert found == pytest.approx(added, abs=1e-9)
    assert found.sum() == pytest.approx(explained(columns, outcome, weight))


def test_two_groups_differ_as_in_a_regression_on_which_they_are_in() -> None:
    """n/(n−1) of each group; a regression has n/(n−2) of both, so White's errors without a factor, group by group."""
    rng = np.random.default_rng(6)
    agree = rng.integers(1, 8, 300)
    stays = rng.random(300) < 0.4 + 0.06 * agree
    weight = rng.lognormal(0, 0.5, 300)
    seen = analyse_stay(answers([STAYS if one else LEAVES for one in stays], agree[:, None]).with_weight(weight))
    assert seen is not None
    one = seen.drivers[0].shares
    group = (agree >= 5).astype(float)
    fitted = sm.WLS(stays.astype(float), sm.add_constant(group), weights=weight).fit(cov_type="HC0")
    assert one.difference == pytest.approx(fitted.params[1])
    left = [weight[group == g] * fitted.resid[group == g] / weight[group == g].sum() for g in (0, 1)]
    assert sum((z**2).sum() for z in left) == pytest.approx(fitted.bse[1] ** 2)
    variance = sum(len(z) / (len(z) - 1) * (z**2).sum() for z in left)
    half = stats.t.ppf(0.975, weight.sum() ** 2 / (weight**2).sum() - 1) * np.sqrt(variance)
    assert (one.low, one.high) == pytest.approx((one.difference - half, one.difference + half))


def test_equal_weights_by_the_degrees_of_freedom_of_the_design_as_r_has_them() -> None:
    """svycontrast in R: .14421 for the mean of the two segments of A."""
    segments = estimate(tally(eight()).pairs[:, 0], UNMET, ddof="design", design_n=7)
    assert float(np.sqrt((0.25 * segments.variance).sum())) == pytest.approx(0.14421, abs=5e-6)


@pytest.mark.parametrize(("n", "people", "factor"), [(400, 3000, 0.931), (150, 400, 0.791), (100, 2000, 0.975)])
def test_a_large_part_of_few_people_has_a_smaller_error(n: int, people: int, factor: float) -> None:
    counts = np.zeros((64, 3))
    counts[7 * 8 + 1] = counts[7 * 8 + 7] = n / 2
    ratio = estimate(counts, UNMET, population=people).se / estimate(counts, UNMET).se
    assert float(ratio) == pytest.approx(factor, abs=5e-4)


def test_raked_errors_agree_with_leaving_one_out_and_raking_again() -> None:
    """The jackknife knows no linearisation: 150 surveys of 149, each raked to the margins by itself."""
    rng = np.random.default_rng(12)
    n = 150
    age, sex = rng.choice(["u", "v"], n, p=[0.35, 0.65]), rng.choice(["k", "m"], n)
    lacks = (rng.random(n) < np.where(age == "u", 0.7, 0.25)).astype(float)

    def raked(keep: np.ndarray) -> tuple[float, float]:
        margins = [
            Margin("alder", tuple(age[keep]), (("u", 50.0), ("v", 50.0))),
            Margin("kjønn", tuple(sex[keep]), (("k", 55.0), ("m", 45.0))),
        ]
        raking, _ = rake(margins, trim=False)
        assert raking is not None
        y, total = lacks[keep], raking.weight.sum()
        value = float(raking.weight @ y / total)
        z = raking.weight * raking.residuals(((y - value) / total)[:, None])[:, 0]
        return value, float(np.sqrt(len(y) / (len(y) - 1) * ((z - z.mean()) ** 2).sum()))

    value, se = raked(np.arange(n))
    left_out = np.array([raked(np.delete(np.arange(n), i))[0] for i in range(n)])
    jackknife = float(np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum()))
    assert se == pytest.approx(jackknife, rel=0.03)
    # Weights taken for given would say more than a tenth too much, since age explains much of who lacks it.
    assert value > lacks.mean() + 0.02
