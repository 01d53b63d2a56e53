"""Which column of a survey export is what? A guess for each, made for a person to confirm or change.

Never reads an answer into a figure; `survey.read_answers` does, from the mapping that the person confirmed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.domain.findings import Finding
from planner.domain.headings import HeadingIndex
from planner.domain.scales import BLANK, DONT_KNOW, FORMULA, UNKNOWN, Scale, label_step, plain, read_cell, words
from planner.domain.statements import Statement

Role = Literal["importance", "likelihood", "segment", "weight", "respondent", "margin", "stay", "ignored"]
Sureness = Literal["sure", "unsure", "unknown"]

# What a column of answers is counted by, in the order the page shows.
CODE_NAMES = ("1", "2", "3", "4", "5", "6", "7", "vet_ikke", "tom", "ukjent")
SHOWN_VALUES = 40


@dataclass(frozen=True, slots=True)
class RawTable:
    """A survey export as text: what `files` hands over.

    columns: the headings, one a column. rows: cells as text, every row as long as `columns`, wholly blank rows in the
    middle kept. first_row: the number, as the user sees it in the file, of the first row of answers.
    notes: what reading the file had to assume or repair. broken: places in `rows` of rows whose cells could not be told
    apart; they are blank here, and set aside by that name.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 2
    notes: tuple[Finding, ...] = ()
    broken: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row must be as long as the heading")

    def column(self, index: int) -> tuple[str, ...]:
        return tuple(row[index] for row in self.rows)


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What one column was taken for, and why a person might disagree.

    counts: answers per code in CODE_NAMES order, for importance and likelihood columns only.
    unknown: examples of cells not understood. values: distinct cells with how many rows have each, most frequent
    first (at most SHOWN_VALUES), for the other roles.
    """

    index: int
    heading: str
    role: Role
    statement: str
    sureness: Sureness
    counts: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()
    values: tuple[tuple[str, int], ...] = ()


_ROLE_WORDS: tuple[tuple[Role, frozenset[str]], ...] = (
    ("weight", frozenset({"vekt", "weight", "weights", "vekter", "utvalgsvekt"})),
    (
        "respondent",
        frozenset(
            {"id", "respondent", "respondentid", "respondent id", "svarid", "svar id", "response id"}
            | {"løpenummer", "løpenr", "deltaker"}
        ),
    ),
    ("stay", frozenset({"ønsker du å bo i kommunen i framtida", "ønsker du å bo i kommunen i framtiden"})),
    ("margin", frozenset({"kjønn", "kjonn", "sex", "gender"})),
)
_SEGMENT_HINTS = re.compile(
    r"\b(alder\w*|age|aldersgruppe|flytt\w*|tilflytt\w*|innvandr\w*|født\w*|fødeland|segment|gruppe|målgruppe|landbakgrunn)\b"
)


def guess_columns(table: RawTable, statements: Sequence[Statement]) -> tuple[ColumnGuess, ...]:
    """One guess a column, in column order. Rows are only counted, never judged."""
    headings = HeadingIndex(statements)
    readings = headings.read(table.columns)
    guesses = []
    for index, (heading, reading) in enumerate(zip(table.columns, readings, strict=True)):
        counted = Counter(table.column(index))
        if reading is None:
            guesses.append(_plain_column(index, heading, counted))
            continue
        scale, sureness = reading.scale, reading.sureness
        by_labels = _scale_of_labels(counted)
        if by_labels is not None:
            # What people were shown beats what the tool called the column.
            sureness = "unsure" if scale not in (None, by_labels) else "sure" if reading.by_text else sureness
            scale = by_labels
        if scale is None:
            guesses.append(_plain_column(index, heading, counted))
            continue
        counts, unknown = count_codes(counted, scale)
        if unknown and sureness == "sure":
            sureness = "unsure"
        guesses.append(ColumnGuess(index, heading, scale, reading.statement, sureness, counts, unknown))
    return _one_column_each(guesses)


def count_codes(
    cells: Counter[str], scale: Scale, declared: frozenset[str] = frozenset()
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Counts in CODE_NAMES order, and up to five examples of cells not understood."""
    counts = dict.fromkeys((*range(1, 8), DONT_KNOW, BLANK, UNKNOWN), 0)
    unknown = []
    for text, number in cells.items():
        code = read_cell(text, scale, declared).code
        if code in (UNKNOWN, FORMULA):
            unknown.append(text)
            code = UNKNOWN
        counts[code] += number
    return tuple(counts.values()), tuple(sorted(unknown)[:5])


def _plain_column(index: int, heading: str, counted: Counter[str]) -> ColumnGuess:
    values = tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_VALUES])
    name = words(heading)
    for role, known in _ROLE_WORDS:
        if name in known:
            return ColumnGuess(index, heading, role, "", "sure", values=values)
    if _SEGMENT_HINTS.search(name) and len(counted) <= SHOWN_VALUES:
        return ColumnGuess(index, heading, "segment", "", "unsure", values=values)
    return ColumnGuess(index, heading, "ignored", "", "unknown", values=values)


def _scale_of_labels(cells: Iterable[str]) -> Scale | None:
    """The only scale whose labels occur in the cells; «Verken/eller» is on both and tells nothing."""
    found: set[Scale] = set()
    for text in cells:
        label = re.sub(r"^[\W\d]+|[\W\d]+$", "", plain(text))
        scales: tuple[Scale, ...] = ("importance", "likelihood")
        hits = [scale for scale in scales if label_step(label, scale)]
        if len(hits) == 1:
            found.add(hits[0])
    return found.pop() if len(found) == 1 else None


def _one_column_each(guesses: list[ColumnGuess]) -> tuple[ColumnGuess, ...]:
    """A second column for the same statement and scale is a guess too many: unsure, and so is the first."""
    seen = Counter((guess.role, guess.statement) for guess in guesses if guess.statement)
    return tuple(
        ColumnGuess(g.index, g.heading, g.role, g.statement, "unsure", g.counts, g.unknown, g.values)
        if g.statement and seen[(g.role, g.statement)] > 1
        else g
        for g in guesses
    )
