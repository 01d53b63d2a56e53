"""Do ten tools' files of one survey give the same needs? Each is read as the product reads it, and held against the
answers it was made of.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache

import numpy as np
import pytest

from planner.domain.examination import Examination
from planner.domain.findings import Finding
from planner.domain.gaps import gap_table
from planner.domain.mapping import Mapping
from planner.domain.mapping_choices import Changed, Choices, apply_choices
from planner.domain.set_aside import REASONS
from planner.domain.summary import summarise
from planner.files.survey import examine_packed, read_to_keep, read_upload
from tests.survey_files import clean, forms, limesurvey, long, numbered, spss, wide
from tests.survey_files.expected import SurveyFile

READ: tuple[Callable[[], SurveyFile], ...] = (
    limesurvey.by_text, limesurvey.by_code_and_text, forms.microsoft, forms.google, spss.sav, spss.zsav,
    numbered.dont_know_first, numbered.dont_know_last, wide.side_by_side, wide.two_header_rows, wide.unicode_text,
    wide.worked_on, long.an_answer_a_row, long.a_statement_a_row,
)  # fmt: skip
# A file in codes alone: A1 of the question about staying may be yes or no, so it is left out, and said.
BY_CODE: tuple[Callable[[], SurveyFile], ...] = (limesurvey.by_code,)
FILES = (*READ, *BY_CODE)
NAMES = [f"{one.__module__.rsplit('.', 1)[-1]}-{one.__name__}" for one in FILES]
FILE = pytest.mark.parametrize("make", FILES, ids=NAMES)


@cache
def uploaded(make: Callable[[], SurveyFile]) -> tuple[SurveyFile, bytes, Examination]:
    file = make()
    read = read_upload(file.data, file.name)
    assert len(read) == 2 and isinstance(read[1], Examination), read
    return file, read[0], read[1]


@cache
def confirmed(make: Callable[[], SurveyFile]) -> tuple[SurveyFile, Examination]:
    """The file once the user has said what it is stated that they must say."""
    file, packed, seen = uploaded(make)
    place = {use.heading: use.index for use in seen.mapping.columns}
    choices = Choices(
        columns={place[heading]: role for heading, role in file.roles.items()},
        cells={(place[heading], cell): segment for (heading, cell), segment in file.cells.items()},
        missing=file.missing,
        numbers=file.numbers,
    )
    drivers = frozenset(one.id for one in clean.BESIDE)
    changed = apply_choices(seen.mapping, choices, frozenset(one.id for one in clean.STATEMENTS), drivers)
    assert isinstance(changed, Changed), changed
    again = examine_packed(packed, changed.mapping.to_document(), changed.fresh)
    return file, read_to_keep(packed, _with_cells(again.mapping, changed.mapping).to_document()).examination


def _with_cells(suggested: Mapping, chosen: Mapping) -> Mapping:
    """Cells of columns that became groups are suggested anew; on the page the user's own come after."""
    from dataclasses import replace

    uses = []
    for use, own in zip(suggested.columns, chosen.columns, strict=True):
        values = {cell: segment for cell, segment in use.values} | dict(own.values)
        uses.append(replace(use, values=tuple(values.items())))
    return replace(suggested, columns=tuple(uses))


def stops(findings: tuple[Finding, ...]) -> list[str]:
    return sorted({one.code for one in findings if one.severity == "error"})


@FILE
def test_a_file_asks_what_it_must_and_nothing_else(make: Callable[[], SurveyFile]) -> None:
    file, _, seen = uploaded(make)
    assert stops(seen.findings) == sorted(file.asked), seen.findings


@FILE
def test_a_file_shows_the_findings_stated_and_no_others(make: Callable[[], SurveyFile]) -> None:
    file, kept = confirmed(make)
    said = {*file.findings, *(["stay_not_understood"] if make in BY_CODE else [])}
    assert sorted({one.code for one in kept.findings}) == sorted(said), kept.findings


@FILE
def test_every_row_is_stored_or_named_once(make: Callable[[], SurveyFile]) -> None:
    file, kept = confirmed(make)
    assert kept.answers is not None
    assert kept.answers.rows.tolist() == sorted(file.stored)
    named = [
        (row, one.code) for one in kept.findings if one.code in (*REASONS, "file_totals_row") for row in rows_of(one)
    ]
    assert sorted(named) == sorted(file.reported.items())
    elsewhere = sum(reason == "file_totals_row" for reason in file.reported.values())
    assert kept.rows_in + elsewhere == len(file.stored) + len(file.reported)


@FILE
def test_a_file_gives_the_needs_of_the_survey_it_was_made_of(make: Callable[[], SurveyFile]) -> None:
    file, kept = confirmed(make)
    wanted = clean.answers(file.stored, file.weighted, file.segmented, file.driven, file.stays)
    got = kept.answers
    assert got is not None and kept.summary is not None
    grids = ("importance", "likelihood", "importance_dk", "likelihood_dk", "weight", "segment", "drivers")
    for name in grids if make in BY_CODE else (*grids, "stay"):
        np.testing.assert_array_equal(getattr(got, name), getattr(wanted, name), err_msg=name)
    found, told = gap_table(kept.summary), gap_table(summarise(wanted))
    assert list(figures(found)) == pytest.approx(list(figures(told)), rel=1e-12, nan_ok=True)
    assert [row.statement for row in found.rows] == [row.statement for row in told.rows]
    assert sum(1 for _ in figures(found)) > 1000


def figures(value: object) -> Iterator[float]:
    """Every number in a table, in order; None is told from 0."""
    if isinstance(value, (bool, int, float)):
        yield float(value)
    elif value is None:
        yield float("nan")
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from figures(getattr(value, field.name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from figures(one)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from figures(one)


def rows_of(finding: Finding) -> list[int]:
    """«14, 20–25» as numbers."""
    rows: list[int] = []
    for stretch in str(finding.details["rows"]).split(", "):
        first, last = re.fullmatch(r"(\d+)(?:–(\d+))?", stretch).groups()  # type: ignore[union-attr]
        rows += range(int(first), int(last or first) + 1)
    return rows
