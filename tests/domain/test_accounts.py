"""What each group gets for its part of the money: by hand, and held against every plan of small random problems."""

import random
from fractions import Fraction

import pytest

from planner.domain.accounts import accounts
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse
from planner.domain.rules import Starts
from tests.domain import random_problems

# Two years. A halves the need of the young and closes a quarter of the grown-ups'; B helps the young alone, and works
# from 2028; C is what B needs, and closes nothing itself.
PROBLEM = {
    "format": "malrett-problem/1",
    "title": "two groups",
    "years": [2027, 2028],
    "needs": [
        {"id": "n1", "points": 20, "segment": "unge", "factor": "bolig"},
        {"id": "n2", "points": 60, "segment": "voksne", "factor": "bolig"},
        {"id": "n3", "points": 20, "segment": "unge"},
    ],
    "resources": [
        {"id": "investment", "unit": "1000 kr", "limit": [None, None]},
        {"id": "operating", "unit": "1000 kr", "limit": [None, None]},
        {"id": "staff", "unit": "månedsverk", "limit": [None, None]},
    ],
    "initiatives": [
        {"id": "A", "title": "A", "theme": "x", "start_cost": {"investment": 100}, "yearly_cost": {"operating": 75.5},
         "effects": {"n1": 0.5, "n2": 0.25}},
        {"id": "B", "title": "B", "theme": "x", "yearly_cost": {"operating": 40, "staff": 3}, "delay": 1, "chance": 0.5,
         "effects": {"n3": 0.8}},
        {"id": "C", "title": "C", "theme": "x", "start_cost": {"operating": 30}, "effects": {}},
    ],
}  # fmt: skip


def plan(starts: Starts) -> Plan:
    problem = parse(PROBLEM).problem
    assert problem is not None
    return Plan(problem, starts)


def test_the_cost_is_shared_by_what_each_closes_alone() -> None:
    # A costs 100 + 2 · 75.5 = 251, and closes 20 · 0.5 = 10 points for the young, 60 · 0.25 = 15 for the grown-ups:
    # two fifths and three fifths of it. B costs 2 · 40, all for the young; C 30, for nobody by itself.
    found = accounts(plan({"A": 2027, "B": 2027, "C": 2027}), "segment")
    young, grown = found.rows
    assert (young.group, young.there, grown.group, grown.there) == ("unge", 40, "voksne", 60)
    # 20 · 0.5 both years, and 20 · 0.4 in the second of two.
    assert young.closed == pytest.approx(10 + 4) and grown.closed == pytest.approx(15)
    assert float(young.money) == pytest.approx(251 * 2 / 5 + 80) and float(grown.money) == pytest.approx(251 * 3 / 5)
    assert found.elsewhere == 30 and young.money + grown.money + 30 == 361
    assert young.share == pytest.approx(14 / 40) and grown.per_million == pytest.approx(15 / 0.1506)
    assert found.of("unge") is young and found.of("ingen") is None


def test_needs_without_a_group_come_last() -> None:
    found = accounts(plan({"B": 2027}), "factor")
    assert [(row.group, row.there, float(row.money)) for row in found.rows] == [("bolig", 80, 0), (None, 20, 80)]
    assert found.rows[0].per_million is None


def test_what_first_works_after_the_years_that_count_closes_nothing() -> None:
    assert accounts(plan({"B": 2028}), "segment").elsewhere == 40


@pytest.mark.parametrize("seed", range(30))
def test_the_parts_are_the_whole(seed: int) -> None:
    facts = random_problems.random_problem(seed, random.Random(seed).randint(1, 6), 3)
    problem = parse(facts).problem
    assert problem is not None
    r = random.Random(seed + 1000)
    some = Plan(problem, {i.id: r.choice(problem.years) for i in problem.initiatives if r.random() < 0.7})
    for by in ("segment", "factor"):
        found = accounts(some, by)
        assert sum((row.money for row in found.rows), Fraction(0)) + found.elsewhere == some.cost
        assert sum(row.closed for row in found.rows) == pytest.approx(some.value, abs=1e-9)
        for row in found.rows:
            assert row.money >= 0 and 0 <= row.closed <= row.there + 1e-9
