"""Paper ballots of a workshop, from the printer to what the room is shown."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.store import workshop_ballots
from planner.store.database import Database
from tests.workshop_case import Room, put_initiatives, typed


@pytest.fixture
def room(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> Room:
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    assert room.set_up().status_code == 303
    return room


def make(room: Room, count: object = 3) -> str:
    made = room.client.post(f"{room.url}/paper", data={"count": count})
    assert made.status_code == 303
    return room.client.get(f"{room.url}/paper").get_data(as_text=True)


def ids(room: Room, round_: int = 1) -> list[str]:
    with room.database.read() as session:
        return [one.id for one in workshop_ballots.listing(session, room.now.id, round_)]


def test_a_pile_is_made_and_printed_in_each_language(room: Room) -> None:
    assert f"{room.url}/paper" in room.html()
    html = make(room)
    assert "3 stemmesedler er laget." in html and len(ids(room)) == 3
    for language in ("nb", "nn", "en"):
        for sides in ("", "?sides=2"):
            address = f"{room.url}/paper/1-{language}.pdf{sides}"
            assert address in html
        made = room.client.get(address)
        assert made.data.startswith(b"%PDF") and made.headers["Content-Disposition"].startswith("attachment")
    for missing in ("2-nb", "1-sv"):
        assert room.client.get(f"{room.url}/paper/{missing}.pdf").status_code == 404
    make(room, 200)
    assert len(set(ids(room))) == 203


@pytest.mark.parametrize("count", ["", "0", "201", "-1", "mange", "1.5"])
def test_how_many_is_a_number_that_fits(room: Room, count: str) -> None:
    refused = room.client.post(f"{room.url}/paper", data={"count": count})
    assert refused.status_code == 422 and "fra 1 til 200" in refused.get_data(as_text=True) and not ids(room)


def test_there_is_an_end_to_it(room: Room) -> None:
    make(room, 200)
    make(room, 200)
    refused = room.client.post(f"{room.url}/paper", data={"count": "1"})
    assert refused.status_code == 422 and "høyst 400" in refused.get_data(as_text=True) and len(ids(room)) == 400


def test_a_pile_from_before_the_draft_was_changed_is_not_printed(room: Room) -> None:
    make(room)
    form = typed(**{"statement-T1": ["s01"]}) | {"version": room.now.version}
    assert room.client.post(f"{room.url}/edit", data=form).status_code == 303
    html = room.client.get(f"{room.url}/paper").get_data(as_text=True)
    assert "De kan ikke brukes: lag nye." in html
    assert room.client.get(f"{room.url}/paper/1-nb.pdf").status_code == 404
    make(room)
    assert room.client.get(f"{room.url}/paper/2-nb.pdf").status_code == 200


def test_ballots_of_the_next_round_are_made_when_one_is_over(room: Room) -> None:
    room.act("gather", "open")
    assert len(re.findall("runde 1", make(room))) > 0 and len(ids(room, 1)) == 3
    room.act("reveal")
    assert "i runde 2" in make(room) and len(ids(room, 2)) == 3
    room.act("open", "reveal", "end")
    refused = room.client.post(f"{room.url}/paper", data={"count": "1"})
    assert refused.status_code == 422 and "Det kan ikke gjøres nå." in refused.get_data(as_text=True)


def test_what_is_not_there_is_not_found(room: Room) -> None:
    other = room.url[:-1] + "2"
    assert room.client.get(f"{other}/paper").status_code == 404
    assert room.client.post(f"{other}/paper", data={"count": "1"}).status_code == 404
