"""Weights as people type them: what is read, what is left alone, what is refused where."""

import pytest

from planner.domain.priorities import FactorWeights, SegmentWeights
from planner.domain.priorities_typed import read_weights

SEGMENTS, FACTORS = ("unge", "voksne"), ("arbeid", "bolig")


def found(**form: str) -> list[tuple[str, str]]:
    typed = read_weights({name.replace("_", "-"): text for name, text in form.items()}, SEGMENTS, FACTORS)
    assert typed.segments is None and typed.factors is None
    return [(finding.code, finding.where) for finding in typed.findings]


def test_plain_choices() -> None:
    typed = read_weights({"segments": "equal", "factors": "per_statement", "segment-unge": "x"}, SEGMENTS, FACTORS)
    assert (typed.segments, typed.factors) == (SegmentWeights("equal"), FactorWeights("per_statement"))


def test_own_numbers_are_read_as_people_write_them_and_an_empty_one_is_nothing() -> None:
    form = {"segments": "own", "segment-unge": "1,5", "factors": "own", "factor-arbeid": "2", "factor-bolig": "1"}
    typed = read_weights(form, SEGMENTS, FACTORS)
    assert typed.segments == SegmentWeights("own", (("unge", 1.5), ("voksne", 0.0)))
    assert typed.factors == FactorWeights("own", (("arbeid", 2.0), ("bolig", 1.0)))


def test_population_is_all_or_none() -> None:
    empty = read_weights({"segments": "population", "factors": "equal"}, SEGMENTS, FACTORS)
    assert empty.segments == SegmentWeights("population")
    full = {"segments": "population", "factors": "equal", "people-unge": "1 200", "people-voksne": "2800"}
    assert read_weights(full, SEGMENTS, FACTORS).segments == SegmentWeights(
        "population", (("unge", 1200.0), ("voksne", 2800.0))
    )
    assert found(segments="population", factors="equal", people_unge="1200") == [
        ("population_half_filled", "people-voksne")
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("mye", "weight_not_a_number"), ("-1", "weight_negative"), ("1e400", "weight_not_a_number"),
     ("99999999", "weight_too_large")],
)  # fmt: skip
def test_a_bad_number_is_named_at_its_field(text: str, code: str) -> None:
    assert found(segments="own", factors="equal", segment_unge=text, segment_voksne="1") == [(code, "segment-unge")]


def test_all_trouble_is_said_together() -> None:
    assert found(segments="own", factors="own", factor_arbeid="x") == [
        ("weights_all_zero", "segment-unge"),
        ("weight_not_a_number", "factor-arbeid"),
    ]
    assert found() == [("weight_choice_unknown", "segments"), ("weight_choice_unknown", "factors")]
