"""The frame: what it may hold, how it is typed, which problem it makes, and what it cannot ask for."""

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from planner.domain.candidates import Candidate
from planner.domain.freed import Freed
from planner.domain.needs import Need
from planner.domain.problem import Problem
from planner.domain.question import pose, question_findings
from planner.domain.rules import Follows, Must, MustNot, RequiresAll
from planner.domain.rules_groups import AtLeast, Excludes, NeedFloor
from planner.domain.settings import PortfolioSettings, Wish, usual_settings
from planner.domain.settings_typed import as_typed, read_settings
from planner.domain.typed import Refused
from tests.portfolio_case import CANDIDATES, FREED, SETTINGS

NEEDS = (
    Need("jobb", "unge", "arbeid", 50, 40.0),
    Need("jobb", "voksne", "arbeid", 25, 20.0),
    Need("bolig", "unge", "bolig", 25, 20.0),
    Need("treff", "voksne", "sosialt_miljo", 25, 20.0),
)
WISHED = replace(
    SETTINGS,
    wishes={"J1": Wish("must", 2028, 2028), "B1": Wish("must_not")},
    factor_floors={"bolig": Fraction(1, 10)},
    segment_floors={"unge": Fraction(1, 5)},
    counts={"bolig": 1},
    reserve=Fraction(1, 10),
)


def posed(settings: PortfolioSettings, freed: tuple[Freed, ...] = ()) -> Problem:
    return pose("Prøve", NEEDS, CANDIDATES, freed, settings)


def read(form: dict[str, str], before: PortfolioSettings = SETTINGS) -> Any:
    return read_settings(form, before, [candidate.code for candidate in CANDIDATES], ["unge", "voksne"])


def where(form: dict[str, str]) -> dict[str, str]:
    return {finding.where: finding.code for finding in read(form).findings}


# --- What settings may be --------------------------------------------------------------------------------------------


def test_they_survive_json_whole() -> None:
    stored = json.loads(json.dumps(WISHED.to_document()))
    assert PortfolioSettings.from_document(stored) == WISHED


def test_all_faults_come_at_once_each_at_its_field() -> None:
    with pytest.raises(Refused) as refused:
        replace(
            SETTINGS,
            limits={"investment": (-1, 0), "operating": (10**8, 0), "staff": (None, None)},
            reserve=2,
            wishes={"J1": Wish("free", 2028, 2027)},
        )
    assert {finding.where: finding.code for finding in refused.value.findings} == {
        "limit-investment-2027": "settings_negative",
        "limit-operating-2027": "settings_too_large",
        "reserve": "settings_not_a_share",
        "wish-latest-J1": "settings_window_backwards",
    }


def test_what_says_nothing_is_not_kept() -> None:
    quiet = replace(SETTINGS, wishes={"J1": Wish()}, factor_floors={"bolig": 0}, counts={"bolig": 0})
    assert quiet == SETTINGS
    assert usual_settings(2027).years == (2027, 2028, 2029, 2030)


@pytest.mark.parametrize("years", [(), (2027, 2029), tuple(range(2027, 2039))])
def test_years_follow_each_other_and_are_at_most_ten(years: tuple[int, ...]) -> None:
    limits = {resource: (None,) * len(years) for resource in SETTINGS.limits}
    with pytest.raises(Refused):
        replace(SETTINGS, years=years, limits=limits)


# --- As people type them ---------------------------------------------------------------------------------------------


def test_numbers_are_read_as_people_type_them() -> None:
    form = {
        "limit-operating-2027": "1 200 kr",
        "limit-operating-2028": "1.250",
        "limit-staff-2028": "12,5",
        "limit-investment-2027": "",
        "reserve": "10 %",
        "floor-factor-bolig": "12,5",
        "floor-segment-unge": "5",
        "count-arbeid": "2",
        "effect_years": "10",
        "boxes": "1",
        "wish-choice-J1": "must",
        "wish-earliest-J1": "2028",
    }
    settings = read(form).settings
    assert settings.limits == {"operating": (1200, 1250), "staff": (None, Fraction(25, 2)), "investment": (None, 0)}
    assert (settings.reserve, settings.factor_floors["bolig"]) == (Fraction(1, 10), Fraction(1, 8))
    assert (settings.segment_floors["unge"], settings.counts["arbeid"]) == (Fraction(1, 20), 2)
    assert settings.effect_years == 10 and settings.follows is False
    assert settings.wishes == {"J1": Wish("must", 2028, None)}


def test_a_field_that_is_not_there_keeps_what_stood() -> None:
    assert read({}, WISHED).settings == WISHED


def test_what_is_shown_is_read_back_the_same() -> None:
    shown = as_typed(WISHED, lambda amount: f"{float(amount):g}", [c.code for c in CANDIDATES], ["unge", "voksne"])
    assert read({**shown, "boxes": "1", "follows": "1"}).settings == WISHED


def test_trouble_is_said_at_every_field_at_once() -> None:
    assert where(
        {
            "limit-operating-2027": "masse",
            "limit-operating-2028": "-5",
            "reserve": "120",
            "count-bolig": "1,5",
            "wish-choice-J1": "kanskje",
            "first_year": "27",
        }
    ) == {
        "limit-operating-2027": "settings_not_a_number",
        "limit-operating-2028": "settings_negative",
        "reserve": "settings_not_a_share",
        "count-bolig": "settings_not_whole",
        "wish-choice-J1": "settings_choice",
        "first_year": "settings_years",
    }


def test_a_button_beside_one_initiative_changes_that_one() -> None:
    form = {"wish-choice-J1": "free", "wish-choice-B1": "must_not", "set": "must:J1"}
    assert read(form).settings.wishes == {"J1": Wish("must"), "B1": Wish("must_not")}


def test_another_first_year_moves_the_plan_and_keeps_years_that_are_in_both() -> None:
    settings = read({"first_year": "2028"}).settings
    assert settings.years == (2028, 2029)
    assert settings.limits["operating"] == (900, None)


# --- The problem they make -------------------------------------------------------------------------------------------


def test_every_choice_is_a_rule_of_the_problem() -> None:
    assert set(posed(WISHED).rules) == {
        RequiresAll("J2", ("J1",)),
        Excludes(("B1", "B2")),
        Must("J1"),
        MustNot("B1"),
        Follows("J1", ("bolig", "sosialt_miljo")),
        Follows("J2", ("bolig", "sosialt_miljo")),
        AtLeast(1, theme="bolig"),
        NeedFloor(0.1, factor="bolig"),
        NeedFloor(0.2, segment="unge"),
    }
    assert not any(isinstance(rule, Follows) for rule in posed(replace(WISHED, follows=False)).rules)


def test_windows_meet_and_the_reserve_and_horizon_follow() -> None:
    problem = posed(replace(WISHED, effect_years=10))
    initiative = problem.ground.by_id["J1"]
    assert (initiative.earliest, initiative.latest) == (2028, 2028)
    assert (problem.reserve, problem.horizon, problem.gap) == (Fraction(1, 10), 10, 0)


def test_what_is_freed_adds_to_a_limit_but_not_to_no_limit() -> None:
    limits = {resource.id: resource.limit for resource in posed(SETTINGS, (FREED,)).resources}
    assert limits == {"investment": (0, 0), "operating": (1000, 1000), "staff": (None, 10)}


def test_rows_in_any_order_make_the_same_problem() -> None:
    assert pose("Prøve", NEEDS[::-1], CANDIDATES[::-1], (), WISHED) == posed(WISHED)


# --- What cannot be asked --------------------------------------------------------------------------------------------


def asked(candidates: tuple[Candidate, ...] = CANDIDATES, **changes: Any) -> set[tuple[str, str, str]]:
    found = question_findings(candidates, (), replace(SETTINGS, **changes))
    return {(finding.code, finding.severity, finding.where) for finding in found} - ZERO


ZERO = {("settings_limits_zero", "warning", "limit-investment")}


def test_a_limit_of_zero_is_a_warning() -> None:
    assert {(f.code, f.severity, f.where) for f in question_findings(CANDIDATES, (), SETTINGS)} == ZERO


def test_a_limit_of_zero_in_one_year_is_told_of_that_year() -> None:
    assert asked(limits={**SETTINGS.limits, "investment": (0, 10)}) == {
        ("settings_limit_zero", "warning", "limit-investment-2027")
    }


def test_wishes_that_contradict_each_other_are_refused() -> None:
    must = Wish("must")
    assert asked(wishes={"B1": must, "B2": must}) == {("settings_must_both", "error", "wish-choice-B2")}
    assert asked(wishes={"J2": must, "J1": Wish("must_not")}) == {
        ("settings_must_needs_barred", "error", "wish-choice-J2")
    }
    late = (replace(CANDIDATES[0], earliest=2035), *CANDIDATES[1:])
    assert asked(late, wishes={"J1": must}) == {("settings_must_cannot_start", "error", "wish-choice-J1")}


def test_no_more_can_be_asked_of_a_factor_than_there_is() -> None:
    assert asked(counts={"bolig": 2}) == set()
    assert asked(counts={"bolig": 3}) == {("settings_count_too_high", "error", "count-bolig")}
    assert asked(counts={"bolig": 2}, wishes={"B1": Wish("must_not")}) == {
        ("settings_count_too_high", "error", "count-bolig")
    }
