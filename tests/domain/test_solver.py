"""Is it the best plan, is it the same plan every time, and does an unfinished answer look unfinished?

Thousands of small problems against every plan there is; the arithmetic of the method by hand; awkward numbers.
"""

import json
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.domain.portfolio import Result
from planner.domain.problem_file import parse, problem_sha256
from planner.domain.solver import Progress, solve
from tests.domain.brute_force import BruteForce
from tests.domain.random_problems import random_problem

SEEDS = st.integers(0, 2**32 - 1)


def settings_for(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def problem_of(data: dict):
    reading = parse(data)
    assert reading.problem is not None, reading.findings
    return reading.problem


def answer(data: dict, **options: object) -> Result:
    return solve(problem_of(data), **options)


def agree(data: dict) -> None:
    """Status, value, set and years are those of the best of all plans, by the tie order."""
    best, result = BruteForce(data).solve(), answer(data, with_relief=False)
    if best is None:
        assert result.status == "infeasible" and result.plan is None and result.bound is None
        assert result.findings and all(finding.severity == "error" for finding in result.findings)
        return
    assert result.status == "optimal" and result.plan is not None
    assert result.value == pytest.approx(best["value"], abs=1e-9 * max(1, best["best"]))
    assert dict(result.plan.starts) == best["chosen"]
    assert result.gap == 0 and not result.plan.broken


@settings_for(2000)
@given(SEEDS, st.integers(0, 6), st.integers(1, 3))
def test_small_problems_against_every_plan_there_is(seed: int, initiatives: int, years: int) -> None:
    agree(random_problem(seed, initiatives, years))


@settings_for(100)
@given(SEEDS)
def test_nine_initiatives_in_three_years_against_every_plan_there_is(seed: int) -> None:
    agree(random_problem(seed, 9, 3))


@pytest.mark.slow
@settings_for(10_000)
@given(SEEDS, st.integers(0, 6), st.integers(1, 3))
def test_ten_thousand_small_problems(seed: int, initiatives: int, years: int) -> None:
    agree(random_problem(seed, initiatives, years))


@settings_for(200)
@given(SEEDS, st.integers(1, 6), st.sampled_from((0.001, 0.05, 0.5)))
def test_above_gap_0_the_plan_is_within_the_gap_of_the_best(seed: int, initiatives: int, gap: float) -> None:
    data = random_problem(seed, initiatives, 3)
    best, result = BruteForce(data).solve(), answer(data, gap=gap, with_relief=False)
    assert (best is None) == (result.status == "infeasible")
    if best is not None:
        assert result.status == "optimal" and result.plan is not None and not result.plan.broken
        assert result.bound is not None and result.gap is not None and result.gap <= gap
        assert result.bound >= best["best"] - 1e-7 * max(1, best["best"])


def shuffled(data: dict, seed: int) -> dict:
    """The same problem with its rows in another order."""
    r = Random(seed)

    def mixed(rows: list) -> list:
        return r.sample(rows, len(rows))

    other = dict(mixed(list(data.items())))
    for part in ("needs", "resources", "initiatives", "rules"):
        other[part] = [dict(mixed(list(row.items()))) for row in mixed(data[part])]
    for rule in other["rules"]:
        for key in {"of", "themes"} & rule.keys():
            rule[key] = mixed(rule[key])
    for initiative in other["initiatives"]:
        initiative["effects"] = dict(mixed(list(initiative["effects"].items())))
    return other


@pytest.mark.parametrize("seed", [3, 5003, 8])
def test_twenty_row_orders_give_one_plan_and_one_hash(seed: int) -> None:
    data = random_problem(seed, 9, 3)
    answers = set()
    for order in range(20):
        problem = problem_of(shuffled(data, order))
        result = solve(problem)
        starts = tuple(result.plan.starts.items()) if result.plan else None
        answers.add((problem_sha256(problem), starts, result.value))
    assert len(answers) == 1


def portfolio(budget: float, closure: str = "product") -> dict:
    """Needs (38, 31); effects (.30, 0), (.20, .10), (0, .25); costs 4, 3, 3."""
    rows = [("1", 4, {"a": 0.3}), ("2", 3, {"a": 0.2, "b": 0.1}), ("3", 3, {"b": 0.25})]
    return {
        **{"format": "malrett-problem/1", "title": "t", "years": [2027], "closure": closure},
        "needs": [{"id": "a", "points": 38}, {"id": "b", "points": 31}],
        "resources": [{"id": "money", "unit": "kr", "limit": [budget]}],
        "initiatives": [
            {"id": one, "title": one, "theme": "t", "start_cost": {"money": cost}, "effects": effects}
            for one, cost, effects in rows
        ],
    }


@pytest.mark.parametrize(
    ("budget", "closure", "chosen", "value"),
    [
        (6, "product", "23", 17.675),
        (6, "capped", "23", 18.45),
        (6, "max", "23", 15.35),
        (7, "product", "12", 19.82),
        (7, "capped", "12", 22.10),
        (7, "max", "13", 19.15),
        (10, "product", "123", 26.795),
        (10, "capped", "123", 29.85),
        # All three would close no more than these two do, and cost more.
        (10, "max", "13", 19.15),
    ],
)
def test_three_initiatives_by_hand(budget: int, closure: str, chosen: str, value: float) -> None:
    result = answer(portfolio(budget, closure))
    assert result.plan is not None and "".join(result.plan.starts) == chosen
    assert result.value == pytest.approx(value, abs=1e-9)


def test_equals_are_told_apart_by_cost_then_staff_then_number_then_lowest_id_then_year() -> None:
    data = portfolio(100)
    data["resources"].append({"id": "staff", "unit": "mnd", "limit": [None]})
    same = {"title": "", "theme": "t", "effects": {"a": 0.5}}
    data["rules"] = [{"kind": "excludes", "of": ["b", "c", "d", "e"]}]

    def chosen(**costs: dict) -> str:
        data["initiatives"] = [{"id": one, **same, "start_cost": cost} for one, cost in costs.items()]
        data["rules"] = [{"kind": "at_most", "count": 1, "of": list(costs)}]
        result = answer(data)
        assert result.plan is not None
        return "".join(result.plan.starts)

    assert chosen(b={"money": 5}, c={"money": 4}) == "c"
    assert chosen(b={"money": 4, "staff": 3}, c={"money": 5, "staff": 2}) == "b"
    assert chosen(b={"money": 4, "staff": 3}, c={"money": 4, "staff": 2}) == "c"
    assert chosen(b={"money": 4}, c={"money": 4}) == "b"


def test_of_equals_the_fewest_initiatives_are_chosen_and_then_the_earliest_years() -> None:
    """One that does what two others do, at their price, comes before them; what does nothing begins at once."""
    data = portfolio(4)
    rows = [("b", 2, {"a": 0.5}), ("c", 2, {"b": 0.5}), ("d", 4, {"a": 0.5, "b": 0.5})]
    data["initiatives"] = [
        {"id": one, "title": one, "theme": "t", "start_cost": {"money": cost}, "effects": effects}
        for one, cost, effects in rows
    ]
    found = answer(data).plan
    assert found is not None and list(found.starts) == ["d"]
    data = portfolio(4)
    data["years"], data["resources"][0]["limit"] = [2027, 2028, 2029], [4, 4, 4]
    data["initiatives"] = [{"id": "b", "title": "b", "theme": "t", "start_cost": {"money": 4}, "effects": {}}]
    data["rules"] = [{"kind": "must", "initiative": "b"}]
    found = answer(data).plan
    assert found is not None and dict(found.starts) == {"b": 2027}


def test_a_limit_holds_to_the_last_krone_also_where_a_float_cannot_see_it() -> None:
    data = portfolio(3_000_000_000_000_000)
    for initiative, cost in zip(data["initiatives"], (1_500_000_000_000_000, 1_500_000_000_000_001, 1), strict=True):
        initiative["start_cost"] = {"money": cost}
    assert answer(data).plan is not None
    assert list(answer(data).plan.starts) == ["1", "3"]  # type: ignore[union-attr]
    agree_value = 38 * 0.3 + 31 * 0.25
    assert answer(data).value == pytest.approx(agree_value)
    data["resources"][0]["limit"] = [3_000_000_000_000_002]
    assert list(answer(data).plan.starts) == ["1", "2", "3"]  # type: ignore[union-attr]


def test_tenths_add_up_as_people_add_them() -> None:
    data = portfolio(0.3)
    for initiative in data["initiatives"]:
        initiative["start_cost"] = {"money": 0.1}
    assert len(answer(data).plan.starts) == 3  # type: ignore[union-attr]


@pytest.mark.parametrize("effect", [1e-3, 1e-6, 1e-9, 1e-12, 1.0])
@pytest.mark.parametrize("points", [1e-6, 1.0, 1e9])
def test_sizes_from_next_to_nothing_to_everything(effect: float, points: float) -> None:
    data = portfolio(7)
    for need in data["needs"]:
        need["points"] *= points
    for initiative in data["initiatives"]:
        initiative["effects"] = {need: effect * share for need, share in initiative["effects"].items()}
    best, result = BruteForce(data).solve(), answer(data)
    assert best is not None and result.plan is not None
    assert dict(result.plan.starts) == best["chosen"]


def test_effects_counted_for_a_thousand_years_cost_no_more() -> None:
    data = portfolio(7) | {"effect_years": 1_000_000}
    for initiative in data["initiatives"]:
        initiative["delay"] = 10
    result = answer(data)
    assert result.value == pytest.approx(19.82 * (1 - 1e-5))


def test_nothing_to_choose_between_is_a_plan_and_not_a_crash() -> None:
    data = portfolio(7) | {"initiatives": [], "needs": [], "resources": []}
    result = answer(data)
    assert (result.status, result.value, result.bound) == ("optimal", 0.0, 0.0)
    assert result.as_json()["chosen"] == []


def test_what_runs_is_in_the_plan_and_uses_its_share() -> None:
    data = portfolio(7)
    data["initiatives"][0] |= {"started": 2020, "yearly_cost": {"money": 2}}
    result = answer(data)
    # 1 closes 30 % of a already: 2 would add 38 · 0.7 · 0.2 + 31 · 0.1 = 8.42, 3 only 31 · 0.25 = 7.75.
    assert result.plan is not None and result.plan.starts == {"1": 2020, "2": 2027}
    assert result.value == pytest.approx(38 * 0.3 + 8.42)
    assert result.as_json()["used"] == {"money": [5]}


# Infeasible, stopped


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ([{"kind": "must", "initiative": "1", "year": 2030}], "impossible_must"),
        ([{"kind": "must", "initiative": "1"}, {"kind": "must", "initiative": "2"}], "impossible_limit_with_locks"),
        ([{"kind": "at_least", "count": 4, "theme": "t"}], "impossible_at_least"),
        ([{"kind": "need_floor", "of": ["a"], "share": 0.9}], "impossible_need_floor"),
        (
            [
                *({"kind": "must", "initiative": one} for one in "23"),
                {"kind": "excludes", "of": ["2", "3"]},
            ],
            "impossible_excludes_with_locks",
        ),
        (
            [
                *({"kind": "must", "initiative": "3"}, {"kind": "must_not", "initiative": "2"}),
                {"kind": "requires_all", "initiative": "3", "of": ["2"]},
            ],
            "impossible_requires_all_with_locks",
        ),
        ([{"kind": "at_least", "count": 3, "theme": "t"}], "impossible_together"),
    ],
)
def test_an_infeasible_problem_names_what_cannot_hold(rules: list[dict], code: str) -> None:
    result = answer(portfolio(6) | {"rules": rules})
    assert result.status == "infeasible" and code in {finding.code for finding in result.findings}
    facts = result.as_json()
    assert (facts["value"], facts["bound"], facts["chosen"]) == (None, None, [])


def test_a_must_that_costs_more_than_a_limit_is_named() -> None:
    result = answer(portfolio(3) | {"rules": [{"kind": "must", "initiative": "1"}]})
    (finding,) = [f for f in result.findings if f.code == "impossible_must_over_limit"]
    assert dict(finding.details) == {"resource": "money", "year": "2027", "initiative": "1"}


def hard() -> dict:
    """Too much to prove in a moment: many initiatives of nearly equal worth."""
    r = Random(1)
    data = random_problem(1, 0, 3)
    needs = [{"id": f"n{n}", "points": r.randint(1, 99)} for n in range(40)]
    resources = [
        {"id": "money", "unit": "kr", "limit": [500, 500, 500]},
        {"id": "staff", "unit": "m", "limit": [300] * 3},
    ]
    initiatives = [
        {
            **{"id": f"T{n}", "title": "", "theme": "t"},
            "effects": {need["id"]: r.randint(1, 30) / 100 for need in r.sample(needs, 6)},
            "start_cost": {"money": r.randint(50, 99), "staff": r.randint(30, 60)},
            "yearly_cost": {"money": r.randint(5, 30)},
        }
        for n in range(60)
    ]
    return {**data, "needs": needs, "resources": resources, "initiatives": initiatives, "rules": []}


def test_a_stopped_solve_is_best_found_with_its_bound_and_never_optimal() -> None:
    ticks = count()
    result = answer(hard(), gap=0, time_limit=60, clock=lambda: float(next(ticks)))
    assert result.status == "best_found"
    assert result.plan is not None and not result.plan.broken and result.plan.starts
    assert result.bound is not None and result.bound > result.plan.value
    assert result.gap == (result.bound - result.plan.value) / result.bound


def test_a_hard_problem_is_handed_on_and_comes_back_within_its_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tree gives up after so many masks; whole plans then settle it, or the tree takes up again from theirs."""
    monkeypatch.setattr("planner.domain.search.FIRST_NODES", 5)
    for gap in (0.05, 0.02):
        result = answer(hard(), gap=gap)
        assert result.status == "optimal" and result.gap is not None and 0 <= result.gap <= gap
        assert result.plan is not None and not result.plan.broken
    data = random_problem(5003, 9, 3)
    monkeypatch.setattr("planner.domain.search.FIRST_NODES", 1)
    agree(data)


def test_stopped_before_any_plan_is_unknown_and_shows_no_plan() -> None:
    ticks = count()
    data = hard() | {"rules": [{"kind": "at_least", "count": 9, "theme": "t"}]}
    result = answer(data, time_limit=0, clock=lambda: float(next(ticks)))
    assert result.status == "unknown"
    assert "chosen" not in result.as_json() and result.as_json()["value"] is None


def test_progress_tells_bound_and_plan_and_can_stop() -> None:
    seen: list[Progress] = []
    ticks = count()

    def watch(progress: Progress) -> bool:
        seen.append(progress)
        return len(seen) == 30

    result = answer(hard(), on_progress=watch, clock=lambda: float(next(ticks)))
    assert result.status == "best_found" and len(seen) == 30
    last = seen[-1]
    assert last.bound is not None and last.value is not None and last.bound >= last.value
    assert last.chosen is not None and last.stage == "value"
    values = [progress.value for progress in seen if progress.value is not None]
    assert values == sorted(values)


def test_a_result_is_json_to_the_last_number() -> None:
    result = answer(portfolio(7))
    facts = json.loads(json.dumps(result.as_json(), allow_nan=False))
    assert set(facts) == {
        *("format", "status", "value", "bound", "gap", "chosen", "used", "value_by_year", "closed", "after"),
        *("relief", "findings", "problem_sha256", "program", "solver", "seconds"),
    }
    assert facts["solver"]["name"] == "HiGHS" and facts["solver"]["version"]
