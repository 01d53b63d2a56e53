"""Which rows of a survey file are not used, and why? Every row is used or named with one reason.

Never decides what an answer is; it looks at what was read of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.domain.answers import Bytes, Flags, Floats, Ints
from planner.domain.findings import Detail, Finding
from planner.domain.mapping import Mapping
from planner.domain.pitfalls import row_ranges
from planner.domain.raw_table import Column, RawTable
from planner.domain.scales import BLANK, DONT_KNOW, plain

# More bad weights than this, and the column is not a weight.
BAD_WEIGHTS_AT_MOST = 0.05
# Answered pairs («vet ikke» is an answer) that a row must have to count.
ANSWERED_AT_LEAST = 0.5
# Rows set aside are named every one, up to so many.
NAMED_AT_MOST = 2_000
# What a cell holds: an answer, and one that is a step on the scale.
TOLD, STEP = 1, 2


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is not used. reason: the code of the finding that names it."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Grid:
    """What was read of the J columns of one scale, in n rows.

    columns: the column, and what each of its kinds of cells says, as `scales` has it ([kinds]). Looked up a column at a
    time and only when asked: a million answers to sixty questions are worth not having twice.
    misprinted: steps 2 and 6 were printed alike, so they are answers that say nothing.
    """

    n: int
    columns: tuple[tuple[Column, Bytes], ...]
    misprinted: bool = False

    def flags(self, place: int) -> Bytes:
        """[n] for one column: TOLD where anything was answered, with STEP where it was a step."""
        column, codes = self.columns[place]
        told = np.where(codes == BLANK, 0, TOLD) | np.where(self._steps(codes) > 0, STEP, 0)
        return _looked_up(told.astype(np.uint8), column.places)

    def all_steps(self, rows: Ints | None) -> Bytes:
        """[kept, J] 1–7, 0 without a step. rows: the places to keep; None for all."""
        return self._read([self._steps(codes) for _, codes in self.columns], np.uint8, rows)

    def dont_know(self, rows: Ints | None) -> Flags:
        """[kept, J] True where the answer was «vet ikke»."""
        return self._read([codes == DONT_KNOW for _, codes in self.columns], np.bool_, rows)

    def _steps(self, codes: Bytes) -> Bytes:
        says = codes <= 7
        if self.misprinted:
            says &= (codes != 2) & (codes != 6)
        return codes * says

    def _read(self, meanings: Sequence[NDArray[Any]], dtype: Any, rows: Ints | None) -> NDArray[Any]:
        kept = self.n if rows is None else len(rows)
        made = np.zeros((kept, len(self.columns)), dtype=dtype, order="F")
        for place, (column, _) in enumerate(self.columns):
            # A column without a single «vet ikke» is never touched, and takes no memory.
            if meanings[place].any():
                _looked_up(meanings[place], column.places if rows is None else column.places[rows], made[:, place])
        return made


def _looked_up(meaning: NDArray[Any], places: NDArray[Any], out: NDArray[Any] | None = None) -> NDArray[Any]:
    if not len(meaning):
        return np.zeros(0, dtype=meaning.dtype)
    # Every place is one of the kinds, so nothing is clipped; without it numpy would look at them all once more.
    found: NDArray[Any] = np.take(meaning, places, out=out, mode="clip")
    return found


def read_weights(table: RawTable, mapping: Mapping, findings: list[Finding]) -> tuple[Floats, Flags]:
    """[n] the weights, 1 where there is none to use, and [n] where the row has none though it should."""
    uses = mapping.with_role("weight")
    if not uses:
        return np.ones(len(table)), np.zeros(len(table), dtype=np.bool_)
    use = uses[0]
    read = table.columns[use.index].read(_positive, np.float64)
    bad = (read <= 0) & ~table.blank()
    filled = ~table.blank()
    if bad.sum() > BAD_WEIGHTS_AT_MOST * filled.sum():
        named = row_ranges(table.numbers[bad].tolist())
        details: dict[str, Detail] = {"heading": use.heading, "count": int(bad.sum()), "rows": named}
        findings.append(Finding("weights_unusable", where=f"kolonne {use.heading}, rad {named}", details=details))
    good = read[read > 0]
    if len(good) and good.max() > 20 * np.median(good):
        ratio = round(float(good.max() / np.median(good)))
        uneven: dict[str, Detail] = {"heading": use.heading, "ratio": ratio}
        findings.append(Finding("weights_uneven", "warning", f"kolonne {use.heading}", uneven))
    return np.where(read > 0, read, 1.0), bad


def _positive(text: str) -> float:
    """A plain decimal number above 0 with point or comma; 0 for anything else (inf and nan too)."""
    value = plain(text).replace(" ", "").replace("−", "-")
    if value.count(",") + value.count(".") > 1 or "_" in value:
        return 0.0
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return 0.0
    return number if np.isfinite(number) and number > 0 else 0.0


# Why a row is not used. A row has one reason: the first that applies, in this order; its number is its place from 1.
REASONS = (
    "row_broken",
    "row_blank",
    "row_bad_weight",
    "row_no_pair",
    "row_few_answers",
    "row_repeated_respondent",
)


def decide_aside(table: RawTable, mapping: Mapping, importance: Grid, likelihood: Grid, bad_weight: Flags) -> Bytes:
    """[n] 0 for a row that is used, else the number of its reason."""
    asked = len(importance.columns)
    answered = np.zeros(len(table), dtype=np.uint16)
    whole = np.zeros(len(table), dtype=np.bool_)
    for place in range(asked):
        both = importance.flags(place) & likelihood.flags(place)
        answered += both & TOLD
        whole |= both >= STEP
    broken = np.zeros(len(table), dtype=np.bool_)
    broken[list(table.broken)] = True
    applies = (broken, table.blank(), bad_weight, ~whole, answered < ANSWERED_AT_LEAST * asked)
    aside = np.zeros(len(table), dtype=np.uint8)
    for number, rows in enumerate(applies, start=1):
        aside[rows & (aside == 0)] = number
    aside[_repeated(table, mapping, aside == 0)] = len(REASONS)
    return aside


def _repeated(table: RawTable, mapping: Mapping, usable: Flags) -> Ints:
    """Places of all but the last of the usable rows with the same respondent id."""
    uses = mapping.with_role("respondent")
    if not uses:
        return np.zeros(0, dtype=np.int64)
    column = table.columns[uses[0].index]
    known: dict[str, int] = {"": 0}
    numbers = column.read(lambda kind: known.setdefault(plain(kind), len(known)), np.int64)
    places = np.flatnonzero(usable & (numbers > 0))
    _, last = np.unique(numbers[places][::-1], return_index=True)
    return np.delete(places, len(places) - 1 - last)


def by_row(aside: Bytes, table: RawTable) -> tuple[SetAside, ...]:
    places = np.flatnonzero(aside)
    pairs = zip(table.numbers[places].tolist(), aside[places].tolist(), strict=True)
    return tuple(SetAside(row, REASONS[reason - 1]) for row, reason in pairs)


def aside_findings(aside: Bytes, table: RawTable) -> list[Finding]:
    found = []
    for number, reason in sorted(enumerate(REASONS, start=1), key=lambda pair: pair[1]):
        rows = table.numbers[aside == number].tolist()
        if rows:
            listed = row_ranges(rows, every=len(rows) <= NAMED_AT_MOST)
            found.append(Finding(reason, "warning", f"rad {listed}", {"count": len(rows), "rows": listed}))
    return found


def unsubmitted(table: RawTable, mapping: Mapping, aside: Bytes) -> list[Finding]:
    """Forms that were never sent in and still have answers enough: they are used, and it is said."""
    uses = mapping.with_role("submitted")
    if not uses:
        return []
    sent = table.columns[uses[0].index].read(lambda kind: bool(kind.strip()), np.bool_)
    rows = table.numbers[~sent & (aside == 0)].tolist()
    if not rows or not sent.any():
        return []
    listed = row_ranges(rows)
    return [Finding("rows_not_submitted", "info", f"rad {listed}", {"count": len(rows), "rows": listed})]
