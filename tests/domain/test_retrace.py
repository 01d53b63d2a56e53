"""Every point has one way, the ways add up to the plan, and money follows points; with the sums done by hand."""

from dataclasses import replace
from math import fsum, log

import pytest

from planner.domain.report import Report, report
from planner.domain.retrace import retrace, shares
from tests.report_case import BASIS, A, B, make_report, problem, result


def both_on_housing(closure: str = "product") -> Report:
    """B too is for housing: 20 % with a chance of a half, from 2029 on, beside A's 30 % from 2027 on."""
    b = replace(B, effects=(replace(B.effects[0], statement="s01"),))
    basis = replace(BASIS, candidates=(A, b, *BASIS.candidates[2:]))
    asked = replace(problem(basis), closure=closure)
    return report(asked, result(asked), basis)


def test_points_closed_and_open_are_those_of_all_needs() -> None:
    for tables in (make_report(), both_on_housing()):
        traces = retrace(tables)
        assert fsum(one.points for one in traces) == pytest.approx(100)
        assert fsum(one.points for one in traces if one.code) == pytest.approx(tables.answer.value)
        assert fsum(one.money for one in traces) == pytest.approx(float(sum(r.net_total for r in tables.initiatives)))
        assert all(one.points >= 0 for one in traces)


def test_what_two_close_together_is_shared_by_how_strong_each_is() -> None:
    """Of 40 points: 12 in 2027 and 2028; 1 − 0.7 × 0.9 = 0.37, 14.8, in 2029 and 2030."""
    traces = retrace(both_on_housing())
    points = {code: fsum(one.points for one in traces if one.code == code) for code in ("A", "B")}
    a = log(0.7) / (log(0.7) + log(0.9))
    assert points["A"] == pytest.approx((12 + 12 + 2 * 14.8 * a) / 4)
    assert points["B"] == pytest.approx(2 * 14.8 * (1 - a) / 4)


@pytest.mark.parametrize(("closure", "a", "b"), [("capped", 12, 2), ("max", 12, 0)])
def test_in_the_other_readings_of_overlap_too(closure: str, a: float, b: float) -> None:
    """Added: 12 and, in half the years, 4. The strongest alone: 12, and B's money is a row of its own."""
    traces = retrace(both_on_housing(closure))
    assert fsum(one.points for one in traces if one.code == "A") == pytest.approx(a)
    assert fsum(one.points for one in traces if one.code == "B") == pytest.approx(b)
    assert [one.code for one in traces if one.need is None] == ([] if b else ["B"])


def test_where_one_closes_all_the_rest_close_nothing() -> None:
    assert shares({"a": 1.0, "b": 0.5}, "product") == {"a": 1, "b": 0}
    assert shares({"a": 1.0, "b": 1.0}, "product") == {"a": 0.5, "b": 0.5}
    assert shares({"a": 0.3, "b": 0.1}, "capped") == pytest.approx({"a": 0.75, "b": 0.25})
