"""Each rung is the best of all plans within its budget; a larger budget is never worse; the nested order is nested."""

import random
from fractions import Fraction
from itertools import pairwise

import pytest

from planner.domain.ladder import ladder, scaled
from planner.domain.problem_file import canonical, parse
from planner.domain.solver import resolver
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce

SHARES = (Fraction(1, 2), Fraction(3, 4), Fraction(1), Fraction(3, 2))
GAP = 1e-7


@pytest.mark.parametrize("seed", range(40))
def test_every_rung_is_the_best_there_is_within_its_budget(seed: int) -> None:
    facts = random_problems.random_problem(seed, random.Random(seed).randint(2, 5), 2)
    problem = parse(facts).problem
    assert problem is not None

    def ask(changed, *, known=(), at_most=float("inf")):
        return resolver(changed, gap=GAP, known=known, at_most=at_most)

    found = ladder(problem, ask, shares=SHARES)
    assert found.complete and [rung.share for rung in found.rungs] == list(SHARES)
    values = []
    for rung in found.rungs:
        truth = BruteForce(canonical(scaled(problem, rung.share))).solve()
        assert (rung.plan is None) == (truth is None)
        if rung.plan is not None and truth is not None:
            assert not rung.plan.broken
            assert rung.plan.value == pytest.approx(truth["best"], rel=1e-6, abs=1e-9)
            values.append(rung.plan.value)
    assert all(more >= less - 1e-6 for less, more in pairwise(values))
    nested = [rung.nested.plan for rung in found.rungs if rung.nested is not None]
    for small, large in pairwise(nested):
        assert set(small.starts) <= set(large.starts)
    for rung in found.rungs:
        if rung.nested is not None and rung.plan is not None:
            assert rung.nested.price >= -1e-9
            assert rung.nested.plan.value + rung.nested.price == pytest.approx(rung.plan.value, abs=1e-6)
