"""Who may try another code: whoever guesses is held back, and nobody else, in whichever process they ask."""

from datetime import timedelta

import pytest
from sqlmodel import select

from planner.services import join, plans
from planner.services.join import WAIT, WRONG
from planner.store.database import Database
from planner.store.upkeep_tables import WrongTryRow

LINK = "the-link"


def test_guessing_from_everywhere_closes_the_door_to_those_who_guess_and_to_nobody_else(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards: `_may_try` looks at how many wrong ones an address has itself, and takes 64 bits of IPv6 as one."""
    moment = plans.now()
    monkeypatch.setattr(join, "now", lambda: moment)
    monkeypatch.setattr(join, "OF_ONE", 3)
    monkeypatch.setattr(join, "OF_ALL", 8)
    monkeypatch.setattr(join.workshop_phone, "link_of", lambda _, typed: LINK if typed == "right" else None)

    def said(address: str, typed: str = "wrong") -> object:
        return join.find(database, "key", typed, address)

    assert [said("10.0.0.1") for _ in range(4)] == [WRONG] * 3 + [WAIT]
    assert said("10.0.0.1", "right") == LINK  # a whole room has its address
    assert [said("10.0.0.2") for _ in range(4)] == [WRONG] * 3 + [WAIT]  # and so there were as many as from all
    assert said("10.0.0.1", "right") == said("10.0.0.2", "right") == WAIT
    assert [said("192.0.2.1") for _ in range(2)] == [WRONG] * 2
    assert said("192.0.2.1", "right") == LINK  # a room that types badly is let in still
    assert [said(f"2001:db8::{guess:x}") for guess in range(4)] == [WRONG] * 3 + [WAIT]
    assert said("2001:db8::ffff", "right") == WAIT and said("2001:db8:0:1::1", "right") == LINK
    with database.read() as session:
        rows = session.exec(select(WrongTryRow)).all()
    assert len(rows) == 3 + 3 + 2 + 3 + 8 and not any("10.0" in row.whose for row in rows)
    moment += join.OF_ONE_WITHIN + timedelta(seconds=1)
    assert said("10.0.0.1", "right") == LINK
    moment += join.OF_ALL_WITHIN
    assert said("10.0.0.1") == WRONG
    with database.read() as session:
        assert len(session.exec(select(WrongTryRow)).all()) == 2  # the others went with it
