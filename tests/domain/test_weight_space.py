"""The weights that are allowed: their corners against every set of walls, contradictions, and what is still open."""

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from planner.domain import weight_space
from planner.domain.problem import Weights
from planner.domain.weight_space import Statement, TooManyCorners, WeightSpace
from tests.domain import judged

THIRD = 1 / 3


def space(facts: dict) -> WeightSpace:
    pairs = tuple((a, b) for a, b in facts["at_least"])
    return WeightSpace.of(
        Weights("segment", facts["nominal"], pairs, {g: (a, b) for g, (a, b) in facts["range"].items()})
    )


@pytest.mark.parametrize("seed", range(150))
def test_the_corners_are_where_walls_meet(seed: int) -> None:
    r = Random(seed)
    facts = judged.stated(r, list("abcde")[: r.randint(1, 5) if seed % 5 else 2] + (["f"] if seed % 5 == 0 else []))
    found = space(facts)
    truth = judged.corners(facts)
    assert len(found.corners) == len(truth)
    mine = sorted(tuple(round(float(weight), 9) for weight in corner) for corner in found.corners)
    assert np.allclose(np.array(mine).reshape(truth.shape), truth, atol=1e-8)
    assert (found.contradiction == ()) == bool(found.corners)


def test_the_simplex_cut_by_hand() -> None:
    facts = {"nominal": {"old": 0.5, "young": 0.5}, "at_least": [["young", "old"]], "range": {"young": [0.2, 0.6]}}
    found = space(facts)
    assert found.corners == ((Fraction(1, 2), Fraction(1, 2)), (Fraction(2, 5), Fraction(3, 5)))
    assert found.open_pairs == ()
    assert space({**facts, "at_least": []}).open_pairs == (("old", "young"),)
    # All that is left is that they weigh alike: nothing to ask.
    both = found.with_statement(Statement("old", "young"))
    assert both.corners == ((Fraction(1, 2), Fraction(1, 2)),) and both.open_pairs == ()


def test_a_contradiction_names_only_what_cannot_hold_together() -> None:
    nominal = {group: 0.25 for group in "abcd"}
    found = space({"nominal": nominal, "at_least": [["a", "b"], ["b", "c"], ["d", "a"]], "range": {"c": [0.5, 1]}})
    assert found.corners == ()
    assert found.contradiction == (Statement("a", "b"), Statement("b", "c"), Statement("c", least=Fraction(1, 2)))


def test_thirds_as_decimals_are_one_point_and_no_contradiction() -> None:
    groups = dict.fromkeys("abc", THIRD)
    found = space({"nominal": groups, "at_least": [], "range": {group: [THIRD, THIRD] for group in groups}})
    assert len(found.corners) == 1 and found.corners[0] == pytest.approx((THIRD,) * 3, abs=1e-8)
    apart = space({"nominal": groups, "at_least": [], "range": {group: [0.3333, 0.3333] for group in groups}})
    assert apart.corners == () and len(apart.contradiction) == 3


def test_too_many_corners_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weight_space, "MOST_CORNERS", 5)
    facts = {"nominal": dict.fromkeys("abcd", 0.25), "at_least": [], "range": {group: [0.1, 0.4] for group in "abcd"}}
    with pytest.raises(TooManyCorners):
        space(facts)
