"""What a kept plan rested on: stored and read back whole, for as long as there are papers to print."""

import json
from dataclasses import replace

import pytest

from planner.domain.basis import Basis
from planner.domain.basis_facts import need_lines, segment_facts, survey_facts
from planner.domain.gaps import gap_table
from planner.domain.portfolio import Result
from planner.domain.problem_file import problem_sha256
from planner.domain.result_file import read_result
from tests import gap_survey, report_case


def test_it_survives_json_whole() -> None:
    stored = json.loads(json.dumps(report_case.BASIS.to_document()))
    assert Basis.from_document(stored) == report_case.BASIS


def test_a_plan_kept_before_weights_were_told_is_read() -> None:
    stored = report_case.BASIS.to_document()
    older = {name: value for name, value in stored.items() if name not in ("weights", "stated")}
    assert Basis.from_document(older) == replace(report_case.BASIS, weights=None)


def test_another_document_is_refused() -> None:
    with pytest.raises(ValueError, match="malrett-basis/1"):
        Basis.from_document({"format": "malrett-problem/1"})


def test_the_figures_are_those_of_the_needs_page() -> None:
    summary = gap_survey.summary()
    table = gap_table(summary)
    first = need_lines(table)[0]
    assert (first.statement, first.percent, first.n) == ("jobb", 47, 106)
    assert {segment: source for segment, _, source in first.by_segment}["voksne"] == "own"
    assert sum(line.points for line in need_lines(table)) == pytest.approx(100)
    assert [segment.respondents for segment in segment_facts(table)] == list(gap_survey.SIZES)
    assert survey_facts(summary).rows_used == 106


def test_a_stored_result_is_read_back_and_its_figures_made_anew() -> None:
    problem = report_case.problem()
    document = report_case.result(problem)
    result = read_result(document, problem)
    assert isinstance(result, Result) and result.plan is not None
    assert dict(result.plan.starts) == report_case.STARTS
    assert result.problem_sha256 == problem_sha256(problem)
    assert json.loads(json.dumps(result.as_json())) == document
