"""Paper ballots typed in: twice, compared, decided, counted once, in time, and without a tie to anybody."""

import threading
from collections import Counter

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, text

from planner.domain.ballot_id import shown
from planner.services import workshop_paper_entry as entry
from planner.store import workshop_ballots, workshop_log, workshop_scores, workshop_seats
from planner.store.database import Database
from tests.paper_case import Paper
from tests.workshop_case import CODES, STATEMENTS, Room, put_initiatives


@pytest.fixture
def paper(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> Paper:
    """The first round is on."""
    return begun(app, client, database, plan_id)


def begun(app: Flask, client: FlaskClient, database: Database, plan_id: str, **changes: object) -> Paper:
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    assert room.set_up(**changes).status_code == 303
    room.act("gather", "open")
    return Paper(room)


def steps(paper: Paper, cell: tuple[str, str] = ("T1", "s01"), round_: int = 1) -> Counter[int | None]:
    with paper.room.database.read() as session:
        rated = workshop_scores.rated(session, paper.room.now.id, round_)
    return Counter(one.score for one in rated.get(cell, []))


def names(paper: Paper) -> list[str]:
    with paper.room.database.read() as session:
        return [voter for _, voter in workshop_scores.voters(session, paper.room.now.id, 1)]


def test_a_ballot_counts_when_it_has_been_typed_alike_twice(paper: Paper) -> None:
    (one,) = paper.make(1)
    page = paper.html(f"/entry?ballot={shown(one.id).lower()}")
    assert "Første gang" in page and page.count("data-letters") == 9
    assert paper.type(one, "2", "a", comment_0="Bra for T1").status_code == 303
    assert "er skrevet inn én gang" in paper.html("/entry") and not steps(paper)
    page = paper.html(f"/entry?ballot={shown(one.id)}")
    assert "Andre gang" in page and "Bra for T1" not in page and 'value="2"' not in page
    assert paper.type(one, "2", "b").status_code == 303
    assert f"{shown(one.id)} teller med." in paper.html("/entry")
    assert steps(paper) == {2: 1} and steps(paper, ("T3", "s03")) == {2: 1} and len(names(paper)) == 9
    assert (paper.find(one).state, paper.find(one).first, paper.find(one).second) == ("counted", None, None)
    with paper.room.database.read() as session:
        (said,) = workshop_scores.comments(session, paper.room.now.id, 1)
    assert (said.initiative, said.text) == ("T1", "Bra for T1")


def test_the_same_form_again_is_not_a_second_reading_and_a_counted_ballot_never_counts_again(paper: Paper) -> None:
    (one,) = paper.make(1)
    for _ in range(3):
        assert paper.type(one, "1", "a").status_code == 303
    assert paper.find(one).state == "once" and not steps(paper)
    paper.type(one, "1", "b")
    for form in "abc":
        again = paper.type(one, "1", form)
        assert again.status_code == 409 and "teller allerede med" in again.get_data(as_text=True)
    assert steps(paper) == {1: 1}
    with paper.room.database.write() as session, pytest.raises(RuntimeError, match="has been counted"):
        workshop_ballots.count(session, paper.room.now.id, one.id)


def test_what_differs_stands_side_by_side_and_is_decided(paper: Paper) -> None:
    (one,) = paper.make(1)
    paper.type(one, "2", "a", answer_0_0="3", comment_1="Dyrt")
    sent = paper.type(one, "2", "b", answer_0_0="x", comment_1="Dyrt nå", group="1")
    assert sent.headers["Location"].endswith(f"?ballot={shown(one.id)}") and not steps(paper)
    assert f"Avgjør {shown(one.id)}" in paper.html() and "må avgjøres" in paper.room.html()
    page = paper.html(f"/entry?ballot={shown(one.id)}")
    assert page.count("<td data-label=") == 3 * 3
    for said in ("3 mange", "x vet ikke", "0 ingen av dem", "1 Unge", "Dyrt nå"):
        assert said in page, said
    mark = paper.find(one).mark
    decided = {"ballot": one.id, "mark": mark, "answer-0-0": "7", "group": "", "comment-1": "Dyrt nå"}
    refused = paper.room.client.post(f"{paper.url}/entry/decide", data=decided)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422 and 'value="7"' in page and "Ikke et svar." in page and not steps(paper)
    decided |= {"answer-0-0": "1", "group": "2"}
    stale = paper.room.client.post(f"{paper.url}/entry/decide", data=decided | {"mark": "old"})
    assert stale.status_code == 409 and "mens du hadde siden oppe" in stale.get_data(as_text=True)
    assert paper.room.client.post(f"{paper.url}/entry/decide", data=decided).status_code == 303
    assert steps(paper) == {1: 1} and steps(paper, ("T1", "s02")) == {2: 1}
    assert paper.room.client.post(f"{paper.url}/entry/decide", data=decided).status_code == 409
    assert steps(paper) == {1: 1}


def test_a_ballot_may_be_typed_from_the_beginning(paper: Paper) -> None:
    (one,) = paper.make(1)
    paper.type(one, "2", "a")
    paper.type(one, "1", "b")
    form = {"ballot": one.id, "mark": paper.find(one).mark}
    assert paper.room.client.post(f"{paper.url}/entry/restart", data=form).status_code == 303
    assert paper.find(one) == one
    assert paper.room.client.post(f"{paper.url}/entry/restart", data=form).status_code == 409


def test_each_mistake_is_said_at_its_field_and_what_was_typed_stands(paper: Paper) -> None:
    (one,) = paper.make(1)
    wrong = paper.type(one, "2", "a", answer_0_0="4", answer_2_1="", group="9", comment_0="x" * 501)
    page = wrong.get_data(as_text=True)
    assert wrong.status_code == 422 and page.count("ds-validation-message") == 4 and "x" * 501 in page
    assert paper.find(one) == one


@pytest.mark.parametrize("typed", ["K7M-R4", "hei", "222-34M"])
def test_a_mistyped_id_is_told(paper: Paper, typed: str) -> None:
    paper.make(1)
    answer = paper.room.client.get(f"{paper.url}/entry?ballot={typed}")
    assert answer.status_code == 422 and "Ingen stemmeseddel har merket" in answer.get_data(as_text=True)
    right = paper.room.client.get(f"{paper.url}/entry?ballot=22234K")
    assert right.status_code == 422 and "er ikke laget i dette verkstedet" in right.get_data(as_text=True)


def test_ballots_come_in_until_the_room_has_seen_the_answers(app, client, database, plan_id) -> None:
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    room.set_up()
    paper = Paper(room)
    early, *some = paper.make(7)
    assert paper.type(early).status_code == 409 and "har ikke begynt" in paper.html()
    room.act("gather", "open")
    for one in some[:3]:
        paper.type_twice(one, "3")
    room.act("close")
    for one in some[3:5]:
        paper.type_twice(one, "1")
    paper.type(some[5], "1", "a")
    assert "1 er skrevet inn én gang." in room.html()
    room.act("reveal")
    late = paper.type(some[5], "1", "b")
    assert late.status_code == 409 and "Det er for sent: runde 1 er avslørt" in late.get_data(as_text=True)
    # Three of «mange» and two of «noen få»: the median is 30 per cent, and five are enough to be shown.
    assert "30\u00a0%" in room.html() and steps(paper) == {3: 3, 1: 2}
    with database.read() as session:
        log = {one.what: dict(one.details) for one in workshop_log.entries(session, room.now.id)}
    assert log["reveal"] == {"round": 1, "seats": 0, "shown": 9, "ballots": 5}
    room.act("open")
    assert paper.type(some[5], "1", "b").status_code == 409
    second = Paper(room)
    room.client.post(second.url, data={"count": "1"})
    (one,) = second.ballots(2)
    second.type_twice(one, "0")
    # What was said on paper before stands, and the ballots are for others.
    assert steps(paper, round_=2) == {0: 1, 3: 3, 1: 2} and "ikke har svart før" in paper.html()


def test_the_target_group_is_known_by_its_answers(paper: Paper) -> None:
    young, old = paper.make(2)
    paper.type_twice(young, "3", group="1")
    paper.type_twice(old, "0", group="2")
    with paper.room.database.read() as session:
        rated = workshop_scores.rated(session, paper.room.now.id, 1)["T1", "s01"]
    assert sorted((one.score, one.of_target) for one in rated) == [(0, False), (3, True)]


def test_eight_who_type_the_last_reading_at_once_count_one_ballot(paper: Paper) -> None:
    (one,) = paper.make(1)
    paper.type(one, "2", "first")
    place = paper.room.app.extensions["planner"]
    gate = threading.Barrier(8)

    def type_it(number: int) -> None:
        gate.wait()
        form = paper.form(one, "2", f"second-{number}")
        entry.keep(place.database, place.live, paper.room.plan_id, 1, form)

    threads = [threading.Thread(target=type_it, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert steps(paper) == {2: 1} and len(names(paper)) == 9


def everything(database: Database) -> str:
    """All rows of all tables, as text."""
    with database.read() as session:
        tables = inspect(session.connection()).get_table_names()
        rows = [session.connection().execute(text(f"SELECT * FROM {table}")).all() for table in tables]
    return repr(rows)


def test_nothing_ties_the_answers_of_a_ballot_together(paper: Paper, config) -> None:
    counted, waiting, unlike = paper.make(3)
    said = {"comment_0": "Lammet i enga", "group": "1"}
    paper.type_twice(counted, "1", **said)
    # As soon as it counts: nine names that are no other's, and nothing of what was typed in its row.
    assert len(set(names(paper))) == 9 and not paper.find(counted).first
    paper.type(waiting, "3", "form-of-waiting", comment_0="Gråstein")
    paper.type(unlike, "3", "form-of-unlike", comment_0="Gråstein")
    paper.type(unlike, "2", "form-of-unlike-again")
    before = names(paper)
    paper.room.act("close")
    assert "Gråstein" in everything(paper.room.database)
    paper.room.act("reveal")
    after = everything(paper.room.database)
    assert "Gråstein" not in after and "form-of" not in after and "Lammet i enga" in after
    with paper.room.database.read() as session:
        rows = session.connection().execute(text("SELECT * FROM workshop_ballot")).mappings().all()
        seats = workshop_seats.seats(session, paper.room.now.id)
    assert [(row["share"], row["first"], row["second"]) for row in rows] == [("", None, None)] * 3 and not seats
    assert [row["ballot"] for row in rows] == sorted(row["ballot"] for row in rows)
    # Nor in the file itself, in pages that are free or in the log that goes before them.
    for file in config.data_folder.glob("test.db*"):
        content = file.read_bytes()
        assert "Gråstein".encode() not in content and b"form-of" not in content, file
    # The names are not made of the ballot's id and the workshop's salt: what holds both finds nothing.
    from planner.domain.workshop_keys import seat_of, voter_of

    salt = paper.room.now.salt
    for ballot in (counted, waiting, unlike):
        for id_ in (ballot.id, shown(ballot.id)):
            derived = {seat_of(id_, salt)} | {
                voter_of(id_, salt, is_named=False, round_=1, initiative=code, statement=statement)
                for code in CODES
                for statement in STATEMENTS
            }
            assert not derived & set(before)
    paper.room.act("end")
    assert counted.id not in everything(paper.room.database)


def test_under_names_the_answers_stand_under_the_name_on_the_paper(app, client, database, plan_id) -> None:
    paper = begun(app, client, database, plan_id, named="yes")
    (one,) = paper.make(1)
    missing = paper.type(one, "2", "a", name="")
    assert missing.status_code == 422 and "Skriv navnet ditt." in missing.get_data(as_text=True)
    paper.type_twice(one, "2", comment_0="Bra")
    assert len(set(names(paper))) == 1
    with database.read() as session:
        (said,) = workshop_scores.comments(session, paper.room.now.id, 1)
        # No phone is waited for.
        assert said.author == "Kari" and not workshop_seats.seats(session, paper.room.now.id)
        assert workshop_seats.count(session, paper.room.now.id) == 0
    assert "0 inne" in paper.room.html()


def test_a_ballot_from_before_the_draft_was_changed_is_refused(app, client, database, plan_id) -> None:
    from tests.workshop_case import typed

    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    room.set_up()
    paper = Paper(room)
    (one,) = paper.make(1)
    form = typed(**{"statement-T1": ["s01"]}) | {"version": room.now.version}
    room.client.post(f"{room.url}/edit", data=form)
    room.act("gather", "open")
    refused = paper.type(one)
    assert refused.status_code == 409 and "før oppsettet ble endret" in refused.get_data(as_text=True)
