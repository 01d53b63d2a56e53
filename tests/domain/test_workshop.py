"""What a workshop may be, which stage follows which, and what stands still once people score."""

from dataclasses import replace
from itertools import product

import pytest

from planner.domain.typed import Refused
from planner.domain.workshop import (
    ACTIONS,
    FOUR_STEPS,
    OF_TEN,
    STATES,
    Item,
    Scale,
    Stage,
    WorkshopSettings,
    change_findings,
)

ITEMS = (Item("T1", ("s01", "s02", "s03"), ("unge",)), Item("T2", ("s02", "s04", "s05"), ()))
SETTINGS = WorkshopSettings(title="Bolyst", items=ITEMS, tables=("Bord 1", "Bord 2"), groups=("unge", "voksne"))


def refused(**changes):
    with pytest.raises(Refused) as trouble:
        replace(SETTINGS, **changes)
    return {(finding.code, finding.where) for finding in trouble.value.findings}


def test_settings_come_back_from_their_document():
    for settings in (SETTINGS, replace(SETTINGS, scale=OF_TEN, is_named=True, tables=(), groups=(), rounds=1)):
        assert WorkshopSettings.from_document(settings.to_document()) == settings
    rehearsal = replace(SETTINGS, is_rehearsal=True)
    assert WorkshopSettings.from_document(rehearsal.to_document()) == rehearsal
    older = {name: value for name, value in SETTINGS.to_document().items() if name != "is_rehearsal"}
    assert WorkshopSettings.from_document(older) == SETTINGS


def test_everything_wrong_is_told_at_once():
    assert refused(title="", items=(), rounds=0, size=4, wanted=3) == {
        ("workshop_title_missing", "title"),
        ("workshop_no_items", "items"),
        ("workshop_out_of_range", "rounds"),
        ("workshop_out_of_range", "size"),
        ("workshop_out_of_range", "wanted"),
    }
    assert refused(items=(Item("T1", ()),)) == {("workshop_statements", "statements-T1")}
    assert refused(items=(Item("T1", ("a", "b", "c", "d", "e", "f")),)) == {("workshop_statements", "statements-T1")}
    assert refused(tables=("Bord", "Bord")) == {("workshop_table_twice", "tables")}
    assert refused(wanted=31) == {("workshop_out_of_range", "wanted")}


def test_the_map_rises_and_reaches_nobody_wholly():
    assert Scale("steps", (0, 10, 10, 95)).percents == (0, 10, 10, 95)
    for wrong in ((0, 15, 5, 30), (0, 5, 15, 96), (-1, 5, 15, 30)):
        with pytest.raises(Refused):
            Scale("steps", wrong)


def test_the_way_through():
    stage, seen = Stage(), []
    for action in ("gather", "open", "close", "reopen", "reveal", "open", "reveal", "end"):
        stage = stage.after(action, rounds=2)
        seen.append((stage.state, stage.round))
    assert seen == [
        ("gathering", 0), ("open", 1), ("closed", 1), ("open", 1), ("revealed", 1), ("open", 2), ("revealed", 2),
        ("ended", 2),
    ]  # fmt: skip
    assert Stage("revealed", 2).after("open", rounds=2) is None
    assert Stage("revealed", 1).actions(rounds=2) == ("open", "end")


def test_what_is_revealed_is_never_opened_again_and_what_has_ended_has_ended():
    for state, action in product(STATES, ACTIONS):
        to = Stage(state, 1).after(action, rounds=3)
        if state == "revealed" and to is not None:
            assert (to.state, to.round) in (("open", 2), ("ended", 1))
        if state == "ended":
            assert to is None
    assert [Stage(state).takes_scores for state in STATES] == [False, False, True, False, False, False]
    assert [Stage(state).lets_in for state in STATES] == [False, True, True, True, True, False]


CHANGES = {
    "title": {"title": "Ny"},
    "size": {"size": 60},
    "table more": {"tables": ("Bord 1", "Bord 2", "Bord 3")},
    "table gone": {"tables": ("Bord 1",)},
    "named": {"is_named": True},
    "groups": {"groups": ()},
    "map": {"scale": Scale("steps", (0, 10, 20, 40))},
    "scale": {"scale": OF_TEN},
    "items": {"items": ITEMS[:1]},
    "wanted": {"wanted": 12},
    "rounds": {"rounds": 3},
}


@pytest.mark.parametrize(
    ("stage", "may"),
    [
        (Stage("draft"), set(CHANGES)),
        (Stage("gathering"), {"title", "size", "table more", "map", "scale", "items", "wanted", "rounds"}),
        (Stage("open", 1), {"title", "size", "table more"}),
        (Stage("closed", 1), {"title", "size", "table more"}),
        (Stage("revealed", 1), {"title", "size", "table more", "items", "wanted", "rounds"}),
        (Stage("ended", 1), set()),
    ],
)
def test_what_may_be_changed_when(stage, may):
    changed = {name: replace(SETTINGS, **change) for name, change in CHANGES.items()}
    assert {name for name, new in changed.items() if not change_findings(SETTINGS, new, stage)} == may


def test_no_fewer_rounds_than_have_been():
    found = change_findings(SETTINGS, replace(SETTINGS, rounds=1), Stage("revealed", 2))
    assert [(one.code, one.where) for one in found] == [("workshop_rounds_gone", "rounds")]
    assert FOUR_STEPS.percents == (0, 5, 15, 30)
