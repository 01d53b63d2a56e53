"""Paper ballots as they are kept: counted once however many try, emptied when their round is over; on both engines."""

import threading

import pytest

from planner.domain.workshop import Item, Stage, WorkshopSettings
from planner.domain.workshop_paper import Ballot, Printed, Typed
from planner.store import workshop as kept
from planner.store import workshop_ballots
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop

PRINTED = Printed("steps", (("T1", ("s01",)),), ("unge",))
SETTINGS = WorkshopSettings(title="Bolyst", items=(Item("T1", ("s01",)),), groups=("unge",))
BALLOTS = tuple(Ballot(id_, round_, 1, PRINTED) for id_, round_ in (("B2", 1), ("A1", 1), ("C3", 2)))
TYPED = Typed("form", {"group": "unge", "answer-0-0": "2", "comment-0": "Bra"})


@pytest.fixture
def workshop(store: Database, plan_id: str) -> Database:
    new = StoredWorkshop("w1", plan_id, 1, "link", "K7MR4X2PD", Stage("open", 1), SETTINGS, "salt", 1, False)
    with store.write() as session:
        kept.add(session, new)
        workshop_ballots.add(session, "w1", BALLOTS)
        session.commit()
    return store


def test_ballots_come_back_in_the_order_of_their_ids(workshop: Database) -> None:
    with workshop.write() as session:
        assert workshop_ballots.listing(session, "w1", 1) == (BALLOTS[1], BALLOTS[0])
        once = BALLOTS[0].typed(TYPED)
        workshop_ballots.put(session, "w1", once)
        assert workshop_ballots.find(session, "w1", "B2") == once and workshop_ballots.find(session, "w1", "XX") is None
        assert workshop_ballots.counts(session, "w1", 1) == {"once": 1, "printed": 1}
        assert workshop_ballots.ids(session, "w1") == {"A1", "B2", "C3"}
        assert workshop_ballots.last_printing(session, "w1") == 1 and workshop_ballots.last_printing(session, "w2") == 0


def test_of_eight_who_count_it_at_once_one_does(workshop: Database) -> None:
    gate, done = threading.Barrier(8), []

    def count() -> None:
        gate.wait()
        try:
            with workshop.write() as session:
                workshop_ballots.count(session, "w1", "A1")
                session.commit()
            done.append(True)
        except RuntimeError:
            done.append(False)

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False] * 7 + [True]
    with workshop.write() as session, pytest.raises(RuntimeError, match="has been counted"):
        workshop_ballots.put(session, "w1", BALLOTS[1].typed(TYPED))


def test_a_round_that_is_over_leaves_ids_only(workshop: Database) -> None:
    with workshop.write() as session:
        workshop_ballots.put(session, "w1", BALLOTS[0].typed(TYPED))
        workshop_ballots.count(session, "w1", "A1")
        assert workshop_ballots.wipe(session, "w1", 1) == 2
        session.commit()
    with workshop.read() as session:
        assert workshop_ballots.listing(session, "w1", 1) == ()
        left = workshop_ballots.find(session, "w1", "B2")
        assert left and (left.printed.cards, left.first, left.round) == ((), None, 1)
        assert workshop_ballots.listing(session, "w1", 2) == (BALLOTS[2],)
