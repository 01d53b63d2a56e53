"""The same survey as reports tell of it: means, and shares by group. They give what the answers themselves give."""

import csv
import io

import numpy as np
import pytest

from planner.domain.gaps import gap_table
from planner.domain.stated import StatedNeeds
from planner.domain.stated_reading import StatedReading
from planner.domain.summary import summarise
from planner.files.survey import read_upload
from tests.survey_files import clean

ANSWERS = clean.answers({one.number: one.number for one in clean.PEOPLE}, False, True, False, False)
TABLE = gap_table(summarise(ANSWERS))
FIGURES = {row.statement: row.figure for row in TABLE.rows}
GROUPS = ("Tilflyttere", "Unge", "Voksne")


def read(lines: list[list[str]], name: str = "rapport.csv") -> StatedNeeds:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(lines)
    found = read_upload(out.getvalue().encode("cp1252"), name)
    assert isinstance(found, StatedReading) and found.stated is not None, found
    assert {one.severity for one in found.findings} <= {"info"}
    assert found.stated.rows_in == found.stated.rows_used
    return found.stated


def paired(place: int, group: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Steps of those who answered both, for a statement."""
    v, s = ANSWERS.importance[:, place], ANSWERS.likelihood[:, place]
    both = (v > 0) & (s > 0) & (True if group is None else ANSWERS.segment == group)
    return v[both], s[both]


def test_means_are_those_of_the_answers() -> None:
    lines = [["Utsagn", "Antall svar", "Viktighet, snitt", "Sannsynlighet, snitt", "Standardavvik viktig"]]
    for place, text in enumerate(clean.texts()):
        v, s = paired(place, None)
        lines.append(
            [text, str(len(v)), f"{v.mean():.6f}".replace(".", ","), f"{s.mean():.6f}".replace(".", ","), "1,1"]
        )
    stated = read(lines)
    for one, cell in zip(stated.statements, stated.everyone, strict=True):
        figure = FIGURES[one.id]
        assert figure is not None and cell.n == figure.n
        assert cell.importance - cell.likelihood == pytest.approx(figure.classic, abs=1e-5)


def test_shares_by_group_hold_the_need_of_the_answers_between_their_bounds() -> None:
    """Whole per cent, as reports have them: the bounds may then be off by what was rounded away."""
    steps = [f"{scale} {k}" for scale in ("Viktig", "Sannsynlig") for k in range(1, 8)]
    lines = [["Innbyggerundersøkelsen 2025"], [], ["Utsagn", "Gruppe", "n", *steps]]
    for place, text in enumerate(clean.texts()):
        for group, name in ((None, "Alle"), *enumerate(GROUPS)):
            v, s = paired(place, group)
            shares = [f"{100 * (grid == k).mean():.1f} %".replace(".", ",") for grid in (v, s) for k in range(1, 8)]
            lines.append([text, name, str(len(v)), *shares])
    stated = read(lines)
    assert [one.id for one in stated.segments] == ["tilflyttere", "unge", "voksne"]
    cells = {(row.statement, cell.segment): cell for row in TABLE.rows for cell in row.cells}
    for place, one in enumerate(stated.statements):
        told = [(stated.everyone[place], FIGURES[one.id])]
        told += [
            (cell, cells[one.id, segment.id].figure)
            for cell, segment in zip(stated.cells[place], stated.segments, strict=True)
        ]  # type: ignore[misc]
        for cell, figure in told:
            assert cell is not None and figure is not None and cell.low is not None and cell.high is not None
            assert cell.low - 0.01 <= figure.unmet <= cell.high + 0.01
            assert cell.importance == pytest.approx(figure.importance, abs=0.02)
            assert cell.n == figure.n
