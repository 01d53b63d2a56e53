"""Why not: each reason by hand, on problems of a few initiatives."""

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.basis import LeftOut
from planner.domain.initiatives import Initiative
from planner.domain.left_out import amounts_to, left_out, stopper, unreached
from planner.domain.limits import Resource
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_needs import Need
from planner.domain.roadmap import legs, spots
from planner.domain.rules import Follows, MustNot, RequiresAll, RequiresAny, Rule
from planner.domain.rules_groups import AtMost, Excludes, Together

YEARS = (2027, 2028)
NEEDS = (
    Need("a/unge", 60.0, "a", "unge", "arbeid"),
    Need("b/unge", 30.0, "b", "unge", "bolig"),
    Need("c/unge", 10.0, "c", "unge", "natur"),
)


def initiative(id_: str, yearly: int = 100, need: str = "a/unge", **more: Any) -> Initiative:
    given = {"title": id_, "theme": "arbeid", "effects": {need: 0.5}, "yearly_cost": {"operating": yearly}}
    return Initiative(id=id_, **{**given, **more})


def problem(*initiatives: Initiative, rules: tuple[Rule, ...] = (), limit: Any = (200, 200)) -> Problem:
    return Problem("Prøve", YEARS, NEEDS, (Resource("operating", "1000 kr", limit),), initiatives, rules)


X, Y = initiative("X"), initiative("Y", need="b/unge")


def why(asked: Problem, starts: dict[str, int]) -> LeftOut:
    (reason,) = left_out(Plan(asked, starts))
    return reason


@pytest.mark.parametrize(
    ("rule", "starts", "reason", "other"),
    [
        (MustNot("Y"), {"X": 2027}, "must_not", ()),
        (Excludes(("X", "Y")), {"X": 2027}, "excludes", ("X",)),
        (Follows("Y", ("bolig",)), {"X": 2027}, "follows", ("bolig",)),
        (AtMost(1, theme="arbeid"), {"X": 2027}, "at_most", ("arbeid",)),
    ],
)
def test_a_decision_or_a_rule_comes_first(rule: Rule, starts: dict[str, int], reason: str, other: tuple[str]) -> None:
    found = why(problem(X, Y, rules=(rule,)), starts)
    assert (found.code, found.reason, found.other) == ("Y", reason, other)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (RequiresAll("Y", ("X", "Z")), "requires_all"),
        (RequiresAny("Y", ("Z",)), "requires_any"),
        (Together(("Y", "Z")), "together"),
    ],
)
def test_what_it_hangs_on_is_named(rule: Rule, reason: str) -> None:
    found = left_out(Plan(problem(X, Y, initiative("Z"), rules=(rule,)), {"X": 2027}))
    assert [(one.reason, one.other) for one in found if one.code == "Y"] == [(reason, ("Z",))]


def test_one_of_several_prerequisites_is_enough() -> None:
    asked = problem(X, Y, initiative("Z"), rules=(RequiresAny("Y", ("X", "Z")), MustNot("Z")), limit=(100, 150))
    assert {one.code: one.reason for one in left_out(Plan(asked, {"X": 2027}))} == {"Y": "no_room", "Z": "must_not"}


def test_no_year_to_start_in() -> None:
    assert why(problem(X, replace(Y, earliest=2035)), {"X": 2027}).reason == "window"


def test_waiting_for_one_that_starts_too_late() -> None:
    asked = problem(X, replace(Y, latest=2027), rules=(RequiresAll("Y", ("X",)),))
    found = why(asked, {"X": 2028})
    assert (found.reason, found.other) == ("too_late", ("X",))


def test_no_room_names_the_spot_of_the_start_that_comes_nearest() -> None:
    """X leaves 0 in 2027 and 70 in 2028: Y overruns 2027 by 100 of 100, 2028 by 30 of 170."""
    found = why(problem(X, Y, limit=(100, 170)), {"X": 2027})
    assert found == LeftOut(
        code="Y", reason="no_room", start=2028, resource="operating", year=2028, takes=100.0, left=70.0
    )


def test_more_than_the_whole_frame() -> None:
    found = why(problem(X, replace(Y, yearly_cost={"operating": 500}), limit=(150, 170)), {"X": 2027})
    assert (found.reason, found.takes, found.left) == ("never_fits", 500.0, 170.0)


def test_what_runs_already_is_no_part_of_the_frame() -> None:
    """The frame is 200, of which 120 runs: 100 does not fit whatever is chosen."""
    running = replace(initiative("R", 120), started=2025)
    found = why(problem(running, Y), {})
    assert (found.reason, found.left) == ("never_fits", 80.0)


def test_nothing_left_to_close() -> None:
    whole = replace(X, effects={"a/unge": 1.0})
    assert why(problem(whole, initiative("Z")), {"X": 2027}).reason == "no_effect"


def test_room_and_effect_says_that_the_plan_is_not_proven() -> None:
    found = why(problem(X, Y), {"X": 2027})
    assert (found.reason, found.start, found.adds) == ("fits", 2027, pytest.approx(15.0))


def test_a_reason_by_hand_amounts_to_one_of_those_that_solving_tells_apart() -> None:
    def short(reason: Any, resource: str = "") -> str:
        return amounts_to(LeftOut(code="X", reason=reason, resource=resource))

    assert [short("no_room", "operating"), short("never_fits", "staff")] == ["money", "staff"]
    assert [short("must_not"), short("no_effect"), short("fits")] == ["rule", "effect", "effect"]
    assert {short(one) for one in ("window", "excludes", "requires_any", "together", "too_late")} == {"conflict"}


def test_the_spot_that_stops_most() -> None:
    asked = problem(X, Y, initiative("Z", 150), initiative("W", 60, need="b/unge"), limit=(100, 110))
    found = left_out(Plan(asked, {"X": 2027}))
    assert {one.code: one.year for one in found} == {"W": 2028, "Y": 2028, "Z": 2028}
    assert stopper(found) == ("operating", 2028, 3)
    assert stopper(()) is None


def test_needs_that_nobody_reaches_and_needs_that_others_decide_on() -> None:
    plan = Plan(problem(X, Y, initiative("Z", need="c/unge")), {})
    found = unreached(plan, {"Y": "fylke", "Z": "kommune", "X": "stat"})
    assert [(one.statement, one.reason, one.points) for one in found] == [
        ("a", "others_decide", 60.0),
        ("b", "others_decide", 30.0),
        ("c", "not_chosen", 10.0),
    ]
    assert [one.reason for one in unreached(Plan(problem(X), {"X": 2027}), {})] == ["no_initiative", "no_initiative"]


def test_a_leg_costs_and_adds_what_it_does_alone() -> None:
    """X and Z both halve a: together 45 of 60 in both years; either adds 15."""
    plan = Plan(
        problem(X, initiative("Z", 30), replace(initiative("R", 1, "b/unge"), started=2020)), dict(X=2027, Z=2028)
    )
    rows = {leg.id: leg for leg in legs(plan)}
    assert [leg.id for leg in legs(plan)] == ["R", "X", "Z"]
    assert (rows["X"].money, rows["Z"].money, rows["R"].adds) == (200, 30, None)
    # Without Z: 30 each year. With it 30 and 45: 7.5 more in the mean. Without X: 0 and 30.
    assert rows["Z"].adds == pytest.approx(7.5)
    assert rows["X"].adds == pytest.approx((30 + 45) / 2 - (0 + 30) / 2)
    assert [(spot.used, spot.share) for spot in spots(plan)] == [(101, 0.505), (131, 0.655)]
