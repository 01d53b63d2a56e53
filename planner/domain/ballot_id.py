"""Which id stands on a paper ballot, and which was meant by somebody who typed it, perhaps wrong?

Five signs and one to check them, «K7M-R4X», in the alphabet of the join code, where no two look alike. The check finds
every single sign that is another and every two neighbours that changed places, and 20 of 21 other mistakes; what gets
past it is most likely no ballot of the workshop: 4 million ids, a few hundred in use. Chance is an argument.
"""

from collections.abc import Callable

from planner.domain.join_code import ALPHABET, read_signs
from planner.domain.join_code import shown as shown

SIGNS = 5
LENGTH = SIGNS + 1


def new_id(below: Callable[[int], int]) -> str:
    """An id without its dash. below(n): a whole number from 0 to n − 1 by even chance."""
    signs = "".join(ALPHABET[below(len(ALPHABET))] for _ in range(SIGNS))
    return signs + check(signs)


def check(signs: str) -> str:
    """The sign that makes the sum of all, each worth twice the one after it, come out even with 21.

    2 and 21 have no factor in common: a sign that is another changes the sum, and so do two neighbours that are unlike,
    since their weights differ by a power of two.
    """
    total = 0
    for sign in signs:
        total = 2 * (total + ALPHABET.index(sign)) % len(ALPHABET)
    return ALPHABET[-total % len(ALPHABET)]


def read_id(typed: str) -> str | None:
    """The id that was meant; small letters, spaces, dashes and what looks alike do not matter. None: mistyped."""
    signs = read_signs(typed, LENGTH)
    return signs if signs and check(signs[:SIGNS]) == signs[SIGNS] else None
