"""Weights taken out of the points: at the municipality's own, plans are worth what they were; by hand and at random."""

import random
from dataclasses import replace

import pytest

from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse
from planner.domain.weighted import View, around, common, weighted
from tests.domain.random_problems import random_problem

SHARES = {"unge": 0.25, "voksne": 0.75}
PROBLEM = {
    "format": "malrett-problem/1",
    "title": "two groups",
    "years": [2027],
    "needs": [
        {"id": "n1", "points": 10, "segment": "unge"},
        {"id": "n2", "points": 90, "segment": "voksne"},
    ],
    "resources": [{"id": "operating", "unit": "1000 kr", "limit": [10]}],
    "initiatives": [
        {"id": "A", "title": "A", "theme": "x", "yearly_cost": {"operating": 10}, "effects": {"n1": 0.5}},
        {"id": "B", "title": "B", "theme": "x", "yearly_cost": {"operating": 10}, "effects": {"n2": 0.1}},
    ],
}

WITH_NEEDS = [seed for seed in range(30) if random_problem(seed, 5, 2)["needs"]]


def test_points_are_for_a_unit_of_weight_and_the_plan_is_worth_what_it_was() -> None:
    problem = parse(PROBLEM).problem
    assert problem is not None
    posed = weighted(problem, SHARES, View((("unge", "voksne"),), {"unge": (0.2, 0.6)}))
    assert {need.id: need.points for need in posed.needs} == {"n1": 40, "n2": 120}
    assert posed.weights is not None and posed.weights.nominal == SHARES
    assert posed.weights.at_least == (("unge", "voksne"),) and posed.weights.range == {"unge": (0.2, 0.6)}
    assert Plan(posed, {"A": 2027}).value == pytest.approx(5) and Plan(posed, {"B": 2027}).value == pytest.approx(9)


@pytest.mark.parametrize("seed", WITH_NEEDS)
def test_every_plan_is_worth_the_same_at_the_weights_it_was_made_with(seed: int) -> None:
    problem = parse(random_problem(seed, 5, 2)).problem
    assert problem is not None and problem.needs
    r = random.Random(seed)
    groups = sorted({need.segment or "" for need in problem.needs})
    raw = {one: r.uniform(0.1, 1) for one in groups}
    shares = {one: amount / sum(raw.values()) for one, amount in raw.items()}
    problem = replace(problem, weights=None)
    starts = {i.id: r.choice(problem.years) for i in problem.initiatives if r.random() < 0.6}
    assert Plan(weighted(problem, shares, View()), starts).value == pytest.approx(Plan(problem, starts).value, abs=1e-9)


def test_a_group_without_weight_cannot_be_weighed() -> None:
    problem = parse(PROBLEM).problem
    assert problem is not None
    with pytest.raises(ValueError):
        weighted(problem, {"unge": 0.0, "voksne": 1.0}, View())


def test_around_and_common() -> None:
    assert around({"unge": 0.5, "voksne": 0.9}, 0.2) == {"unge": (0.4, 0.6), "voksne": (0.9 * 0.8, 1.0)}
    assert common([{"A": 1, "B": 1}, {"A": 2, "C": 1}]) == ({"A"}, {"B", "C"})
    assert common([]) == (frozenset(), frozenset())
