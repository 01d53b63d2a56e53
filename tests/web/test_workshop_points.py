"""The room shares 100 points on phones; what comes of it fills in the form of the weights, and weighs nothing."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.store import gaps, workshop_points
from planner.store.database import Database
from tests.workshop_case import Phone, Room, put_initiatives

GROUPS = ("innvandrere", "tilflyttere", "unge", "voksne")


@pytest.fixture
def room(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> Room:
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    room.set_up()
    room.act("gather")
    return room


def share(phone: Phone, *points: int, sequence: int = 1, kind: str = "segment", to: str = "points") -> TestResponse:
    given = {f"points-{one}": str(number) for one, number in zip(GROUPS, points, strict=False)}
    return phone.client.post(f"{phone.url}/{to}", data={**given, "kind": kind, "sequence": sequence})


def said(room: Room) -> list[dict[str, int]]:
    with room.database.read() as session:
        return [dict(one) for one in workshop_points.all_of(session, room.now.id, "segment")]


def test_from_phones_to_a_proposal(room: Room) -> None:
    people = room.phones(5)
    assert share(people[0], 0, 0, 60, 40).status_code == 409  # nobody has asked for it
    room.act("share-segment")
    page = people[0].html()
    assert (
        "Del 100 poeng på gruppene" in page and 'data-state="gathering+segment"' in page and "Igjen: 100 poeng" in page
    )
    for phone in people:
        assert share(phone, 0, 20, 50, 30).get_json()["outcome"] == "stands"
    share(people[0], 0, 0, 60, 40, sequence=2)
    board = room.client.get(f"{room.url}/board").get_data(as_text=True)
    wall = room.client.get(f"{room.url}/projector").get_data(as_text=True)
    assert "5 har delt ut poengene." in board and "5 har delt ut poengene." in wall
    assert not re.search(r">(50|60)<", room.html() + wall)
    room.act("share-reveal-segment")
    assert share(people[0], 0, 0, 0, 100, sequence=3).status_code == 409
    html = room.html()
    # Medians 0, 20, 50 and 30 are 100 already.
    assert (
        re.findall(r'<td class="num">(\d+)</td><td class="num">\d+</td></tr>', html)[-4:] == ["50", "30", "20", "0"]
        and "workshop=1" in html
    )
    room.act("wall-points")
    assert "Slik delte vi 100 poeng" in room.client.get(f"{room.url}/projector").get_data(as_text=True)
    again = room.client.post(f"{room.url}/act", data={"action": "share-segment", "version": room.now.version})
    assert again.status_code == 409  # once, or second thoughts would tell of somebody
    # Without a survey, the weights that stand in for one.
    form = room.client.get(f"/plans/{room.plan_id}/survey/workshop?workshop=1").get_data(as_text=True)
    values = {one: re.search(rf'name="segment-{one}" value="(\d*)"', form) for one in GROUPS}
    assert {one: found[1] for one, found in values.items() if found} == dict(
        zip(GROUPS, ("0", "20", "50", "30"), strict=True)
    )


def test_four_show_nothing(room: Room) -> None:
    people = room.phones(4)
    room.act("share-segment")
    for phone in people:
        share(phone, 0, 0, 60, 40)
    room.act("share-reveal-segment")
    html = room.html()
    assert "Færre enn fem har delt ut poengene" in html and ">60<" not in html and "workshop=1" not in html


def test_kept_once_and_a_late_one_never_overtakes(room: Room) -> None:
    (phone,) = room.phones(1)
    room.act("share-segment")
    for points, sequence in (((0, 0, 60, 40), 1), ((0, 0, 55, 45), 2), ((0, 0, 60, 40), 1)):
        assert share(phone, *points, sequence=sequence).status_code == 200
    assert said(room) == [dict(zip(GROUPS, (0, 0, 55, 45), strict=True))]
    assert 'value="55"' in phone.html() and "Alle poengene er delt ut." in phone.html()
    assert share(phone, 0, 0, 60, 35, sequence=3).status_code == 422
    assert share(Phone(room), 0, 0, 60, 40).status_code == 403
    assert share(phone, 0, 0, 60, 40, kind="factor").status_code == 409


def test_a_phone_without_scripts_is_told_what_is_left(room: Room) -> None:
    (phone,) = room.phones(1)
    room.act("share-segment")
    plain = share(phone, 0, 0, 60, 35, to="share")
    assert plain.status_code == 422 and "5 er igjen" in plain.text and 'value="35"' in plain.text
    assert share(phone, 0, 0, 60, 40, to="share").status_code == 303 and len(said(room)) == 1


def test_a_round_and_a_sharing_do_not_go_on_at_once(room: Room) -> None:
    room.act("share-factor")
    begun = room.client.post(f"{room.url}/act", data={"action": "open", "version": room.now.version})
    assert begun.status_code == 422 and "Avslør delingen før" in begun.get_data(as_text=True)
    room.act("share-reveal-factor", "open")
    during = room.client.post(f"{room.url}/act", data={"action": "share-segment", "version": room.now.version})
    assert during.status_code == 409


def test_what_was_not_revealed_is_when_it_ends_and_nobody_finds_their_own(room: Room) -> None:
    people = room.phones(5)
    room.act("share-segment")
    for phone in people:
        share(phone, 0, 0, 60, 40)
    with room.database.read() as session:
        own = workshop_points.own(session, room.now.id, "segment", "x" * 40)
    room.act("end")
    (one,) = room.now.weighings
    assert own is None and [share.points for share in one.shares] == [0, 0, 60, 40]
    assert share(people[0], 0, 0, 0, 100, sequence=2).status_code == 403


def test_the_form_of_the_weights_is_filled_in_and_not_saved(
    app: Flask, client: FlaskClient, database: Database
) -> None:
    sample = client.post("/plans/sample").headers["Location"].split("/")[2]
    room = Room(app, client, database, sample, number=2)
    assert room.set_up(item=["T01"], **{"statement-T01": ["s01"], "tables": ""}).status_code == 303
    room.act("gather", "share-segment")
    for phone in [Phone(room).enter(table="") for _ in range(5)]:
        share(phone, 10, 20, 40, 30)
    room.act("share-reveal-segment")
    html = client.get(f"/plans/{sample}/gaps?workshop=2").get_data(as_text=True)
    assert "De teller ikke før dere lagrer." in html
    assert re.search(r'name="segment-unge" value="40"', html) and re.search(
        r'name="segments" value="own" checked', html
    )
    with database.read() as session:
        assert gaps.weights(session, sample).segments.choice == "population"
    assert "De teller ikke" not in client.get(f"/plans/{sample}/gaps?workshop=9").get_data(as_text=True)
