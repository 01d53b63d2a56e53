"""The figures of R's `survey` package (4.1.1) on its example of Californian schools, from our own estimators.

schools.csv: 200 schools drawn within types («strat») and 200 drawn at random («srs»), with what the California
Department of Education published of them (Academic Performance Index 1999 and 2000).
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from planner.domain.adjusted import weighted_logistic
from planner.domain.summary import linearised
from planner.domain.weighting import Margin, rake

SCHOOLS = list(csv.DictReader(Path(__file__).with_name("schools.csv").read_text().splitlines()))
# All schools of the state, by type and by whether they met the target for the whole school.
TYPES = (("E", 4421.0), ("H", 755.0), ("M", 1018.0))
SCHOOLWIDE = (("0", 1072.0), ("1", 5122.0))


def column(sample: str, name: str) -> np.ndarray:
    return np.array([float(one[name]) for one in SCHOOLS if one["sample"] == sample])


def words(sample: str, name: str) -> tuple[str, ...]:
    return tuple(one[name] for one in SCHOOLS if one["sample"] == sample)


def stratified() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Type, weight (as R stores it, with seven digits) and the share of its type that each school is drawn from."""
    kind = np.array(words("strat", "type"))
    size = {name: (kind == name).sum() for name, _ in TYPES}
    weight = np.array([np.float32(round(dict(TYPES)[one] / size[one], 8)) for one in kind], dtype=np.float64)
    drawn = np.array([size[one] / dict(TYPES)[one] for one in kind])
    return kind, weight, drawn


def standard_error(values: np.ndarray, member: np.ndarray, corrected: bool = True) -> tuple[float, float]:
    """Mean and standard error within strata (V = Σ (1−f) n/(n−1) Σ (z − z̄)²)."""
    kind, weight, drawn = stratified()
    n = member.sum()
    z = linearised(values[:, None], member[:, None], weight)[:, 0] / np.sqrt(n / (n - 1))
    variance = 0.0
    for name, _ in TYPES:
        among = kind == name
        kept = 1 - drawn[among][0] if corrected else 1.0
        variance += kept * among.sum() / (among.sum() - 1) * ((z[among] - z[among].mean()) ** 2).sum()
    return float((weight * values)[member].sum() / weight[member].sum()), float(np.sqrt(variance))


def test_a_mean_of_paired_differences() -> None:
    everyone = np.ones(200, dtype=bool)
    change = column("strat", "api00") - column("strat", "api99")
    assert standard_error(change, everyone) == pytest.approx((32.89251838, 2.051112408), rel=1e-7)
    domain = column("strat", "schoolwide") == 0
    assert standard_error(change, domain) == pytest.approx((-3.5703628, 1.6361704), rel=1e-7)
    level = column("strat", "api00")
    assert standard_error(level, everyone) == pytest.approx((662.28736, 9.40894), rel=1e-6)
    assert standard_error(level, everyone, corrected=False)[1] == pytest.approx(9.53613, rel=1e-6)


def test_raked_means_know_that_the_margins_are_fixed() -> None:
    raking, _ = rake(
        [Margin("type", words("srs", "type"), TYPES), Margin("met", words("srs", "schoolwide"), SCHOOLWIDE)], trim=False
    )
    assert raking is not None

    def raked(values: np.ndarray, member: np.ndarray) -> tuple[float, float]:
        z = linearised(values[:, None], member[:, None], raking.weight, raking)
        return float((raking.weight * values)[member].sum() / raking.weight[member].sum()), float(np.sqrt((z**2).sum()))

    change = column("srs", "api00") - column("srs", "api99")
    assert raked(change, np.ones(200, dtype=bool)) == pytest.approx((32.3983746561, 1.73695069634), rel=1e-7)
    without = column("srs", "awards") == 0
    assert raked(column("srs", "api00"), without) == pytest.approx((622.5252014, 13.2074874), rel=1e-7)


def test_a_weighted_logistic_regression() -> None:
    _, weight, _ = stratified()
    drivers = np.column_stack([np.ones(200), *(column("strat", name) for name in ("ell", "meals", "mobility"))])
    fitted = weighted_logistic(drivers, column("strat", "schoolwide"), weight)
    assert fitted is not None
    errors = np.sqrt(np.diag(fitted.covariance))
    assert errors == pytest.approx([0.46707974, 0.01341414, 0.00941128, 0.03269794], abs=5e-9)
