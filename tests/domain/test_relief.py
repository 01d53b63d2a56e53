"""The least changes that make a problem possible, against every set of changes there is on tiny problems."""

from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain import least_relief
from planner.domain.elastic import Elastic
from planner.domain.least_relief import least_reliefs
from planner.domain.portfolio import STAFF
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.domain.relief import Excess, Relief, applied, read_relief
from planner.domain.result_file import read_result
from planner.domain.solver import _look, solve
from tests.domain.brute_force import UNIT, BruteForce, _amount
from tests.domain.random_problems import random_problem

SEEDS = st.integers(0, 10**6)


def normal(rule: dict) -> dict:
    """The order of a list of names, and of the keys, means nothing."""
    return {key: sorted(value) if isinstance(value, list) else value for key, value in sorted(rule.items())}


class EveryRelief:
    """What every plan of a small problem breaks: changes × plans, and by how much each limit is exceeded."""

    def __init__(self, data: dict) -> None:
        brute = BruteForce(data)
        kept = 1 - _amount(data.get("reserve", 0))
        self.limits: dict[tuple[str, int | None], np.ndarray] = {}
        self.shares: dict[tuple[str, int | None], Fraction] = {}
        self.possible = np.ones(len(brute.start), bool)
        for resource in data["resources"]:
            used = brute._use(resource["id"])
            largest = max([_amount(one) for one in resource["limit"] if one is not None], default=Fraction(0))
            cells: list[tuple[int | None, Any, np.ndarray, Fraction]] = [
                (year, limit, used[:, n], largest)
                for n, (year, limit) in enumerate(zip(data["years"], resource["limit"], strict=True))
            ]
            total = resource.get("total_limit")
            cells.append((None, total, used.sum(axis=1), _amount(total or 0)))
            for year, limit, use, of in cells:
                if limit is None:
                    continue
                if kept == 0:
                    self.possible &= use == 0
                    continue
                by = [max(0, ceil(Fraction(int(one), UNIT) / kept - _amount(limit))) for one in use]
                self.limits[resource["id"], year] = np.array(by)
                self.shares[resource["id"], year] = 1 / (of or Fraction(1))
        closed, _ = brute._closed()
        self.rules = {str(normal(rule)): ~brute._rule(rule, closed) for rule in data.get("rules", [])}
        for n, one in enumerate(brute.initiatives):
            early, late = one.get("earliest", data["years"][0]), one.get("latest", data["years"][-1])
            start = brute.start[:, n] + data["years"][0]
            window = {"kind": "windows", "initiative": one["id"]}
            self.rules[str(normal(window))] = (
                ~brute.running[n] & brute.chosen[:, n] & ((start < early) | (start > late))
            )

    def least(self, sort: str) -> tuple[int, Fraction] | None:
        """Fewest changes, and the smallest increase among those that are as few."""
        count, fits = np.zeros(len(self.possible), int), self.possible.copy()
        allowed = []
        for (resource, year), by in self.limits.items():
            if sort == "any" or sort == ("staff" if resource == STAFF else "money"):
                count += by > 0
                allowed.append((by, self.shares[resource, year]))
            else:
                fits &= by == 0
        for broken in self.rules.values():
            if sort in ("any", "rules"):
                count += broken
            else:
                fits &= ~broken
        if not fits.any():
            return None
        fewest = count[fits].min()
        at = np.nonzero(fits & (count == fewest))[0]
        return int(fewest), min(sum((int(by[n]) * share for by, share in allowed), Fraction(0)) for n in at)

    def contains(self, changes: list[dict]) -> np.ndarray:
        """The plans that need all of these changes, by whatever amount."""
        parts = [
            self.rules[str(normal(one["rule"]))] if "rule" in one else self.limits[one["resource"], one["year"]] > 0
            for one in changes
        ]
        return np.all(parts, axis=0)


def cost(relief: Relief, every: EveryRelief) -> tuple[int, Fraction]:
    raised = [one for one in relief.changes if isinstance(one, Excess)]
    return len(relief.changes), sum((one.by * every.shares[one.resource, one.year] for one in raised), Fraction(0))


def changed(data: dict, changes: list[dict]) -> dict:
    """The file with the changes of a result file made, by hand."""
    raised = {(one["resource"], one["year"]): one["by"] for one in changes if "by" in one}
    dropped = [normal(one["rule"]) for one in changes if "rule" in one]
    opened = [rule["initiative"] for rule in dropped if rule["kind"] == "windows"]

    def more(limit: Any, resource: str, year: int | None) -> Any:
        return None if limit is None else float(_amount(limit) + raised.get((resource, year), 0))

    resources = []
    for one in data["resources"]:
        limit = [more(amount, one["id"], year) for amount, year in zip(one["limit"], data["years"], strict=True)]
        resources.append({**one, "limit": limit, "total_limit": more(one.get("total_limit"), one["id"], None)})
    return {
        **data,
        "resources": resources,
        "initiatives": [
            {k: v for k, v in one.items() if k not in ("earliest", "latest")} if one["id"] in opened else one
            for one in data["initiatives"]
        ],
        "rules": [rule for rule in data.get("rules", []) if normal(rule) not in dropped],
    }


def smaller(changes: list[dict]) -> list[list[dict]]:
    """Each change left out, and each amount one lower."""
    found = []
    for n, one in enumerate(changes):
        others = changes[:n] + changes[n + 1 :]
        found.append(others)
        if one.get("by", 1) > 1:
            found.append([*others, {**one, "by": one["by"] - 1}])
    return found


def problem_of(data: dict) -> Problem:
    problem = parse(data).problem
    assert problem is not None
    return problem


def agree(data: dict) -> bool:
    """Every alternative is feasible, minimal and proven so; the first is the least of all; False: not infeasible."""
    problem = parse(data).problem
    if problem is None or BruteForce(data).solve() is not None:
        return False
    reliefs = least_reliefs(problem, _look)
    every = EveryRelief(data)
    if every.least("any") is None:
        assert reliefs == ()
        return True
    assert cost(reliefs[0], every) == every.least("any")
    assert [cost(one, every) for one in reliefs] == sorted(cost(one, every) for one in reliefs)
    for relief in reliefs:
        least = every.least(relief.sort)
        assert least is not None and relief.fewest == (len(relief.changes) == least[0]) and relief.least
        changes = relief.as_json()["changes"]
        assert BruteForce(changed(data, changes)).solve() is not None
        assert all(BruteForce(changed(data, less)).solve() is None for less in smaller(changes))
        assert read_relief(relief.as_json()) == relief
    sets = [{str({**one, "by": 0}) for one in relief.as_json()["changes"]} for relief in reliefs]
    assert not any(one <= other for n, one in enumerate(sets) for m, other in enumerate(sets) if n != m)
    if len(reliefs) < 3:
        # There are no others: whatever is chosen, it takes one of these.
        assert np.any([every.contains(relief.as_json()["changes"]) for relief in reliefs], axis=0)[every.possible].all()
    return True


@settings(max_examples=60, deadline=None, derandomize=True)
@given(SEEDS, st.sampled_from([(3, 2), (4, 2), (3, 3)]))
def test_small_problems_have_their_least_relief(seed: int, size: tuple[int, int]) -> None:
    for further in range(20):
        if agree(random_problem(seed + further, *size)):
            return


def one_limit(**more: Any) -> dict:
    """A costs 7 in 2027 or 2028 and 2 a year after; B costs 3. There are 5 a year, and 2 months of work for 3."""
    return {
        **{"format": "malrett-problem/1", "title": "t", "years": [2027, 2028], "needs": []},
        "resources": [
            {"id": "operating", "unit": "1000 kr", "limit": [5, 5]},
            {"id": "staff", "unit": "månedsverk", "limit": [2, 2]},
        ],
        "initiatives": [
            {"id": "A", "title": "A", "theme": "bolig", "start_cost": {"operating": 7}, "effects": {}},
            {"id": "B", "title": "B", "theme": "arbeid", "start_cost": {"operating": 3, "staff": 3}, "effects": {}},
        ],
        **more,
    }


def told(data: dict) -> list[list[dict]]:
    return [relief["changes"] for relief in solve(problem_of(data)).as_json()["relief"]]


MUST_A, MUST_B = ({"kind": "must", "initiative": one} for one in "AB")


def test_a_dropped_lock_is_less_than_a_raised_limit_and_both_are_told() -> None:
    assert told(one_limit(rules=[MUST_A])) == [
        [{"rule": MUST_A}],
        [{"resource": "operating", "year": 2027, "by": 2}],
        [{"resource": "operating", "year": 2028, "by": 2}],
    ]


def test_what_is_held_back_takes_its_share_of_what_is_added() -> None:
    """7 must fit in 0.8 · limit: 8.75, so the limit of 5 must grow by 3.75, which is 4 whole ones."""
    raised = told(one_limit(rules=[MUST_A], reserve=0.2))[1]
    assert raised == [{"resource": "operating", "year": 2027, "by": 4}]


def test_money_alone_staff_alone_and_a_rule() -> None:
    """Both must start, in different years: A lacks 2 of money, B a month of work. Neither alone would do."""
    found = told(one_limit(rules=[MUST_A, MUST_B]))
    assert len(found) == 3 and {len(changes) for changes in found} == {2}
    assert found[0] == [{"rule": MUST_A}, {"rule": MUST_B}]
    money = told(one_limit(rules=[{**MUST_A, "year": 2027}]))
    assert [{"resource": "operating", "year": 2027, "by": 2}] in money
    staff = solve(problem_of(one_limit(rules=[MUST_B]))).relief
    assert [one.sort for one in staff] == ["any", "staff", "any"]


def test_a_limit_on_all_years_a_window_and_a_rule_about_groups() -> None:
    data = one_limit(rules=[MUST_A, MUST_B, {"kind": "excludes", "of": ["A", "B"]}])
    data["resources"] = [{"id": "operating", "unit": "1000 kr", "limit": [7, 7], "total_limit": 9}]
    data["initiatives"][1] = {**data["initiatives"][1], "start_cost": {"operating": 3}, "latest": 2026}
    found = told(data)
    assert found[0] == [{"rule": MUST_B}]
    assert all(len(changes) > 1 for changes in found[1:])
    parts = [str(change) for changes in found for change in changes]
    assert any("windows" in part for part in parts) or any("excludes" in part for part in parts)


def test_the_second_try_with_the_changes_made_has_a_plan_and_the_result_reads_back() -> None:
    problem = problem_of(one_limit(rules=[MUST_A, MUST_B]))
    result = solve(problem)
    assert read_result(result.as_json(), problem).relief == result.relief
    for relief in result.relief:
        assert solve(applied(problem, relief.changes)).status == "optimal"


def test_a_rule_listed_twice_is_dropped_with_its_equal() -> None:
    problem = problem_of(one_limit(rules=[MUST_A, MUST_A]))
    relief = solve(problem).relief[0]
    assert len(relief.changes) == 1 and applied(problem, relief.changes).rules == ()


def test_where_all_of_a_limit_is_held_back_no_amount_would_do() -> None:
    assert told(one_limit(rules=[MUST_A], reserve=1)) == [[{"rule": MUST_A}]]


def test_what_is_not_worked_out_is_not_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = problem_of(one_limit(rules=[MUST_A, MUST_B]))
    assert least_reliefs(problem, _look, lambda: 0.0) == ()
    unsure = least_reliefs(problem, lambda _: (None, False))
    assert unsure and not any(relief.least for relief in unsure)
    assert all(relief.least for relief in least_reliefs(problem, _look))
    monkeypatch.setattr("planner.domain.elastic.SECONDS", 0.0)
    assert least_reliefs(problem, _look) == ()


def test_a_plan_found_with_less_takes_the_place_of_what_the_model_said() -> None:
    """The solver's word is not enough: here it says three too many."""
    problem = problem_of(one_limit(rules=[{**MUST_A, "year": 2027}]))
    found = Elastic(problem).least("money")
    assert found is not None and found.changes == (Excess("operating", 2027, 2),)
    too_much = replace(found, changes=(Excess("operating", 2027, 5),))
    relief = least_relief._settled(problem, too_much, "money", _look, lambda: 1.0)
    assert relief == Relief(found.changes, "money", fewest=True, least=True)
