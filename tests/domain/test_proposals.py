"""A new idea beside everything that was weighed: in or not as every plan there is says."""

import random
from typing import Any

import pytest

from planner.domain.candidates import Candidate, Effect
from planner.domain.costs import Cost, Costs
from planner.domain.extra import Extra
from planner.domain.problem import Problem
from planner.domain.problem_file import canonical, parse
from planner.domain.proposals import Verdict, beside, judged
from planner.domain.resolve import Resolver
from planner.domain.solver import resolver
from tests.domain.brute_force import BruteForce


def make(problem: Problem, **known: Any) -> Resolver:
    return resolver(problem, gap=1e-7, **known)


def problem_of(seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    return {
        "format": "malrett-problem/1",
        "title": "Plan",
        "years": [2027, 2028],
        "needs": [
            {"id": f"s{n}/{who}", "points": chance.randint(1, 9), "statement": f"s{n}", "segment": who, "factor": which}
            for n, which in enumerate(("bolig", "sosialt_miljo", "arbeid"))
            for who in ("unge", "voksne")
        ],
        "resources": [{"id": "operating", "unit": "1000 kr", "limit": [400, 500]}],
        "initiatives": [
            {
                "id": f"T{n}", "title": f"Tiltak {n}", "theme": ("bolig", "sosialt_miljo", "arbeid")[n % 3],
                "yearly_cost": {"operating": chance.randint(1, 3) * 100},
                "effects": {f"s{n % 3}/{who}": chance.choice([0.1, 0.2, 0.3]) for who in ("unge", "voksne")},
            }
            for n in range(5)
        ],
        "rules": [],
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(15))
@pytest.mark.parametrize("percent", [5, 30])
def test_it_comes_in_when_the_best_of_all_plans_has_it(seed: int, percent: int) -> None:
    facts = problem_of(seed)
    problem = parse(facts).problem
    assert problem is not None
    shown = make(problem).first.plan
    assert shown is not None
    idea = Candidate(
        code="N1",
        title="Ny",
        theme="Bolig",
        factor="bolig",
        targets=("unge", "voksne"),
        effects=(Effect("s0", percent),),
        chance=100,
        costs=Costs(yearly=Cost(200)),
    )
    whole = beside(problem, idea, follows=False)
    questions = make(whole, known=[shown.starts])
    assert questions.first.plan is not None
    found = judged(questions, "N1", shown.starts, shown.value, Extra(whole, questions.first.plan).least, make)
    assert Verdict.from_document(found.to_document()) == found
    best = BruteForce(canonical(whole)).solve()
    without = BruteForce(facts).solve()
    assert best is not None and without is not None
    assert found.gain == pytest.approx(max(0.0, best["best"] - without["best"]), abs=1e-6)
    if found.gain > 1e-6:
        assert found.comes_in and "N1" not in (*found.enters, *found.leaves)
        assert set(shown.starts) - set(found.leaves) | set(found.enters) == set(questions.first.plan.starts) - {"N1"}
    if not found.comes_in:
        # Forced in, it costs what the best of all plans with it costs.
        forced = BruteForce({**canonical(whole), "rules": [{"kind": "must", "initiative": "N1"}]}).solve()
        assert found.why is not None and (forced is None) == (found.why.loss is None)
        if forced is not None and found.why.loss is not None:
            assert found.why.loss == pytest.approx(best["best"] - forced["best"], abs=1e-6)


def test_recruiting_follows_housing_where_the_plan_says_so() -> None:
    problem = parse(problem_of(1)).problem
    assert problem is not None
    idea = Candidate(
        code="N1",
        title="Ny",
        theme="Arbeid",
        factor="arbeid",
        targets=("unge",),
        effects=(Effect("s2", 30),),
        chance=100,
    )
    assert len(beside(problem, idea, follows=True).rules) == 1
    assert not beside(problem, idea, follows=False).rules
