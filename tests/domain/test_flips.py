"""What a room disagrees on, against a plan whose reasons are known: by hand, and against every plan there is."""

import random
from dataclasses import replace
from math import inf

import pytest

from planner.domain.disagreement import at_end, doubts
from planner.domain.flips import Reasons, flips
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import canonical, parse
from planner.domain.solver import resolver
from planner.domain.why import ComesIn, Why, why
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce

# Money for one of the two. A closes 0.5 of 60 points, B 0.5 of 40.
FACTS = {
    "format": "malrett-problem/1", "title": "", "years": [2027],
    "needs": [{"id": "n1", "points": 60.0, "statement": "s1", "segment": "unge"},
              {"id": "n2", "points": 40.0, "statement": "s2", "segment": "unge"}],
    "resources": [{"id": "operating", "unit": "1000 kr", "limit": [1]}],
    "initiatives": [
        {"id": "A", "title": "A", "theme": "x", "start_cost": {"operating": 1}, "effects": {"n1": 0.5}},
        {"id": "B", "title": "B", "theme": "x", "start_cost": {"operating": 1}, "effects": {"n2": 0.5}},
    ],
}  # fmt: skip
REACH = {"A": {"unge": 1.0}, "B": {"unge": 1.0}}
NEEDS_HALF_MORE = ComesIn("B", None, None, None, (), 1.5)


def reasons(needs: dict[str, ComesIn] | None = None, **changed: object) -> Reasons:
    problem = parse(FACTS).problem
    assert problem is not None
    stays = Why("A", True, 30.0, 20.0, 10.0, ("B",), ("A",), 2027, "effect", True, {"B": 2027})
    comes = Why("B", False, 30.0, 20.0, 10.0, ("B",), ("A",), 2027, "money", True, {"B": 2027})
    whys = {one.initiative: replace(one, **changed) for one in (stays, comes)}  # type: ignore[arg-type]
    return Reasons(Plan(problem, {"A": 2027}), 0.0, whys, needs or {})


@pytest.mark.parametrize(
    ("cell", "span", "margin"),
    [
        (("A", "s1"), (0.4, 0.6), -4.0),  # 60 · 0.4 = 24 against 20 without it
        (("A", "s1"), (0.3, 0.6), 2.0),  # 18 against 20
        (("B", "s2"), (0.0, 0.7), -2.0),  # 20 + 40 · 0.2 = 28 against 30
        (("B", "s2"), (0.0, 0.8), 2.0),  # 32 against 30
        (("B", "s2"), (0.5, 0.5), -inf),  # as it is
    ],
)
def test_by_hand(cell: tuple[str, str], span: tuple[float, float], margin: float) -> None:
    found = flips(reasons(), {cell: span}, REACH)[cell]
    assert found.margin == pytest.approx(margin) and found.can_change == (margin > 0)


def test_what_must_grow_more_than_the_room_says_does_not_come_in() -> None:
    cell = ("B", "s2")
    far = flips(reasons({"B": replace(NEEDS_HALF_MORE, effect=1.7)}), {cell: (0.0, 0.8)}, REACH)
    near = flips(reasons({"B": NEEDS_HALF_MORE}), {cell: (0.0, 0.8)}, REACH)
    never = flips(reasons({"B": replace(NEEDS_HALF_MORE, effect=None)}), {cell: (0.0, 0.95)}, REACH)
    assert (far[cell].can_change, near[cell].can_change, never[cell].can_change) == (False, True, False)


def test_what_people_have_decided_stands_and_of_what_is_not_known_nothing_is_said() -> None:
    cells = {("A", "s1"): (0.0, 0.9), ("B", "s2"): (0.0, 0.9)}
    decided = flips(reasons(reason="rule"), cells, REACH)
    assert [one.can_change for one in decided.values()] == [False, False]
    assert flips(reasons(proven=False), cells, REACH) == {}
    assert flips(reasons(), {("C", "s1"): (0.0, 0.9)}, REACH) == {}
    assert len(flips(reasons(value_otherwise=None, loss=None), cells, REACH)) == 2


@pytest.mark.parametrize("seed", range(12))
def test_what_hardly_changes_the_plan_does_not(seed: int) -> None:
    """At either end the best of all plans still decides as the plan does about the initiative."""
    problem = parse(random_problems.random_problem(seed, random.Random(seed).randint(2, 4), 2)).problem
    assert problem is not None

    def make(changed: Problem):  # type: ignore[no-untyped-def]
        return resolver(changed, gap=1e-9)

    asked = make(problem)
    plan = asked.first.plan
    if plan is None:
        return
    known = Reasons(plan, 1e-9, {one: why(asked, one, make) for one in asked.grid.ids}, {})
    some = doubts(problem)[:4]
    found = flips(known, {(one.initiative, one.statement): (one.low, one.high) for one in some}, {})
    for doubt in some:
        flip = found.get((doubt.initiative, doubt.statement))
        if flip is None or flip.can_change:
            continue
        for end in doubt.ends:
            moved = at_end(problem, doubt, end)
            truth, ours = BruteForce(canonical(moved)).solve(), doubt.initiative in plan.starts
            rule = {"kind": "must" if ours else "must_not", "initiative": doubt.initiative}
            same = BruteForce({**canonical(moved), "rules": [*canonical(moved).get("rules", []), rule]}).solve()
            assert truth is not None and same is not None
            assert same["best"] >= truth["best"] - 1e-6
