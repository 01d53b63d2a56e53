"""How long a writer waits: for all before it together, and not for one after the other."""

from planner.store.turns import LEAST_SECONDS, Turns


def test_whoever_waits_in_vain_has_waited_for_those_who_come_meanwhile() -> None:
    now = 100.0
    turns = Turns(10.0, lambda: now)
    assert turns.left() == 10
    now += 4
    assert turns.left() == 6  # for the same thing as the first, and to the same moment
    now += 6
    assert turns.left() == LEAST_SECONDS  # those are refused now; who comes is told at once
    now += 3
    assert turns.left() == LEAST_SECONDS
    turns.got_in()
    assert turns.left() == 10
    now += 11
    assert turns.left() == 10  # it was nobody's wait any more
