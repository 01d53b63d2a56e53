"""A room shares 100 points: read, put together by hand, and nothing of four."""

import random

import pytest

from planner.domain.workshop_points import Share, Weighing, read_points, shares_of

IDS = ("unge", "voksne", "tilflyttere")


def allotment(*points: int) -> dict[str, int]:
    return dict(zip(IDS, points, strict=True))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"points-unge": "60", "points-voksne": "40"}, ""),
        ({"points-unge": "100"}, ""),
        ({"points-unge": "60", "points-voksne": "35"}, "points_sum"),
        ({"points-unge": "60", "points-voksne": "60"}, "points_sum"),
        ({}, "points_sum"),
        ({"points-unge": "62", "points-voksne": "38"}, "points_step"),
        ({"points-unge": "-5", "points-voksne": "105"}, "points_step"),
        ({"points-unge": "100", "points-voksne": "x"}, "points_step"),
    ],
)
def test_a_hundred_in_steps_of_five(typed: dict[str, str], code: str) -> None:
    given, found = read_points(typed, IDS)
    assert [one.code for one in found] == ([code] if code else [])
    assert code or sum(given.values()) == 100


def test_medians_are_made_a_hundred_together() -> None:
    """Medians 40, 30 and 20, of 90: 44.4, 33.3 and 22.2, and the one that is left goes to 44.4."""
    said = [allotment(60, 30, 10), allotment(40, 40, 20), allotment(30, 30, 40), allotment(50, 20, 30),
            allotment(40, 45, 15)]  # fmt: skip
    # unge 30 40 40 50 60, voksne 20 30 30 40 45, tilflyttere 10 15 20 30 40
    assert shares_of(IDS, said) == (Share("unge", 45, 40, 50), Share("voksne", 33, 30, 40),
                                    Share("tilflyttere", 22, 15, 30))  # fmt: skip


def test_four_show_nothing_and_five_do() -> None:
    assert shares_of(IDS, [allotment(100, 0, 0)] * 4) == ()
    assert [one.points for one in shares_of(IDS, [allotment(100, 0, 0)] * 5)] == [100, 0, 0]
    assert Weighing("segment", IDS).revealed([allotment(100, 0, 0)] * 4) == Weighing("segment", IDS, False, 4)


def test_where_every_median_is_nought_the_means_stand_in() -> None:
    ids = ("a", "b", "c", "d", "e", "f")
    said = [{one: 100} for one in ids]
    assert sorted(one.points for one in shares_of(ids, said)) == [16, 16, 17, 17, 17, 17]


def test_whatever_is_said_is_a_hundred_and_in_any_order() -> None:
    chance = random.Random(4)
    for _ in range(50):
        said = []
        for _ in range(chance.randint(5, 9)):
            first = chance.randrange(0, 101, 5)
            second = chance.randrange(0, 101 - first, 5) if first < 100 else 0
            said.append(allotment(first, second, 100 - first - second))
        found = shares_of(IDS, said)
        assert sum(one.points for one in found) == 100 and all(one.low <= one.high for one in found)
        chance.shuffle(said)
        assert shares_of(IDS, said) == found


def test_it_is_written_down_and_read_again() -> None:
    one = Weighing("factor", IDS).revealed([allotment(60, 30, 10)] * 6)
    assert Weighing.from_document(one.to_document()) == one and not one.is_open and one.answers == 6
