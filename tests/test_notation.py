"""Is what happened told by Norwegian clocks, whatever the machine's?"""

from datetime import UTC, datetime

from planner.notation import day, moment


def test_a_moment_is_told_in_norwegian_time_and_on_its_day() -> None:
    summer, winter = datetime(2027, 6, 30, 22, 30, tzinfo=UTC), datetime(2026, 11, 26, 13, 5, tzinfo=UTC)
    assert (day(summer), moment(summer)) == ("1. juli 2027", "1. juli 2027 kl. 00.30")
    assert moment(winter) == "26. november 2026 kl. 14.05"
    assert moment(winter.replace(tzinfo=None)) == moment(winter)
    assert moment(None) == "–"
