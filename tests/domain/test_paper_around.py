"""What stands around the figures of a paper: other ways of choosing, who came, and what people typed."""

from dataclasses import replace

import pytest

from planner.domain.adoption import Adopted
from planner.domain.paper_texts import LONGEST_LINE, LONGEST_TEXT, NAMES, PaperTexts, read_texts
from planner.domain.portfolio import Plan
from planner.domain.report_voices import held
from planner.domain.report_ways import ways
from planner.domain.settings import Wish
from planner.domain.workshop import Item, WorkshopSettings
from tests.report_case import BASIS, SETTINGS, STARTS, A, B, D, problem

ROOM = WorkshopSettings(title="Kvelden", items=(Item("A", ("s01",)),), groups=("unge",))


def test_ways_stand_beside_the_plan_with_points_and_money_of_their_own() -> None:
    """C and D cost nothing, so only the years of A and B carry money. D may not be in; of C there is 15 % of s02.

    The usual ways take all of A, B and C: C closes 15 % × 90 % of what B has left, besides the plan's 14.
    """
    found = {way.kind: way for way in ways(Plan(problem(), STARTS))}
    assert list(found) == ["plan", "greedy", "little_for_all", "nothing"]
    assert found["plan"].value == pytest.approx(14.0) and found["plan"].used["operating"] == 2133
    assert found["greedy"].enters == ("C",) and found["greedy"].leaves == ()
    # s02: 40 points. C works from 2027 in four years: 0.135 of all. B, from 2029 in two: 0.1 of what C leaves.
    assert found["greedy"].value == pytest.approx(12 + 40 * (0.135 + 0.5 * 0.1 * 0.865))
    nothing = found["nothing"]
    assert (nothing.value, nothing.initiatives, set(nothing.used.values())) == (0, 0, {0})
    assert nothing.leaves == ("A", "B")


def test_a_way_that_finds_no_plan_is_left_out() -> None:
    """A must be in and needs D, which may not be: nobody who takes one at a time ends with a plan."""
    wishes = {"A": Wish("must"), "D": Wish("must_not")}
    candidates = (replace(A, requires_all=("D",)), B, D)
    asked = problem(replace(BASIS, candidates=candidates, settings=replace(SETTINGS, wishes=wishes)))
    assert [way.kind for way in ways(Plan(asked, {}))] == ["plan", "nothing"]


@pytest.mark.parametrize(("seats", "people"), [((), None), ((4, 4), None), ((5,), 5), ((3, 24, 0), 24)])
def test_few_who_came_are_not_counted_out(seats: tuple[int, ...], people: int | None) -> None:
    assert held(ROOM, seats, 2, ()).people == people


def test_what_was_taken_is_counted_and_what_was_set_otherwise() -> None:
    taken = (
        Adopted("A", "s01", 15, "everyone", 15, 1),
        Adopted("A", "s02", 20, "everyone", 15, 1, "Fagfolk mener det"),
    )
    found = held(ROOM, [9], 2, taken)
    assert (found.effects, found.overridden, found.initiatives, found.groups) == (2, 1, 1, ("unge",))


def test_texts_are_paragraphs_of_plain_words() -> None:
    typed, findings = read_texts(
        {"children": " Første\u0000 avsnitt. \r\n\r\n\tAndre  avsnitt.\n", "officer": "Kari\nNordmann"}
    )
    assert not findings and typed.officer == "Kari Nordmann"
    assert typed.paragraphs("children") == ("Første avsnitt.", "Andre avsnitt.")
    assert typed.paragraphs("risk") == () and PaperTexts.from_document(typed.to_document()) == typed


def test_each_field_says_how_long_it_may_be() -> None:
    form = {name: "x" * (LONGEST_TEXT + 1) for name in NAMES}
    _typed, findings = read_texts(form)
    assert [one.where for one in findings] == list(NAMES)
    assert {one.details["limit"] for one in findings} == {LONGEST_LINE, LONGEST_TEXT}
    assert not read_texts({"officer": "x" * LONGEST_LINE, "risk": "x" * LONGEST_TEXT})[1]
