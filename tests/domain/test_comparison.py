"""Plans side by side: the figures are each plan's own, and only what differs is marked."""

from dataclasses import replace

import pytest

from planner.domain.comparison import compare, facts
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse
from tests.domain import random_problems


def plans(seed: int = 3) -> tuple[Plan, Plan]:
    problem = parse(random_problems.random_problem(seed, 4, 2)).problem
    assert problem is not None
    free = [i.id for i in problem.initiatives if i.started is None]
    return Plan(problem, {free[0]: 2027, free[1]: 2027}), Plan(problem, {free[0]: 2027, free[1]: 2028, free[2]: 2027})


@pytest.mark.parametrize("seed", range(20))
def test_what_differs_is_marked_and_stands_first(seed: int) -> None:
    one, other = plans(seed)
    found = compare([one, other])
    assert found.same_points and [f.value for f in found.facts] == [one.value, other.value]
    differing = {line.initiative for line in found.lines if line.differs}
    every = set(one.starts) | set(other.starts)
    assert {line.initiative for line in found.lines} == every
    assert differing == {i for i in every if one.starts.get(i) != other.starts.get(i)}
    assert [line.differs for line in found.lines] == sorted((line.differs for line in found.lines), reverse=True)


def test_sums_are_those_of_the_plan() -> None:
    one, _ = plans()
    seen = facts(one)
    assert sum(closed for closed, _ in seen.segments.values()) <= one.value + 1e-9
    assert seen.used == {r: float(sum(years, 0)) for r, years in one.used.items()}
    assert seen.initiatives == len(one.starts)


def test_other_needs_or_another_horizon_are_not_compared() -> None:
    one, other = plans(next(s for s in range(20) if plans(s)[0].problem.needs))
    doubled = tuple(replace(need, points=need.points * 2 + 1) for need in one.problem.needs)
    assert not compare([one, Plan(replace(one.problem, needs=doubled), other.starts)]).same_points
    longer = replace(one.problem, effect_years=one.problem.horizon + 1)
    assert not compare([one, Plan(longer, other.starts)]).same_points
