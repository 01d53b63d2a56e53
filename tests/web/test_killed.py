"""kill -9 while a large file is taken in: afterwards all of it is there or nothing, and the same file is recognised."""

import contextlib
import hashlib
import http.client
import random
import re
import threading
import time
import urllib.request
import uuid
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from planner.services.plans import now
from planner.services.survey_page import WAITS
from planner.store import survey as store
from planner.store.database import Database
from planner.store.survey_answers import are_kept
from tests.served_again import Served, serving
from tests.web.test_survey_reading import LARGE

KILLS = {"sqlite": 4, "postgresql": 2}
"""While it is read, and as many while it is confirmed. Each takes five seconds of two cores."""
DIGEST = hashlib.sha256(LARGE).hexdigest()


class Server:
    """The program in a process of its own, on one data folder, and somebody at a browser."""

    def __init__(self, served: Served) -> None:
        self.served, self.address = served, f"http://127.0.0.1:{served.port}"
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> tuple[str, str]:
        """(the address one ends at, the page)"""
        with self.opener.open(self.address + path, timeout=30) as response:
            return response.geturl(), response.read().decode()

    def post(self, path: str, fields: dict[str, str], file: bytes = b"") -> str:
        """The address one ends at."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/")[1])
        assert token is not None
        mark = uuid.uuid4().hex
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {**fields, "csrf_token": token[1]}.items()
        ]
        if file:
            head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="stor.csv"\r\n\r\n'
            parts.append(head.encode() + file + b"\r\n")
        body = b"".join([*parts, f"--{mark}--\r\n".encode()])
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        with self.opener.open(urllib.request.Request(self.address + path, body, kind), timeout=60) as response:
            return str(response.geturl())


def settled(server: Server, plan: str) -> None:
    for _ in range(300):
        if not server.get(f"/plans/{plan}/survey/reading")[0].endswith("/reading"):
            return
        time.sleep(0.1)
    raise AssertionError("never read")


def confirm(server: Server, plan: str) -> None:
    version = re.search(r'name="version" value="(\d+)"', server.get(f"/plans/{plan}/survey/confirm")[1])
    assert version is not None
    server.post(f"/plans/{plan}/survey/confirm", {"version": version[1], "keep": "1"})


def what_is_there(database_url: str, plan: str) -> str:
    """none, waits or confirmed; anything between is a failure."""
    database = Database(database_url)
    try:
        with database.read() as session:
            draft = store.find_draft(session, plan, now() - WAITS)
            stored = store.latest(session, plan)
            kept = are_kept(session, plan)
            if draft is not None:
                assert draft.file_sha256 == DIGEST and draft.examination.rows_in == 12_600
                assert len(store.draft_content(session, plan)) > 1000
    finally:
        database.close()
    if stored is None:
        assert not kept
        return "waits" if draft is not None else "none"
    assert draft is None and kept and stored.file_sha256 == DIGEST
    assert stored.summary.rows_used + sum(count for _, count in stored.summary.set_aside) == 12_600
    return "confirmed"


@pytest.mark.parametrize("confirming", [False, True], ids=["while it is read", "while it is confirmed"])
def test_all_or_nothing_is_left_and_the_same_file_goes_on(
    tmp_path: Path, engine: str, database_url: str, confirming: bool
) -> None:
    """Killed again and again, each time in another plan, on the same data."""
    rng = random.Random(20_261_124)
    with serving(tmp_path, database_url) as served:
        server = Server(served)
        for _ in range(KILLS[engine]):
            plan = server.post("/plans", {"name": "Plan", "municipality": "Vik"}).split("/plans/")[1].split("/")[0]
            server.post(f"/plans/{plan}/survey/upload", {}, LARGE)
            if confirming:
                settled(server, plan)
                killer = threading.Timer(rng.uniform(0.02, 2.0), served.kill)
                killer.start()
                # The answer may come first, or never, and so may that of the page before.
                with contextlib.suppress(OSError, http.client.HTTPException):
                    confirm(server, plan)
                killer.join()
            else:
                time.sleep(rng.uniform(0.0, 2.0))
                served.kill()
            left = what_is_there(database_url, plan)
            served.start()
            served.healthy()
            if left != "confirmed":
                server.post(f"/plans/{plan}/survey/upload", {}, LARGE)
                settled(server, plan)
                confirm(server, plan)
        server.post(f"/plans/{plan}/survey/upload", {}, LARGE)
        settled(server, plan)
        assert "Denne filen er den som allerede er lagret i planen." in server.get(f"/plans/{plan}/survey/columns")[1]
