"""What is held is held: every answer against all plans of small problems, and against a solve of its own."""

import random

import pytest

from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.resolve import changes, loss
from planner.domain.solver import resolver
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce

GAP = 1e-4


def parsed(facts: dict) -> Problem:
    problem = parse(facts).problem
    assert problem is not None
    return problem


@pytest.mark.parametrize("seed", range(150))
def test_with_one_held_the_answer_is_the_best_of_all_plans_that_hold_it(seed: int) -> None:
    """A rule that says the same, in a problem of its own, and every plan counted by brute force."""
    facts = random_problems.random_problem(seed, random.Random(seed).randint(2, 5), 2)
    questions = resolver(parsed(facts), gap=GAP)
    if questions.first.plan is None:
        assert BruteForce(facts).solve() is None
        return
    for one in questions.grid.ids:
        for kind, mask in (("must", questions.held(inside=[one])), ("must_not", questions.held(outside=[one]))):
            answer = questions.ask(mask)
            truth = BruteForce({**facts, "rules": [*facts.get("rules", []), {"kind": kind, "initiative": one}]}).solve()
            assert answer.proven
            if truth is None:
                assert answer.plan is None
                continue
            assert answer.plan is not None and answer.bound is not None
            assert (one in answer.plan.starts) == (kind == "must")
            assert not answer.plan.broken
            assert answer.plan.value <= truth["best"] + 1e-9 <= answer.bound + 2e-9
            assert answer.plan.value >= truth["best"] * (1 - GAP) - 1e-9
            # Never better than the plan it is held against.
            assert answer.plan.value <= questions.first.plan.value + GAP * questions.first.plan.value + 1e-9


@pytest.mark.parametrize(
    ("seed", "one"), [(20, "T90"), (116, "T54"), (163, "T43"), (185, "T30"), (240, "T2"), (267, "T4"), (285, "T41")]
)
def test_without_a_gap_too(seed: int, one: str) -> None:
    """Were the order among equals decided first, the model would know the best plans alone, and find nothing here."""
    facts = random_problems.random_problem(seed, 7, 2)
    questions = resolver(parsed(facts), gap=0)
    assert questions.first.plan is not None
    answer = questions.opposite(one)
    kind = "must_not" if one in questions.first.plan.starts else "must"
    truth = BruteForce({**facts, "rules": [*facts.get("rules", []), {"kind": kind, "initiative": one}]}).solve()
    assert answer.proven and (answer.plan is None) == (truth is None)
    if answer.plan is not None and truth is not None:
        assert answer.plan.value == pytest.approx(truth["best"], rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("seed", range(150))
def test_what_earlier_questions_have_settled_never_hides_a_better_plan(seed: int) -> None:
    """Asked in the order that lets each use the bounds of those before it, every answer is still the best there is."""
    facts = random_problems.random_problem(seed, random.Random(seed).randint(3, 6), 2)
    questions = resolver(parsed(facts), gap=GAP)
    first = questions.first.plan
    if first is None:
        return
    for one in questions.hardest_first(questions.grid.ids):
        answer = questions.opposite(one)
        kind = "must_not" if one in first.starts else "must"
        truth = BruteForce({**facts, "rules": [*facts.get("rules", []), {"kind": kind, "initiative": one}]}).solve()
        assert answer.proven and (answer.plan is None) == (truth is None)
        if answer.plan is not None and truth is not None and answer.bound is not None:
            assert (one in answer.plan.starts) != (one in first.starts) and not answer.plan.broken
            assert truth["best"] * (1 - GAP) - 1e-9 <= answer.plan.value <= truth["best"] + 1e-9
            assert answer.bound >= truth["best"] - 1e-9


def test_several_may_be_held_at_once_and_what_cannot_be_has_no_plan() -> None:
    answered = 0
    for seed in range(12):
        facts = random_problems.random_problem(seed, 5, 2)
        questions = resolver(parsed(facts), gap=GAP)
        one, other = questions.grid.ids[:2]
        assert questions.ask(questions.held(inside=[one], outside=[one])).plan is None
        answer = questions.ask(questions.held(inside=[one], outside=[other]))
        rules = [{"kind": "must", "initiative": one}, {"kind": "must_not", "initiative": other}]
        truth = BruteForce({**facts, "rules": [*facts.get("rules", []), *rules]}).solve()
        assert (answer.plan is None) == (truth is None)
        if answer.plan is not None and truth is not None:
            assert answer.plan.value == pytest.approx(truth["best"], rel=GAP, abs=1e-9)
            answered += 1
    assert answered >= 3


def test_what_comes_in_and_what_goes_out() -> None:
    assert changes({"a": 1, "b": 2}, {"c": 1, "b": 3}) == (("c",), ("a",))
    assert loss(Plan(parsed(random_problems.random_problem(1, 2, 2)), {}), None) is None
