"""Which column of a survey export is what? A guess for each, made for a person to confirm or change.

Never reads an answer into a figure; `survey.read_answers` does, from the mapping that the person confirmed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from planner.domain.headings import HeadingIndex
from planner.domain.raw_table import Column, RawTable
from planner.domain.scales import (
    BLANK,
    DONT_KNOW,
    FORMULA,
    UNKNOWN,
    USUAL,
    Scale,
    Steps,
    label_step,
    plain,
    read_cell,
    words,
)
from planner.domain.statements import Statement, StayStatement

# driver: one of the five asked beside staying. comment: free text, kept apart. submitted: whether the form was sent in.
# personal: tells who somebody is; its cells are gone.
Role = Literal[
    "importance", "likelihood", "segment", "weight", "respondent", "margin", "stay", "driver", "comment", "submitted",
    "personal", "ignored",
]  # fmt: skip
ANSWERS: tuple[Role, ...] = ("importance", "likelihood", "driver")
Sureness = Literal["sure", "unsure", "unknown"]

# What a column of answers is counted by, in the order the page shows.
CODE_NAMES = ("1", "2", "3", "4", "5", "6", "7", "vet_ikke", "tom", "ukjent")
SHOWN_VALUES = 40
MOST_STAY_ANSWERS = 8


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


RESPONDENT = frozenset(
    {"id", "respondent", "respondentid", "respondent id", "svarid", "svar id", "response id"}
    | {"løpenummer", "løpenr", "deltaker", "respondentnummer", "respnr", "svarnummer", "deltakarnummer"}
)
_ROLE_WORDS: tuple[tuple[Role, frozenset[str]], ...] = (
    ("weight", frozenset({"vekt", "weight", "weights", "vekter", "utvalgsvekt"})),
    ("respondent", RESPONDENT),
    ("margin", frozenset({"kjønn", "kjonn", "sex", "gender"})),
)
_STAY = re.compile(
    r"\b(ønsker|ønskjer|vil|want|wish|would like|would you like)\b.*\b(bo|bu|bli|live|stay)\b"
    r".*\b(fram|future|kommun|municipality)"
)
_CODE_AFTER = re.compile(r"\s*\([^()\s]{1,16}\)\s*$")
# Filled where the form was sent in.
_SUBMITTED = frozenset(
    {"submitdate", "date submitted", "fullføringstidspunkt", "completion time", "innsendt"}
    | {"dato innsendt", "innsendingsdato"}
)
_SEGMENT_HINTS = re.compile(
    r"\b(alder\w*|age|aldersgruppe|flytt\w*|tilflytt\w*|innvandr\w*|født\w*|fødd\w*|fødeland|moved|born|immigra\w*|segment|gruppe|målgruppe|landbakgrunn)\b"
)


def guess_columns(
    table: RawTable, statements: Sequence[Statement], drivers: Sequence[StayStatement] = ()
) -> tuple[ColumnGuess, ...]:
    """One guess a column, in column order. Rows are only counted, never judged."""
    headings = HeadingIndex(statements)
    readings = headings.read(table.headings)
    guesses = []
    for index, (column, reading) in enumerate(zip(table.columns, readings, strict=True)):
        if column.personal:
            role: Role = "submitted" if words(column.heading) in _SUBMITTED else "personal"
            guesses.append(ColumnGuess(index, column.heading, role, "", "sure"))
            continue
        driver = _driver(column.heading, drivers)
        if driver:
            counts, unknown = count_codes(spoken(column), "agreement")
            sure: Sureness = "unsure" if unknown else "sure"
            guesses.append(ColumnGuess(index, column.heading, "driver", driver, sure, counts, unknown))
            continue
        if reading is None:
            guesses.append(_plain_column(index, column.heading, spoken(column)))
            continue
        scale, sureness = reading.scale, reading.sureness
        by_labels = _scale_of_labels(spoken(column))
        if by_labels is not None:
            # What people were shown beats what the tool called the column.
            sureness = "unsure" if scale not in (None, by_labels) else "sure" if reading.by_text else sureness
            scale = by_labels
        if scale is None:
            guesses.append(_plain_column(index, column.heading, spoken(column)))
            continue
        counts, unknown = count_codes(spoken(column), scale)
        if unknown and sureness == "sure":
            sureness = "unsure"
        answers: Role = "importance" if scale == "importance" else "likelihood"
        guesses.append(ColumnGuess(index, column.heading, answers, reading.statement, sureness, counts, unknown))
    return _one_column_each(guesses)


def spoken(column: Column) -> Counter[str]:
    """How many rows have each cell, cells with the label that the file declares for them."""
    return Counter({column.spoken(kind): count for kind, count in column.counted().items()})


def _driver(heading: str, drivers: Sequence[StayStatement]) -> str:
    """The id of what is asked beside staying, where the heading holds its text in some language."""
    name = f" {words(heading)} "
    for one in drivers:
        texts = (one.text, one.text_nn, one.text_en)
        if any(f" {words(text)} " in name for text in texts if text) or name.strip() == one.id:
            return one.id
    return ""


def count_codes(
    cells: Counter[str], scale: Scale, declared: frozenset[str] = frozenset(), steps: Steps = USUAL
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Counts in CODE_NAMES order, and up to five examples of cells not understood."""
    counts = dict.fromkeys((*range(1, 8), DONT_KNOW, BLANK, UNKNOWN), 0)
    unknown = []
    for text, number in cells.items():
        code = read_cell(text, scale, declared, steps).code
        if code in (UNKNOWN, FORMULA):
            unknown.append(text)
            code = UNKNOWN
        counts[code] += number
    return tuple(counts.values()), tuple(sorted(unknown)[:5])


def _plain_column(index: int, heading: str, counted: Counter[str]) -> ColumnGuess:
    values = tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_VALUES])
    name = words(heading)
    # «Kjønn (q2)»: the label of a variable, and its name.
    bare = words(_CODE_AFTER.sub("", heading))
    for role, known in _ROLE_WORDS:
        if name in known or bare in known:
            return ColumnGuess(index, heading, role, "", "sure", values=values)
    if _STAY.search(name) and 2 <= len(counted) <= MOST_STAY_ANSWERS:
        return ColumnGuess(index, heading, "stay", "", "sure", values=values)
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
