"""Does this file have a row for each answer instead of a row for each person? Then it is put together, a row a person.

Two forms: respondent, statement, scale and value in each row; or respondent and statement with a column for each scale.
What tells who a row belongs to is used for that alone, and is gone afterwards. Never guesses between two answers to the
same question from the same person: neither is used, and the rows are named. Each row is in the table or named.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.domain.columns import RESPONDENT
from planner.domain.findings import Detail, Finding, Severity
from planner.domain.headings import HeadingIndex, scale_named
from planner.domain.personal import without_personal
from planner.domain.pitfalls import row_ranges
from planner.domain.raw_table import Column, RawTable, smallest
from planner.domain.scales import Scale, plain, words
from planner.domain.statements import Statement

_RESPONDENT = RESPONDENT | {"deltakar", "deltaker id", "deltakar id", "respid", "resp id", "person", "person id", "nr"}
_STATEMENT = frozenset(
    {"utsagn", "utsegn", "statement", "påstand", "spørsmål", "question", "item", "variabel", "variable"}
)
_SCALE = frozenset({"skala", "scale", "dimensjon", "dimension", "type", "måling"})
_VALUE = frozenset({"verdi", "value", "svar", "answer", "response", "skår", "score", "svarverdi"})
# People answer at least so many rows each, or a row is a person after all.
ROWS_EACH = 2
# More questions than this, and what stands in the column is free text.
MOST_QUESTIONS = 1_000
# A column that differs within more of the people than this is about the row and not about the person.
ABOUT_THE_ROW = 0.5
Numbers = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LongForm:
    """Which column is what. scale: None where each scale has a column of its own. values: that hold answers."""

    respondent: int
    statement: int
    scale: int | None
    values: tuple[int, ...]

    @property
    def used(self) -> frozenset[int]:
        scale = () if self.scale is None else (self.scale,)
        return frozenset({self.respondent, self.statement, *self.values, *scale})


@dataclass(frozen=True, slots=True, eq=False)
class _Coded:
    """kinds: what is told apart, the first of it that occurs. codes: [n] its number from 1; 0 is blank."""

    kinds: tuple[str, ...]
    codes: Numbers


def find_long_form(table: RawTable, statements: Sequence[Statement]) -> LongForm | None:
    """The form, where headings, statements and the number of rows for each person all say so; else None."""
    names = [words(heading) for heading in table.headings]
    respondent, statement = _only(names, _RESPONDENT), _only(names, _STATEMENT)
    if respondent is None or statement is None:
        return None
    scale, value = _only(names, _SCALE), _only(names, _VALUE)
    if scale is not None and value is not None:
        spoken = [kind for kind in table.columns[scale].counted() if kind.strip()]
        if {scale_named(kind) for kind in spoken} != {"importance", "likelihood"}:
            return None
        form = LongForm(respondent, statement, scale, (value,))
    else:
        columns = _scale_columns(table.headings, statements)
        if columns is None:
            return None
        form = LongForm(respondent, statement, None, columns)
    return form if _is_asked(table.columns[statement], statements) and _is_long(table, form) else None


def widened(table: RawTable, form: LongForm) -> RawTable:
    """A row for each person, in the order they first occur and with the number of that row; a column for each question
    and scale. Notes: how many rows became how many answers, and each row that did not become part of one."""
    person = _coded(table.columns[form.respondent], plain)
    asked, headings = _questions(table, form)
    placed = (person.codes > 0) & (asked > 0)
    rows = np.flatnonzero(placed)
    first, who = _in_order(person.codes[rows])
    numbers = table.numbers[rows]
    notes = [_note("long_form", "info", (), rows=len(table), people=len(first))]
    if not placed.all():
        notes.append(_note("long_rows_unplaced", "warning", table.numbers[~placed]))
    columns = _background(table, form, rows, who, first, notes)
    clashing, repeated = np.zeros(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.bool_)
    for place, named in zip(form.values, headings, strict=True):
        made, clash, again = _spread(table.columns[place], rows, who, asked[rows] - 1, len(first), named)
        columns += made
        clashing |= clash
        repeated |= again
    if clashing.any():
        notes.append(_note("long_answers_differ", "warning", numbers[clashing]))
    if (repeated & ~clashing).any():
        notes.append(_note("long_rows_repeated", "info", numbers[repeated & ~clashing]))
    return RawTable(tuple(columns), numbers[first], (*table.notes, *notes))


def _only(names: Sequence[str], known: frozenset[str]) -> int | None:
    """The only column so called."""
    places = [place for place, name in enumerate(names) if name in known]
    return places[0] if len(places) == 1 else None


def _scale_columns(headings: Sequence[str], statements: Sequence[Statement]) -> tuple[int, int] | None:
    """The one column of each scale, with no statement in its heading."""
    readings = HeadingIndex(statements).read(headings)
    found: dict[Scale, list[int]] = {"importance": [], "likelihood": []}
    for place, (heading, reading) in enumerate(zip(headings, readings, strict=True)):
        scale = scale_named(heading)
        if scale is not None and reading is None:
            found[scale].append(place)
    if any(len(places) != 1 for places in found.values()):
        return None
    return found["importance"][0], found["likelihood"][0]


def _is_asked(column: Column, statements: Sequence[Statement]) -> bool:
    """Whether most of the rows hold a statement that is known, and more than one of them occurs."""
    counted = column.counted()
    if len(counted) > MOST_QUESTIONS:
        return False
    readings = HeadingIndex(statements).read([_said(column, kind) for kind in counted])
    known = {kind: reading.statement for kind, reading in zip(counted, readings, strict=True) if reading is not None}
    return len(set(known.values())) > 1 and 2 * sum(counted[kind] for kind in known) > counted.total()


def _is_long(table: RawTable, form: LongForm) -> bool:
    """Whether people have a row for each of several statements."""
    counted = table.columns[form.respondent].counted()
    people = len({plain(kind) for kind in counted if kind.strip()})
    return 0 < ROWS_EACH * people <= sum(count for kind, count in counted.items() if kind.strip())


def _questions(table: RawTable, form: LongForm) -> tuple[Numbers, list[list[str]]]:
    """([n] the number of the question from 1, 0 for none; for each column of values the headings of the questions)."""
    statement = _coded(table.columns[form.statement], words)
    texts = [_said(table.columns[form.statement], kind) for kind in statement.kinds]
    if form.scale is None:
        return statement.codes, [[f"{table.headings[place]}: {text}" for text in texts] for place in form.values]
    scale = _coded(table.columns[form.scale], plain)
    scales = len(scale.kinds) + 1
    both = np.where(statement.codes > 0, (statement.codes - 1) * scales + scale.codes + 1, 0)
    occurs = np.bincount(both, minlength=1)
    occurs[0] = 0
    there = np.flatnonzero(occurs)
    number = np.zeros(len(occurs), dtype=np.int32)
    number[there] = np.arange(1, len(there) + 1)
    names = []
    for one in (there - 1).tolist():
        text, on = texts[one // scales], one % scales
        names.append(f"{scale.kinds[on - 1]}: {text}" if on else text)
    return number[both], [names]


def _in_order(codes: Numbers) -> tuple[Numbers, Numbers]:
    """(place of the first row of each person, [rows] which person each row is of), people as they first occur."""
    first = np.full(int(codes.max(initial=0)) + 1, len(codes), dtype=np.int64)
    # Written from the last to the first: the first is what stays.
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    there = np.flatnonzero(first < len(codes))
    there = there[np.argsort(first[there])]
    number = np.zeros(len(first), dtype=np.int32)
    number[there] = np.arange(len(there))
    return first[there], number[codes]


def _spread(
    column: Column, rows: Numbers, who: Numbers, asked: Numbers, people: int, headings: Sequence[str]
) -> tuple[list[Column], Flags, Flags]:
    """(a column for each question, [rows] which answers differ from another of the same, [rows] which repeat one)."""
    value = _coded(column, plain)
    codes = value.codes[rows]
    chosen, clash, again = _one_each(asked * people + who, codes, people * len(headings), len(value.kinds))
    grid = chosen.reshape(len(headings), people)
    made = [_column(column, heading, value.kinds, grid[place]) for place, heading in enumerate(headings)]
    return made, clash, again


def _one_each(cell: Numbers, codes: Numbers, cells: int, kinds: int) -> tuple[NDArray[Any], Flags, Flags]:
    """([cells] the only code that each has, 0 for none or more; [rows] clashing; [rows] said before)."""
    chosen = np.zeros(cells, dtype=smallest(kinds + 1))
    filled = np.flatnonzero(codes)
    said, at = codes[filled], cell[filled]
    chosen[at[::-1]] = said[::-1]
    clash, again = np.zeros(len(codes), dtype=np.bool_), np.zeros(len(codes), dtype=np.bool_)
    if np.count_nonzero(chosen) == len(filled):
        return chosen, clash, again
    first = np.zeros(cells, dtype=np.int64)
    first[at[::-1]] = filled[::-1]
    again[filled] = first[at] != filled
    different = np.zeros(cells, dtype=np.bool_)
    different[at[chosen[at] != said]] = True
    clash[filled] = different[at]
    chosen[different] = 0
    return chosen, clash, again


def _background(
    table: RawTable, form: LongForm, rows: Numbers, who: Numbers, first: Numbers, notes: list[Finding]
) -> list[Column]:
    """What is said of each person, from all their rows: blank where the rows disagree, and left out where nearly all
    do. What tells who somebody is, is gone before it is looked at."""
    others = [column for place, column in enumerate(table.columns) if place not in form.used]
    bare = without_personal(RawTable(tuple(others), table.numbers))
    notes += bare.notes
    kept = []
    for column in bare.columns:
        value = _coded(column, plain)
        codes = value.codes[rows]
        chosen, clash, _ = _one_each(who, codes, len(first), len(value.kinds))
        people = len(np.unique(who[clash]))
        if people > ABOUT_THE_ROW * len(first):
            notes.append(_note("long_column_left_out", "info", (), heading=column.heading))
            continue
        if people:
            told = _note("long_background_differs", "warning", table.numbers[rows[first[np.unique(who[clash])]]])
            notes.append(replace(told, details={**told.details, "heading": column.heading}))
        kept.append(_column(column, column.heading, value.kinds, chosen))
    return kept


def _column(column: Column, heading: str, kinds: Sequence[str], codes: NDArray[Any]) -> Column:
    """A column of the kinds that occur in it."""
    counts = np.bincount(codes, minlength=len(kinds) + 1)
    there = np.flatnonzero(counts)
    number = np.zeros(len(counts), dtype=smallest(len(there)))
    number[there] = np.arange(len(there))
    named = tuple(("", *kinds)[one] for one in there.tolist())
    return Column(heading, named, number[codes], column.labels, column.missing, column.personal)


def _coded(column: Column, key: Callable[[str], str]) -> _Coded:
    """The cells of a column, those with the same key alike."""
    known: dict[str, int] = {}
    kinds: list[str] = []
    number = []
    for kind in column.kinds:
        name = key(kind)
        if name and name not in known:
            known[name] = len(known) + 1
            kinds.append(kind.strip())
        number.append(known[name] if name else 0)
    codes = np.array(number, dtype=np.int32)[column.places] if number else np.zeros(0, dtype=np.int32)
    return _Coded(tuple(kinds), codes)


def _said(column: Column, kind: str) -> str:
    """A statement as it reads; SPSS has it as the label of a code."""
    return dict(column.labels).get(kind, kind).strip()


def _note(code: str, severity: Severity, at: Numbers | tuple[int, ...], **details: Detail) -> Finding:
    """at: numbers of the rows it is about."""
    if not len(at):
        return Finding(code, severity, details=details)
    listed = row_ranges(np.sort(np.asarray(at)).tolist())
    return Finding(code, severity, f"rad {listed}", {**details, "count": len(at), "rows": listed})
