"""What a ballot asks, what was typed of it, and when it counts; small enough to be redone by hand."""

from collections import Counter
from dataclasses import replace

import pytest

from planner.domain.workshop import OF_TEN, Item, Stage, WorkshopSettings
from planner.domain.workshop_paper import (
    Ballot,
    Printed,
    Typed,
    deal_ballots,
    lateness,
    read_values,
    round_to_print,
    typed_text,
)

SETTINGS = WorkshopSettings(
    title="Bolyst",
    items=tuple(Item(code, ("s01", "s02"), ("unge",)) for code in ("T1", "T2", "T3", "T4", "T5")),
    groups=("unge", "voksne"),
    size=10,
    wanted=6,
)
ONE = Printed("steps", (("T1", ("s01",)),), ("unge", "voksne"))


def ballot(printed: Printed = ONE) -> Ballot:
    return Ballot("22234K", 1, 1, printed)


def typed(form: str, answer: str = "2", comment: str = "", group: str = "") -> Typed:
    return Typed(form, {"group": group, "answer-0-0": answer, "comment-0": comment})


def test_each_initiative_is_on_equally_many_whenever_they_are_printed() -> None:
    # Six of ten people for each of five initiatives: three on each ballot.
    first = deal_ballots(SETTINGS, (), 7)
    second = deal_ballots(SETTINGS, first, 4)
    assert {len(one.cards) for one in first} == {3}
    for some in (first, (*first, *second)):
        counts = Counter(code for one in some for code, _ in one.cards)
        assert len(counts) == 5 and max(counts.values()) - min(counts.values()) <= 1
    assert len(deal_ballots(SETTINGS, (), 200)) == 200
    assert Printed.from_document(first[0].to_document()) == first[0]


def test_a_draft_that_was_changed_leaves_its_ballots_behind() -> None:
    (one,) = deal_ballots(SETTINGS, (), 1)
    assert one.fits(SETTINGS)
    assert one.fits(replace(SETTINGS, wanted=9, title="En annen"))
    for changed in (
        replace(SETTINGS, scale=OF_TEN),
        replace(SETTINGS, groups=("voksne", "unge")),
        replace(SETTINGS, is_named=True),
        replace(SETTINGS, items=SETTINGS.items[1:]),
        replace(SETTINGS, items=(Item("T1", ("s02",)), *SETTINGS.items[1:])),
    ):
        assert not one.fits(changed)


def test_when_ballots_are_printed_and_typed() -> None:
    stages = [("draft", 0), ("gathering", 0), ("open", 1), ("closed", 1), ("revealed", 1), ("open", 2), ("ended", 2)]
    printed = [round_to_print(Stage(state, round_), 2) for state, round_ in stages]
    assert printed == [1, 1, 1, 1, 2, 2, None]
    assert round_to_print(Stage("revealed", 2), 2) is None
    first = [late.code if (late := lateness(1, Stage(state, round_))) else "" for state, round_ in stages]
    assert first == ["paper_early", "paper_early", "", "", "paper_late", "paper_late", "paper_ended"]


def test_the_fields_come_in_the_order_they_are_typed() -> None:
    named = Printed("steps", (("T1", ("s01", "s02")), ("T2", ("s03",))), ("unge",), ("Bord 1",), is_named=True)
    assert [one.name for one in named.fields()] == [
        "name", "table", "group", "answer-0-0", "answer-0-1", "comment-0", "answer-1-0", "comment-1",
    ]  # fmt: skip
    assert [one.name for one in replace(named, is_named=False).fields()][:2] == ["group", "answer-0-0"]


@pytest.mark.parametrize(
    ("text", "value"), [("0", "0"), ("3", "3"), (" 2 ", "2"), ("x", "x"), ("V", "x"), ("?", "x"), ("", ""), ("-", "")]
)
def test_what_may_be_typed(text: str, value: str) -> None:
    values, findings = read_values(ONE, {"answer-0-0": text, "group": "2", "comment-0": " Bra "})
    assert not findings and values == {"answer-0-0": value, "group": "voksne", "comment-0": "Bra"}
    for field in ONE.fields():
        again, _ = read_values(ONE, {field.name: typed_text(ONE, field, values[field.name])}, [field])
        assert again == {field.name: values[field.name]}


@pytest.mark.parametrize("text", ["4", "9", "-1", "2,5", "ja", "²", "=1", "0003"])
def test_what_is_no_answer_is_said_at_its_field(text: str) -> None:
    form = {"answer-0-0": text, "group": "3", "comment-0": "x" * 501}
    _, findings = read_values(ONE, form)
    assert [one.where for one in findings] == ["group", "answer-0-0", "comment-0"]
    assert read_values(replace(ONE, scale="ten"), {"answer-0-0": "10"}, ONE.fields()[1:2])[0] == {"answer-0-0": "10"}


def test_it_counts_when_two_forms_say_the_same() -> None:
    once = ballot().typed(typed("a"))
    assert once.state == "once"
    assert once.typed(typed("b")).state == "counted"
    assert once.typed(typed("b")).typed(typed("c", "3")).agreed()["answer-0-0"] == "2"


def test_a_form_sent_twice_is_not_a_second_reading() -> None:
    once = ballot().typed(typed("a")).typed(typed("a"))
    assert once.state == "once" and once.second is None
    assert once.typed(typed("a", "3")).first == typed("a", "3")


def test_what_differs_waits_and_is_decided() -> None:
    differs = ballot().typed(typed("a", "2", group="unge")).typed(typed("b", "3", group="voksne"))
    assert differs.state == "differs"
    assert [one.name for one in differs.differences()] == ["group", "answer-0-0"]
    assert differs.typed(typed("c", "3")) == differs
    with pytest.raises(ValueError, match="not decided"):
        differs.agreed({"group": ""})
    # Whoever holds the paper may see that both were wrong.
    assert differs.agreed({"group": "", "answer-0-0": "1"}) == {"group": "", "answer-0-0": "1", "comment-0": ""}
    # And whoever typed it wrong may mend it in their own form.
    assert differs.typed(typed("b", "2", group="unge")).state == "counted"
    assert differs.typed(typed("a", "3", group="voksne")).state == "counted"


def test_a_comment_need_not_be_typed_twice() -> None:
    first = ballot().typed(typed("a", comment="Bra  tiltak"))
    assert first.typed(typed("b")).agreed()["comment-0"] == "Bra  tiltak"
    assert first.typed(typed("b", comment="bra tiltak")).state == "counted"
    assert first.typed(typed("b", comment="Dyrt")).differences()[0].kind == "comment"
    assert ballot().typed(typed("a")).typed(typed("b", comment="Sent")).agreed()["comment-0"] == "Sent"
