"""What a plan closes and takes, redone by hand."""

import pytest

from planner.domain.initiatives import Initiative
from planner.domain.limits import Resource
from planner.domain.portfolio import Plan, Result, close
from planner.domain.problem import Closure, Problem, Weights
from planner.domain.problem_needs import Need
from planner.domain.rules import Must
from planner.domain.rules_groups import Excludes

NEEDS = (Need("a", 60, "s1", "unge", "bolig"), Need("b", 40, "s2", "voksne", "arbeid"))


def problem(closure: Closure = "product", effect_years: int | None = None, **more: object) -> Problem:
    initiatives = (
        Initiative(id="A", title="", theme="t", effects={"a": 0.5}, yearly_cost={"kr": 100}, chance=0.8, delay=1),
        Initiative(id="B", title="", theme="t", effects={"a": 0.5, "b": 0.25}, start_cost={"kr": 300, "staff": 2}),
        Initiative(id="R", title="", theme="t", effects={"b": 0.2}, yearly_cost={"kr": 10}, started=2026, delay=2),
    )
    resources = (Resource("kr", "1000 kr", (400, 200)), Resource("staff", "mnd", (None, 2)))
    return Problem("t", (2027, 2028), NEEDS, resources, initiatives, effect_years=effect_years, closure=closure, **more)


@pytest.mark.parametrize(
    ("closure", "two", "three"),
    [("product", 0.44, 0.84), ("capped", 0.5, 1.0), ("max", 0.3, 0.6)],
)
def test_closure_of_several(closure: Closure, two: float, three: float) -> None:
    assert close([0.3, 0.2], closure) == pytest.approx(two, abs=1e-12)
    assert close([0.6, 0.5, 0.2], closure) == pytest.approx(three, abs=1e-12)
    assert close([], closure) == 0
    assert close([1.0, 0.2], closure) == 1


def test_value_is_the_mean_over_years_and_grows_as_things_begin_to_work() -> None:
    plan = Plan(problem(), {"A": 2027, "B": 2028})
    # 2027: nothing works (A from 2028, R from 2028). 2028: a 1 − 0.6 · 0.5 = 0.7; b 1 − 0.75 · 0.8 = 0.4.
    assert plan.value_by_year == pytest.approx((0, 60 * 0.7 + 40 * 0.4))
    assert plan.closed == pytest.approx({"a": 0.35, "b": 0.2})
    assert plan.value == pytest.approx(29)


def test_years_after_the_plan_count_when_asked_to() -> None:
    plan = Plan(problem(effect_years=4), {"A": 2028})
    # A works from 2029, index 2; R from index 1.
    assert plan.closed == pytest.approx({"a": 0.4 * 2 / 4, "b": 0.2 * 3 / 4})
    assert plan.value_by_year == pytest.approx((0, 8))


@pytest.mark.parametrize(("closure", "a"), [("product", 0.7), ("capped", 0.9), ("max", 0.5)])
def test_the_three_readings_of_overlap(closure: Closure, a: float) -> None:
    plan = Plan(problem(closure, effect_years=1000), {"A": 2027, "B": 2027})
    assert plan.closed_at("a", 1) == pytest.approx(a)
    assert plan.closed_at("a", 0) == pytest.approx(0.5)
    assert plan.closed["a"] == pytest.approx((0.5 + 999 * a) / 1000)


def test_use_after_cost_and_staff() -> None:
    plan = Plan(problem(), {"A": 2027, "B": 2028})
    assert plan.used == {"kr": (110, 410), "staff": (0, 2)}
    assert plan.after == {"kr": 110, "staff": 0}
    assert (plan.cost, plan.staff) == (520, 2)


def test_closed_by_segment_and_factor() -> None:
    plan = Plan(problem(), {"A": 2027, "B": 2028})
    assert plan.closed_by("segment")["unge"] == pytest.approx((21, 60))
    assert plan.closed_by("factor")["arbeid"] == pytest.approx((8, 40))


def test_weights_say_what_points_are_worth() -> None:
    weighted = problem(weights=Weights("segment", {"unge": 0.25, "voksne": 0.75}))
    plan = Plan(weighted, {"A": 2027, "B": 2028})
    assert plan.value == pytest.approx(0.25 * 21 + 0.75 * 8)


def test_broken_names_the_limits_and_rules_not_kept() -> None:
    plan = Plan(problem(rules=(Must("A", 2028), Excludes(("B", "R")))), {"A": 2027, "B": 2028})
    assert [rule.kind for rule in plan.broken] == ["limits", "must", "excludes"]
    assert not Plan(problem(), {"A": 2027}).broken


def test_what_runs_is_always_in_the_plan_with_its_own_year() -> None:
    assert Plan(problem(), {"R": 2028}).starts == {"R": 2026}


@pytest.mark.parametrize(
    "wrong",
    [
        {"years": ()},
        {"years": (2027, 2029)},
        {"effect_years": 0},
        {"gap": -0.1},
        {"reserve": 1.1},
        {"closure": "sum"},
        {"needs": (NEEDS[0], NEEDS[0])},
        {"rules": (Must("X"),)},
        {"initiatives": (Initiative(id="A", title="", theme="", effects={"x": 1}),)},
        {"initiatives": (Initiative(id="A", title="", theme="", start_cost={"x": 1}),)},
        {"initiatives": (Initiative(id="A", title="", theme="", started=2027),)},
        {"resources": (Resource("kr", "", (1, 2, 3)),)},
    ],
)
def test_an_impossible_problem_cannot_be_made(wrong: dict) -> None:
    right = {"title": "t", "years": (2027,), "needs": NEEDS, "resources": (), "initiatives": ()}
    Problem(**right)
    with pytest.raises(ValueError):
        Problem(**{**right, **wrong})


def test_a_plan_names_only_what_there_is() -> None:
    with pytest.raises(ValueError):
        Plan(problem(), {"X": 2027})


def test_only_an_answered_result_has_a_plan() -> None:
    plan = Plan(problem(), {"A": 2027})
    with pytest.raises(ValueError):
        Result("infeasible", plan)
    with pytest.raises(ValueError):
        Result("optimal")
    facts = Result("best_found", plan, bound=20.0).as_json()
    assert facts["chosen"] == [{"id": "A", "year": 2027}, {"id": "R", "year": 2026}]
    assert facts["gap"] == pytest.approx((20 - plan.value) / 20)
    assert Result("invalid").as_json().keys().isdisjoint({"chosen", "problem_sha256"})
