"""Each way of counting overlap has its own best plan, held against every plan there is."""

import random

import pytest

from planner.domain.overlap import in_all, readings
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.resolve import Resolver
from planner.domain.solver import resolver
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce


def ask(problem: Problem, *, known=(), at_most=float("inf")) -> Resolver:
    return resolver(problem, gap=1e-7, known=known, at_most=at_most)


@pytest.mark.parametrize("seed", range(12))
def test_each_reading_is_the_best_of_all_plans(seed: int) -> None:
    facts = random_problems.random_problem(seed, random.Random(seed).randint(2, 5), 2)
    problem = parse(facts).problem
    assert problem is not None
    shown = ask(problem).first.plan
    if shown is None:
        return
    found = list(readings(problem, shown, ask))
    assert sorted([problem.closure, *(one.closure for one in found)]) == ["capped", "max", "product"]
    for one in found:
        truth = BruteForce({**facts, "closure": one.closure}).solve()
        assert (one.plan is None) == (truth is None)
        if one.plan is not None and truth is not None:
            assert one.proven and not one.plan.broken
            assert one.plan.value == pytest.approx(truth["best"], rel=1e-6, abs=1e-9)
            if one.keeps:
                assert one.ours <= one.plan.value + 1e-9
    assert set(in_all(shown, found)) <= set(shown.starts) - set(problem.running)


def test_two_on_the_same_people_are_one_too_many() -> None:
    def one(name: str, need: str, effect: float) -> dict:
        return {"id": name, "title": name, "theme": "x", "start_cost": {"operating": 50}, "effects": {need: effect}}

    facts = {
        **{"format": "malrett-problem/1", "title": "", "years": [2027], "effect_years": 1, "rules": []},
        "needs": [{"id": "n", "points": 100}, {"id": "m", "points": 10}],
        "resources": [{"id": "operating", "unit": "1000 kr", "limit": [100]}],
        "initiatives": [one("A", "n", 0.6), one("B", "n", 0.5), one("C", "m", 0.9)],
    }
    problem = parse(facts).problem
    assert problem is not None
    shown = ask(problem).first.plan
    assert shown is not None and set(shown.starts) == {"A", "B"}
    capped, strongest = readings(problem, shown, ask)
    assert capped.closure == "capped" and capped.ours == pytest.approx(100) and capped.enters == capped.leaves == ()
    # Only A counts for the need: 60. With C instead of B 69.
    assert strongest.closure == "max" and strongest.ours == pytest.approx(60) and strongest.keeps
    assert strongest.plan is not None and strongest.plan.value == pytest.approx(69)
    assert (strongest.enters, strongest.leaves) == (("C",), ("B",))
    assert in_all(shown, [capped, strongest]) == ("A",)
