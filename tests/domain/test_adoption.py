"""Which effects initiatives get from a workshop: medians that were shown, and other figures with a reason."""

from planner.domain.adoption import Adopted, Choice, Override, adopt, adoptable, all_said, with_effects
from planner.domain.candidates import Candidate, Effect
from planner.domain.panel import Rated, judged
from planner.domain.workshop import FOUR_STEPS

CELL = ("T1", "s01")


def said(statement, *scores, target=()):
    rated = [Rated(score) for score in scores] + [Rated(score, True) for score in target]
    return judged(FOUR_STEPS, "T1", statement, rated, asks_group=bool(target))


FIRST = [said("s01", 1, 1, 1, 2, 2), said("s02", 3, 3, 3, 3, 3), said("s03", 1, 1)]
SECOND = [said("s01", 2, 2, 2, 2, 3), said("s02", 0, 0)]


def test_the_latest_round_that_shows_something_counts():
    cells = adoptable([FIRST, SECOND])
    assert {cell[1]: number for cell, (number, _) in cells.items()} == {"s01": 2, "s02": 1, "s03": 1}
    adopted, findings = adopt(cells, {("T1", "s01"): Choice(), ("T1", "s02"): Choice()})
    assert not findings
    assert adopted == (Adopted("T1", "s01", 15, "everyone", 15, 2), Adopted("T1", "s02", 30, "everyone", 30, 1))


def test_what_was_said_is_of_the_round_that_shows_it_and_of_nobody_where_there_were_too_few():
    assert all_said([FIRST, SECOND], FOUR_STEPS) == {
        "T1": {"s01": (0.15, 0.15, 0.15, 0.15, 0.3), "s02": (0.3, 0.3, 0.3, 0.3, 0.3)}
    }
    assert all_said([[said("s03", 1, 1), said("s04", None, None, None, None, 3)]], FOUR_STEPS) == {}


def test_too_few_cannot_be_adopted_but_somebody_may_decide_and_say_why():
    cells = adoptable([FIRST])
    cell = ("T1", "s03")
    assert [(f.code, f.where) for f in adopt(cells, {cell: Choice()})[1]] == [("workshop_too_few_to_adopt", "T1/s03")]
    adopted, findings = adopt(cells, {cell: Choice(override=Override(12, "Erfaring fra Hol"))})
    assert not findings and adopted == (Adopted("T1", "s03", 12, "everyone", None, 1, "Erfaring fra Hol"),)


def test_another_figure_needs_a_reason_and_has_a_limit():
    found = adopt(adoptable([FIRST]), {CELL: Choice(override=Override(96, ""))})[1]
    assert [one.code for one in found] == ["workshop_override_range", "workshop_reason_missing"]
    long = adopt(adoptable([FIRST]), {CELL: Choice(override=Override(5, "x" * 501))})[1]
    assert [one.code for one in long] == ["workshop_text_too_long"]


def test_the_target_groups_median_may_govern_where_it_was_shown():
    cells = adoptable([[said("s01", 1, 1, 1, 1, 1, target=(3, 3, 3, 3, 3))]])
    assert adopt(cells, {CELL: Choice("target")})[0] == (Adopted("T1", "s01", 30, "target", 30, 1),)
    few = adoptable([[said("s01", 1, 1, 1, 1, 1, target=(3, 3, 3))]])
    assert [one.code for one in adopt(few, {CELL: Choice("target")})[1]] == ["workshop_too_few_to_adopt"]


def test_other_effects_stand():
    before = Candidate(code="T1", title="Et", theme="bolig", effects=(Effect("s09", 20), Effect("s01", 10)))
    adopted = (Adopted("T1", "s01", 15, "everyone", 15, 1), Adopted("T1", "s02", 5, "everyone", 5, 1))
    assert with_effects(before, adopted).effects == (
        Effect("s09", 20), Effect("s01", 15, "verksted"), Effect("s02", 5, "verksted"),
    )  # fmt: skip
