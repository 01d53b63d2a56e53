"""What a person would have typed for each change, and what no field of the frame can say."""

from dataclasses import replace
from fractions import Fraction

import pytest

from planner.domain.limits import Window
from planner.domain.relief import Change, Dropped, Excess
from planner.domain.rules import Follows, Must, MustNot, RequiresAll
from planner.domain.rules_groups import AtLeast, Excludes, NeedFloor
from planner.domain.settings import Wish
from planner.domain.settings_relief import expressed
from planner.domain.settings_typed import read_settings
from tests.portfolio_case import CANDIDATES, SETTINGS

SAID: list[tuple[Change, dict[str, str]]] = [
    (Excess("operating", 2028, 150), {"limit-operating-2028": "1050"}),
    (Dropped(Must("J1")), {"wish-choice-J1": "free"}),
    (Dropped(MustNot("J1")), {"wish-choice-J1": "free"}),
    (Dropped(Window("J1")), {"wish-earliest-J1": "", "wish-latest-J1": ""}),
    (Dropped(AtLeast(2, theme="bolig")), {"count-bolig": ""}),
    (Dropped(NeedFloor(0.2, factor="bolig")), {"floor-factor-bolig": ""}),
    (Dropped(NeedFloor(0.2, segment="unge")), {"floor-segment-unge": ""}),
]


@pytest.mark.parametrize(("change", "fields"), SAID, ids=lambda value: type(value).__name__)
def test_what_the_frame_can_say(change: Change, fields: dict[str, str]) -> None:
    said = expressed([change], SETTINGS, CANDIDATES)
    assert (dict(said.fields), said.unticked, said.elsewhere) == (fields, (), ())


def test_the_fields_read_back_as_the_frame_without_it() -> None:
    before = replace(
        SETTINGS,
        wishes={"J1": Wish("must", None, 2027), "B1": Wish("must_not")},
        counts={"bolig": 2},
        factor_floors={"bolig": Fraction(1, 5)},
        segment_floors={"unge": Fraction(1, 5)},
    )
    said = expressed([change for change, _ in SAID], before, CANDIDATES)
    after = read_settings(said.fields, before, ["J1", "B1"], ["unge"]).settings
    raised = {**SETTINGS.limits, "operating": (1000, 1050)}
    assert after == replace(SETTINGS, limits=raised, wishes={"B1": Wish("must_not")})


def test_a_box_is_left_out_and_initiatives_are_named() -> None:
    said = expressed([Dropped(Follows("J1", ("bolig",))), Dropped(Follows("J2", ("bolig",)))], SETTINGS, CANDIDATES)
    assert (said.fields, said.unticked, said.elsewhere) == ({}, ("follows",), ())
    links = [Dropped(RequiresAll("J2", ("J1",))), Dropped(Excludes(("B1", "B2")))]
    assert expressed(links, SETTINGS, CANDIDATES).elsewhere == ("J2", "B1", "B2")


def test_a_window_of_its_own_is_changed_at_the_initiative() -> None:
    own = [replace(one, latest=2026) if one.code == "J1" else one for one in CANDIDATES]
    said = expressed([Dropped(Window("J1"))], SETTINGS, own)
    assert (said.fields, said.elsewhere) == ({}, ("J1",))


def test_amounts_with_many_digits_are_typed_upwards() -> None:
    thirds = replace(SETTINGS, limits={**SETTINGS.limits, "operating": (Fraction(10, 3), 900)})
    said = expressed([Excess("operating", 2027, 1)], thirds, CANDIDATES)
    assert said.fields == {"limit-operating-2027": "4,34"}  # 4,333…


def test_a_limit_that_is_gone_is_not_made_anew() -> None:
    for change in (Excess("staff", 2027, 1), Excess("operating", 2031, 1), Excess("oil", 2027, 1)):
        assert expressed([change], SETTINGS, CANDIDATES).fields == {}
