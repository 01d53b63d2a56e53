"""Which code does a room type to come in, and what did somebody mean who typed it badly?

Nine signs in three groups, «K7M-R4X-2PD», of an alphabet in which no two look alike: 39.5 bits. No vowels, so that no
word comes of it. Chance is an argument; whether a code is in use is the store's to know.
"""

from collections.abc import Callable
from math import log2

ALPHABET = "23456789CDFHJKMNPRTWX"
LENGTH, GROUP = 9, 3
BITS = LENGTH * log2(len(ALPHABET))
# What is not in the alphabet and is read as what looks like it there. O, I, L, 0 and 1 look like each other only.
_LOOKS_LIKE = str.maketrans({"Z": "2", "S": "5", "B": "8", "G": "6", "Q": "9", "E": "F", "V": "W", "U": "W"})
LONGEST_TYPED = 60


def new_code(below: Callable[[int], int]) -> str:
    """A code, without its dashes. below(n): a whole number from 0 to n − 1 by even chance, not to be guessed."""
    return "".join(ALPHABET[below(len(ALPHABET))] for _ in range(LENGTH))


def shown(code: str) -> str:
    """The code as it is read out: in groups, with dashes."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_code(typed: str) -> str | None:
    """The code that was meant: large and small letters, spaces, dashes and points do not matter. None: no code."""
    return read_signs(typed, LENGTH)


def read_signs(typed: str, length: int) -> str | None:
    """So many signs of the alphabet that somebody meant; None where it cannot be so many."""
    signs = "".join(one for one in typed[:LONGEST_TYPED].upper() if one.isalnum()).translate(_LOOKS_LIKE)
    return signs if len(signs) == length and set(signs) <= set(ALPHABET) else None
