"""Raking: margins met, the raked standard error, and refusals instead of silent weights."""

from dataclasses import replace

import numpy as np
import pytest

from planner.domain.measures import UNMET
from planner.domain.summary import influence, summarise, variance_of
from planner.domain.weighting import Margin, rake
from tests.domain.eight import SEX, WEIGHT, eight, many

AGE = ("u",) * 4 + ("v",) * 4
AGES = Margin("alder", AGE, (("u", 30), ("v", 70)))
SEXES = Margin("kjønn", SEX, (("k", 50), ("m", 50)))


def codes(margins: list[Margin]) -> set[str]:
    return {found.code for found in rake(margins)[1]}


def test_post_strata() -> None:
    raking, _ = rake([AGES], WEIGHT)
    assert raking is not None
    assert raking.weight == pytest.approx([5, 5, 10, 10, 11.6667, 11.6667, 35, 11.6667], abs=1e-4)


def test_raking_to_two_margins_and_its_standard_error() -> None:
    raking, _ = rake([AGES, SEXES], WEIGHT)
    assert raking is not None
    expected = [3.804761, 6.195239, 7.609523, 12.390477, 9.646429, 15.707142, 28.939287, 15.707142]
    assert raking.weight == pytest.approx(expected, abs=1e-6)
    # The eighth has no answer to A: here it counts as having no unmet need.
    share = np.array([1, 0.5, 0.5, 0, 0, 1, 0, 0])
    total = raking.weight.sum()
    value = (raking.weight * share).sum() / total
    z = raking.weight * raking.residuals(((share - value) / total)[:, None])[:, 0]
    assert value == pytest.approx(0.264143, abs=1e-6)
    assert np.sqrt(8 / 7 * ((z - z.mean()) ** 2).sum()) == pytest.approx(0.166678, abs=1e-6)
    fixed = raking.weight * (share - value) / total
    assert np.sqrt(8 / 7 * (fixed**2).sum()) == pytest.approx(0.165491, abs=1e-6)


def test_a_raked_survey_has_the_raked_standard_error() -> None:
    answers = eight()
    importance = answers.importance.copy()
    importance[7, 0] = 1
    raking, _ = rake([AGES, SEXES], WEIGHT)
    summary = summarise(replace(answers, importance=importance), raking=raking)
    assert np.sqrt(summary.variance("unmet")[-1][0]) == pytest.approx(0.166678, abs=1e-6)
    assert np.sqrt(variance_of(summary, "unmet", UNMET)[-1][0]) == pytest.approx(0.166678, abs=1e-6)


def test_a_survey_that_is_raked_keeps_the_raked_variance() -> None:
    answers = many(4)
    margins = [Margin("alder", AGE * 4, AGES.totals), Margin("kjønn", SEX * 4, SEXES.totals)]
    raking, _ = rake(margins)
    assert raking is not None
    summary = summarise(answers, raking=raking)
    assert summary.weighting == "raked"
    assert sum(summary.weight) == pytest.approx(32)
    weighted = answers.with_weight(raking.normalised())
    z = influence(weighted, np.ones(32, dtype=np.bool_), UNMET, raking)
    assert summary.variance("unmet")[-1] == pytest.approx((z**2).sum(axis=0))
    # The margins explain some of who needs what, so the variance differs from that of fixed weights.
    assert summary.variance("unmet")[-1] != pytest.approx(summarise(weighted).variance("unmet")[-1], rel=1e-3)


def test_margins_are_met_whatever_the_base_weights() -> None:
    raking, _ = rake([AGES, SEXES], np.array([1, 9, 2, 5, 7, 1, 3, 4.0]), trim=False)
    assert raking is not None
    assert raking.weight[:4].sum() == pytest.approx(30)
    assert raking.weight[::2].sum() == pytest.approx(50)
    assert raking.normalised().mean() == pytest.approx(1)


def test_unknown_age_keeps_its_share() -> None:
    raking, _ = rake([Margin("alder", ("", "u", "u", "u", "v", "v", "v", "v"), AGES.totals)])
    assert raking is not None
    assert raking.weight[0] == pytest.approx(100 / 8)
    assert raking.weight[1:4].sum() == pytest.approx(30 * 7 / 8)


def test_weights_are_trimmed_and_the_margins_still_met() -> None:
    levels = tuple("x" if i == 0 else "y" for i in range(40))
    base = np.ones(40)
    base[1] = 60.0
    raking, found = rake([Margin("m", levels, (("x", 5), ("y", 95)))], base)
    assert raking is not None and raking.trimmed
    assert raking.weight.max() <= 5.5 * np.median(raking.weight)
    assert raking.weight[1:].sum() == pytest.approx(95)
    untrimmed, _ = rake([Margin("m", levels, (("x", 5), ("y", 95)))], base, trim=False)
    assert untrimmed is not None and untrimmed.weight.max() > 20 * np.median(untrimmed.weight)
    assert "margin_level_small" in {one.code for one in found}


@pytest.mark.parametrize(
    ("margins", "code"),
    [
        ([Margin("alder", AGE, (("u", 30), ("v", 50), ("gammel", 20)))], "margin_level_empty"),
        ([Margin("alder", AGE, (("u", 100),))], "margin_level_unknown"),
        ([AGES, Margin("kjønn", SEX, (("k", 51), ("m", 50)))], "margins_disagree"),
        ([Margin("alder", AGE, (("u", 0), ("v", 100)))], "margin_total_zero"),
        ([Margin("alder", AGE, (("u", float("nan")), ("v", 100)))], "margin_total_invalid"),
        ([AGES, Margin("annet", AGE, (("u", 40), ("v", 60)))], "raking_did_not_settle"),
    ],
)
def test_what_cannot_be_met_is_refused(margins: list[Margin], code: str) -> None:
    raking, _ = rake(margins)
    assert raking is None
    assert code in codes(margins)


def test_levels_merge_with_a_neighbour() -> None:
    margin = Margin("alder", ("16–19", "20–29", "30+"), (("16–19", 10), ("20–29", 20), ("30+", 70)))
    merged = margin.merged({"16–19": "16–29", "20–29": "16–29"})
    assert merged.levels == ("16–29", "16–29", "30+")
    assert dict(merged.totals) == {"16–29": 30, "30+": 70}


def test_costly_weights_are_said() -> None:
    levels = tuple("x" if i < 10 else "y" for i in range(100))
    _, found = rake([Margin("m", levels, (("x", 60), ("y", 40)))], trim=False)
    costly = [one for one in found if one.code == "weights_cost_much"]
    assert costly and costly[0].details["n_eff"] < 50
