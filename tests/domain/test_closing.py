"""Is the bound on closure exact for every plan, and never too low for the plans beyond a half-decided point?"""

import numpy as np
import pytest

from planner.domain.closing import Closing
from planner.domain.grid import Grid
from planner.domain.local_search import Neighbourhood
from planner.domain.portfolio import Plan
from planner.domain.problem import CLOSURES, Closure, Problem
from planner.domain.problem_file import parse
from tests.domain.random_problems import random_problem


def problems(closure: Closure) -> list[Problem]:
    read = [parse({**random_problem(seed, 5, 3), "closure": closure}).problem for seed in range(60)]
    return [problem for problem in read if problem is not None]


@pytest.mark.parametrize("closure", CLOSURES)
def test_exact_when_decided_and_above_every_plan_elsewhere(closure: Closure) -> None:
    draw, compared = np.random.default_rng(1), 0
    for problem in problems(closure):
        grid = Grid(problem)
        closing = Closing(problem, grid)
        years = len(problem.years)
        plans = draw.integers(0, years + 1, (8, len(grid.ids)))
        points = grid.started_by(grid.points(plans))
        values = [Plan(problem, grid.starts(options)).value for options in plans]
        assert closing.decided(points)[0] == pytest.approx(values, abs=1e-9)
        for point, value in zip(points, values, strict=True):
            assert closing.bound(point, 0)[0] == pytest.approx(value, abs=1e-9)
        for _ in range(8):
            shares = draw.random((len(grid.ids), years)) * draw.integers(0, 2, (len(grid.ids), 1))
            shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1)
            here = grid.started_by(shares.reshape(-1))
            bound, slope = closing.bound(here, 0)
            for point, value in zip(points, values, strict=True):
                compared += 1
                assert bound + slope @ (point - here) >= value - 1e-9
    assert compared > 2000


def plainly(years: int, **parts: object) -> Problem:
    """A problem without limits or rules."""
    start = {"format": "malrett-problem/1", "title": "", "years": [*range(2027, 2027 + years)], "resources": []}
    problem = parse({**start, **parts}).problem
    assert problem is not None
    return problem


def test_needs_that_the_same_initiatives_reach_alike_are_one_term() -> None:
    needs = [{"id": f"n{n}", "points": n + 1.0} for n in range(5)]
    effects = {need["id"]: 0.3 for need in needs}
    initiatives = [{"id": one, "title": "", "theme": "", "effects": effects} for one in "AB"]
    problem = plainly(3, needs=needs, initiatives=initiatives, effect_years=100)
    # One for each plan year; the hundredth year is like the third.
    closing = Closing(problem, Grid(problem))
    assert closing.terms == 3
    assert closing.weight[0] == pytest.approx([15 / 100, 15 / 100, 15 * 98 / 100])


def test_a_need_that_one_initiative_reaches_is_linear() -> None:
    initiatives = [{"id": "A", "title": "", "theme": "", "effects": {"n": 0.3}, "chance": 0.5}]
    problem = plainly(2, needs=[{"id": "n", "points": 100}], initiatives=initiatives)
    closing = Closing(problem, Grid(problem))
    assert closing.terms == 0 and closing.linear[0] == pytest.approx([7.5, 7.5])


def test_local_search_only_climbs_and_stays_within_the_rules() -> None:
    climbed = 0
    for problem in problems("product"):
        grid = Grid(problem)
        near = Neighbourhood(grid, Closing(problem, grid))
        nothing = np.full(len(grid.ids), len(problem.years))
        if near.fits(nothing):
            plan = Plan(problem, grid.starts(near.improve(nothing)))
            before = Plan(problem, {}).value
            assert not plan.broken and plan.value >= before - 1e-12
            climbed += plan.value > before
    assert climbed > 10
