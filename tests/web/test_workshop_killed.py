"""kill -9 in the middle of a workshop, again and again: no acknowledged score is lost, and phones just go on."""

import json
import random
import re
import threading
import time
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from planner.app import create_app
from tests.conftest import make_config
from tests.web.test_killed import Server
from tests.workshop_case import CODES, STATEMENTS, Room, put_initiatives

ROUNDS, PEOPLE = 20, 6
Cell = tuple[str, str]


class Phone(threading.Thread):
    """What static/phone.js does with one score after another: it is sent until it is acknowledged, then the next."""

    def __init__(self, address: str, link: str, stop: threading.Event, seed: int) -> None:
        super().__init__(daemon=True)
        self.url, self.stop_at, self.random = f"{address}/w/{link}", stop, random.Random(seed)
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.token, self.failed = "", 0
        self.acknowledged: dict[Cell, tuple[int, str]] = {}

    def ask(self, path: str, form: dict[str, object] | None = None) -> str:
        body = urlencode(form).encode() if form else None
        request = urllib.request.Request(self.url + path, body, {"X-CSRFToken": self.token})
        with self.opener.open(request, timeout=30) as response:
            return str(response.read().decode())

    def enter(self) -> None:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.ask(""))
        assert found is not None
        self.token = found[1]
        self.ask("/enter", {"table": "Bord 1", "group": "voksne", "name": ""})

    def score(self, cell: Cell, answer: str, sequence: int) -> dict[str, Any]:
        form = {"initiative": cell[0], "statement": cell[1], "answer": answer, "sequence": sequence, "round": 1}
        return json.loads(self.ask("/score", form))  # type: ignore[no-any-return]

    def run(self) -> None:
        while not self.stop_at.is_set():
            cell = self.random.choice(CODES), self.random.choice(STATEMENTS)
            sequence, answer = self.acknowledged.get(cell, (0, ""))[0] + 1, str(self.random.randint(0, 3))
            while not self.stop_at.is_set():
                try:
                    assert self.score(cell, answer, sequence)["outcome"] == "stands"
                except (OSError, HTTPException):  # no server, or half an answer
                    self.failed += 1
                    time.sleep(0.02)
                else:
                    self.acknowledged[cell] = sequence, answer
                    break


def opened(folder: Path) -> str:
    """A workshop with its round on, set up before anything is killed; the end of its address."""
    app = create_app(make_config(folder, database_url=f"sqlite:///{folder / 'malrett.db'}"))
    app.config["WTF_CSRF_ENABLED"] = False
    client, database = app.test_client(), app.extensions["planner"].database
    plan_id = (
        client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"}).headers["Location"].split("/")[2]
    )
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    assert room.set_up(wanted="30").status_code == 303
    room.act("gather", "open")
    link = room.now.link
    app.extensions["planner"].close()
    return link


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    """The guards: the commit before the answer (`workshop_phone.say`), and the number that makes a repeated score one.

    Phones hold the address, the cookie and the token they came in with, and never load a page again.
    """
    link = opened(tmp_path)
    server = Server.start(tmp_path)
    address, port = server.address, int(server.address.rsplit(":", 1)[1])
    stop = threading.Event()
    phones = [Phone(address, link, stop, seed) for seed in range(PEOPLE)]
    for phone in phones:
        phone.enter()
    for phone in phones:
        phone.start()
    chance, healthy = random.Random(20), []
    try:
        for _ in range(ROUNDS):
            time.sleep(chance.uniform(0.05, 0.3))
            server.kill()
            began = time.monotonic()
            server = Server.start(tmp_path, port)
            server.get(f"/w/{link}")
            healthy.append(time.monotonic() - began)
        assert server.address == address  # or no phone would have found it again
        done = sum(len(phone.acknowledged) for phone in phones)
        time.sleep(0.5)
        stop.set()
        for phone in phones:
            phone.join(timeout=60)
            assert not phone.is_alive()
        assert sum(phone.failed for phone in phones) >= ROUNDS and done
        for phone in phones:
            for cell, (sequence, answer) in phone.acknowledged.items():
                stands = phone.score(cell, "0", 1)  # an old number: what is there is told, and stays
                later = stands["sequence"] == sequence + 1  # kept, and its answer lost with the server
                assert later or (stands["sequence"], stands["answer"]) == (sequence, answer)
    finally:
        stop.set()
        server.kill()
    print(f"healthy again after {max(healthy):.1f} s at most, {sum(healthy) / ROUNDS:.1f} on average")
