"""Which statement and which scale does a column heading name? Each survey tool writes it in its own way.

Never looks at a cell.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from planner.domain.scales import Scale, plain, words
from planner.domain.statements import Statement

_IMPORTANCE = frozenset({"viktig", "viktighet", "viktigheit", "importance", "important", "verdi"})
_LIKELIHOOD = frozenset(
    {"sannsynlig", "sannsynleg", "sannsynlighet", "sannsynlegheit", "likelihood", "likely", "oppfylt", "konsekvens"}
)
_GRID = re.compile(r"(?<![a-z0-9])sq0*(\d+)\]?(?:\[([012])\]|_([012]))?(?!\d)", re.IGNORECASE)
_SHORT_SCALE = re.compile(r"[\s_\-.]([vs])$")
_SECOND = re.compile(r"(?:\.1|\s?\(?2\)?)$")
SIMILAR = 0.65
LONG_ENOUGH = 16
_CODE_AFTER = re.compile(r"\s*\([^()\s]{1,16}\)\s*$")


@dataclass(frozen=True, slots=True)
class HeadingReading:
    """statement: its id. scale: None when the heading does not say. by_text: matched by id or text, not by position."""

    statement: str
    scale: Scale | None
    sureness: Literal["sure", "unsure"]
    by_text: bool = True


class HeadingIndex:
    """The statements, ready to be found in headings by id, by text (in any of its languages) or by grid number."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._ids = {words(statement.id): statement.id for statement in statements}
        self._order = [statement.id for statement in statements]
        self._texts: dict[str, str] = {}
        for statement in statements:
            for text in (statement.text, statement.text_nn, statement.text_en):
                for form in _forms(text):
                    self._texts.setdefault(form, statement.id)

    def read(self, headings: Sequence[str]) -> tuple[HeadingReading | None, ...]:
        """One reading a heading. Two columns for a statement that both leave out the scale: importance comes first."""
        readings = self._grid_scales(headings, [self._one(heading) for heading in headings])
        unscaled = Counter(r.statement for r in readings if r is not None and r.scale is None)
        seen: Counter[str] = Counter()
        for place, reading in enumerate(readings):
            if reading is None or reading.scale is not None or unscaled[reading.statement] != 2:
                continue
            scale: Scale = "likelihood" if seen[reading.statement] else "importance"
            seen[reading.statement] += 1
            readings[place] = replace(reading, scale=scale, sureness="unsure")
        return tuple(readings)

    def _one(self, heading: str) -> HeadingReading | None:
        # Names without spaces write them as _: «Viktig_Lett_tilgang_til_naturen».
        said = heading if " " in heading.strip() else heading.replace("_", " ")
        scale, rest = _take_scale(said)
        for form in (rest, _SECOND.sub("", rest).strip()):
            exact = self._ids.get(words(form)) or self._texts.get(_bare(form))
            if exact:
                return HeadingReading(exact, scale, "sure" if scale else "unsure")
        tokens = words(rest).split()
        by_id = {self._ids[token] for token in tokens if token in self._ids}
        if len(by_id) == 1:
            return HeadingReading(by_id.pop(), scale, "sure" if scale else "unsure")
        grid = _GRID.search(heading)
        if grid is not None and 1 <= int(grid[1]) <= len(self._order):
            return HeadingReading(self._order[int(grid[1]) - 1], scale, "unsure", by_text=False)
        return self._by_text(_take_scale(_CODE_AFTER.sub("", said))[1], scale)

    def _by_text(self, rest: str, scale: Scale | None) -> HeadingReading | None:
        name = _bare(rest)
        inside = [text for text in self._texts if len(text) >= 12 and f" {text} " in f" {name} "]
        if inside:
            # «Gode utdanningsmuligheter» lies inside «Gode utdanningsmuligheter for barn»: the longest is meant.
            return HeadingReading(self._texts[max(inside, key=len)], scale, "sure" if scale else "unsure")
        around = {self._texts[text] for text in self._texts if len(name) >= 12 and name in text}
        if len(around) == 1:
            return HeadingReading(around.pop(), scale, "unsure")
        cut = self._cut_off(name)
        if cut:
            return HeadingReading(cut, scale, "unsure")
        tokens = set(name.split())
        scored = sorted(((_overlap(tokens, set(text.split())), text) for text in self._texts), reverse=True)
        if scored and scored[0][0] >= SIMILAR and len(tokens) > 2:
            return HeadingReading(self._texts[scored[0][1]], scale, "unsure")
        return None

    def _cut_off(self, name: str) -> str:
        """The statement that a heading begins to say when it is cut off; "" where that could be more than one."""
        tokens = name.split()
        for start in range(len(tokens)):
            tail = " ".join(tokens[start:])
            if len(tail) < LONG_ENOUGH:
                return ""
            begun = {id_ for text, id_ in self._texts.items() if text.startswith(tail)}
            if len(begun) == 1:
                return begun.pop()
        return ""

    def _grid_scales(
        self, headings: Sequence[str], readings: list[HeadingReading | None]
    ) -> list[HeadingReading | None]:
        """A dual-scale grid numbers its scales from 0 or from 1; the lower number is the first scale shown."""
        numbers = [_grid_scale(heading) for heading in headings]
        present = {number for number in numbers if number is not None}
        if len(present) != 2:
            return readings
        first = min(present)
        return [
            replace(reading, scale=reading.scale or ("importance" if number == first else "likelihood"))
            if reading is not None and number is not None
            else reading
            for reading, number in zip(readings, numbers, strict=True)
        ]


def _grid_scale(heading: str) -> int | None:
    grid = _GRID.search(heading)
    text = (grid[2] or grid[3]) if grid is not None else None
    return int(text) if text else None


def scale_named(text: str) -> Scale | None:
    """The only scale that a text names: «Hvor viktig», «Likelihood», «S»."""
    letter: dict[str, Scale] = {"v": "importance", "s": "likelihood"}
    return letter.get(plain(text)) or _take_scale(text)[0]


def _take_scale(heading: str) -> tuple[Scale | None, str]:
    """The scale a heading names, and the heading without the words that named it."""
    text = plain(heading)
    tokens = re.split(r"([^\W_]+)", text)
    found: set[Scale] = set()
    kept = []
    for token in tokens:
        if token in _IMPORTANCE:
            found.add("importance")
        elif token in _LIKELIHOOD:
            found.add("likelihood")
        else:
            kept.append(token)
    if len(found) == 1:
        return found.pop(), "".join(kept).strip(" :-–—_[]().").strip()
    short = _SHORT_SCALE.search(text)
    if not found and short is not None:
        return ("importance" if short[1] == "v" else "likelihood"), text[: short.start()]
    return None, text


def _bare(text: str) -> str:
    name = words(text)
    return name.removeprefix("å ").strip()


def _forms(text: str) -> set[str]:
    """A statement as it may be written: with what stands in parentheses, and without it."""
    return {form for form in (_bare(text), _bare(re.sub(r"\([^)]*\)", " ", text))) if form}


def _overlap(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 0.0
