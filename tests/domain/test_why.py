"""Each reason held against every plan there is, on small problems: losses, the least extra, the least effect."""

import random
from dataclasses import replace
from fractions import Fraction
from math import ceil, inf

import numpy as np
import pytest

from planner.domain.better import Better
from planner.domain.extra import Extra, excess
from planner.domain.least_effect import least_effect, most_gained, stronger
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.resolve import Resolver
from planner.domain.rules import Must, MustNot
from planner.domain.solver import resolver
from planner.domain.why import ComesIn, Why, comes_in, explained, settled
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce

GAP = 1e-7


def make(problem: Problem) -> Resolver:
    return resolver(problem, gap=GAP)


def asked(seed: int, initiatives: int = 5) -> tuple[dict, Resolver] | None:
    facts = random_problems.random_problem(seed, random.Random(seed).randint(2, initiatives), 2)
    problem = parse(facts).problem
    assert problem is not None
    questions = make(problem)
    return (facts, questions) if questions.first.plan else None


def without_lock(facts: dict, one: str) -> list[dict]:
    rules = facts.get("rules", [])
    return [rule for rule in rules if not (rule["kind"] in ("must", "must_not") and rule["initiative"] == one)]


@pytest.mark.parametrize("seed", range(80))
def test_the_loss_and_who_comes_and_goes_are_those_of_the_best_other_plan(seed: int) -> None:
    there = asked(seed)
    if there is None:
        return
    facts, questions = there
    for found in explained(questions, make):
        kind = "must_not" if found.chosen else "must"
        rules = [*without_lock(facts, found.initiative), {"kind": kind, "initiative": found.initiative}]
        truth = BruteForce({**facts, "rules": rules}).solve()
        assert found.proven and found.chosen == (found.initiative in questions.first.plan.starts)
        if truth is None:
            assert found.value_otherwise is None and found.loss is None
            continue
        assert found.value_otherwise == pytest.approx(truth["best"], rel=1e-6, abs=1e-9)
        assert found.loss == pytest.approx(max(0.0, found.value - truth["best"]), abs=1e-6)
        assert not set(found.enters) & set(questions.first.plan.starts)
        assert set(found.leaves) <= set(questions.first.plan.starts)
        assert (found.initiative in (found.leaves if found.chosen else found.enters)) or found.otherwise == {}
        assert Why.from_json(found.as_json()) == found


def least_by_counting(facts: dict, questions: Resolver, one: str, kind: str) -> Fraction | None:
    """The least excess of a kind over every plan that keeps all else and loses nothing."""
    plan = questions.first.plan
    assert plan is not None
    lifted = [
        {**r, "limit": [None] * len(r["limit"]), "total_limit": None}
        if (r["id"] == "staff") == (kind == "staff")
        else r
        for r in facts["resources"]
    ]
    every = BruteForce({**facts, "resources": lifted})
    closed, value = every._closed()
    fits = every._resources() & every._windows() & (value >= plan.value - 1e-9)
    for rule in facts.get("rules", []):
        fits &= every._rule(rule, closed)
    fits &= every.chosen[:, every.ids.index(one)]
    least: Fraction | None = None
    for n in np.nonzero(fits)[0]:
        starts = {i: int(every.years[0] + every.start[n, k]) for k, i in enumerate(every.ids) if every.chosen[n, k]}
        starts = {i: y for i, y in starts.items() if i in questions.grid.ids}
        over = exact_excess(Plan(plan.problem, starts), kind)
        least = over if least is None else min(least, over)
    return least


def exact_excess(plan: Plan, kind: str) -> Fraction:
    kept = 1 - Fraction(plan.problem.reserve)
    over = Fraction(0)
    for r in plan.problem.resources:
        if (r.id == "staff") != (kind == "staff"):
            continue
        pairs = [(limit, plan.use(r.id, y)) for y, limit in zip(plan.problem.years, r.limit, strict=True)]
        pairs.append((r.total_limit, sum(plan.used[r.id], 0)))
        over += sum(
            (max(Fraction(0), Fraction(u) - Fraction(m) * kept) for m, u in pairs if m is not None), Fraction(0)
        )
    return over


@pytest.mark.parametrize("seed", range(60))
def test_the_least_extra_is_the_least_over_all_plans(seed: int) -> None:
    there = asked(seed, 4)
    if there is None:
        return
    facts, questions = there
    plan = questions.first.plan
    extra = Extra(plan.problem, plan)
    for one in questions.grid.ids:
        if one in plan.starts or any(r.get("initiative") == one and r["kind"] == "must_not" for r in facts["rules"]):
            continue
        for kind in ("money", "staff"):
            truth = least_by_counting(facts, questions, one, kind)
            found = extra.least(one, kind)
            assert (found is None) == (truth is None), (one, kind)
            if found is not None and truth is not None:
                with_it = Plan(plan.problem, found.starts)
                assert found.proven and one in found.starts and with_it.value >= plan.value - 1e-5
                # The model stops within half a unit or half a per cent of the least.
                assert truth <= exact_excess(with_it, kind) <= truth + max(Fraction(1, 2), truth / 200)
                assert all(e.by >= 1 for e in found.excess)


def test_amounts_are_whole_and_the_reserve_takes_its_share() -> None:
    facts = {
        **{"format": "malrett-problem/1", "title": "", "years": [2027], "reserve": 0.1, "needs": []},
        "resources": [{"id": "operating", "unit": "1000 kr", "limit": [100]}],
        "initiatives": [{"id": "A", "title": "", "theme": "", "start_cost": {"operating": 100}, "effects": {}}],
    }
    problem = parse(facts).problem
    assert problem is not None
    (one,) = excess(Plan(problem, {"A": 2027}))
    assert (one.resource, one.year, one.by) == ("operating", 2027, ceil(Fraction(100) / Fraction(9, 10) - 100))


@pytest.mark.parametrize("seed", range(40))
def test_the_least_effect_brings_it_in_and_a_little_less_does_not(seed: int) -> None:
    there = asked(seed, 4)
    if there is None:
        return
    _, questions = there
    plan = questions.first.plan
    for found in explained(questions, make):
        if found.chosen or found.value_otherwise is None or found.reason == "rule":
            continue
        factor = least_effect(questions, found.initiative, found.otherwise)

        def best_with(times: float, one: str = found.initiative) -> float:
            asked_again = make(stronger(plan.problem, one, times))
            answer = asked_again.ask(asked_again.held(inside=[one]))
            assert answer.plan is not None
            return answer.plan.value

        if factor is not None:
            assert best_with(factor) >= plan.value * (1 - 1e-5) - 1e-9
            assert factor < 1e-5 or best_with(factor * 0.99) <= plan.value + 1e-6
        else:
            effects = plan.problem.ground.by_id[found.initiative].effects.values()
            strongest = max(effects, default=0.0)
            assert strongest == 0 or best_with(0.95 / strongest) < plan.value + 1e-6


def problem_of(**changes: object) -> dict:
    """A and B cost the same and there is room for one; A closes more."""
    facts: dict = {
        **{"format": "malrett-problem/1", "title": "", "years": [2027], "effect_years": 1},
        "needs": [{"id": "n", "points": 100}, {"id": "m", "points": 100}],
        "resources": [
            {"id": "operating", "unit": "1000 kr", "limit": [100]}, {"id": "staff", "unit": "månedsverk", "limit": [10]}
        ],
        "initiatives": [
            {"id": "A", "title": "", "theme": "x", "start_cost": {"operating": 80, "staff": 2}, "effects": {"n": 0.3}},
            {"id": "B", "title": "", "theme": "y", "start_cost": {"operating": 80, "staff": 2}, "effects": {"m": 0.2}},
        ],
        "rules": [],
    }  # fmt: skip
    return {**facts, **changes}


def reason_of(facts: dict, one: str = "B") -> tuple[Why, ComesIn | None]:
    problem = parse(facts).problem
    assert problem is not None
    questions = make(problem)
    assert questions.first.plan is not None
    extra = Extra(problem, questions.first.plan)
    found = next(each for each in explained(questions, make) if each.initiative == one)
    needs = comes_in(questions, found, extra.least)
    return settled(problem, found, needs), needs


def with_costs(**b: int) -> dict:
    facts = problem_of()
    facts["initiatives"][1]["start_cost"] = b
    return facts


def test_reasons_are_told_apart() -> None:
    dear, needs = reason_of(problem_of())
    assert dear.reason == "money" and needs is not None and needs.staff is None
    assert [(e.resource, e.year, e.by) for e in needs.money or ()] == [("operating", 2027, 60)]
    assert needs.effect == pytest.approx(1.5, abs=1e-4)
    few, needs = reason_of(with_costs(operating=10, staff=9))
    assert few.reason == "staff" and needs is not None and needs.money is None
    assert [(e.resource, e.by) for e in needs.staff or ()] == [("staff", 1)]
    barred, _ = reason_of({**with_costs(operating=1), "rules": [{"kind": "excludes", "of": ["A", "B"]}]})
    assert barred.reason == "conflict"
    needs_both, needs = reason_of(with_costs(operating=30, staff=10))
    assert needs_both.reason == "staff" and needs is not None and (needs.money, needs.staff) == (None, None)
    assert {(e.resource, e.by) for e in needs.both or ()} == {("operating", 10), ("staff", 2)}
    ruled, needs = reason_of({**with_costs(operating=1), "rules": [{"kind": "must_not", "initiative": "B"}]})
    assert ruled.reason == "rule" and needs is None and ruled.value_otherwise == pytest.approx(50)
    facts = with_costs(operating=1)
    facts["initiatives"][1]["effects"] = {}
    useless, _ = reason_of(facts)
    assert useless.reason == "effect" and useless.loss == 0


def test_more_room_is_never_worse() -> None:
    values = []
    for room in range(0, 200, 20):
        facts = problem_of()
        facts["resources"][0]["limit"] = [room]
        problem = parse(facts).problem
        assert problem is not None
        first = make(problem).first.plan
        assert first is not None
        values.append(first.value)
    assert values == sorted(values) and values[0] < values[-1]


@pytest.mark.parametrize("seed", range(20))
def test_no_plan_gains_more_by_stronger_effects_than_is_said(seed: int) -> None:
    there = asked(seed, 4)
    if there is None:
        return
    _, questions = there
    problem = questions.first.plan.problem
    plans = [plan for plan in questions.search.pool.values() if plan is not None]
    for one in questions.grid.ids:
        for times in (0.5, 1.5, 3.0):
            most = most_gained(problem, one, times)
            changed = stronger(problem, one, times)
            assert all(Plan(changed, plan.starts).value <= plan.value + most + 1e-9 for plan in plans)


def test_what_is_proven_to_be_no_use_is_left_out_only_where_nothing_gains_so_much() -> None:
    problem = parse(problem_of()).problem
    assert problem is not None
    questions = make(problem)
    first = questions.first.plan
    assert first is not None and set(first.starts) == {"A"}
    without = questions.opposite("A").plan
    assert without is not None and set(without.starts) == {"B"}
    changed = stronger(problem, "B", 3.0)
    changed = replace(changed, rules=(*changed.rules, Must("B")))
    found = questions.better(changed, first.value, {}, most_gained(problem, "B", 3.0))
    assert found.plan is not None and set(found.plan.starts) == {"B"} and found.plan.value > first.value
    locked = Better(questions.search, changed, first.value, inf, {}, [Must("A"), MustNot("B")], None)
    assert (locked.open_mask() == questions.held(inside=["A"], outside=["B"])).all()
