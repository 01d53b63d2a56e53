"""«Forslag fra rommet», from a phone to the list of initiatives, and to the wall when it is asked for."""

import re
import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.store import initiatives, workshop_log, workshop_proposals, workshop_seats
from planner.store.database import Database
from planner.store.workshop_proposals import StoredProposal
from tests.workshop_case import Phone, Room, put_initiatives, typed

BUS = {"title": "Nattbuss", "text": "Unge som jobber sent", "statement": "s01"}


@pytest.fixture
def room(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> Room:
    """People have come in, and none has scored."""
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    room.set_up()
    room.act("gather")
    return room


def propose(phone: Phone, **changes: str) -> TestResponse:
    return phone.client.post(f"{phone.url}/propose", data={**BUS, **changes})


def sent(room: Room) -> tuple[StoredProposal, ...]:
    with room.database.read() as session:
        return workshop_proposals.all_of(session, room.now.id)


def decide(room: Room, what: str, one: StoredProposal, **form: str) -> TestResponse:
    url = f"/plans/{room.plan_id}/initiatives/proposals/1/{one.id}/{what}"
    return room.client.post(url, data=form)


def test_from_a_phone_to_the_list(room: Room) -> None:
    (phone,) = room.phones(1)
    assert propose(phone).get_json()["outcome"] == "stands"
    page = phone.html()
    assert "<li>Nattbuss</li>" in page and 'data-propose="2"' in page
    assert "1 forslag fra rommet" in room.html()
    assert "1 forslag fra rommet venter" in room.client.get(f"/plans/{room.plan_id}/initiatives").get_data(as_text=True)
    html = room.client.get(f"/plans/{room.plan_id}/initiatives/proposals").get_data(as_text=True)
    assert "Nattbuss" in html and "Unge som jobber sent" in html
    (one,) = sent(room)
    assert decide(room, "take", one).status_code == 303
    with room.database.read() as session:
        (new,) = [c for c in initiatives.candidates(session, room.plan_id) if c.code == "R01"]
        log = [(entry.what, dict(entry.details)) for entry in workshop_log.entries(session, room.now.id)]
    assert (new.title, new.theme, new.effects) == ("Nattbuss", "Fra rommet", ()) and "cost" in new.lacks()
    assert new.idea.startswith("Forslag fra verkstedet «Bolystkvelden». Unge som jobber sent Skal hjelpe på: ")
    assert log[-1] == ("proposal_taken", {"code": "R01"})
    assert decide(room, "take", one).status_code == 409  # the second of two who press
    assert "Alle forslagene er avgjort" in room.client.get(f"/plans/{room.plan_id}/initiatives/proposals").text


def test_set_aside_needs_a_reason_and_can_be_taken_in_all_the_same(room: Room) -> None:
    (phone,) = room.phones(1)
    propose(phone)
    (one,) = sent(room)
    refused = decide(room, "set-aside", one, reason=" ")
    assert refused.status_code == 422 and "Begrunnelsen blir stående" in refused.text
    assert decide(room, "set-aside", one, reason="Fylket har bestemt ruta").status_code == 303
    html = room.client.get(f"/plans/{room.plan_id}/initiatives/proposals").get_data(as_text=True)
    assert "Satt til side: Fylket har bestemt ruta" in html
    assert decide(room, "set-aside", one, reason="En gang til").status_code == 409
    assert decide(room, "take", one).status_code == 303
    assert [(p.state, p.initiative) for p in sent(room)] == [("taken", "R01")]


def test_kept_once_however_often_it_is_sent_and_three_from_each_phone(room: Room) -> None:
    (phone, other) = room.phones(2)
    failures: list[int] = []
    token = phone.client.get_cookie("malrett_seat", path=phone.url)
    assert token is not None

    def again() -> None:
        client = room.app.test_client()
        client.set_cookie("malrett_seat", token.value)
        status = client.post(f"{phone.url}/propose", data=BUS).status_code
        if status != 200:
            failures.append(status)

    threads = [threading.Thread(target=again) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures and len(sent(room)) == 1
    assert [propose(phone, title=f"Nr. {n}").status_code for n in range(3)] == [200, 200, 422]
    assert propose(phone).status_code == 200  # it is there already
    assert propose(other).status_code == 200 and len(sent(room)) == 4


@pytest.mark.parametrize("form", [{"title": ""}, {"title": "a" * 121}, {"text": "b" * 401}])
def test_what_is_too_long_is_refused_and_what_was_typed_stands(room: Room, form: dict[str, str]) -> None:
    (phone,) = room.phones(1)
    assert propose(phone, **form).status_code == 422 and not sent(room)
    plain = phone.client.post(f"{phone.url}/proposal", data={**BUS, **form})
    assert plain.status_code == 422 and "ds-validation-message" in plain.text
    assert ({**BUS, **form})["text"] in plain.text
    assert phone.client.post(f"{phone.url}/proposal", data=BUS).status_code == 303 and len(sent(room)) == 1


def test_the_wall_shows_them_when_it_is_asked_to_and_not_what_was_set_aside(room: Room) -> None:
    (phone,) = room.phones(1)
    propose(phone)
    propose(phone, title="Flytt rådhuset", statement="")
    wall = f"{room.url}/projector"
    assert "Nattbuss" not in room.client.get(wall).text
    room.act("wall-proposals")
    seen = re.search(r'seen=([^"]+)"', room.client.get(wall).text)
    assert seen is not None and "Nattbuss" in room.client.get(wall).text
    aside = next(one for one in sent(room) if one.proposal.title == "Flytt rådhuset")
    decide(room, "set-aside", aside, reason="Ikke nå")
    news = room.client.get(f"{wall}/news?seen={seen[1]}")
    assert news.status_code == 200 and "Flytt rådhuset" not in news.text and "Nattbuss" in news.text
    room.act("open")
    assert "Nattbuss" not in room.client.get(wall).text  # the next stage takes the wall back


@pytest.mark.parametrize("named", ["", "yes"])
def test_no_proposal_is_tied_to_anybody(room: Room, named: str) -> None:
    room.act("end")
    room.set_up(named=named)
    other = Room(room.app, room.client, room.database, room.plan_id, number=2)
    other.act("gather", "open")
    (phone,) = other.phones(1, name="Kari Nordmann")
    propose(phone)
    (before,) = sent(other)
    with other.database.read() as session:
        assert before.id not in {seat.id for seat in workshop_seats.seats(session, other.now.id)}
    html = other.client.get(f"/plans/{other.plan_id}/initiatives/proposals").get_data(as_text=True)
    assert "Nattbuss" in html and "Kari" not in html
    other.act("end")
    (after,) = sent(other)
    assert after.id != before.id and after.proposal == before.proposal
    assert propose(phone).status_code == 403


def test_a_closed_door_and_a_set_up_that_changes_stop_nobody_inside(room: Room) -> None:
    (phone,) = room.phones(1)
    room.act("lock")
    room.client.post(f"{room.url}/edit", data={**typed(title="Ny"), "version": room.now.version})
    assert propose(phone).status_code == 200
    assert propose(Phone(room)).status_code == 403


def test_what_was_proposed_to_try_it_out_is_not_waiting(room: Room) -> None:
    room.client.post(f"/plans/{room.plan_id}/workshop/rehearse")
    tried = Room(room.app, room.client, room.database, room.plan_id, number=2)
    tried.act("gather")
    (phone,) = tried.phones(1)
    assert propose(phone).status_code == 200
    board = tried.client.get(f"{tried.url}/board").get_data(as_text=True)
    assert "1 forslag fra rommet" in board and "Les dem" not in board
    assert "Nattbuss" not in room.client.get(f"/plans/{room.plan_id}/initiatives/proposals").get_data(as_text=True)
