"""What is kept of a survey: equal after a round through JSON, small, and enough to redo every figure."""

import json
from dataclasses import replace

import numpy as np
import pytest

from planner.domain.estimates import estimate
from planner.domain.gaps import gap_table
from planner.domain.measures import CLASSIC, UNMET
from planner.domain.set_aside import SetAside
from planner.domain.summary import SurveySummary, influence, summarise, variance_of
from tests.domain.eight import WEIGHT, eight, many
from tests.domain.test_gaps import crowd


def kept(summary: SurveySummary) -> SurveySummary:
    return SurveySummary.from_document(json.loads(json.dumps(summary.to_document())))


def test_a_summary_survives_json_whole() -> None:
    answers = crowd(weights=True)
    unsure = np.zeros((len(answers), len(answers.statements)), dtype=np.bool_)
    unsure[3:20, 1] = True
    summary = summarise(replace(answers, likelihood_dk=unsure), [SetAside(9, "row_blank"), SetAside(12, "row_blank")])
    again = kept(summary)
    for name in ("pairs", "dont_know", "importance_dont_know"):
        assert np.array_equal(getattr(summary.tally, name), getattr(again.tally, name))
    assert all(np.array_equal(summary.covariance[name], again.covariance[name]) for name in ("unmet", "classic"))
    plain = ("statements", "segments", "respondents", "weight", "rows_in", "set_aside", "weighting", "misprinted")
    assert all(getattr(summary, name) == getattr(again, name) for name in plain)
    assert gap_table(again) == gap_table(summary)


def test_the_account_of_the_rows() -> None:
    summary = summarise(eight(), [SetAside(9, "row_blank"), SetAside(12, "row_no_pair"), SetAside(13, "row_blank")])
    assert (summary.rows_in, summary.rows_used) == (11, 8)
    assert summary.set_aside == (("row_blank", 2), ("row_no_pair", 1))
    assert summary.respondents == (4, 4) and summary.weight == (6, 6)
    assert summary.weighting == "file" and summarise(many(2)).weighting == "file"


def test_four_hundred_answers_fit_in_a_small_document() -> None:
    document = json.dumps(summarise(crowd(n=400, statements=30)).to_document())
    assert len(document) < 200_000


def test_covariances_have_the_variances_on_their_diagonal() -> None:
    """From respondents and from counts, the same number."""
    answers = many(6)
    summary = summarise(answers)
    for name, table in (("unmet", UNMET), ("classic", CLASSIC)):
        from_counts = estimate(np.concatenate([summary.tally.pairs, summary.tally.everyone()[None]]), table).variance
        assert summary.variance(name) == pytest.approx(from_counts)
        assert variance_of(summary, name, table) == pytest.approx(from_counts)


def test_the_covariance_gives_the_variance_of_a_difference() -> None:
    answers = eight()
    z = influence(answers, np.ones(8, dtype=np.bool_), UNMET)
    covariance = summarise(answers).covariance["unmet"][-1]
    assert covariance == pytest.approx(z.T @ z)
    difference = float(((z[:, 0] - z[:, 1]) ** 2).sum())
    assert covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1] == pytest.approx(difference)
    assert covariance[0, 1] != 0


def test_equity_of_two_segments_by_hand() -> None:
    """Equal weights on the eight: U_A .308333 with SE .159694, U_B .354167 with SE .120281."""
    summary = summarise(eight())
    found = estimate(summary.tally.pairs, UNMET)
    for alpha, expected in (((0.5, 0.5), (0.308333, 0.354167)), ((0.8, 0.2), (0.373333, 0.141667)),
                            ((0.3, 0.7), (0.265, 0.495833))):  # fmt: skip
        assert np.array(alpha) @ found.value == pytest.approx(expected, abs=1e-6)
    se = np.sqrt((0.25 * found.variance).sum(axis=0))
    assert se == pytest.approx([0.159694, 0.120281], abs=1e-6)


def test_small_segments_leave_no_covariance() -> None:
    assert not summarise(eight()).covariance["unmet"][:2].any()
    assert summarise(many(4)).covariance["unmet"][0].any()


@pytest.mark.parametrize("document", [{}, [], {"format": "malrett-survey/1"}, {"format": "malrett-survey/2"}])
def test_what_is_not_a_summary_is_refused(document: object) -> None:
    with pytest.raises(ValueError):
        SurveySummary.from_document(document)  # type: ignore[arg-type]


def test_no_respondent_is_kept() -> None:
    """Two surveys with the same counts and covariances are the same summary, whoever gave which answer."""
    answers = many(5)
    order = np.random.default_rng(1).permutation(len(answers))
    shuffled = replace(
        answers,
        importance=answers.importance[order],
        likelihood=answers.likelihood[order],
        weight=answers.weight[order],
        segment=answers.segment[order],
    )
    one, other = summarise(answers).to_document(), summarise(shuffled).to_document()
    assert one["pairs"] == other["pairs"] and one["respondents"] == other["respondents"]
    assert "rows" not in one and "1.0" not in json.dumps(one["pairs"]) and WEIGHT is not None
