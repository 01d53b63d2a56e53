"""Two figures and their difference in one sentence: a reader who takes one from the other gets the third."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from planner import notation
from planner.domain.comparison import Comparison, Facts
from planner.domain.waves import Change
from planner.wording import alternatives, followup, ladder, scenarios, what_if, why

APP = Flask("differences")
Babel(APP, default_locale="nb")


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    with APP.app_context(), APP.test_request_context():
        yield


def test_the_ladder_takes_one_from_the_other_as_they_are_shown() -> None:
    """10,84 and 10,26 are 0,58 apart; what is read is 10,8 and 10,3."""
    assert "lukker planen 10,3 av 100 behovspoeng, 0,5 mindre enn nå" in ladder.smaller(90, 10.26, 10.84, ())
    assert "lukker den 10,8, som er 0,5 mer" in ladder.larger(110, 10.84, 10.26, ())
    assert "0,5 mindre enn nå" in ladder.gives(10.26, 10.84, True)
    assert "0,5 mer enn nå" in ladder.gives(10.84, 10.26, True)
    assert "under 0,1 mindre enn nå" in ladder.gives(10.81, 10.84, True)


def test_another_plan_is_as_much_less_as_its_figure_shows() -> None:
    assert "Lukker 10,3 behovspoeng, 0,5 mindre enn planen." in alternatives.loses(10.26, 10.84, True)
    assert "lukker 10,3 behovspoeng: 0,5 mindre (5 %)" in alternatives.answer(1, 1, 10.26, 0.58, 10.84).replace(
        "\xa0", " "
    )
    assert "under 0,1 mindre" in alternatives.loses(10.81, 10.84, True)


def test_a_common_way_of_choosing_is_told_by_what_it_loses() -> None:
    said = why.customs({"greedy": {"value": 10.26}, "little_for_all": None}, 10.84)
    assert len(said) == 1 and "lukker 0,5 behovspoeng mindre (5\xa0%)" in said[0]


def test_a_plan_that_is_better_when_something_changes_is_so_by_the_two_figures_in_its_row() -> None:
    facts = {"ours": 10.26, "keeps": True, "best": {"value": 10.84}, "enters": ["A"], "leaves": [], "proven": True}
    assert what_if.answer(facts) == "Da er en annen plan 0,5 behovspoeng bedre."


def test_plans_side_by_side_are_as_far_apart_as_their_row_shows() -> None:
    facts = tuple(Facts(value, 1, {}, {}, {}, {}) for value in (10.84, 10.26))
    said = scenarios.answer(("Med", "Uten"), Comparison(facts, (), True))
    assert said == "«Med» lukker mest: 11 behovspoeng, 0,5 mer enn den nest beste."


def test_a_change_between_surveys_is_that_of_the_shares_beside_it() -> None:
    """54,6 and 62,4 stand as 55 and 62 per cent."""
    found = Change("s", "S", before=0.546, now=0.624, by=0.078, low=0.021, high=0.135)
    assert followup.change(found) == "+7 (+2 til +14)"


def test_a_figure_is_rounded_before_it_is_taken_from_another() -> None:
    assert notation.difference(9.96, 7.64, 1) == 2.4
    assert notation.difference(0.25, -0.25, 1) == 0.6
    assert notation.difference(7.64, 7.62, 1) == 0
