"""What most people do today: feasible, never better than the plan, and in the order that is said."""

import random

import pytest

from planner.domain.customs import greedy, little_for_all
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce


def problem_of(facts: dict) -> Problem:
    problem = parse(facts).problem
    assert problem is not None
    return problem


@pytest.mark.parametrize("seed", range(60))
def test_both_keep_every_rule_and_close_no_more_than_the_best(seed: int) -> None:
    facts = random_problems.random_problem(seed, random.Random(seed).randint(2, 5), 2)
    truth = BruteForce(facts).solve()
    for way in (greedy, little_for_all):
        plan = way(problem_of(facts))
        if plan is not None:
            assert truth is not None and not plan.broken
            assert plan.value <= truth["best"] + 1e-9


def facts(**limits: int) -> dict:
    def one(name: str, theme: str, cost: int, effect: float) -> dict:
        start = {"operating": cost}
        return {"id": name, "title": name, "theme": theme, "start_cost": start, "effects": {f"n{name}": effect}}

    initiatives = [one("A", "x", 60, 0.6), one("B", "x", 50, 0.45), one("C", "y", 50, 0.4), one("D", "y", 0, 0.01)]
    return {
        **{"format": "malrett-problem/1", "title": "", "years": [2027], "effect_years": 1, "rules": []},
        "needs": [{"id": f"n{name}", "points": 100} for name in "ABCD"],
        "resources": [{"id": "operating", "unit": "1000 kr", "limit": [limits.get("operating", 100)]}],
        "initiatives": initiatives,
    }


def test_the_greedy_list_takes_most_per_krone_first_and_loses_by_it() -> None:
    plan = greedy(problem_of(facts()))
    assert plan is not None and set(plan.starts) == {"A", "D"}
    best = BruteForce(facts()).solve()
    assert (
        best is not None and set(best["chosen"]) == {"B", "C", "D"} and best["best"] - plan.value == pytest.approx(25)
    )


def test_themes_take_turns() -> None:
    apart = facts(operating=110)
    apart["initiatives"][3]["start_cost"] = {"operating": 200}
    plan, list_ = little_for_all(problem_of(apart)), greedy(problem_of(apart))
    assert list_ is not None and set(list_.starts) == {"A", "B"}
    # x takes A, then it is the turn of y, which has C.
    assert plan is not None and set(plan.starts) == {"A", "C"}


def test_what_is_locked_in_is_in_and_an_impossible_start_gives_none() -> None:
    locked = facts() | {"rules": [{"kind": "must", "initiative": "C"}]}
    plan = greedy(problem_of(locked))
    assert plan is not None and {"C", "D"} <= set(plan.starts) and "A" not in plan.starts
    impossible = facts(operating=10) | {"rules": [{"kind": "must", "initiative": "C"}]}
    assert greedy(problem_of(impossible)) is None
