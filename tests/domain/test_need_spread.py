"""Points vary as the answers they are made of do, and a hidden group's own answers are in none of it."""

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.answers import make_answers
from planner.domain.cells import cell_table
from planner.domain.gaps import gap_table
from planner.domain.mapping import DEFAULT_SEGMENTS
from planner.domain.need_spread import together
from planner.domain.question import pose
from planner.domain.settings import usual_settings
from planner.domain.summary import SurveySummary, summarise
from tests.domain.test_pitfalls import THIRTY, honest


def surveyed(sizes: tuple[int, ...]) -> SurveySummary:
    v, s = honest(n=sum(sizes))
    segment = np.repeat(np.arange(4), sizes)
    return summarise(make_answers(THIRTY, DEFAULT_SEGMENTS, v, s, segment))


def needs_of(summary: SurveySummary) -> tuple:
    return pose("", gap_table(summary).needs, (), (), usual_settings(2027)).needs


def test_the_standard_error_of_a_point_is_that_of_its_share() -> None:
    summary = surveyed((100, 120, 150, 130))
    needs = {need.id: need for need in needs_of(summary)}
    table = cell_table(summary)
    parts = together(summary, list(needs.values()))
    seen = 0
    for part in parts:
        factor = np.array(part.factor)
        assert factor == pytest.approx(factor.T, abs=1e-8)
        variance = np.diag(factor @ factor.T)
        for need_id, of in zip(part.needs, variance, strict=True):
            need = needs[need_id]
            g = [segment.id for segment in summary.segments].index(need.segment)
            j = [one.id for one in summary.statements].index(need.statement)
            share = table.cells[j][g].percent / 100
            expected = summary.covariance["unmet"][g][j, j] * (need.points / share) ** 2
            assert of == pytest.approx(expected, rel=1e-4, abs=1e-9)
            seen += 1
    assert seen > 60


def test_a_hidden_group_varies_as_everyone_does() -> None:
    summary = surveyed((6, 120, 150, 130))
    needs = needs_of(summary)
    parts = together(summary, needs)
    doubled = summary.covariance["unmet"].copy()
    doubled[0] *= 4
    changed = replace(summary, covariance={**summary.covariance, "unmet": doubled})
    assert together(changed, needs) == parts
    doubled[-1] *= 4
    assert together(replace(summary, covariance={**summary.covariance, "unmet": doubled}), needs) != parts
