"""The draws of a job: the same whoever solves them, told in batches, ended when more would change nothing."""

from math import inf
from typing import Any

import pytest

from planner import robustness
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.robust import GAP, draw
from planner.domain.solver import draw_resolver, resolver
from planner.domain.spread import Spread, drawn, usual
from planner.robustness import practised, robust_request, solve_draws
from planner.work import KINDS
from tests.domain.test_solver import portfolio


def posed(size: int = 8) -> tuple[Problem, Plan]:
    problem = parse(portfolio(size)).problem
    assert problem is not None
    shown = resolver(problem, gap=GAP).first.plan
    assert shown is not None
    return problem, shown


def request(draws: int, **more: Any) -> dict[str, Any]:
    facts = portfolio(8)
    _, shown = posed()
    starts = dict(shown.starts)
    return {"problem": facts, "starts": starts, "together": [], "seed": 1, "draws": draws, "processes": 1} | more


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every report of the job."""
    reports: list[dict[str, Any]] = []
    monkeypatch.setattr("planner.robustness.child.report", reports.append)
    return reports


def test_a_draw_is_its_own_whatever_is_solved_beside_it_and_by_how_many() -> None:
    problem, shown = posed()
    spread = usual(problem)
    learnt = practised(problem, shown, spread, 1, 1, inf)
    again = practised(problem, shown, spread, 1, 2, inf)
    assert learnt is not None and again is not None
    assert (learnt.cost == again.cost).all() and (learnt.count == again.count).all()
    together = solve_draws(problem, shown, spread, 1, range(6), 2, inf, learnt)
    alone = [solve_draws(problem, shown, spread, 1, [number], 1, inf, again)[0] for number in (5, 2, 0, 4, 1, 3)]
    assert together == sorted(alone, key=lambda one: one.number)


def test_a_draw_is_within_the_gap_of_a_search_that_knows_nothing() -> None:
    problem, shown = posed()
    spread = usual(problem)
    learnt = practised(problem, shown, spread, 1, 1, inf)
    for number in range(12):
        changed = drawn(problem, spread, 1, number)
        best = resolver(changed, gap=1e-6).first.plan
        found = draw_resolver(changed, gap=GAP, known=[shown.starts], learnt=learnt).first
        assert best is not None and found.plan is not None and found.bound is not None and found.proven
        assert found.plan.value >= best.value * (1 - GAP) - 1e-9 and found.bound >= best.value - 1e-6
        assert found.bound - found.plan.value <= GAP * found.bound + 1e-9
        # Nor does it need a plan to begin with.
        without = draw(problem, shown, spread, 1, number, lambda p, known: draw_resolver(p, gap=GAP, known=()))
        assert without is not None and without.gap <= GAP + 1e-9


def test_it_is_told_in_batches_and_the_last_report_is_the_answer(told: list[dict[str, Any]]) -> None:
    answer = robust_request(request(50), 60)
    assert [len(one["draws"]) for one in told] == [20, 40, 50] and {one["of"] for one in told} == {50}
    assert answer == told[-1]
    # A job that is stopped keeps what it told last.
    assert KINDS["robust"].cut_short(request(50), told[0]) == told[0]


def test_it_ends_when_more_draws_would_change_nothing_that_is_shown(
    told: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Known estimates: every share is 0 or 1, and its interval is three points wide to one side of 62 draws or so.
    monkeypatch.setattr(robustness, "usual", lambda problem: Spread())
    assert len(robust_request(request(385), 60)["draws"]) == 80
    assert [len(one["draws"]) for one in told] == [20, 40, 60, 80]


def test_it_ends_when_time_is_up(told: list[dict[str, Any]]) -> None:
    assert robust_request(request(385), 0) == {"draws": [], "of": 385} and len(told) == 1


def test_a_panel_is_asked_where_there_was_one(told: list[dict[str, Any]]) -> None:
    facts = portfolio(8)
    for need in facts["needs"]:
        need["statement"] = need["id"]
    one = facts["initiatives"][0]
    need = next(iter(one["effects"]))
    answers = [
        robust_request(request(20, problem=facts, raters=raters, reach=None), 60)["draws"]
        for raters in (None, {}, {one["id"]: {need: [0.0, 0.0, 0.95, 0.95]}})
    ]
    assert answers[0] == answers[1] != answers[2]
