"""What does the survey say, row by row, and which rows cannot be used? From a confirmed mapping to answers.

Every row of the file is either used or named with the reason it was set aside. Never stores, and never reads bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.domain.answer_pitfalls import answer_pitfalls
from planner.domain.answers import Answers, Flags, Floats, Ints
from planner.domain.findings import Finding, blocking
from planner.domain.mapping import Mapping, mapping_findings
from planner.domain.pitfalls import column_pitfalls, heading_pitfalls, number_pitfalls
from planner.domain.raw_table import Column, RawTable
from planner.domain.scales import BLANK, UNKNOWN, Scale, plain, read_cell
from planner.domain.set_aside import (
    Grid,
    SetAside,
    aside_findings,
    by_row,
    decide_aside,
    read_weights,
    unsubmitted,
)
from planner.domain.statements import Statement
from planner.domain.stay import read_stay, stay_findings


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
    if not len(table):
        findings.append(Finding("no_rows"))
    if blocking(findings):
        return Reading(None, tuple(findings), len(table))
    pairs = mapping.pairs()
    asked = tuple(statement for statement in statements if statement.id in pairs)
    strangers = sorted(set(pairs) - {statement.id for statement in asked})
    findings.extend(Finding("unknown_statement", details={"statement": stranger}) for stranger in strangers)
    columns: dict[Scale, Sequence[int]] = {
        "importance": [pairs[statement.id][0] for statement in asked],
        "likelihood": [pairs[statement.id][1] for statement in asked],
    }
    unclear = number_pitfalls(table, columns, mapping)
    grids: dict[Scale, Grid] = {}
    for scale, places in columns.items():
        grids[scale] = _read_grid(table, places, scale, mapping)
        findings.extend(
            one
            for one in column_pitfalls(table, places, scale, mapping)
            if not (unclear and one.code == "cell_not_understood")
        )
    findings.extend(unclear)
    drivers = [use.index for use in mapping.with_role("driver")]
    findings.extend(column_pitfalls(table, drivers, "agreement", mapping))
    findings.extend(stay_findings(table, mapping))
    weight, bad_weight = read_weights(table, mapping, findings)
    aside = decide_aside(table, mapping, grids["importance"], grids["likelihood"], bad_weight)
    findings.extend(aside_findings(aside, table))
    findings.extend(unsubmitted(table, mapping, aside))
    kept = aside == 0
    if not kept.any():
        findings.append(Finding("no_row_usable"))
    if blocking(findings):
        return Reading(None, tuple(findings), len(table), by_row(aside, table))
    answers = _assemble(table, mapping, asked, grids, weight, kept)
    findings.extend(answer_pitfalls(answers))
    usable = None if blocking(findings) else answers
    return Reading(usable, tuple(findings), len(table), by_row(aside, table))


def _read_grid(table: RawTable, columns: Sequence[int], scale: Scale, mapping: Mapping) -> Grid:
    declared, steps = mapping.missing(scale), mapping.steps(scale)
    read = []
    for index in columns:
        column = table.columns[index]
        codes = np.zeros(len(column.kinds), dtype=np.uint8)
        for place, kind in enumerate(column.kinds):
            said = read_cell(column.spoken(kind), scale, declared, steps).code
            codes[place] = BLANK if kind in column.missing and said == UNKNOWN else said
        read.append((column, codes))
    return Grid(len(table), tuple(read), misprinted=scale == "likelihood" and mapping.form == "misprinted")


def _said(column: Column) -> list[str]:
    """[n] the cells as they are compared, with the labels that the file declares."""
    said: list[str] = column.read(lambda kind: plain(column.spoken(kind)), object).tolist()
    return said


def _segments(table: RawTable, mapping: Mapping) -> Ints:
    place = {segment.id: number for number, segment in enumerate(mapping.segments)}
    first = np.full(len(table), len(place), dtype=np.int64)
    for use in mapping.with_role("segment"):
        given = {cell: place[segment] for cell, segment in use.values}
        column = table.columns[use.index]
        kinds = np.array([given.get(plain(column.spoken(kind)), len(place)) for kind in column.kinds], dtype=np.int64)
        found = kinds[column.places] if len(kinds) else first
        first = np.minimum(first, found)
    first[first == len(place)] = place[mapping.default_segment]
    return first


def _assemble(
    table: RawTable,
    mapping: Mapping,
    asked: tuple[Statement, ...],
    grids: dict[Scale, Grid],
    weight: Floats,
    kept: Flags,
) -> Answers:
    margins = tuple(
        (use.heading, tuple(compress(_said(table.columns[use.index]), kept)))
        for use in (*mapping.with_role("margin"), *mapping.with_role("segment"))
    )
    rows = None if kept.all() else np.flatnonzero(kept)
    stay = next((table.columns[use.index] for use in mapping.with_role("stay")), None)
    drivers = mapping.with_role("driver")

    def of_kept(values: NDArray[Any]) -> NDArray[Any]:
        return values if rows is None else values[rows]

    return Answers(
        statements=asked,
        segments=mapping.segments,
        importance=grids["importance"].all_steps(rows),
        likelihood=grids["likelihood"].all_steps(rows),
        importance_dk=grids["importance"].dont_know(rows),
        likelihood_dk=grids["likelihood"].dont_know(rows),
        weight=of_kept(weight),
        segment=of_kept(_segments(table, mapping)),
        rows=of_kept(table.numbers),
        margins=margins,
        weighted=bool(mapping.with_role("weight")),
        misprinted=mapping.form == "misprinted",
        stay=of_kept(read_stay(stay)) if stay is not None else np.zeros(int(kept.sum()), dtype=np.uint8),
        drivers=_read_grid(table, [use.index for use in drivers], "agreement", mapping).all_steps(rows),
        driver_ids=tuple(use.statement for use in drivers),
    )
