"""Codes are hard to guess and easy to type, and a phone's names tell nothing of each other."""

import random

from planner.domain.join_code import ALPHABET, BITS, LENGTH, new_code, read_code, shown
from planner.domain.workshop_keys import author_of, is_token, seat_of, voter_of

TOKEN = "a" * 22
CELL = {"round_": 1, "initiative": "T1", "statement": "s01"}


def test_a_code_has_39_bits_and_no_letters_that_look_alike():
    assert BITS >= 39 and len(set(ALPHABET)) == len(ALPHABET)
    for alike in ("0OQD"[:3], "1IL", "2Z", "5S", "8B", "6G", "UVW"):
        assert len(set(alike) & set(ALPHABET)) <= 1, alike
    chance = random.Random(1)
    codes = {new_code(chance.randrange) for _ in range(2000)}
    assert len(codes) == 2000 and {sign for code in codes for sign in code} == set(ALPHABET)
    assert {len(code) for code in codes} == {LENGTH}


def test_a_code_is_read_as_it_was_meant():
    code = "K7MR4X2PD"
    assert shown(code) == "K7M-R4X-2PD"
    for typed in ("K7M-R4X-2PD", "k7m r4x 2pd", " k7mr4x2pd\n", "K7M.R4X.ZPD", "k 7 m – r 4 x – 2 p d"):
        assert read_code(typed) == code, typed
    for typed in ("", "K7M-R4X-2P", "K7M-R4X-2PDD", "K7M-R4X-2PÅ", "K7M-R4X-2P0", "💥" * 9, "²" * 9, "K" * 10_000):
        assert read_code(typed) is None, typed


def test_what_is_stored_of_a_phone_is_the_same_each_time_and_told_apart_by_everything():
    names = {
        seat_of(TOKEN, "salt"),
        seat_of("b" * 22, "salt"),
        seat_of(TOKEN, "other"),
        voter_of(TOKEN, "salt", is_named=False, **CELL),
        voter_of(TOKEN, "salt", is_named=False, **{**CELL, "round_": 2}),
        voter_of(TOKEN, "salt", is_named=False, **{**CELL, "initiative": "T2"}),
        voter_of(TOKEN, "salt", is_named=False, **{**CELL, "statement": "s02"}),
        voter_of(TOKEN, "salt", is_named=False, **{**CELL, "initiative": "T1s", "statement": "01"}),
        author_of(TOKEN, "salt", is_named=False, what="points/segment"),
    }
    assert len(names) == 9 and all(len(name) == 40 for name in names)
    assert voter_of(TOKEN, "salt", is_named=False, **CELL) in names
    assert not any(TOKEN in name for name in names)


def test_with_names_everything_is_said_as_the_seat():
    seat = seat_of(TOKEN, "salt")
    assert voter_of(TOKEN, "salt", is_named=True, **CELL) == seat
    assert author_of(TOKEN, "salt", is_named=True, what="points/segment") == seat


def test_a_token_is_long_and_plain():
    assert is_token(TOKEN) and not is_token("a" * 21) and not is_token("a" * 22 + "\n") and not is_token("å" * 22)
