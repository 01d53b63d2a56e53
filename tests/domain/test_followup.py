"""Quarters, what has been used, and the list that next year's plan begins with."""

from dataclasses import replace

import pytest

from planner.domain.costs import Cost, Costs
from planner.domain.followup import Quarter, Report, latest, next_candidates, next_settings, quarters, used
from planner.domain.settings import Wish
from planner.domain.typed import Refused
from tests.portfolio_case import CANDIDATES, SETTINGS

Q1, Q2 = Quarter(2027, 1), Quarter(2027, 2)


def test_the_newest_report_stands_and_none_from_after() -> None:
    reports = [Report("J1", Q2, "late"), Report("J1", Q1, "going", 100), Report("B1", Q1, "done")]
    assert {code: one.status for code, one in latest(reports).items()} == {"J1": "late", "B1": "done"}
    assert {code: one.status for code, one in latest(reports, Q1).items()} == {"J1": "going", "B1": "done"}
    assert quarters((2027,))[-1] == Quarter(2027, 4) and Quarter.of(2027, 4) == Q2 and Quarter.of(2027, 3) == Q1


def test_what_is_used_counts_only_what_is_told_of_that_year() -> None:
    told = {"J1": Report("J1", Q2, "going", 150), "B1": Report("B1", Quarter(2026, 4), "going", 999)}
    found = used(told, 2027, {"J1": 400, "B1": 300}, "spent")
    assert (found.spent, found.planned, found.told, found.of) == (150, 700, 1, 2)


@pytest.mark.parametrize("wrong", [{"spent": 10**9}, {"staff": -5000}, {"note": "æ" * 501}])
def test_what_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        Report("J1", Q1, "going", **wrong)  # type: ignore[arg-type]


def test_next_year_begins_with_what_runs() -> None:
    """J1 goes on since 2027, B1 was stopped, S1 did not begin; J2 needs J1, B2 could not stand beside B1."""
    reports = {
        "J1": Report("J1", Q2, "going"),
        "B1": Report("B1", Q2, "stopped"),
        "S1": Report("S1", Q2, "not_started"),
    }
    found = {one.code: one for one in next_candidates(CANDIDATES, {"J1": 2027, "B1": 2027, "S1": 2028}, reports, 2028)}
    assert set(found) == {"J1", "J2", "B2", "S1"}
    assert found["J1"].started == 2027 and found["S1"].started is None
    assert found["B2"].excludes == () and found["J2"].requires_all == ("J1",)
    # One that is told to go on though the plan had it from 2028 cannot have begun after New Year.
    early = next_candidates(CANDIDATES, {"J1": 2028}, {"J1": Report("J1", Q2, "going")}, 2028)
    assert next(one for one in early if one.code == "J1").started == 2027


def test_a_window_that_is_past_is_open_again() -> None:
    candidates = [replace(CANDIDATES[0], latest=2027), replace(CANDIDATES[4], latest=2028)]
    assert [one.latest for one in next_candidates(candidates, {}, {}, 2028)] == [None, 2028]


def test_the_frame_moves_a_year() -> None:
    settings = replace(
        SETTINGS, wishes={"J1": Wish("must", 2027, 2028), "B1": Wish("must_not"), "S1": Wish("free", 2027, None)}
    )
    found = next_settings(settings, ["B1", "S1"])
    assert found.years == (2028, 2029) and found.limits["operating"] == (900, 900)
    assert dict(found.wishes) == {"B1": Wish("must_not")}  # S1's year is past, J1 runs already


def test_cost_of_what_runs_stays_its_own() -> None:
    one = replace(CANDIDATES[0], costs=Costs(one_time=Cost(500), yearly=Cost(100)))
    (found,) = next_candidates([one], {"J1": 2027}, {"J1": Report("J1", Q1, "done")}, 2028)
    assert found.costs == one.costs and found.started == 2027
