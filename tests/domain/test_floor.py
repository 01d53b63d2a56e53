"""What a floor costs, against every plan there is; what some floors say of others; the most there can be."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from planner.domain.floor import At, Highest, Price, Prices, Side, opened, priced, with_highest
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import canonical, parse
from planner.domain.rules_groups import NeedFloor
from planner.domain.solver import resolver
from tests.domain import random_problems
from tests.domain.brute_force import BruteForce

GAP = 1e-7


def ask(changed, *, known=(), at_most=float("inf")):
    return resolver(changed, gap=GAP, known=known, at_most=at_most)


def some(seed: int) -> tuple[Problem, Side, Plan] | None:
    """A problem with needs, one of its groups, and its best plan."""
    r = random.Random(seed)
    facts = random_problems.random_problem(seed, r.randint(2, 4), 2)
    facts.pop("weights", None)
    problem = parse(facts).problem
    assert problem is not None
    groups = sorted({need.segment for need in problem.needs if need.points > 0 and need.segment})
    plan = resolver(problem, gap=0).first.plan
    return (problem, Side("segment", r.choice(groups)), plan) if groups and plan else None


CASES = [seed for seed in range(30) if some(seed)]


@pytest.mark.parametrize("seed", CASES)
def test_prices_and_the_most_there_can_be_are_those_of_every_plan(seed: int) -> None:
    case = some(seed)
    assert case is not None
    problem, side, plan = case
    prices = with_highest(opened(side, plan), problem, ask)
    truth = BruteForce(canonical(side.alone(problem))).solve()
    there = sum(need.points for need in problem.needs if need.segment == side.group)
    assert truth is not None and prices.highest is not None
    assert prices.highest.reached == pytest.approx(truth["best"] / there, abs=1e-6)
    for share in (0.0, 0.05, 0.2, 0.4, 0.8):
        prices = priced(prices, problem, share, ask)
        floored = BruteForce(canonical(side.problem(problem, share))).solve()
        known = prices.at(share)
        if floored is None:
            assert known == At(impossible=True)
        else:
            assert known.price is not None and known.price.value == pytest.approx(floored["best"], rel=1e-6, abs=1e-9)
            assert known.price.reached >= share - 1e-9
            assert not Plan(side.problem(problem, share), known.price.starts).broken
    # A floor never gains points, and a higher one never costs less.
    values = [one.value for one in prices.listed if one.value is not None and one.floor >= prices.shown.floor]
    assert all(less <= more + 1e-6 for more, less in pairwise([plan.value, *values]))
    assert Prices.from_document(prices.to_document()) == prices


def test_the_floor_that_is_there_gives_way() -> None:
    facts = random_problems.random_problem(3, 3, 2)
    problem = parse(facts).problem
    assert problem is not None
    side = Side("segment", "ung")
    rules = (NeedFloor(0.3, segment="ung"), NeedFloor(0.1, segment="voksen"))
    floored = replace(problem, rules=rules)
    assert side.own_floor(floored) == 0.3
    assert {rule.share for rule in side.problem(floored, 0.2).rules} == {0.2, 0.1}
    assert side.problem(floored, 0.0).rules == (rules[1],)


# --- What some floors say of others, by hand -------------------------------------------------------------------------


def prices(*listed: Price) -> Prices:
    shown = Price(0.0, 0.10, 10.0, 10.0, True, {"A": 2027})
    return Prices(Side("segment", "unge"), shown, (shown, *listed), Highest(0.30, 0.31, {"B": 2027}))


def test_a_plan_is_the_best_up_to_what_it_reaches_and_in_between_the_price_lies_between() -> None:
    dear = Price(0.20, 0.24, 8.0, 8.1, True, {"B": 2027})
    found = prices(dear)
    assert found.at(0.07).price == found.shown and found.at(0.10).price == found.shown
    assert found.at(0.22).price == dear
    assert found.at(0.15) == At(low=0.0, high=2.0)
    low = found.at(0.27)
    assert low.price is None and low.low == pytest.approx(1.9) and low.high is None
    assert found.at(0.32).impossible and not found.at(0.305).impossible
    none = found.with_price(Price(0.29, 0.0, None, None, True, {}))
    assert none.at(0.30).impossible


def test_a_plan_of_a_higher_floor_stands_in_where_it_is_worth_more() -> None:
    found = prices(Price(0.15, 0.16, 8.0, 8.1, True, {"C": 2027})).with_price(
        Price(0.20, 0.24, 8.05, 8.1, True, {"B": 2027})
    )
    assert [(one.floor, one.value, one.reached) for one in found.listed[1:]] == [(0.15, 8.05, 0.24), (0.2, 8.05, 0.24)]
    assert [one.bound for one in found.listed] == [10.0, 8.1, 8.1]


def test_the_levels_are_even_steps_that_can_be_kept() -> None:
    assert prices().levels() == (0.14, 0.18, 0.22, 0.26, 0.30)
    near = replace(prices(), highest=Highest(0.113, 0.113, {}))
    assert near.levels() == (0.102, 0.105, 0.107, 0.11, 0.113)
    nothing_more = replace(prices(), highest=Highest(0.10, 0.10, {}))
    assert nothing_more.levels() == ()
    floored = replace(prices(), shown=replace(prices().shown, floor=0.1))
    assert floored.levels()[0] == 0.0
    # One can choose from what is closed already to the most there can be; below a floor that is there too.
    assert prices().range() == (0.01, 0.1, 0.31) and near.range() == (0.001, 0.1, 0.113)
    assert replace(near, highest=Highest(0.113, 0.114, {})).range() == (0.001, 0.1, 0.113)
    assert Highest(0.1386, 0.1387, {}).promised == 0.138 and Highest(0.3, 0.3, {}).promised == 0.3
    assert floored.range() == (0.01, 0.01, 0.31) and nothing_more.range()[1:] == (0.1, 0.1)
