"""PostgreSQL goes away in the middle of an evening and comes back: nothing acknowledged is lost, all are told."""

import contextlib
import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask

from planner.app import create_app
from planner.domain.workshop_keys import voter_of
from planner.services.workshop_live import TOLD_SECONDS, Live
from planner.store import workshop_scores
from planner.store.database import Database, Unavailable
from tests.conftest import CheckedClient, make_config
from tests.postgres import Cluster, Server
from tests.workshop_case import CODES, STATEMENTS, Phone, Room, put_initiatives

PHONES = 4


class Tapper(threading.Thread):
    """A phone that scores all the time, and sends what was not acknowledged again."""

    def __init__(self, phone: Phone, seed: int) -> None:
        super().__init__()
        self.phone, self.chance, self.stop = phone, random.Random(seed), threading.Event()
        self.numbers: dict[tuple[str, str], int] = {}
        self.acknowledged: dict[tuple[str, str], tuple[int, str]] = {}
        self.answers: list[int] = []
        self.trouble: list[BaseException] = []

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                cell, answer = (self.chance.choice(CODES), self.chance.choice(STATEMENTS)), self.chance.choice("0123")
                self.numbers[cell] = sequence = self.numbers.get(cell, 0) + 1
                while not self.stop.is_set() and self._say(cell, answer, sequence) != 200:
                    self.stop.wait(0.02)
        except BaseException as error:  # what would be an answer of 500
            self.trouble.append(error)

    def _say(self, cell: tuple[str, str], answer: str, sequence: int) -> int:
        said = self.phone.score(*cell, answer, sequence=sequence)
        self.answers.append(said.status_code)
        if said.status_code == 200:
            self.acknowledged[cell] = sequence, answer
        else:
            assert said.headers["Retry-After"] and "Ingenting er lagret" in said.get_data(as_text=True)
        return said.status_code

    def lost(self, room: Room) -> list[tuple[str, str]]:
        """Cells where neither the acknowledged score stands nor one that was sent later."""
        seat = self.phone.client.get_cookie("malrett_seat", path=self.phone.url)
        assert seat is not None
        salt = room.now.salt
        names = {
            voter_of(seat.value, salt, is_named=False, round_=1, initiative=code, statement=one): (code, one)
            for code, one in self.acknowledged
        }
        with room.database.read() as session:
            found = workshop_scores.own(session, room.now.id, 1, names)
        kept = {cell: (one.sequence, str(one.score)) for (cell, _), one in found.items()}
        return [
            cell
            for cell, said in self.acknowledged.items()
            if cell not in kept or (kept[cell] != said and kept[cell][0] <= said[0])
        ]


@pytest.fixture
def room(cluster: Cluster, tmp_path: Path) -> Iterator[Room]:
    """A round that is open, on a PostgreSQL of its own."""
    server = Server(cluster.url)
    app = create_app(make_config(tmp_path, database_url=server.empty()))
    server.close()
    app.config["WTF_CSRF_ENABLED"] = False
    app.test_client_class = CheckedClient
    client = app.test_client()
    made = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"})
    room = Room(app, client, app.extensions["planner"].database, made.headers["Location"].split("/")[2])
    put_initiatives(room.database, room.plan_id)
    room.set_up()
    room.act("gather", "open")
    yield room
    app.extensions["planner"].close()


def test_stopped_and_cut_off_while_everybody_scores(room: Room, cluster: Cluster) -> None:
    """Guards: `pool_pre_ping` (without it the first answers afterwards are 503 too), `database._available`."""
    tappers = [Tapper(phone, seed) for seed, phone in enumerate(room.phones(PHONES))]
    for one in tappers:
        one.start()
    try:
        for how in ("fast", "immediate"):
            _wait_for(tappers, 200)
            cluster.stop(how)
            _wait_for(tappers, 503)
            page = room.client.get(f"/plans/{room.plan_id}/workshop", headers={"Accept-Language": "nn"})
            assert page.status_code == 503 and page.headers["Retry-After"] == "30"
            assert "Ingenting er lagra" in page.get_data(as_text=True)
            assert room.client.get("/ready").status_code == 503 and room.client.get("/health").status_code == 200
            cluster.start()
            # Whoever asks first gets an answer.
            assert room.client.get(f"/plans/{room.plan_id}/workshop").status_code == 200
            _wait_for(tappers, 200)
    finally:
        for one in tappers:
            one.stop.set()
        for one in tappers:
            one.join()
    assert [one.trouble for one in tappers] == [[]] * PHONES
    assert {status for one in tappers for status in one.answers} == {200, 503}
    assert [one.lost(room) for one in tappers] == [[]] * PHONES


def _wait_for(tappers: list[Tapper], status: int) -> None:
    """Until each has had this answer once more."""
    before = [one.answers.count(status) for one in tappers]
    for one, count in zip(tappers, before, strict=True):
        while one.answers.count(status) <= count:
            assert one.is_alive(), one.trouble
            one.stop.wait(0.01)


@pytest.mark.only_on("postgresql", "its connections come from a pool that may be empty")
def test_no_free_connection_is_told_of_as_a_database_that_is_busy(database: Database) -> None:
    pool: Any = database._engine.pool
    pool._timeout = 0.01
    with contextlib.ExitStack() as held:
        for _ in range(pool.size() + pool._max_overflow):
            held.enter_context(database.read()).connection()
        with pytest.raises(Unavailable), database.read() as session:
            session.connection()


@pytest.mark.only_on("postgresql", "there may be several web processes on it")
def test_what_a_phone_said_to_another_web_process_is_counted_here_too(
    app: Flask, client: CheckedClient, plan_id: str, database: Database
) -> None:
    """Guard: `Live._is_old`."""
    room = Room(app, client, database, plan_id)
    put_initiatives(database, plan_id)
    room.set_up()
    room.act("gather", "open")
    phone, clock = room.phones(1)[0], [0.0]
    here = app.extensions["planner"].live
    there = Live(database, clock=lambda: clock[0])
    seat = next(iter(here.snapshot(phone.link).seats))
    there.snapshot(phone.link)
    there.note(phone.link, seat, 1, (), 9)
    assert phone.score("T1", "s01", "1").status_code == 200
    assert there.heard(phone.link, seat, 1) and not there.progress(phone.link)[seat].cells
    clock[0] = TOLD_SECONDS
    there.snapshot(phone.link)
    assert not there.heard(phone.link, seat, 1)  # so that the database is asked
    there.note(phone.link, seat, 1, [("T1", "s01")], 9)
    assert there.heard(phone.link, seat, 1)


def test_a_server_that_is_gone_is_waited_for_only_so_long(postgres: Server) -> None:
    database = Database(postgres.empty())
    with psycopg.connect(database._engine.url.set(drivername="postgresql").render_as_string(False)) as plain:
        assert "tcp_user_timeout" not in plain.info.get_parameters()
    with database._engine.connect() as connection:
        given = connection.connection.dbapi_connection.info.get_parameters()  # type: ignore[union-attr]
    assert (given["connect_timeout"], given["tcp_user_timeout"]) == ("5", "15000")
    database.close()
