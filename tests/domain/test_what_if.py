"""What follows from one change, held against every plan there is of the problem written out with that change."""

import copy
import random
from fractions import Fraction
from typing import Any

import pytest

from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.resolve import Resolver
from planner.domain.solver import resolver
from planner.domain.what_if import Change, changed, instead
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce


def ask(problem: Problem, *, known=(), at_most=float("inf")) -> Resolver:
    return resolver(problem, gap=1e-7, known=known, at_most=at_most)


def by_hand(facts: dict[str, Any], change: Change, shares: dict[str, float]) -> dict[str, Any]:
    """The problem file, edited."""
    facts = copy.deepcopy(facts)
    for resource in facts["resources"]:
        if resource["id"] == change.resource:
            limits = zip(facts["years"], resource["limit"], strict=True)
            resource["limit"] = [
                limit if limit is None or change.year not in (None, year) else max(0, limit + change.more)
                for year, limit in limits
            ]
    for one in facts["initiatives"]:
        if one["id"] == change.initiative:
            for costs in (one.get("start_cost", {}), one.get("yearly_cost", {})):
                costs.update({r: round(amount * change.times, 6) for r, amount in costs.items() if r != "staff"})
            for r, years in one.get("profile", {}).items():
                one["profile"][r] = years if r == "staff" else [round(amount * change.times, 6) for amount in years]
    if change.lock:
        facts["rules"] = [r for r in facts.get("rules", []) if r.get("initiative") != change.initiative]
        facts["rules"].append({"kind": change.lock, "initiative": change.initiative})
    times = {one: float(change.counts) if one == change.segment else 1.0 for one in shares}
    after = sum(share * times[one] for one, share in shares.items())
    for need in facts["needs"]:
        need["points"] *= times.get(need.get("segment"), 1.0) / after
    return facts


@pytest.mark.parametrize("seed", range(20))
def test_the_best_plan_after_a_change_is_the_best_of_all(seed: int) -> None:
    chance = random.Random(seed)
    facts = random_problems.random_problem(seed, chance.randint(3, 6), 2)
    facts.pop("weights", None)
    facts["rules"] = [rule for rule in facts.get("rules", []) if rule["kind"] not in ("must", "must_not")]
    problem = parse(facts).problem
    assert problem is not None
    shown = ask(problem).first.plan
    if shown is None:
        return
    segments = sorted({need.segment for need in problem.needs if need.segment})
    shares = {one: 1 / len(segments) for one in segments}
    free = [one.id for one in problem.initiatives if one.started is None]
    change = Change(
        resource=problem.resources[0].id if problem.resources else "",
        year=chance.choice([None, *problem.years]),
        more=chance.choice([-2, -1, 3]),
        initiative=chance.choice(free) if free else "",
        times=chance.choice([0, 2, 3]),
        lock=chance.choice(["", "must", "must_not"]) if free else "",  # type: ignore[arg-type]
        segment=segments[0] if segments else "",
        counts=chance.choice([0, 2]) if len(segments) > 1 else 1,
    )
    assert Change.from_document(change.to_document()) == change
    found = instead(problem, shown, change, shares, ask)
    truth = BruteForce(by_hand(facts, change, shares)).solve()
    assert found.proven and (found.best is None) == (truth is None)
    if found.best is not None and truth is not None:
        assert found.best["value"] == pytest.approx(truth["best"], rel=1e-6, abs=1e-9)
        if found.keeps:
            assert found.ours <= found.best["value"] + 1e-9
        else:
            assert found.best["starts"] != dict(shown.starts)


def test_weights_are_shares_again_after() -> None:
    """Two groups of equal weight, 10 points each. One counts three times as much: 3/4 and 1/4 of the same whole."""
    facts: dict[str, Any] = {
        "format": "malrett-problem/1",
        "title": "To",
        "years": [2027],
        "needs": [
            {"id": "a", "segment": "unge", "factor": "bolig", "points": 10},
            {"id": "b", "segment": "voksne", "factor": "bolig", "points": 10},
        ],
        "resources": [],
        "initiatives": [],
    }
    parsed = parse(facts)
    problem = parsed.problem
    assert problem is not None, parsed.findings
    change = Change(segment="unge", counts=3)
    found = changed(problem, change, {"unge": 0.5, "voksne": 0.5})
    assert [need.points for need in found.needs] == pytest.approx([15, 5])


def test_staff_costs_no_more_when_money_does() -> None:
    facts = random_problems.random_problem(1, 3, 2)
    problem = parse(facts).problem
    assert problem is not None
    one = problem.initiatives[0]
    after = changed(problem, Change(initiative=one.id, times=Fraction(3, 2)), {}).ground.by_id[one.id]
    for resource, amount in one.yearly_cost.items():
        assert after.yearly_cost[resource] == (amount if resource == "staff" else amount * Fraction(3, 2))
