"""The id on a paper ballot: each mistake of one sign, and of two neighbours, is found."""

import random

from planner.domain.ballot_id import LENGTH, new_id, read_id, shown
from planner.domain.join_code import ALPHABET


def test_an_id_by_hand() -> None:
    # 2, 3 and 4 are worth 0, 1 and 2: 0·32 + 0·16 + 0·8 + 1·4 + 2·2 = 8, and 13 more make 21. The sign worth 13 is K.
    draws = iter([0, 0, 0, 1, 2])
    assert new_id(lambda _below: next(draws)) == "22234K"
    assert shown("22234K") == "222-34K" and ALPHABET.index("K") == 13


def test_it_is_read_however_it_is_typed() -> None:
    for typed in ("222-34K", "222 34k", " z2Z.34k ", "22234K"):
        assert read_id(typed) == "22234K", typed
    for typed in ("", "222-34", "222-34KK", "222-34N", "2220-4M"):
        assert read_id(typed) is None, typed


def test_each_wrong_sign_and_each_swap_is_found() -> None:
    draw = random.Random(5)
    for _ in range(40):
        id_ = new_id(draw.randrange)
        assert read_id(id_) == id_ and len(id_) == LENGTH
        for place, right in enumerate(id_):
            for wrong in set(ALPHABET) - {right}:
                assert read_id(id_[:place] + wrong + id_[place + 1 :]) is None
            swapped = id_[:place] + id_[place : place + 2][::-1] + id_[place + 2 :]
            assert swapped == id_ or read_id(swapped) is None
