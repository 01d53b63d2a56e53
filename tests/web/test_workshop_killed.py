"""The server is killed, or its disk is full, in the middle of an evening: nothing that was acknowledged is lost."""

import contextlib
import http.client
import random
import re
import resource
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from planner.app import create_app
from planner.config import from_environment
from planner.domain.workshop_keys import voter_of
from planner.store import workshop_scores
from tests.html_contract import check_html
from tests.served_again import Served, ask, serving
from tests.workshop_case import CODES, STATEMENTS, Room, put_initiatives

KILLS = 20
PHONES = 8
HEALTHY = 5.0
"""Seconds after which a killed server answers, held here as processor time: on a machine that does ten other things the
clock says nothing of the program. Reading the program and all that is done until it answers takes less (2.6 s with ten
other processes on two cores); a start that waits for something for long is found by `healthy`, which gives up. The
clock itself is read by `bench/faults.py`, on a machine at rest (`docs/workshop-load.md`)."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("evening")


@pytest.fixture(scope="module")
def room(folder: Path, module_url: str) -> Iterator[Room]:
    """A round that is open, in the folder that is served."""
    app = create_app(from_environment({"MALRETT_DATA": str(folder), "MALRETT_DATABASE_URL": module_url}))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    made = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"})
    room = Room(app, client, app.extensions["planner"].database, made.headers["Location"].split("/")[2])
    put_initiatives(room.database, room.plan_id)
    room.set_up()
    room.act("gather", "open")
    yield room
    app.extensions["planner"].close()


@pytest.fixture(scope="module")
def served(folder: Path, room: Room, module_url: str) -> Iterator[Served]:
    with serving(folder, module_url) as served:
        yield served


@dataclass
class LivePhone:
    """What `static/phone.js` does with what is tapped: kept, and sent until an answer has come. It never reloads."""

    port: int
    link: str
    chance: random.Random
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    acknowledged: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)

    def come_in(self) -> None:
        self.take(*self.ask("GET", ""))
        status, text, cookies = self.ask("POST", "/enter", table="Bord 1", group="")
        assert status == 303
        self.take(status, text, cookies)

    def take(self, _status: int, text: str, cookies: list[str]) -> None:
        self.cookies |= dict(one.partition(";")[0].split("=", 1) for one in cookies)
        found = re.search(r'name="csrf_token" value="([^"]+)"', text)
        self.token = found[1] if found else self.token

    def ask(self, method: str, path: str, **form: object) -> tuple[int, str, list[str]]:
        return ask(self.port, method, f"/w/{self.link}{path}", self.cookies, urlencode(form), self.token)

    def say(self, cell: tuple[str, str], answer: str, sequence: int) -> int:
        """0 where no answer came."""
        fields = {"initiative": cell[0], "statement": cell[1], "answer": answer, "sequence": sequence, "round": 1}
        try:
            status = self.ask("POST", "/score", **fields)[0]
        except (OSError, http.client.HTTPException):
            return 0
        self.answers[status] += 1
        return status

    def go_on(self, stop: threading.Event) -> None:
        while not stop.is_set():
            cell = self.chance.choice(CODES), self.chance.choice(STATEMENTS)
            answer, sequence = self.chance.choice("0123"), self.numbers.get(cell, 0) + 1
            self.numbers[cell] = sequence
            while self.say(cell, answer, sequence) != 200:
                time.sleep(0.03)
            self.acknowledged[cell] = sequence, answer
            time.sleep(0.005)

    def kept(self, room: Room) -> dict[tuple[str, str], tuple[int, str]]:
        """What the database has under this phone's names."""
        salt, token = room.now.salt, self.cookies["malrett_seat"]
        names = {
            voter_of(token, salt, is_named=False, round_=1, initiative=code, statement=one): (code, one)
            for code in CODES
            for one in STATEMENTS
        }
        with room.database.read() as session:
            found = workshop_scores.own(session, room.now.id, 1, names)
        return {cell: (kept.sequence, str(kept.score)) for (cell, _), kept in found.items()}


def said(room: Room) -> int:
    """How many scores there are."""
    with room.database.read() as session:
        return len(workshop_scores.voters(session, room.now.id, 1))


def test_killed_twenty_times_nothing_acknowledged_is_lost_and_phones_go_on(served: Served, room: Room) -> None:
    """At least twenty times; each time it is healthy again as soon as HEALTHY says.

    Guards: the commit before the answer in `workshop_phone.say` (without it everything is lost); the secret kept in
    the data folder, `config._kept_secret` (drawn anew at each start, phones are told that their page is too old)."""
    chance, link, before = random.Random(20_261_126), room.now.link, said(room)
    phones = [LivePhone(served.port, link, random.Random(seed)) for seed in range(PHONES)]
    for phone in phones:
        phone.come_in()
    stop, took = threading.Event(), list[float]()
    threads = [threading.Thread(target=phone.go_on, args=(stop,), daemon=True) for phone in phones]
    for thread in threads:
        thread.start()
    try:
        for _ in range(KILLS):
            heard = sum(phone.answers.total() for phone in phones)
            for _ in range(3000):
                if sum(phone.answers.total() for phone in phones) >= heard + PHONES:
                    break
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.1))
            served.kill()
            for phone in phones:
                acknowledged = dict(phone.acknowledged)
                kept = phone.kept(room)
                assert all(kept.get(cell, (0, ""))[0] >= last[0] for cell, last in acknowledged.items())
            served.start()
            served.healthy()
            took.append(served.start_took())
    finally:
        stop.set()
    for thread in threads:
        thread.join(20)
    for phone in phones:
        assert phone.kept(room) == phone.acknowledged
        assert set(phone.answers) == {200}
        assert phone.ask("GET", f"/news?seen={room.now.version}")[0] == 204
    assert len(took) == KILLS and max(took) < HEALTHY, took
    assert said(room) - before == sum(len(phone.acknowledged) for phone in phones)
    if room.database.is_sqlite:
        with room.database.read() as session:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    assert sum(phone.answers.total() for phone in phones) >= KILLS * PHONES


def test_a_room_of_open_connections_keeps_nobody_out(served: Served) -> None:
    """Guard: `serving.CONNECTIONS`. With waitress' own hundred, the next phone waits until another has left."""
    with contextlib.ExitStack() as room:
        for _ in range(250):
            room.enter_context(socket.create_connection(("127.0.0.1", served.port)))
        assert ask(served.port, "GET", "/join")[0] == 200


@pytest.mark.only_on("sqlite", "the limit is on the files of the web process, and PostgreSQL writes its own")
def test_what_the_disk_has_no_room_for_is_said_and_sent_again_when_there_is(served: Served, room: Room) -> None:
    """Guard: `database._available`, which makes a page that says so of what the database says; without it the answer is
    «Uventet feil» and 500. No file of the server may grow: it is the operating system that refuses."""
    phone = LivePhone(served.port, room.now.link, random.Random(1))
    phone.come_in()
    assert phone.say(("T1", "s01"), "3", 1) == 200
    before = resource.prlimit(served.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(served.pid, resource.RLIMIT_FSIZE, (4096, before[1]))
    refused = phone.ask("POST", "/score", initiative="T1", statement="s01", answer="1", sequence=2, round=1)
    assert refused[0] in (503, 507) and "Ingenting er lagret" in refused[1]
    check_html(refused[1])
    _, page, _ = phone.ask("GET", "")
    assert 'value="3" checked' in page
    assert phone.ask("GET", "/news?seen=")[0] == 200
    assert ask(served.port, "GET", f"{room.url}/board?seen=")[0] == 200
    resource.prlimit(served.pid, resource.RLIMIT_FSIZE, before)
    assert phone.say(("T1", "s01"), "1", 2) == 200
    assert phone.kept(room) == {("T1", "s01"): (2, "1")}
