"""Need points: redone by hand, whatever the weights, and nobody counting zero without being told to."""

import pytest

from planner.domain.mapping import Segment
from planner.domain.needs import Need, need_points, whole_percent
from planner.domain.priorities import FactorWeights, SegmentWeights, factor_weights, segment_weights
from planner.domain.statements import Statement

STATEMENTS = (Statement("a1", "Jobb", "arbeid"), Statement("a2", "Lønn", "arbeid"), Statement("b1", "Bolig", "bolig"))
SEGMENTS = (Segment("unge", "Unge"), Segment("voksne", "Voksne"))
PERCENT = {("a1", "unge"): 40, ("a1", "voksne"): 20, ("a2", "unge"): 10, ("a2", "voksne"): 30,
           ("b1", "unge"): 50, ("b1", "voksne"): 0}  # fmt: skip


def points(shares: dict[str, float], factors: FactorWeights) -> dict[str, float]:
    return {need.id: need.points for need in need_points(STATEMENTS, SEGMENTS, PERCENT, shares, factors)}


def test_points_by_hand() -> None:
    # α = ¼, ¾; each factor shared by its statements: 40·¼/2 = 5, 20·¾/2 = 7.5, 1.25, 11.25, 12.5, 0: together 37.5.
    found = points({"unge": 0.25, "voksne": 0.75}, FactorWeights())
    assert found == pytest.approx({
        "a1/unge": 100 * 5 / 37.5, "a1/voksne": 100 * 7.5 / 37.5, "a2/unge": 100 * 1.25 / 37.5,
        "a2/voksne": 100 * 11.25 / 37.5, "b1/unge": 100 * 12.5 / 37.5, "b1/voksne": 0,
    })  # fmt: skip


def test_points_per_statement_and_by_own_factor_weights() -> None:
    # Per statement: 10, 15, 2.5, 22.5, 12.5, 0: together 62.5.
    each = points({"unge": 0.25, "voksne": 0.75}, FactorWeights("per_statement"))
    assert each["a1/unge"] == pytest.approx(16) and each["b1/unge"] == pytest.approx(20)
    own = points({"unge": 0.25, "voksne": 0.75}, factor_weights("own", {"arbeid": 1, "bolig": 3}))
    # 5, 7.5, 1.25, 11.25, 37.5, 0: together 62.5.
    assert own["b1/unge"] == pytest.approx(60)
    none = points({"unge": 0.25, "voksne": 0.75}, factor_weights("own", {"bolig": 3}))
    assert none["a1/unge"] == 0 and none["b1/unge"] == pytest.approx(100)


def test_points_sum_to_a_hundred_or_to_nothing() -> None:
    assert sum(points({"unge": 0.1, "voksne": 0.9}, FactorWeights()).values()) == pytest.approx(100)
    nobody = dict.fromkeys(PERCENT, 0)
    found = need_points(STATEMENTS, SEGMENTS, nobody, {"unge": 0.5, "voksne": 0.5}, FactorWeights())
    assert {need.points for need in found} == {0.0}


def test_ids_order_and_source() -> None:
    found = need_points(
        STATEMENTS, SEGMENTS, PERCENT, {"unge": 0.5, "voksne": 0.5}, FactorWeights(), {("b1", "unge"): "borrowed"}
    )
    assert [need.id for need in found[:3]] == ["a1/unge", "a1/voksne", "a2/unge"]
    assert [need.borrowed for need in found] == [False, False, False, False, True, False]
    assert isinstance(found[0], Need)


@pytest.mark.parametrize(
    ("share", "percent"), [(0.005, 1), (0.0049, 0), (0.145, 15), (0.285, 29), (1.0, 100), (0.0, 0), (0.3149999, 31)]
)
def test_halves_go_up(share: float, percent: int) -> None:
    assert whole_percent(share) == percent


def test_segment_weights() -> None:
    assert SegmentWeights().shares(SEGMENTS, (30, 90)) == {"unge": 0.25, "voksne": 0.75}
    assert SegmentWeights("equal").shares(SEGMENTS, (30, 90)) == {"unge": 0.5, "voksne": 0.5}
    people = segment_weights("population", {"unge": 400, "voksne": 1600})
    assert people.shares(SEGMENTS, (30, 90)) == {"unge": 0.2, "voksne": 0.8}
    assert segment_weights("own", {"unge": 3, "voksne": 1}).shares(SEGMENTS)["unge"] == 0.75


@pytest.mark.parametrize(
    ("choice", "values"),
    [("own", {}), ("own", {"unge": 0}), ("own", {"unge": -1, "voksne": 2}), ("own", {"unge": float("nan")}),
     ("equal", {"unge": 1}), ("likt", {})],
)  # fmt: skip
def test_weights_that_cannot_be(choice: str, values: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        segment_weights(choice, values)  # type: ignore[arg-type]


def test_factor_weights_that_cannot_be() -> None:
    for choice, values in (("own", {}), ("equal", {"arbeid": 1.0}), ("own", {"lønn": 1.0}), ("own", {"arbeid": -1.0})):
        with pytest.raises(ValueError):
            factor_weights(choice, values)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not there"):
        segment_weights("own", {"andre": 1}).shares(SEGMENTS)
