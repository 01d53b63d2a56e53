"""What a workshop keeps: settings by version, each score once, nothing that ties one to a person; on both engines."""

import random
import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from planner.domain.adoption import Adopted
from planner.domain.panel import Rated, judged
from planner.domain.workshop import FOUR_STEPS, Item, Stage, WorkshopSettings
from planner.domain.workshop_keys import seat_of, voter_of
from planner.domain.workshop_proposals import Proposal
from planner.domain.workshop_share import Hand
from planner.store import workshop as kept
from planner.store import (
    workshop_adoptions,
    workshop_log,
    workshop_proposals,
    workshop_scores,
    workshop_seats,
    workshop_traces,
)
from planner.store.database import Database
from planner.store.workshop import StoredWorkshop
from planner.store.workshop_scores import Kept, KeptComment
from planner.store.workshop_seats import Seat

SETTINGS = WorkshopSettings(title="Bolyst", items=(Item("T1", ("s01", "s02"), ("unge",)),), groups=("unge", "voksne"))
CELL = ("T1", "s01")
SALT = "salt"


@pytest.fixture
def workshop(store: Database, plan_id: str) -> StoredWorkshop:
    new = StoredWorkshop("w1", plan_id, 1, "link", "K7MR4X2PD", Stage("open", 1), SETTINGS, SALT, 1, False)
    with store.write() as session:
        kept.add(session, new)
        kept.put_round(session, "w1", 1, SETTINGS)
        session.commit()
    return new


def token(person: int) -> str:
    return f"person-{person:02d}-of-the-room"


def voter(person: int, statement: str = "s01") -> str:
    return voter_of(token(person), SALT, is_named=False, round_=1, initiative="T1", statement=statement)


def score(store: Database, name: str, step: int | None, sequence: int, *, of_target: bool = False) -> Kept:
    with store.write() as session:
        now = workshop_scores.put_score(session, "w1", 1, CELL, name, Kept(step, sequence), of_target=of_target)
        session.commit()
    return now


def scores(store: Database, round_: int = 1) -> list[Rated]:
    with store.read() as session:
        return workshop_scores.rated(session, "w1", round_)[CELL]


def test_a_workshop_comes_back_and_is_found_by_number_link_and_code(store, plan_id, workshop):
    with store.read() as session:
        assert kept.find(session, plan_id, 1) == workshop
        assert kept.by_link(session, "link") == kept.by_code(session, "K7MR4X2PD") == workshop
        assert kept.listing(session, plan_id) == (workshop,)
        assert kept.next_number(session, plan_id) == 2
        assert kept.find(session, "another", 1) is kept.by_link(session, "") is None
        assert not kept.code_is_free(session, "K7MR4X2PD") and kept.code_is_free(session, "222222222")


def test_who_comes_second_changes_nothing(store, plan_id, workshop):
    first = replace(workshop, stage=Stage("closed", 1), code="", is_locked=True)
    with store.write() as session:
        assert kept.save(session, first, expected=1) == replace(first, version=2)
        session.commit()
    with store.write() as session:
        assert kept.save(session, replace(workshop, stage=Stage("ended", 1)), expected=1) is None
    with store.read() as session:
        assert kept.find(session, plan_id, 1) == replace(first, version=2)


def test_results_are_frozen(store, workshop):
    first = judged(FOUR_STEPS, *CELL, [Rated(2)] * 6, asks_group=True)
    with store.write() as session:
        kept.put_results(session, "w1", 1, [first])
        kept.put_results(session, "w1", 1, [])
        session.commit()
    with store.read() as session:
        (round_,) = kept.rounds(session, "w1")
    assert (round_.number, round_.settings, round_.results) == (1, SETTINGS, (first,))


def test_a_late_retry_never_overtakes(store, workshop):
    assert score(store, "v", 3, 1) == Kept(3, 1)
    assert score(store, "v", 1, 2) == Kept(1, 2)
    assert score(store, "v", 3, 1) == Kept(1, 2)  # the first, sent again
    assert score(store, "v", 2, 2) == Kept(1, 2)  # another page of the same phone was first
    assert score(store, "v", None, 3) == Kept(None, 3)
    assert scores(store) == [Rated(None)]


def test_in_whatever_order_they_come_the_highest_stands(store, workshop):
    sent = [(step % 4, step) for step in range(1, 12)]
    for seed in range(5):
        random.Random(seed).shuffle(sent)
        for step, sequence in sent:
            now = score(store, f"v{seed}", step, sequence)
        assert now == Kept(11 % 4, 11)
    assert len(scores(store)) == 5


def test_many_identical_at_once_leave_one_row_each(store, workshop):
    failures: list[BaseException] = []

    def send(people: list[int]) -> None:
        try:
            for person in people:
                score(store, voter(person), 2, 1)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=send, args=([*range(start, 6), *range(start)],)) for start in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and scores(store) == [Rated(2)] * 6


def test_who_answers_again_in_a_later_round_takes_their_own_earlier_score_away(store, workshop):
    """Guards: `workshop_scores._taken_back` (without it one person counts twice), what it takes over, and
    `workshop_traces.settle` (without it the rows that nobody gave again are those of who has left)."""
    for name in ("stays", "leaves"):
        score(store, name, 1, 1, of_target=True)
    with store.write() as session:
        workshop_traces.settle(session, "w1", 1, {CELL: frozenset((True, False))})
        session.commit()

    def again() -> None:
        with store.write() as session:
            now = workshop_scores.put_score(
                session, "w1", 2, CELL, "stays-2", Kept(3, 1), of_target=False, earlier=["stays", "other"]
            )
            session.commit()
        assert now == Kept(3, 1)

    threads = [threading.Thread(target=again) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.write() as session:
        workshop_scores.put_score(session, "w1", 2, CELL, "new", Kept(0, 1), of_target=False, earlier=["new-1"])
        rated = workshop_scores.rated(session, "w1", 2)[CELL]
        # The first two are known, and of the target group still; the new one waits.
        assert sorted(map(str, rated)) == sorted(
            map(str, [Rated(3, True, False), Rated(1, True, False), Rated(0, False, True)])
        )
        workshop_traces.settle(session, "w1", 2, {CELL: frozenset()})
        session.commit()
    assert in_stored_order(store, "round") == ["2"] * 3
    with store.write() as session:
        workshop_traces.forget(session, "w1", keep_names=False)
        session.commit()
    assert sorted(one.score for one in scores(store, 2)) == [1, 3]  # less what was shown, the third would be told


def test_a_proposal_sent_many_times_at_once_is_there_once(store, workshop):
    failures: list[BaseException] = []
    one, names = Proposal("Nattbuss"), ["a" * 40, "b" * 40, "c" * 40]

    def send(proposal: Proposal) -> None:
        try:
            with store.write() as session:
                assert workshop_proposals.add(session, "w1", names, proposal)
                session.commit()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=send, args=(said,)) for said in [one, Proposal("Kafé")] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as session:
        titles = {kept.proposal.title for kept in workshop_proposals.all_of(session, "w1")}
        assert not failures and titles == {"Nattbuss", "Kafé"}
        assert len(workshop_proposals.all_of(session, "w1")) == 2


def test_a_phone_finds_its_own_and_no_other(store, workshop):
    for person in range(3):
        score(store, voter(person), person, 1)
    with store.write() as session:
        assert workshop_scores.put_comment(session, "w1", 1, "T1", "c1", KeptComment("Bra", 1)).text == "Bra"
        assert workshop_scores.put_comment(session, "w1", 1, "T1", "c1", KeptComment("Gammelt", 1)).text == "Bra"
        workshop_scores.put_comment(session, "w1", 1, "T1", "c2", KeptComment("", 4))
        session.commit()
    with store.read() as session:
        assert workshop_scores.own(session, "w1", 1, [voter(1)]) == {(CELL, voter(1)): Kept(1, 1)}
        assert workshop_scores.own_comments(session, "w1", 1, ["c1"]) == {("T1", "c1"): KeptComment("Bra", 1)}
        assert workshop_scores.voters(session, "w1", 1) == {(CELL, voter(person)) for person in range(3)}
        assert [(one.text, one.author) for one in workshop_scores.comments(session, "w1", 1)] == [("Bra", "")]


def test_the_mark_tells_of_everything_said(store, workshop):
    marks = []

    def look() -> None:
        with store.read() as session:
            marks.append(workshop_scores.mark(session, "w1"))

    look()
    score(store, "v", 1, 1)
    look()
    score(store, "v", 2, 2)
    look()
    with store.write() as session:
        workshop_seats.put(session, "w1", Seat("s", "Bord 1", "", Hand("unge", ("T1",))))
        session.commit()
    look()
    assert len(set(marks)) == 4
    score(store, "v", 2, 2)
    look()
    assert marks[-1] == marks[-2]


def test_seats_come_back_and_get_new_cards(store, workshop):
    one = Seat("b" * 40, "Bord 1", "", Hand("unge", ()))
    other = Seat("a" * 40, "", "Kari", Hand("", ()))
    with store.write() as session:
        workshop_seats.put(session, "w1", one)
        workshop_seats.put(session, "w1", other)
        workshop_seats.put_hands(session, "w1", {one.id: Hand("unge", ("T1",))})
        session.commit()
    with store.read() as session:
        assert workshop_seats.seats(session, "w1") == (other, replace(one, hand=Hand("unge", ("T1",))))
        assert workshop_seats.count(session, "w1") == 2
        assert workshop_seats.find(session, "w1", "c" * 40) is None


def test_the_log_grows(store, workshop):
    moment = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
    with store.write() as session:
        workshop_log.add(session, "w1", moment, "open", {"round": 1, "seats": 12})
        workshop_log.add(session, "w1", moment, "close")
        workshop_adoptions.put(session, "w1", [Adopted("T1", "s01", 15.0, "everyone", 15.0, 1)])
        workshop_adoptions.put(session, "w1", [Adopted("T1", "s01", 12.0, "everyone", 15.0, 1, "Erfaring")])
        session.commit()
    with store.read() as session:
        first, second = workshop_log.entries(session, "w1")
        assert (first.number, first.at, first.what, dict(first.details)) == (
            1, moment, "open", {"round": 1, "seats": 12},
        )  # fmt: skip
        assert (second.number, second.what) == (2, "close")
        assert workshop_adoptions.adopted(session, "w1") == (
            Adopted("T1", "s01", 12.0, "everyone", 15.0, 1, "Erfaring"),
        )


# --- Nothing ties a score to a person ---------------------------------------------------------------------------------


def fill(store: Database, of_target: int) -> None:
    """Twelve people come in and score one after the other, the first few of them young."""
    for person in range(12):
        with store.write() as session:
            group = "unge" if person < of_target else "voksne"
            workshop_seats.put(session, "w1", Seat(seat_of(token(person), SALT), "Bord 1", "", Hand(group, ("T1",))))
            session.commit()
        score(store, voter(person), person % 4, 1, of_target=person < of_target)


def in_stored_order(store: Database, column: str) -> list[str]:
    """As the engine itself has the rows lie; on PostgreSQL with the transaction that wrote each."""
    order = "ORDER BY ctid" if not store.is_sqlite else ""
    with store._working().connect() as connection:
        found = connection.exec_driver_sql(f"SELECT {column} FROM workshop_score {order}")
        return [str(row[0]) for row in found]


def test_after_a_round_rows_lie_in_the_order_of_keys_and_one_transaction_wrote_them(store, workshop):
    fill(store, of_target=6)
    with store.write() as session:
        workshop_traces.straighten(session, "w1")
        session.commit()
    people = [voter(person) for person in range(12)]
    assert in_stored_order(store, "voter") == sorted(people) != people
    if store.is_sqlite:
        with store._engine.connect() as connection, pytest.raises(Exception, match="no such column"):
            connection.exec_driver_sql("SELECT rowid FROM workshop_score")
    else:
        assert len(set(in_stored_order(store, "xmin"))) == 1
    assert sorted(one.score for one in scores(store)) == sorted([0, 1, 2, 3] * 3)


def test_at_the_end_no_phone_finds_anything_and_no_seat_is_left(store, workshop):
    fill(store, of_target=6)
    with store.write() as session:
        workshop_scores.put_comment(session, "w1", 1, "T1", "c1", KeptComment("Bra", 7))
        workshop_traces.forget(session, "w1", keep_names=False)
        session.commit()
    with store.read() as session:
        assert not workshop_scores.own(session, "w1", 1, [voter(person) for person in range(12)])
        assert workshop_seats.seats(session, "w1") == ()
        assert not workshop_scores.own_comments(session, "w1", 1, ["c1"])
        assert [one.text for one in workshop_scores.comments(session, "w1", 1)] == ["Bra"]
    assert in_stored_order(store, "sequence") == ["1"] * 12
    assert sorted(map(str, scores(store))) == sorted(str(Rated(p % 4, p < 6, False)) for p in range(12))


@pytest.mark.parametrize("of_target", [1, 4, 8, 11])
def test_a_part_of_one_to_four_is_not_kept_apart(store, workshop, of_target):
    fill(store, of_target)
    with store.write() as session:
        workshop_traces.forget(session, "w1", keep_names=False)
        session.commit()
    assert {one.of_target for one in scores(store)} == {None}


def test_what_was_under_the_old_names_is_nowhere_in_the_files(store, workshop, tmp_path):
    fill(store, of_target=6)
    with store.write() as session:
        workshop_traces.forget(session, "w1", keep_names=False)
        session.commit()
    store.scrub(*workshop_traces.TABLES)
    if store.is_sqlite:
        held = b"".join(path.read_bytes() for path in tmp_path.rglob("store.db*"))
        assert not any(voter(person).encode() in held for person in range(12))
        assert not any(seat_of(token(person), SALT).encode() in held for person in range(12))
    else:
        with store._engine.connect() as connection:
            dead = (
                "SELECT count(*) FROM pg_class c, pg_relation_size(c.oid) s WHERE c.relname = 'workshop_seat' AND s > 0"
            )
            assert connection.exec_driver_sql(dead).scalar_one() == 0


def test_with_names_people_stay_who_they_are(store, workshop):
    seat = seat_of(token(1), SALT)
    with store.write() as session:
        workshop_seats.put(session, "w1", Seat(seat, "", "Kari", Hand("", ("T1",))))
        workshop_scores.put_comment(session, "w1", 1, "T1", seat, KeptComment("Bra", 1))
        workshop_traces.forget(session, "w1", keep_names=True)
        session.commit()
    with store.read() as session:
        assert [(one.text, one.author) for one in workshop_scores.comments(session, "w1", 1)] == [("Bra", "Kari")]
