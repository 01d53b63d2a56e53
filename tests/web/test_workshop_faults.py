"""A workshop when things go wrong: everybody at once, lost messages, a full disk. Each score is kept, once."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlmodel import select

from planner.app import create_app
from planner.store.database import Database
from planner.store.workshop_tables import WorkshopScoreRow
from tests.conftest import CheckedClient, make_config
from tests.workshop_case import CODES, STATEMENTS, Phone, Room, put_initiatives

PEOPLE, AT_ONCE = 100, 50
LOST = 0.15


@pytest.fixture
def room(empty_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A workshop with people coming in, once on each database."""
    app = create_app(make_config(tmp_path_factory.mktemp("room"), database_url=empty_url))
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = CheckedClient
    yield opened(app)
    app.extensions["planner"].close()


def opened(app: Flask, size: int = PEOPLE + 10) -> Room:
    client, database = app.test_client(), app.extensions["planner"].database
    made = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"})
    plan_id = made.headers["Location"].split("/")[2]
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    assert room.set_up(size=str(size)).status_code == 303
    room.act("gather")
    return room


def kept(database: Database) -> list[tuple[str, str, str, int | None, int]]:
    with database.read() as session:
        rows = session.exec(select(WorkshopScoreRow)).all()
        return [(row.initiative, row.statement, row.voter, row.score, row.sequence) for row in rows]


def test_fifty_at_once_leave_one_row_each(room: Room) -> None:
    """The guard: the primary key of a score, and the one statement that adds or replaces (`store._put_later`)."""
    phones = room.phones(PEOPLE)
    room.act("open")

    def tap(phone: Phone) -> int:
        client = room.app.test_client()
        seat = phone.client.get_cookie("malrett_seat", path=phone.url)
        assert seat is not None
        client.set_cookie("malrett_seat", seat.value, path=phone.url)
        form = {"initiative": "T1", "statement": "s01", "answer": "2", "sequence": 1, "round": 1}
        return client.post(f"{phone.url}/score", data=form).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for phone in phones:
            assert set(pool.map(tap, [phone] * AT_ONCE)) == {200}
    rows = kept(room.database)
    assert len(rows) == PEOPLE and len({voter for *_, voter, _, _ in rows}) == PEOPLE


def test_with_messages_lost_both_ways_each_answer_is_kept_once(room: Room) -> None:
    """Phones repeat until they hear, and copies of what they said come late. The guard: the number of each answer."""
    chance = random.Random(7)
    phones = room.phones(5)
    room.act("open")
    late, last = [], {}
    for number, phone in enumerate(phones):
        for sequence in (1, 2, 3):
            for code in CODES:
                for statement in STATEMENTS:
                    answer = str(chance.randint(0, 3))
                    last[number, code, statement] = int(answer)
                    while True:
                        if chance.random() < LOST:
                            continue  # it never arrived
                        done = phone.score(code, statement, answer, sequence)
                        assert done.status_code == 200
                        late.append((phone, code, statement, answer, sequence))
                        if chance.random() >= LOST:
                            break  # else its answer was lost on the way back, and it is said again
    chance.shuffle(late)
    for phone, code, statement, answer, sequence in late[:60]:
        assert phone.score(code, statement, answer, sequence).status_code == 200
    rows = kept(room.database)
    assert len(rows) == len(last) == 5 * 9 and {sequence for *_, sequence in rows} == {3}
    for number, phone in enumerate(phones):
        for code in CODES:
            for statement in STATEMENTS:
                stands = phone.score(code, statement, "0", 1).get_json()
                assert (stands["answer"], stands["sequence"]) == (str(last[number, code, statement]), 3)


def test_a_full_disk_is_told_reading_goes_on_and_it_mends_itself(app: Flask) -> None:
    """SQLite refuses to grow the file, as it does when the disk is full. The guard: `Unavailable`, told with 503."""
    room = opened(app)
    (phone,) = room.phones(1)
    room.act("open")
    phone.score("T1", "s01", "2")
    pages = 0

    def full(connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages or 10_000_000}")  # type: ignore[attr-defined]

    event.listen(room.database._engine, "begin", full)
    with room.database.read() as session:
        pages = session.connection().execute(text("PRAGMA page_count")).scalar_one()
    refused = None
    for number in range(2, 400):
        written = {"initiative": "T1", "text": "æ" * 400 + str(number), "sequence": number, "round": 1}
        done = phone.client.post(f"{phone.url}/comment", data=written)
        named = room.client.post("/plans", data={"name": "Bolyst" * 30, "municipality": "Prøvevik"})
        if 503 in (done.status_code, named.status_code):
            refused = named if named.status_code == 503 else done
            break
    assert refused is not None and "Disken på tjeneren kan være full" in refused.get_data(as_text=True)
    assert refused.headers["Retry-After"]
    # Reading works: what was said stands on the phone, and the one who leads sees the room.
    assert "2" in phone.checked("T1") and "Tiltak T1" in phone.html("T1")
    assert room.client.get(room.url).status_code == 200
    pages = 0
    assert phone.score("T2", "s01", "3", 1).status_code == 200
    assert room.client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"}).status_code == 303
