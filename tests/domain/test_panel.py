"""A panel's median, spread and camps by worked values, and that nobody's answer can be had out of what is shown."""

from dataclasses import replace
from itertools import product

import pytest

from planner.domain.panel import Judgement, Panel, Rated, judged, panel, two_camps, van_der_eijk
from planner.domain.workshop import FOUR_STEPS, OF_TEN
from planner.domain.workshop_display import may_part, may_show


@pytest.mark.parametrize(
    ("counts", "agreement"),
    [
        ((0, 0, 6, 0), 1),
        ((3, 0, 0, 3), -1),
        ((2, 2, 2, 2), 0),
        ((0, 3, 3, 0), 2 / 3),
        ((0, 1, 2, 2), 0.466667),
        ((2, 0, 0, 3), -0.6),
        ((3, 1, 0, 2), -0.277778),
        ((30, 40, 210, 130, 530, 50, 10), 0.6113333),  # the example of R's agrmt
    ],
)
def test_agreement_as_worked_elsewhere(counts, agreement):
    assert van_der_eijk(counts) == pytest.approx(agreement, abs=1e-6)


def test_agreement_is_the_same_from_either_end_and_for_twice_as_many():
    for counts in product(range(3), repeat=4):
        if sum(counts):
            agreement = van_der_eijk(counts)
            assert -1 <= agreement <= 1
            assert van_der_eijk(counts[::-1]) == agreement == van_der_eijk([2 * count for count in counts])


def test_the_median_of_what_steps_stand_for():
    five = panel(FOUR_STEPS, [1, 2, 2, 3, 3, None])
    assert (five.percent, five.low, five.high, five.spread) == (15, 2, 3, 1)
    assert (five.answers, five.unsure, five.heard, five.counts) == (5, 1, 6, (0, 1, 2, 2))
    assert panel(FOUR_STEPS, [1, 2, 1, 2]).percent == 10  # between 5 and 15
    assert panel(OF_TEN, [10] * 4).percent == 95
    assert panel(FOUR_STEPS, [0, 0, 0, 0, 3]).percent == 0  # one eager advocate moves nothing
    nothing = panel(FOUR_STEPS, [None, None])
    assert (nothing.percent, nothing.agreement, nothing.is_split) == (None, None, False)


@pytest.mark.parametrize(
    ("scores", "is_split"),
    [
        ([1, 2, 2, 3, 3], False),
        ([0, 0, 0, 3, 3], True),  # two camps
        ([0, 1, 2, 3], True),  # everything
        ([0, 0, 2, 2, 2], True),  # half of them two steps from the other half
        ([1, 1, 1, 1, 1, 1, 3], False),  # one alone is no camp
        ([0, 3], False),  # of two there is no saying
    ],
)
def test_who_disagrees(scores, is_split):
    assert panel(FOUR_STEPS, scores).is_split == is_split


def test_on_ten_steps_a_step_is_less():
    assert not panel(OF_TEN, [3, 4, 4, 5, 6]).is_split
    assert panel(OF_TEN, [2, 2, 4, 6, 6]).is_split


def test_a_panel_comes_back_from_its_document():
    one = panel(FOUR_STEPS, [0, 1, 1, 2, 3, 3, None])
    assert Panel.from_document(one.to_document(), FOUR_STEPS) == one
    shown = judged(FOUR_STEPS, "T1", "s01", rated([1] * 6, [2] * 7), asks_group=True)
    assert shown.target and shown.others
    assert Judgement.from_document(shown.to_document(), FOUR_STEPS) == shown


def rated(target, others=()):
    return [Rated(score, True) for score in target] + [Rated(score, False) for score in others]


def test_the_target_group_beside_the_others():
    shown = judged(FOUR_STEPS, "T1", "s01", rated([3, 3, 3, 2, 3], [0, 1, 1, 1, 0, None]), asks_group=True)
    assert (shown.everyone.percent, shown.target.percent, shown.others.percent) == (10, 30, 5)
    assert shown.on("target") is shown.target and shown.on("everyone") is shown.everyone
    assert not shown.nobody_of_target


def test_nothing_of_fewer_than_five():
    assert judged(FOUR_STEPS, "T1", "s01", rated([], [1, 1, 1, 1, None]), asks_group=False).everyone is None
    assert judged(FOUR_STEPS, "T1", "s01", rated([], [1, 1, 1, 1, 1]), asks_group=False).everyone is not None


def test_neither_part_is_had_by_taking_the_other_from_the_whole():
    """Whatever is shown of whole and parts: no part, and not what is left without it, is of one to four people."""
    for target, others, unsure_target, unsure_others in product(range(8), range(8), range(3), range(3)):
        scores = rated([1] * target + [None] * unsure_target, [2] * others + [None] * unsure_others)
        shown = judged(FOUR_STEPS, "T1", "s01", scores, asks_group=True)
        whole, *parts = (shown.everyone, shown.target, shown.others)
        told = [one.answers for one in (whole, *parts) if one]
        told += [whole.answers - one.answers for one in parts if one and whole.heard > one.heard]
        assert all(answers >= 5 for answers in told), (target, others, unsure_target, unsure_others)
        assert shown.nobody_of_target == (target + unsure_target == 0)


def test_from_five_and_a_part_only_when_both_are():
    assert [may_show(n) for n in (0, 4, 5)] == [False, False, True]
    assert not may_part(5, 4) and not may_part(4, 5) and not may_part(0, 9) and may_part(5, 5) and may_part(9, 0)


@pytest.mark.parametrize(
    ("counts", "camps"),
    [
        # Thirteen at the low end, twelve at the high; who stands between is in neither.
        ((11, 2, 1, 12), ((0, 1, 13), (3, 3, 12))),
        ((10, 0, 0, 12), ((0, 0, 10), (3, 3, 12))),
        # One heap, however wide; a flat one; a few odd ones out; a gap that more than half of a top stand in.
        ((3, 8, 9, 4), None),
        ((6, 6, 6, 6), None),
        ((20, 1, 0, 3), None),
        ((8, 5, 0, 0), None),
        ((9, 5, 5, 9), None),
        ((0, 0, 0, 0), None),
        ((0, 6, 2, 0, 0, 0, 1, 5, 2, 0, 0), ((1, 2, 8), (6, 8, 8))),
    ],
)
def test_two_camps_have_a_gap_between_them(counts, camps):
    found = two_camps(counts)
    assert (found and tuple((one.low, one.high, one.people) for one in found)) == camps


# --- Between rounds ---------------------------------------------------------------------------------------------------


class Evening:
    """Rounds of one statement. Each kind of person (when they first answer, for whom they speak) answers a step of
    their own, so that the counts of a picture say who is in it."""

    def __init__(self, asks_group: bool = True) -> None:
        self.there: list[Rated] = []
        self.shown: list[Judgement] = []
        self.kinds = 0
        self.asks_group = asks_group

    def round(self, target: int, others: int, unsure: tuple[int, int] = (0, 0)) -> Judgement:
        for part, sure, not_sure in ((True, target, unsure[0]), (False, others, unsure[1])):
            self.there += [Rated(self.kinds, part)] * sure + [Rated(None, part)] * not_sure
            self.kinds += 1
        before = next((one for one in reversed(self.shown) if one.everyone), None)
        one = judged(OF_TEN, "T1", "s01", self.there, asks_group=self.asks_group, before=before)
        if one.everyone:
            self.there = [replace(r, is_new=r.is_new and bool(r.of_target) not in one.taken_in) for r in self.there]
        self.shown.append(one)
        return one

    def pictures(self) -> list[tuple[int, ...]]:
        return [one.counts for it in self.shown for one in (it.everyone, it.target, it.others) if one]


def test_no_difference_of_pictures_is_of_one_or_two():
    """People come, and who does not answer again stands by what they said: any picture of any round, less any other,
    and a part less a part of another whole, is of nobody or of three people or more, on either side."""
    firsts = ((0, 5), (0, 6), (4, 5), (5, 5), (7, 2), (6, 0), (2, 1))
    thirds = ((0, 0), (1, 0), (1, 2), (3, 2), (5, 5))
    for first, second, third in product(firsts, product(range(4), range(4)), thirds):
        evening = Evening()
        for came in (first, second, third):
            evening.round(*came)
        pictures = evening.pictures()
        wholes = [one.everyone.counts for one in evening.shown if one.everyone]
        less = [tuple(w - p for w, p in zip(whole, part, strict=True)) for whole in wholes for part in pictures]
        less = [one for one in less if min(one) >= 0]
        for one, other in product(pictures + less, repeat=2):
            difference = [a - b for a, b in zip(one, other, strict=True)]
            more, fewer = sum(d for d in difference if d > 0), -sum(d for d in difference if d < 0)
            assert not {more, fewer} & {1, 2}, (first, second, third, one, other)
        assert all(sum(one) >= 5 for one in pictures)


def test_those_who_come_late_wait_until_they_are_three():
    evening = Evening(asks_group=False)
    assert evening.round(0, 6).everyone.answers == 6
    second = evening.round(1, 1, unsure=(0, 2))  # two who answered, and two who do not know
    assert (second.everyone.answers, second.everyone.unsure, second.waiting) == (6, 0, 4)
    third = evening.round(0, 1)
    assert (third.everyone.answers, third.everyone.unsure, third.waiting) == (9, 2, 0)
    assert Judgement.from_document(second.to_document(), OF_TEN) == second


def test_answers_that_were_too_few_to_show_are_there_when_more_come():
    evening = Evening()
    assert evening.round(2, 2).everyone is None and evening.shown[0].waiting == 0
    assert evening.round(0, 1).everyone.answers == 5


def test_each_part_waits_by_itself_and_one_that_was_small_never_stands_apart():
    evening = Evening()
    assert evening.round(5, 6).target.answers == 5
    second = evening.round(1, 3)
    assert (second.everyone.answers, second.target.answers, second.others.answers, second.waiting) == (14, 5, 9, 1)
    small = Evening()
    assert small.round(4, 6).target is None
    # Ten young people are many enough, but less the whole of before they would leave the four.
    assert small.round(6, 0).everyone.answers == 16 and small.shown[1].target is None
    none = Evening()
    assert none.round(0, 6).nobody_of_target
    assert none.round(5, 0).target.answers == 5


def test_who_changes_their_mind_is_in_the_picture_all_the_same():
    before = judged(FOUR_STEPS, "T1", "s01", [Rated(1)] * 6, asks_group=False)
    now = [Rated(None, is_new=False), Rated(3, is_new=False), *[Rated(1, is_new=False)] * 4, Rated(0)]
    after = judged(FOUR_STEPS, "T1", "s01", now, asks_group=False, before=before)
    assert (after.everyone.counts, after.everyone.unsure, after.waiting) == ((0, 4, 0, 1), 1, 1)
