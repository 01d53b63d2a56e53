"""Could somebody be known by what the survey says about them? k-anonymity of the background columns, and coarser ones.

Every combination of background answers that is kept has at least K respondents, or nothing is kept of it. What is lost
is said. It is not anonymity in law: that also depends on who knows what.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from planner.domain.answers import Answers, Flags, Ints

K = 5
# Merging goes on until no more than this share is left; the background of the rest is left out.
LEFT_OUT_AT_MOST = 0.05
BLANK = ""
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Coarser:
    """small: respondents in combinations of fewer than K, as the file has them, and of these `unique` alone in theirs.

    merged: (heading, levels that become one). dropped: headings. left_out: respondents whose background is not kept.
    """

    small: int
    unique: int
    merged: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dropped: tuple[str, ...] = ()
    left_out: int = 0

    def to_document(self) -> dict[str, Any]:
        return {
            "small": self.small,
            "unique": self.unique,
            "merged": [[heading, list(levels)] for heading, levels in self.merged],
            "dropped": list(self.dropped),
            "left_out": self.left_out,
        }

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Coarser":
        merged = tuple((str(heading), tuple(levels)) for heading, levels in document["merged"])
        return cls(document["small"], document["unique"], merged, tuple(document["dropped"]), document["left_out"])


@dataclass(slots=True, eq=False)
class _Background:
    """A background column while it is made coarser. codes: [n] places in levels, each the file's own that are one."""

    heading: str
    levels: list[tuple[str, ...]]
    codes: Ints

    def merges(self) -> list[tuple[int, int]]:
        """Pairs of levels that could be one: neighbours where they are numbers, else the two smallest. Never blank."""
        told = [place for place, level in enumerate(self.levels) if level != (BLANK,)]
        if len(told) <= 2:
            return []
        numbers = [_NUMBER.search(min(self.levels[place])) for place in told]
        if all(numbers):
            first = {place: int(found[0]) for place, found in zip(told, numbers, strict=True) if found}
            order = sorted(told, key=lambda place: (first[place], self.levels[place]))
            return list(pairwise(order))
        counts = np.bincount(self.codes, minlength=len(self.levels))
        smallest = sorted(told, key=lambda place: (int(counts[place]), self.levels[place]))[:2]
        return [(smallest[0], smallest[1])]

    def merged(self, one: int, other: int) -> "_Background":
        low, high = sorted((one, other))
        codes = np.where(self.codes == high, low, self.codes)
        codes = codes - (codes > high)
        levels = [level for place, level in enumerate(self.levels) if place != high]
        levels[low] = tuple(sorted({*self.levels[low], *self.levels[high]}))
        return _Background(self.heading, levels, codes)


def coarsened(answers: Answers) -> tuple[Answers, Coarser]:
    """The answers with background columns that keep K, and what was done to them; see the module."""
    columns = [_coded(heading, categories) for heading, categories in answers.margins]
    counts = _cell_sizes(answers.segment, columns)
    small, unique = int((counts < K).sum()), int((counts == 1).sum())
    columns, dropped = _made_coarser(answers.segment, columns)
    hidden = _cell_sizes(answers.segment, columns) < K
    margins = tuple((column.heading, _written(column, hidden)) for column in columns)
    merged = tuple((column.heading, level) for column in columns for level in column.levels if len(level) > 1)
    return replace(answers, margins=margins), Coarser(small, unique, merged, dropped, int(hidden.sum()))


def _coded(heading: str, categories: Sequence[str]) -> _Background:
    levels, codes = np.unique(np.array(categories, dtype=np.str_), return_inverse=True)
    return _Background(heading, [(str(level),) for level in levels], codes.astype(np.int64))


def _made_coarser(segment: Ints, columns: list[_Background]) -> tuple[list[_Background], tuple[str, ...]]:
    """Merge what helps most, time and again; a column goes only when nothing more can be merged."""
    dropped: list[str] = []
    while columns and (_cell_sizes(segment, columns) < K).mean() > LEFT_OUT_AT_MOST:
        tries = [
            [*columns[:place], column.merged(*pair), *columns[place + 1 :]]
            for place, column in enumerate(columns)
            for pair in column.merges()
        ]
        if not tries:
            tries = [[*columns[:place], *columns[place + 1 :]] for place in range(len(columns))]
        best = min(tries, key=lambda tried: int((_cell_sizes(segment, tried) < K).sum()))
        dropped += [column.heading for column in columns if column.heading not in {one.heading for one in best}]
        columns = best
    return columns, tuple(dropped)


def _cell_sizes(segment: Ints, columns: Sequence[_Background]) -> Ints:
    """[n] how many have the same background, group included. One who told nothing cannot be known by it."""
    cell = segment.astype(np.int64)
    for column in columns:
        # Numbered anew each time, so that many columns cannot run over.
        _, cell = np.unique(cell * len(column.levels) + column.codes, return_inverse=True)
    sizes: Ints = np.bincount(cell)[cell] if len(cell) else cell
    return np.where(_told_nothing(columns, len(segment)), K, sizes)


def _told_nothing(columns: Sequence[_Background], n: int) -> Flags:
    nothing = np.ones(n, dtype=np.bool_)
    for column in columns:
        blank = np.array([level == (BLANK,) for level in column.levels], dtype=np.bool_)
        nothing &= blank[column.codes] if len(blank) else nothing
    return nothing


def _written(column: _Background, hidden: Flags) -> tuple[str, ...]:
    """[n] the level each now has, merged ones by all their names; blank where it is not kept."""
    names = np.array([" / ".join(level) for level in column.levels], dtype=object)
    return tuple(np.where(hidden, BLANK, names[column.codes]).tolist()) if len(names) else ()
