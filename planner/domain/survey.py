"""What does the survey say, row by row, and which rows cannot be used? From a confirmed mapping to answers.

Every row of the file is either used or named with the reason it was set aside. Never stores, and never reads bytes.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.domain.answers import Answers, Bytes, Flags, Floats
from planner.domain.columns import ColumnGuess, RawTable, guess_columns
from planner.domain.findings import Detail, Finding, blocking
from planner.domain.mapping import Mapping, Segment, mapping_findings, suggest_mapping
from planner.domain.pitfalls import answer_pitfalls, column_pitfalls, heading_pitfalls, row_ranges
from planner.domain.scales import BLANK, DONT_KNOW, Scale, plain, read_cell
from planner.domain.statements import Statement, read_statements

__all__ = [
    "Answers",
    "ColumnGuess",
    "Mapping",
    "RawTable",
    "Reading",
    "Segment",
    "SetAside",
    "Statement",
    "guess_columns",
    "read_answers",
    "read_statements",
    "suggest_mapping",
]

# More bad weights than this, and the column is not a weight.
BAD_WEIGHTS_AT_MOST = 0.05
# Answered pairs («vet ikke» is an answer) that a row must have to count.
ANSWERED_AT_LEAST = 0.5


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is not used. reason: the code of the finding that names it."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What reading a file gave. answers is None when a finding must be mended first.

    rows_in == len(answers) + len(set_aside) whenever there are answers.
    """

    answers: Answers | None
    findings: tuple[Finding, ...]
    rows_in: int
    set_aside: tuple[SetAside, ...] = ()


def read_answers(table: RawTable, mapping: Mapping, statements: Sequence[Statement]) -> Reading:
    """Read the whole table by a confirmed mapping; all findings at once."""
    findings = [*table.notes, *heading_pitfalls(table), *mapping_findings(mapping, table)]
    if not table.rows:
        findings.append(Finding("no_rows"))
    if blocking(findings):
        return Reading(None, tuple(findings), len(table.rows))
    pairs = mapping.pairs()
    asked = tuple(statement for statement in statements if statement.id in pairs)
    strangers = sorted(set(pairs) - {statement.id for statement in asked})
    findings.extend(Finding("unknown_statement", details={"statement": stranger}) for stranger in strangers)
    grids: dict[Scale, _Grid] = {}
    scales: tuple[Scale, ...] = ("importance", "likelihood")
    for place, scale in enumerate(scales):
        columns = [pairs[statement.id][place] for statement in asked]
        grids[scale] = _read_grid(table, columns, scale, mapping)
        findings.extend(column_pitfalls(table, columns, scale, mapping))
    weight, bad_weight = _weights(table, mapping, findings)
    aside = _set_aside(table, mapping, grids["importance"], grids["likelihood"], bad_weight)
    findings.extend(_aside_findings(aside, table.first_row))
    kept = np.array([row not in aside for row in range(len(table.rows))], dtype=np.bool_)
    if not kept.any():
        findings.append(Finding("no_row_usable"))
    if blocking(findings):
        return Reading(None, tuple(findings), len(table.rows), _by_row(aside, table.first_row))
    answers = _assemble(table, mapping, asked, grids, weight, kept)
    findings.extend(answer_pitfalls(answers))
    usable = None if blocking(findings) else answers
    return Reading(usable, tuple(findings), len(table.rows), _by_row(aside, table.first_row))


@dataclass(frozen=True, slots=True)
class _Grid:
    steps: Bytes
    dont_know: Flags
    answered: Flags


def _read_grid(table: RawTable, columns: Sequence[int], scale: Scale, mapping: Mapping) -> _Grid:
    declared = frozenset(mapping.declared_missing)
    codes = np.zeros((len(table.rows), len(columns)), dtype=np.uint8)
    for place, column in enumerate(columns):
        texts = table.column(column)
        known = {text: read_cell(text, scale, declared).code for text in set(texts)}
        codes[:, place] = [known[text] for text in texts]
    steps = np.where(codes <= 7, codes, 0).astype(np.uint8)
    if scale == "likelihood" and mapping.form == "misprinted":
        steps[(steps == 2) | (steps == 6)] = 0
    return _Grid(steps, codes == DONT_KNOW, codes != BLANK)


def _weights(table: RawTable, mapping: Mapping, findings: list[Finding]) -> tuple[Floats, set[int]]:
    weight = np.ones(len(table.rows))
    uses = mapping.with_role("weight")
    if not uses:
        return weight, set()
    use = uses[0]
    bad: set[int] = set()
    rows = [number for number, row in enumerate(table.rows) if any(cell.strip() for cell in row)]
    for number in rows:
        value = _number(table.rows[number][use.index])
        if value is None or value <= 0:
            bad.add(number)
        else:
            weight[number] = value
    if len(bad) > BAD_WEIGHTS_AT_MOST * len(rows):
        named = row_ranges([table.first_row + number for number in sorted(bad)])
        details: dict[str, Detail] = {"heading": use.heading, "count": len(bad), "rows": named}
        findings.append(Finding("weights_unusable", where=f"kolonne {use.heading}, rad {named}", details=details))
    good = np.delete(weight, sorted(bad))
    if len(good) and good.max() > 20 * np.median(good):
        ratio = round(float(good.max() / np.median(good)))
        uneven: dict[str, Detail] = {"heading": use.heading, "ratio": ratio}
        findings.append(Finding("weights_uneven", "warning", f"kolonne {use.heading}", uneven))
    return weight, bad


def _number(text: str) -> float | None:
    """A plain decimal number with point or comma; None for anything else (inf and nan too)."""
    value = plain(text).replace(" ", "").replace("−", "-")
    if value.count(",") + value.count(".") > 1 or "_" in value:
        return None
    try:
        number = float(value.replace(",", "."))
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def _set_aside(
    table: RawTable, mapping: Mapping, importance: _Grid, likelihood: _Grid, bad_weight: set[int]
) -> dict[int, str]:
    """Row place → reason. A row has one reason: the first that applies, in the order written here."""
    asked = importance.steps.shape[1]
    answered = (importance.answered & likelihood.answered).sum(axis=1)
    whole = ((importance.steps > 0) & (likelihood.steps > 0)).sum(axis=1)
    aside: dict[int, str] = {}
    broken = frozenset(table.broken)
    for row, cells in enumerate(table.rows):
        if row in broken:
            aside[row] = "row_broken"
        elif not any(cell.strip() for cell in cells):
            aside[row] = "row_blank"
        elif row in bad_weight:
            aside[row] = "row_bad_weight"
        elif not whole[row]:
            aside[row] = "row_no_pair"
        elif answered[row] < ANSWERED_AT_LEAST * asked:
            aside[row] = "row_few_answers"
    for row in _repeated(table, mapping, aside):
        aside[row] = "row_repeated_respondent"
    return aside


def _repeated(table: RawTable, mapping: Mapping, aside: dict[int, str]) -> list[int]:
    """Of the usable rows with the same respondent id, all but the last."""
    uses = mapping.with_role("respondent")
    if not uses:
        return []
    by_id: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(table.column(uses[0].index)):
        if row not in aside and plain(text):
            by_id[plain(text)].append(row)
    return [row for rows in by_id.values() for row in rows[:-1]]


def _by_row(aside: dict[int, str], first_row: int) -> tuple[SetAside, ...]:
    return tuple(SetAside(first_row + row, reason) for row, reason in sorted(aside.items()))


def _aside_findings(aside: dict[int, str], first_row: int) -> list[Finding]:
    by_reason: dict[str, list[int]] = defaultdict(list)
    for row, reason in sorted(aside.items()):
        by_reason[reason].append(first_row + row)
    found = []
    for reason, rows in sorted(by_reason.items()):
        listed = row_ranges(rows, every=True)
        found.append(Finding(reason, "warning", f"rad {listed}", {"count": len(rows), "rows": listed}))
    return found


def _segments(table: RawTable, mapping: Mapping) -> NDArray[np.int64]:
    place = {segment.id: number for number, segment in enumerate(mapping.segments)}
    first = np.full(len(table.rows), len(place), dtype=np.int64)
    for use in mapping.with_role("segment"):
        given = {cell: place[segment] for cell, segment in use.values}
        found = np.array([given.get(plain(text), len(place)) for text in table.column(use.index)], dtype=np.int64)
        first = np.minimum(first, found)
    first[first == len(place)] = place[mapping.default_segment]
    return first


def _assemble(
    table: RawTable,
    mapping: Mapping,
    asked: tuple[Statement, ...],
    grids: dict[Scale, _Grid],
    weight: Floats,
    kept: Flags,
) -> Answers:
    margins = tuple(
        (use.heading, tuple(plain(text) for text, keep in zip(table.column(use.index), kept, strict=True) if keep))
        for use in (*mapping.with_role("margin"), *mapping.with_role("segment"))
    )
    return Answers(
        statements=asked,
        segments=mapping.segments,
        importance=grids["importance"].steps[kept],
        likelihood=grids["likelihood"].steps[kept],
        importance_dk=grids["importance"].dont_know[kept],
        likelihood_dk=grids["likelihood"].dont_know[kept],
        weight=weight[kept],
        segment=_segments(table, mapping)[kept],
        rows=np.flatnonzero(kept) + table.first_row,
        margins=margins,
        weighted=bool(mapping.with_role("weight")),
        misprinted=mapping.form == "misprinted",
    )
