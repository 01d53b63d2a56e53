"""Draws depend on seed and number alone; the shares are those of solving every draw by counting all plans."""

import random
from dataclasses import replace

import numpy as np
import pytest

from planner.domain.draw_search import usual_cost
from planner.domain.heard import heard, scored
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import canonical, parse
from planner.domain.resolve import Resolver
from planner.domain.robust import Draw, doubtful, draw, enough, gathered, short_of, verdict, wilson
from planner.domain.solver import draw_resolver, resolver
from planner.domain.spread import Spread, Together, drawn, read_spread, usual
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce

TIGHT = 1e-7


def problem_of(seed: int, initiatives: int = 4) -> Problem:
    facts = random_problems.random_problem(seed, initiatives, 2)
    facts["initiatives"] = [one for one in facts["initiatives"] if "started" not in one]
    known = {one["id"] for one in facts["initiatives"]}
    facts["rules"] = []
    problem = parse(facts).problem
    assert problem is not None and known
    return problem


def tight(problem: Problem, known: list) -> Resolver:
    return resolver(problem, gap=TIGHT)


@pytest.mark.parametrize("seed", range(15))
def test_each_draw_is_the_best_plan_of_the_drawn_problem(seed: int) -> None:
    problem = problem_of(seed)
    shown = tight(problem, []).first.plan
    assert shown is not None
    for number in range(4):
        found = draw(problem, shown, usual(problem), 7, number, tight)
        truth = BruteForce(canonical(drawn(problem, usual(problem), 7, number))).solve()
        assert found is not None and truth is not None and found.number == number
        changed = drawn(problem, usual(problem), 7, number)
        ours = Plan(changed, dict(shown.starts))
        assert found.fits == (not ours.broken)
        expected = 0.0 if truth["best"] <= 0 else max(0.0, (truth["best"] - ours.value) / truth["best"])
        assert found.regret == pytest.approx(expected, abs=1e-5)
        assert Draw.from_json(found.as_json()) == found


@pytest.mark.parametrize("seed", range(12))
def test_one_of_many_is_as_proven_as_any_other(seed: int) -> None:
    """Rules, floors, and problems without a plan or without anything to choose among them."""
    facts = random_problems.random_problem(seed, seed % 5, 2)
    problem = parse(facts).problem
    assert problem is not None
    truth = BruteForce(canonical(problem)).solve()
    first = draw_resolver(problem, gap=TIGHT, known=[]).first
    again = draw_resolver(problem, gap=TIGHT, known=[first.plan.starts] if first.plan else [])
    for found in (first, again.first):
        assert found.proven and (found.plan is None) == (truth is None)
        if found.plan is not None and truth is not None:
            assert found.plan.value == pytest.approx(truth["best"], abs=1e-5)
    learnt = usual_cost([again.search.branching] * 2) if again.search.branching else None
    once_more = draw_resolver(problem, gap=TIGHT, known=[], learnt=learnt).first
    assert (once_more.plan and once_more.plan.value) == pytest.approx(first.plan and first.plan.value, abs=1e-5)


def test_a_draw_is_the_same_in_any_order_and_another_seed_gives_another() -> None:
    problem = problem_of(3)
    spread = usual(problem)
    once = [canonical(drawn(problem, spread, 1, k)) for k in range(6)]
    again = [canonical(drawn(problem, spread, 1, k)) for k in (5, 3, 1, 0, 2, 4)]
    assert [once[k] for k in (5, 3, 1, 0, 2, 4)] == again
    assert canonical(drawn(problem, spread, 2, 0)) != once[0]
    assert once[0] != once[1]


def test_what_is_known_is_not_drawn() -> None:
    problem = problem_of(5)
    assert canonical(drawn(problem, Spread(), 1, 1)) == canonical(problem)


def test_points_have_the_spread_they_were_given_and_are_never_below_nothing() -> None:
    problem = problem_of(next(s for s in range(30) if len(problem_of(s).needs) >= 2))
    one, other = (need.id for need in problem.needs[:2])
    start = {need.id: need.points for need in problem.needs}
    alike = Together((one, other), ((0.5, 0.0), (0.4, 0.3)))
    made = [drawn(problem, Spread(together=(alike,)), 1, k) for k in range(1500)]
    points = np.array([[need.points for need in p.needs if need.id in (one, other)] for p in made])
    assert points.min() >= 0
    if min(start[one], start[other]) > 3:
        assert np.cov(points.T) == pytest.approx(np.array([[0.25, 0.2], [0.2, 0.25]]), abs=0.04)
    wide = [drawn(problem, Spread(points={one: 1000.0}), 1, k) for k in range(50)]
    assert min(need.points for p in wide for need in p.needs if need.id == one) == 0


def test_costs_stay_within_their_ends_and_staff_is_left_alone() -> None:
    problem = problem_of(next(s for s in range(30) if any(i.yearly_cost for i in problem_of(s).initiatives)))
    for number in range(40):
        changed = drawn(problem, Spread(cost=(0.9, 1.25)), 3, number)
        for before, after in zip(problem.initiatives, changed.initiatives, strict=True):
            for resource, amount in before.yearly_cost.items():
                now = after.yearly_cost[resource]
                if resource == "staff":
                    assert now == amount
                else:
                    assert float(amount) * 0.9 - 0.5 <= now <= float(amount) * 1.25 + 0.5


def test_shares_intervals_and_regret() -> None:
    draws = [Draw(k, ("A",) if k % 4 else ("A", "B"), k / 1000, k % 2 == 0, 0.001) for k in range(100)]
    found = gathered(reversed(draws), ["B", "A", "C"])
    assert found.frequency == {"A": 1.0, "B": 0.25, "C": 0.0} and list(found.frequency) == ["A", "B", "C"]
    assert (verdict(1.0), verdict(0.9), verdict(0.25), verdict(0.1), verdict(0.0)) == (
        "holds", "holds", "depends", "depends", "falls",
    )  # fmt: skip
    assert found.regret_mean == pytest.approx(0.0495) and found.regret_p95 == pytest.approx(0.09405)
    assert found.fits == 0.5 and found.interval["A"][1] == 1.0 and found.interval["C"][0] == 0.0
    # Wilson at 25 of 100, from the formula worked by hand.
    assert wilson(25, 100) == pytest.approx((0.17545, 0.34304), abs=1e-4)
    assert not enough(found)


def test_an_interval_that_reaches_into_another_zone_is_doubtful() -> None:
    for interval in ((0.899, 0.95), (0.2, 0.9), (0.05, 0.1), (0.05, 0.95)):
        assert doubtful(interval)
    for interval in ((0.9, 0.95), (0.1, 0.899), (0.0, 0.099)):
        assert not doubtful(interval)


def test_what_the_limits_lack_is_a_share_of_what_the_plan_takes() -> None:
    facts = problem_document()
    for limit, total, lacks in ((100, None, 0.0), (80, None, 0.2), (100, 150, 0.25), (0, None, 1.0)):
        facts["resources"] = [{"id": "operating", "unit": "1000 kr", "limit": [limit, None], "total_limit": total}]
        problem = parse(facts).problem
        assert problem is not None
        assert short_of(Plan(problem, {"A": 2027})) == pytest.approx(lacks)


def problem_document() -> dict:
    """One initiative that takes 100 each of two years."""
    one = {"id": "A", "title": "A", "theme": "t", "yearly_cost": {"operating": 100}, "effects": {"n": 0.5}}
    return {
        "format": "malrett-problem/1", "title": "", "years": [2027, 2028], "effect_years": 2,
        "needs": [{"id": "n", "points": 10}], "resources": [], "initiatives": [one],
    }  # fmt: skip


def test_the_pot_is_what_would_have_been_enough_in_half_of_the_draws() -> None:
    lacks = (0.0, 0.02, 0.04, 0.08)
    draws = [Draw(k, (), 0.0, lack == 0, 0.0, lack) for k, lack in enumerate(lacks)]
    assert gathered(draws, []).pot == 0.02
    # What breaks a rule that no money mends counts against it.
    broken = [Draw(k, (), 0.0, False, 0.0) for k in range(4, 8)]
    assert gathered([*draws, *broken], []).pot == 0.08
    assert gathered([*draws, *broken, broken[0]], []).pot is None
    assert Draw.from_json([1, ["A"], 0.1, True, 0.0]).short == 0.0


@pytest.mark.parametrize(("of", "half"), [(385, 0.05), (1068, 0.03)])
def test_so_many_draws_are_enough_for_the_half_widths_promised(of: int, half: float) -> None:
    low, high = wilson(of // 2, of)
    assert (high - low) / 2 <= half + 1e-4


def test_a_spread_is_read_strictly() -> None:
    problem = problem_of(next(s for s in range(30) if problem_of(s).needs))
    need, one = problem.needs[0].id, problem.initiatives[0].id
    good = {
        "points": {need: 0.5},
        "effects": {one: {need: [0.1, 0.3]}},
        "chance": {one: [0.5, 0.9]},
        "cost": [0.9, 1.25],
    }
    spread, findings = read_spread(good, problem)
    assert spread is not None and not findings and spread.effects[one][need] == (0.1, 0.3)
    for wrong, code in (
        ([], "spread_not_an_object"),
        ({"colour": 1}, "spread_unknown_key"),
        ({"points": {"nobody": 1}}, "spread_unknown_id"),
        ({"points": {need: -1}}, "spread_wrong_value"),
        ({"points": {need: True}}, "spread_wrong_value"),
        ({"effects": {one: {need: []}}}, "spread_wrong_value"),
        ({"effects": {one: 3}}, "spread_wrong_value"),
        ({"chance": {one: [0.9, 0.5]}}, "spread_wrong_value"),
        ({"cost": [1.1, 1.2]}, "spread_wrong_value"),
        ({"cost": "much"}, "spread_wrong_value"),
    ):
        spread, findings = read_spread(wrong, problem)
        assert spread is None and [f.code for f in findings] == [code], wrong


def test_raters_are_drawn_whole() -> None:
    """Who is hopeful of one effect of an initiative is hopeful of the others."""
    seed = next(s for s in range(60) if any(len(i.effects) >= 2 for i in problem_of(s).initiatives))
    problem = problem_of(seed)
    one = next(i for i in problem.initiatives if len(i.effects) >= 2)
    needs = list(one.effects)[:2]
    spread = Spread(effects={one.id: {needs[0]: (0.1, 0.2, 0.3), needs[1]: (0.4, 0.5, 0.6)}})
    seen = set()
    for number in range(60):
        changed = drawn(problem, spread, random.Random(1).randint(0, 9), number).ground.by_id[one.id]
        seen.add((changed.effects[needs[0]], changed.effects[needs[1]]))
    assert seen == {(0.1, 0.4), (0.2, 0.5), (0.3, 0.6)}


def panel_problem() -> Problem:
    facts = problem_document()
    facts["resources"] = [{"id": "operating", "unit": "1000 kr", "limit": [None, None]}]
    facts["needs"] = [
        {"id": "s1/a", "points": 10, "statement": "s1", "segment": "a"},
        {"id": "s1/b", "points": 10, "statement": "s1", "segment": "b"},
        {"id": "s2/a", "points": 10, "statement": "s2", "segment": "a"},
    ]
    facts["initiatives"][0]["effects"] = {"s1/a": 0.2, "s1/b": 0.1, "s2/a": 0.3}
    problem = parse(facts).problem
    assert problem is not None
    return problem


def test_a_panel_is_drawn_from_those_who_were_heard_and_its_median_is_shared_as_the_effect_is() -> None:
    problem = panel_problem()
    said = {"A": {"s1": [0.4, 0.0, 0.2], "s2": [0.1, 0.9], "s3": [0.1] * 5}}
    panels = heard(problem, said)
    # Two are no panel, and nobody counts what an initiative does for a need that the problem has not.
    assert [panel.values for panel in panels["A"]] == [(0.0, 0.2, 0.4)]
    assert panels["A"][0].shares == {"s1/a": 1.0, "s1/b": 0.5} and scored(problem) == 2
    assert heard(problem, said, {"A": {"a": 0.8, "b": 0.6}})["A"][0].shares == {"s1/a": 0.8, "s1/b": 0.6}
    # The first, the first and the last of three: the median is the first's.
    assert panels["A"][0].drawn([0.0, 0.32, 0.99]) == 0.0 and panels["A"][0].drawn([0.34, 0.5, 0.99]) == 0.2

    spread = Spread(heard=panels)
    seen = [drawn(problem, spread, 1, k).ground.by_id["A"].effects for k in range(900)]
    assert all(one["s2/a"] == 0.3 and one["s1/b"] == pytest.approx(one["s1/a"] / 2) for one in seen)
    # Of 27 equally likely panels the median is the lowest in 7 and the middle one in 13, counted by hand.
    shares = [sum(one["s1/a"] == value for one in seen) / len(seen) for value in (0.0, 0.2, 0.4)]
    assert shares == pytest.approx([7 / 27, 13 / 27, 7 / 27], abs=0.05)


def test_a_panel_moves_nothing_but_its_own_effects() -> None:
    problem = panel_problem()
    plain, with_panel = usual(problem), replace(usual(problem), heard=heard(problem, {"A": {"s1": [0.1, 0.2, 0.3]}}))
    for number in range(5):
        one, other = (drawn(problem, spread, 1, number).ground.by_id["A"] for spread in (plain, with_panel))
        assert (one.chance, one.yearly_cost, one.effects["s2/a"]) == (
            other.chance, other.yearly_cost, other.effects["s2/a"],
        )  # fmt: skip
