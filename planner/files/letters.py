"""Which letters can a font write? Read from the font file itself, so that a document never promises one it lacks.

A PDF for screen readers may hold no letter that its font cannot show: one name in Chinese would stop the whole file.
"""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

INSTEAD = "\u25a1"
"""□, for a letter that cannot be written."""
ALWAYS = frozenset("\u00ad")
"""A soft hyphen has no shape of its own: it says where a word may be broken."""
_ALL_OF_UNICODE = ((3, 10), (0, 4), (0, 6))
"""Platform and encoding of the tables that hold every letter, in format 12."""


@cache
def letters(font: Path) -> frozenset[str]:
    """What a TrueType font has a shape for. Raises ValueError for a font without a table of all of Unicode."""
    data = font.read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = (struct.unpack_from(">4sLLL", data, 12 + 16 * place) for place in range(count))
    at = next(offset for name, _, offset, _ in tables if name == b"cmap")
    for place in range(struct.unpack_from(">H", data, at + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", data, at + 4 + 8 * place)
        if (platform, encoding) in _ALL_OF_UNICODE:
            return frozenset(_runs(data, at + offset))
    raise ValueError(f"{font.name} has no table of all of Unicode")


def _runs(data: bytes, at: int) -> Iterator[str]:
    """Format 12: runs of code points with runs of shapes; shape 0 is the box for what is missing."""
    for place in range(struct.unpack_from(">L", data, at + 12)[0]):
        first, last, shape = struct.unpack_from(">LLL", data, at + 16 + 12 * place)
        yield from map(chr, range(first if shape else first + 1, last + 1))


def written(text: str, has: frozenset[str]) -> str:
    """The text with □ for each letter the font lacks. A letter and its marks are put together first where they can."""
    whole = unicodedata.normalize("NFC", text)
    return "".join(letter if letter in has or letter in ALWAYS else _instead(letter) for letter in whole)


def _instead(letter: str) -> str:
    """Marks and what has no shape of its own go without a trace."""
    if letter.isspace():
        return " "
    if unicodedata.category(letter) in ("Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn"):
        return ""
    return INSTEAD
