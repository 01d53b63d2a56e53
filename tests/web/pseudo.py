"""A language there is not: every text of the catalogue with other letters and two fifths longer.

A plain letter on a page is then something that no translator gets to see; and what does not fit is found before
somebody translates into a language that takes more room than Norwegian.
"""

import re
from collections.abc import Iterator

import flask_babel
import pytest
from babel import support

from planner.web import cards

_PLAIN = "abcdefghijklmnoprstuvwxyzæøå"
_OTHER = "äƀçđëƒğĥïĵķļɱñöþŕšţüṽŵẋýžǽǿȧ"
OF = str.maketrans(_PLAIN + _PLAIN.upper(), _OTHER + _OTHER.upper())
_PLACES = re.compile(r"(%\(\w+\)[sd]|%%)")


def longer(text: str) -> str:
    """The text with every letter another, and every vowel twice."""
    parts = _PLACES.split(text)
    return "".join(part if _PLACES.fullmatch(part) else _stretched(part) for part in parts)


def _stretched(text: str) -> str:
    return re.sub(r"([aeiouyæøå])", r"\1\1", text).translate(OF)


class Pseudo(support.NullTranslations):  # type: ignore[misc]  # babel has no types
    def ugettext(self, message: str) -> str:
        return longer(message)

    def ungettext(self, singular: str, plural: str, num: int) -> str:
        return longer(singular if num == 1 else plural)

    def upgettext(self, context: str, message: str) -> str:
        return longer(message)


@pytest.fixture
def in_pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything is said in it; what is kept written is forgotten before and after."""
    kept = (cards._blank, cards._mark, cards.taps)
    for one in kept:
        one.cache_clear()
    monkeypatch.setattr(flask_babel.Domain, "get_translations", lambda _self: Pseudo())
    yield
    for one in kept:
        one.cache_clear()
