"""What goes with wanting to stay: by hand on small cases, and against statsmodels itself."""

import json
from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from planner.domain.adjusted import average_steps, large_enough
from planner.domain.analyses import FORMAT, Analyses, analyse
from planner.domain.answers import LEAVES, STAY_UNSURE, STAYS, Answers, make_answers
from planner.domain.doubtful import WithAndWithout
from planner.domain.drivers import StayAnalysis, analyse_stay
from planner.domain.mapping import Segment
from planner.domain.relative_importance import r_squared_shares, weighted_correlation
from tests.domain.raw import THIRTY


def answers(stay: list[int], drivers: np.ndarray, likelihood: np.ndarray | None = None) -> Answers:
    n = len(stay)
    grid = np.full((n, 2), 4) if likelihood is None else likelihood
    made = make_answers(THIRTY[:2], (Segment("alle", "Alle"),), np.full((n, 2), 6), grid, np.zeros(n, dtype=int))
    ids = tuple(f"d{place}" for place in range(drivers.shape[1]))
    return replace(made, stay=np.array(stay, dtype=np.uint8), drivers=drivers.astype(np.uint8), driver_ids=ids)


def test_shares_of_two_that_go_together() -> None:
    correlation = np.array([[1, 0.5, 0.6], [0.5, 1, 0.4], [0.6, 0.4, 1]])
    shares = r_squared_shares(correlation)
    assert shares == pytest.approx([0.286667, 0.086667], abs=1e-6)
    assert shares.sum() == pytest.approx(0.373333, abs=1e-6)


def test_correlation_counts_weights_as_people() -> None:
    columns = np.array([[1.0, 2], [2, 1], [4, 5], [3, 3]])
    weight = np.array([1.0, 2, 3, 1])
    repeated = np.repeat(columns, weight.astype(int), axis=0)
    assert weighted_correlation(columns, weight) == pytest.approx(np.corrcoef(repeated.T))


def test_two_groups_by_hand() -> None:
    """20 agree, 15 of them stay; 20 do not, 5 of them stay: .75 − .25, each variance .1875/19."""
    stay = [STAYS] * 15 + [LEAVES] * 5 + [STAYS] * 5 + [LEAVES] * 15 + [STAY_UNSURE] * 10
    seen = analyse_stay(answers(stay, np.array([[5]] * 20 + [[4]] * 20 + [[7]] * 10)))
    assert seen is not None
    assert (seen.n, seen.share, seen.n_unsure, seen.unsure) == (40, 0.5, 10, pytest.approx(0.2))
    one = seen.drivers[0].shares
    assert (one.first, one.second, one.n_first, one.n_second, one.difference) == (0.75, 0.25, 20, 20, 0.5)
    half = stats.t.ppf(0.975, 39) * np.sqrt(2 * 0.1875 / 19)
    assert (one.low, one.high) == (pytest.approx(0.5 - half), pytest.approx(0.5 + half))
    assert seen.drivers[0].step is None and seen.strongest == ""


def test_nothing_is_said_of_fewer_than_ten() -> None:
    assert analyse_stay(answers([STAYS] * 5 + [LEAVES] * 4 + [STAY_UNSURE] * 9, np.ones((18, 1)))) is None
    seen = analyse_stay(answers([STAYS, LEAVES] * 20, np.array([[5]] * 9 + [[4]] * 31)))
    assert seen is not None and seen.drivers == ()
    assert analyse(answers([0] * 20, np.ones((20, 1)))).stay is None


def test_a_few_who_all_answer_alike_are_not_told_of() -> None:
    def seen(agreeing: int) -> tuple[str, ...]:
        stay = [STAYS] * agreeing + [STAYS, LEAVES] * 20
        found = analyse_stay(answers(stay, np.array([[6]] * agreeing + [[2]] * 40)))
        assert found is not None
        return tuple(one.id for one in found.drivers)

    assert (seen(19), seen(20)) == ((), ("d0",))


def test_analyses_come_back_from_their_document() -> None:
    stay = [STAYS] * 15 + [LEAVES] * 5 + [STAYS] * 5 + [LEAVES] * 15
    found = replace(analyse(answers(stay, np.array([[5]] * 20 + [[4]] * 20))), doubtful=WithAndWithout(2, True, None))
    assert found.stay is not None
    assert Analyses.from_document(json.loads(json.dumps(found.to_document()))) == found
    for broken in ({}, {"format": FORMAT}, {**found.to_document(), "stay": {"n": 3}}):
        with pytest.raises(ValueError):
            Analyses.from_document(broken)


def test_belief_is_said_to_differ_only_beyond_chance() -> None:
    stay = [STAYS] * 20 + [LEAVES] * 20
    apart, same = [6, 7] * 10 + [2, 3] * 10, [3, 5] * 20
    seen = analyse_stay(answers(stay, np.ones((40, 1)), np.column_stack([apart, same])))
    assert seen is not None
    assert [(one.likelihood.difference, one.differs) for one in seen.beliefs] == [(4.0, True), (0.0, False)]
    assert StayAnalysis.from_document(json.loads(json.dumps(seen.to_document()))) == seen


def large(n: int = 900) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    drivers = rng.integers(1, 8, (n, 3)).astype(float)
    chance = 1 / (1 + np.exp(-(0.7 * (drivers[:, 0] - 4) + 0.1 * (drivers[:, 1] - 4))))
    return drivers, (rng.random(n) < chance).astype(float), rng.uniform(0.5, 2, n)


def test_steps_are_those_of_statsmodels_when_nobody_weighs_more() -> None:
    drivers, outcome, _ = large()
    found = average_steps(drivers, outcome, np.ones(len(outcome)))
    fitted = sm.Logit(outcome, sm.add_constant(drivers)).fit(disp=False, cov_type="HC0")
    margins = fitted.get_margeff()
    assert found is not None
    assert found.value == pytest.approx(margins.margeff, rel=1e-6)
    n = len(outcome)
    assert found.se == pytest.approx(margins.margeff_se * np.sqrt(n / (n - 1)), rel=1e-6)


def test_the_size_of_weights_says_nothing() -> None:
    drivers, outcome, weight = large()
    once, tenfold = (average_steps(drivers, outcome, weight * times) for times in (1, 10))
    assert once is not None and tenfold is not None
    assert once.se == pytest.approx(tenfold.se, rel=1e-6)


def test_the_strongest_is_named_when_it_is_sure() -> None:
    drivers, outcome, _ = large()
    seen = analyse_stay(answers([STAYS if one else LEAVES for one in outcome], drivers))
    assert seen is not None and seen.strongest == "d0"
    part = [one.part for one in seen.drivers]
    assert sum(one for one in part if one is not None) == pytest.approx(1)
    assert all(
        one.part_low is not None and one.part is not None and one.part_high is not None
        and one.part_low <= one.part <= one.part_high
        for one in seen.drivers
    )  # fmt: skip


def test_no_strongest_among_alike() -> None:
    rng = np.random.default_rng(1)
    drivers = rng.integers(1, 8, (900, 2)).astype(float)
    outcome = rng.random(900) < 1 / (1 + np.exp(-0.4 * (drivers.sum(axis=1) - 8)))
    seen = analyse_stay(answers([STAYS if one else LEAVES for one in outcome], drivers))
    assert seen is not None and seen.strongest == "" and seen.drivers[0].step is not None


def test_two_groups_are_left_when_one_answer_decides_all() -> None:
    drivers, _, _ = large()
    seen = analyse_stay(answers([STAYS if one >= 5 else LEAVES for one in drivers[:, 0]], drivers))
    assert seen is not None and seen.drivers[0].shares.difference == 1 and seen.drivers[0].step is None
    assert average_steps(np.column_stack([drivers, drivers[:, 0]]), large()[1], large()[2]) is None


@pytest.mark.parametrize(("n", "yes", "enough"), [(400, 100, True), (399, 150, False), (500, 99, False)])
def test_how_many_it_takes(n: int, yes: int, enough: bool) -> None:
    assert large_enough(np.array([1.0] * yes + [0.0] * (n - yes))) is enough
