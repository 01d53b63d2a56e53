"""Cards are dealt evenly whoever stops coming in, each initiative gets the raters it should, and the time is told."""

from collections import Counter
from itertools import product

from planner.domain.workshop import Item
from planner.domain.workshop_share import Hand, deal, deal_all, first_card, shares, suggested_wanted


def items(n, statements=3):
    return tuple(Item(f"T{k}", tuple(f"s{s}" for s in range(statements)), ("unge",) if k % 3 == 0 else ())
                 for k in range(n))  # fmt: skip


def test_what_it_takes():
    # 40 initiatives by 10 of 30: 400 cards, 13.3 a phone. 14 cards of 25 + 4 · 10 s are 15.2 minutes.
    found = shares(items(40, 4), 10, 30)
    assert (found.per_phone, found.people, found.minutes, found.each) == (14, 29, 16, 10)
    # All six by everybody: 6 · 55 s.
    assert shares(items(6), 30, 30) == shares(items(6), 99, 30).__class__(6, 30, 6, 30)


def test_with_as_many_people_as_it_says_each_gets_its_raters():
    for n, wanted, size in product((1, 2, 7, 40), (5, 6, 11), (11, 12, 30, 200)):
        told, hands = shares(items(n), wanted, size), []
        assert told.people <= size
        for _ in range(told.people):
            hands.append(deal(items(n), told.per_phone, hands, ""))
        counts = Counter(code for hand in hands for code in hand.initiatives)
        assert min(counts.values()) >= wanted and len(counts) == n


def test_counts_differ_by_one_at_most_after_each_phone():
    hands = []
    for phone in range(60):
        hand = deal(items(13), 5, hands, ("unge", "voksne", "")[phone % 3])
        assert len(set(hand.initiatives)) == 5
        hands.append(hand)
        counts = Counter(dict.fromkeys((f"T{k}" for k in range(13)), 0))
        counts.update(code for one in hands for code in one.initiatives)
        assert max(counts.values()) - min(counts.values()) <= 1


def test_a_group_gets_first_what_is_for_it():
    # T0, T3, T6 and T9 are for the young.
    assert deal(items(12), 4, [], "unge").initiatives == ("T0", "T3", "T6", "T9")
    assert deal(items(12), 4, [Hand("voksne", ("T0", "T1", "T2", "T3"))], "unge").initiatives == (
        "T4",
        "T5",
        "T6",
        "T9",
    )


def test_the_next_round_gives_the_same_people_the_same_cards():
    first = deal_all(items(12), 6, {f"{k:040x}": Hand("", ()) for k in range(10)})
    assert deal_all(items(12), 6, first) == first
    fewer = items(12)[::2]
    for seat, hand in deal_all(fewer, 3, first).items():
        assert len(hand.initiatives) == 3 and set(hand.initiatives) <= {one.initiative for one in fewer}, seat


def test_a_suggestion_that_fits_the_evening():
    assert suggested_wanted(items(6), 30) == 30
    assert suggested_wanted(items(40, 4), 30) == 13  # 18 cards are 19.5 minutes, 19 are 20.6
    assert suggested_wanted(items(60, 5), 8) == 5  # never fewer than what may be shown


def test_cards_go_round_from_another_place_on_each_phone():
    codes = ("A", "B", "C")
    assert [first_card(code, codes, "00000001" + "0" * 32) for code in codes] == [2, 0, 1]
