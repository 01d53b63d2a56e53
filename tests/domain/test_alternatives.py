"""Each alternative is the best of all plans far enough from those before it; the distance row says what it should."""

import random
from itertools import combinations

import numpy as np
import pytest

from planner.domain.alternatives import Apart, alternatives, usual_ways
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.resolve import Resolver
from planner.domain.solver import resolver
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce

GAP = 1e-7


def ask(problem: Problem, *, known=(), at_most=float("inf")) -> Resolver:
    return resolver(problem, gap=GAP, known=known, at_most=at_most)


def best_apart(facts: dict, others: list[set[str]], count: int) -> float | None:
    """The most that any plan closes that differs so much from each of these sets."""
    every = BruteForce(facts)
    closed, value = every._closed()
    fits = every._resources() & every._windows()
    for rule in facts.get("rules", []):
        fits &= every._rule(rule, closed)
    for chosen in others:
        inside = np.array([one in chosen for one in every.ids], bool)
        fits &= (every.chosen != inside).sum(axis=1) >= count
    return float(value[fits].max()) if fits.any() else None


@pytest.mark.parametrize("seed", range(20))
def test_each_is_the_best_of_all_plans_so_far_from_the_others(seed: int) -> None:
    chance = random.Random(seed)
    facts, count = random_problems.random_problem(seed, chance.randint(3, 5), 2), chance.randint(1, 3)
    problem = parse(facts).problem
    assert problem is not None
    shown = ask(problem).first.plan
    if shown is None:
        return
    found = list(alternatives(problem, shown, ask, apart=count, most=3))
    chosen = [set(shown.starts)]
    for one in found:
        truth = best_apart(facts, chosen, count)
        assert truth is not None and one.proven and not one.plan.broken
        assert one.plan.value == pytest.approx(truth, rel=1e-6, abs=1e-9) and one.bound >= truth - 1e-9
        assert one.loss == pytest.approx(max(0.0, shown.value - truth), abs=1e-6)
        assert set(one.enters) == set(one.plan.starts) - chosen[0] and set(one.leaves) == chosen[0] - set(
            one.plan.starts
        )
        assert one.apart == len(chosen[0] ^ set(one.plan.starts))
        chosen.append(set(one.plan.starts))
    assert all(len(a ^ b) >= count for a, b in combinations(chosen, 2))
    if len(found) < 3:
        assert best_apart(facts, chosen, count) is None


def test_the_row_counts_what_only_one_of_the_plans_has() -> None:
    problem = parse(three()).problem
    assert problem is not None
    rule = Apart(("A", "B", "R"), 2)
    (row,) = rule.rows(problem.ground)
    # C + (1 − A) + (1 − B) ≥ 2: what runs already is in every plan.
    assert row.terms == {("A", 2027): -1, ("B", 2027): -1, ("C", 2027): 1} and (row.sense, row.limit) == (">=", 0)
    running = {"R": 2025}
    for chosen, holds in (("AB", False), ("ABC", False), ("A", False), ("AC", True), ("C", True), ("", True)):
        starts = running | dict.fromkeys(chosen, 2027)
        assert rule.holds(starts, {}, problem.ground) is holds
        assert (sum(row.terms[one, 2027] for one in chosen) >= row.limit) is holds


def three(**rules: object) -> dict:
    def one(name: str, cost: int, effect: float) -> dict:
        start = {"operating": cost}
        return {"id": name, "title": name, "theme": "x", "start_cost": start, "effects": {f"n{name}": effect}}

    running = {"id": "R", "title": "R", "theme": "x", "started": 2025, "effects": {}}
    return {
        **{"format": "malrett-problem/1", "title": "", "years": [2027], "effect_years": 1, "rules": []},
        "needs": [{"id": f"n{name}", "points": 100} for name in "ABC"],
        "resources": [{"id": "operating", "unit": "1000 kr", "limit": [100]}],
        "initiatives": [one("A", 50, 0.5), one("B", 50, 0.4), one("C", 100, 0.7), running],
    }


def test_what_people_usually_do_is_set_beside_it() -> None:
    problem = parse(three()).problem
    assert problem is not None
    shown = Plan(problem, {"A": 2027, "B": 2027, "R": 2025})
    (one,) = alternatives(problem, shown, ask, apart=3)
    # Nothing but C alone has three that differ and fits in the frame.
    assert set(one.plan.starts) == {"C", "R"} and one.loss == pytest.approx(20)
    assert (one.enters, one.leaves) == (("C",), ("A", "B"))
    ways = usual_ways(problem, shown)
    assert ways["greedy"] is not None and ways["greedy"]["loss"] == pytest.approx(0)
