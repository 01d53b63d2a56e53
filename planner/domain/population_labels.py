"""Which ages, or which sex, does a label speak of? «25-29 år», «105 år eller eldre», «Under 30», «Menn», «Females».

The same words stand in population tables and in surveys, in bokmål, nynorsk and English. Never guesses: a label that
can be read in two ways, or a bare code in a survey, means nothing here.
"""

import re
from dataclasses import dataclass
from typing import Literal

from planner.domain.scales import words

Sex = Literal["k", "m"]

_DASHES = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2010": "-", "\u2011": "-"})
_UNIT = r"(?:\s*(?:år|years?|yrs))?"
_AGE = rf"(\d{{1,3}}){_UNIT}"
_RANGE = re.compile(rf"f?{_AGE}\s*(?:-|til|to)\s*{_AGE}")
_OPEN = re.compile(rf"f?{_AGE}\s*(?:\+|(?:og|eller|and|or) (?:over|eldre|older|above)){_UNIT}")
_UNTIL = re.compile(rf"{_AGE}\s*(?:og|eller|and|or) (?:under|yngre|younger)")
_UNDER = re.compile(rf"(?:under|yngre enn|younger than|below|<)\s*{_AGE}")
_OVER = re.compile(rf"(?:over|eldre enn|older than|above|>)\s*{_AGE}")
_SINGLE = re.compile(r"f?(\d{1,3})(\s*(?:år|years?|yrs))?")
_CODE = re.compile(r"(f?\d[\d+-]*|k-\d+) (?=\S)")
_WOMEN = frozenset(
    {"kvinne", "kvinner", "kvinneleg", "kvinnelig", "jente", "jenter", "female", "females", "woman", "women", "girl",
     "girls", "k", "f"}
)  # fmt: skip
_MEN = frozenset(
    {"mann", "menn", "mannleg", "mannlig", "gutt", "gutter", "gut", "gutar", "male", "males", "man", "men", "boy",
     "boys", "m"}
)  # fmt: skip
_EVERYONE = frozenset(
    {"i alt", "alle", "alle aldre", "alder i alt", "alle aldrar", "begge kjønn", "kjønn i alt", "total", "totalt",
     "all ages", "both sexes", "both", "all", "tot", "0 begge kjønn", "999"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ages:
    """Whole years, both ends included. low None: the label does not say («under 30»). high None: and older.

    over: «over 67», which some mean from 67 and others from 68; low is then the number itself.
    """

    low: int | None
    high: int | None
    over: bool = False


def said_ages(text: str, *, bare: bool = False) -> Ages | None:
    """The ages a label speaks of; None when it speaks of none. bare: a lone number («34») is an age, not a code."""
    plain = " ".join(text.translate(_DASHES).casefold().split())
    read = _read(plain, bare)
    if read is None and (code := _CODE.match(plain)):
        read = _read(plain[code.end() :], bare)  # «034 34 år»: a code and its text
    return read


def _read(plain: str, bare: bool) -> Ages | None:
    if found := _RANGE.fullmatch(plain):
        low, high = int(found[1]), int(found[2])
        return Ages(low, high) if low <= high else None
    if found := _OPEN.fullmatch(plain):
        return Ages(int(found[1]), None)
    if found := _UNTIL.fullmatch(plain):
        return Ages(None, int(found[1]))
    if found := _UNDER.fullmatch(plain):
        return Ages(None, int(found[1]) - 1) if int(found[1]) else None
    if found := _OVER.fullmatch(plain):
        return Ages(int(found[1]), None, over=True)
    if (found := _SINGLE.fullmatch(plain)) and (bare or found[2]):
        return Ages(int(found[1]), int(found[1]))
    return None


def said_sex(text: str, *, coded: bool = False) -> Sex | None:
    """«k» or «m», None for everything else. coded: 1 is men and 2 is women, as Statistics Norway has it."""
    said = words(text)
    if coded:
        said = {"1": "menn", "2": "kvinner"}.get(said, said.removeprefix("1 ").removeprefix("2 "))
    return "k" if said in _WOMEN else "m" if said in _MEN else None


def said_everyone(text: str) -> bool:
    """«Begge kjønn», «Alle aldre»: a sum of the others."""
    return words(text) in _EVERYONE
