"""Fifty ways to go wrong: each is a page in the reader's language, and neither it nor the log tells what it should not.

Nothing of how the program is made stands in a page (no path, SQL, trace or version), and nothing that people wrote, no
name, code or password, in a line of the log.
"""

import io
import json
import logging
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.test import TestResponse

from planner.domain.typed import Refused
from planner.logs import AsJson
from planner.services import gaps
from planner.store.database import Database, Unavailable
from tests.conftest import app_on, make_config
from tests.web.test_survey import SAMPLE
from tests.workshop_case import Phone, Room, put_initiatives

NAME = "Kari Hemmeligsen"  # of a person, a plan, a file; never to be in a log
ZEROS = "9" * 5000
MADE_OF = re.compile(
    r"Traceback|File \"|\.py\b|site-packages|sqlite|psycopg|sqlalche|(?<!<)SELECT |INSERT |UPDATE "
    r"|werkzeug|waitress|jinja|Exception|Error:|/tmp/|/home/|/usr/|\b\d+\.\d+\.\d+\b",
    re.IGNORECASE,
)


@dataclass
class Case:
    app: Flask
    client: FlaskClient
    plan_id: str
    room: Room
    phone: Phone

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path.replace("{}", self.plan_id), **more)

    def post(self, path: str, data: Any = None, **more: Any) -> TestResponse:
        return self.client.post(path.replace("{}", self.plan_id), data=data, **more)

    def open(self, method: str, path: str, **more: Any) -> TestResponse:
        return self.client.open(path.replace("{}", self.plan_id), method=method, **more)

    def broken(self, error: BaseException) -> TestResponse:
        """A page whose making raises this."""

        def fail(*_: object, **__: object) -> None:
            raise error

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(gaps, "page", fail)
            return self.get("/plans/{}/gaps")


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(AsJson())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What would have been written with MALRETT_LOG=json, each line JSON."""
    handler, root, ours = Lines(), logging.getLogger(), logging.getLogger("planner")
    level = ours.level
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    yield handler.lines
    ours.setLevel(level)
    root.removeHandler(handler)


@pytest.fixture
def case(tmp_path: Path, database_url: str) -> Iterator[Case]:
    app = app_on(make_config(tmp_path, database_url=database_url, testing=False))
    client = app.test_client()
    client.set_cookie("malrett_language", "nn")
    made = client.post("/plans", data={"name": NAME, "municipality": NAME})
    plan_id = made.headers["Location"].split("/")[2]
    database: Database = app.extensions["planner"].database
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    room.set_up(named="yes", tables="")
    room.act("gather", "open")
    phone = Phone(room)
    phone.client.set_cookie("malrett_language", "nn")
    phone.enter(name=NAME)
    yield Case(app, client, plan_id, room, phone)
    app.extensions["planner"].close()


def form(data: bytes, name: str = "svar.csv") -> dict[str, Any]:
    return {"file": (io.BytesIO(data), name)}


def body(text: bytes | str, kind: str) -> dict[str, Any]:
    return {"data": text, "content_type": kind}


NEW = "/plans/{}/initiatives/new"
PARTS = "multipart/form-data"
GOOD = {"code": "T7", "title": NAME, "theme": "bolig"}
HUGE = "9" * 30
PROVOKED: dict[str, tuple[Callable[[Case], TestResponse], int]] = {
    # Methods
    "PUT": (lambda c: c.open("PUT", "/"), 405),
    "DELETE of a plan": (lambda c: c.open("DELETE", "/plans/{}/survey"), 405),
    "TRACE": (lambda c: c.open("TRACE", "/plans/{}/gaps"), 405),
    "PROPFIND": (lambda c: c.open("PROPFIND", "/"), 405),
    "a method of nobody": (lambda c: c.open("BREW", "/plans/{}/report"), 405),
    "GET of a command": (lambda c: c.get("/plans/{}/survey/upload"), 405),
    "POST of a page": (lambda c: c.post("/plans/{}/log", {"name": NAME}), 405),
    "method override": (lambda c: c.post("/plans/{}/log", headers={"X-HTTP-Method-Override": "DELETE"}), 405),
    # Addresses
    "no such page": (lambda c: c.get(f"/{NAME}"), 404),
    "a plan of nobody": (lambda c: c.get("/plans/0000000000000000/survey"), 404),
    "a zero in a plan's id": (lambda c: c.get("/plans/%00/survey"), 404),
    "a zero in a code": (lambda c: c.get("/plans/{}/initiatives/one/T1%00"), 404),
    "a zero in a workshop's address": (lambda c: c.get("/w/%00"), 404),
    "half a letter": (lambda c: c.get("/plans/%ed%a0%80/survey"), 404),
    "no letter": (lambda c: c.get("/plans/{}/initiatives/one/%ff%fe"), 404),
    "five thousand letters": (lambda c: c.get("/plans/{}/initiatives/one/" + "å" * 5000), 404),
    "out of the folder": (lambda c: c.get("/static/..%2f..%2fetc%2fpasswd"), 404),
    "two slashes": (lambda c: c.get("/plans//{}"), 404),
    "a paper of thirty digits": (lambda c: c.get(f"/plans/{{}}/report/{HUGE}/saksframlegg.docx"), 404),
    "a workbook of thirty digits": (lambda c: c.get(f"/plans/{{}}/report/{HUGE}/handlingsdel.xlsx"), 404),
    "a decision of thirty digits": (lambda c: c.get(f"/plans/{{}}/decision/{HUGE}"), 404),
    "a text of thirty digits": (lambda c: c.post(f"/plans/{{}}/survey/comments/{HUGE}", {"text": NAME}), 404),
    "an entry of a negative number": (lambda c: c.post("/plans/{}/log/-1/forget"), 404),
    # Queries
    "a workshop of thirty digits": (lambda c: c.get(f"/plans/{{}}/gaps?workshop={HUGE}"), 200),
    "weights of thirty digits": (lambda c: c.get(f"/plans/{{}}/survey/workshop?workshop={HUGE}"), 200),
    "page 1e999": (lambda c: c.get("/plans/{}/survey/comments?page=1e999&saved=-1"), 200),
    "a quarter before Christ": (lambda c: c.get("/plans/{}/followup?quarter=-2027-1"), 200),
    "a zero in a query": (lambda c: c.get("/plans/{}/followup/survey?before=%00&seen=a%00b"), 200),
    "a kept plan that is no number": (lambda c: c.get(f"/plans/{{}}/report?number={NAME}"), 404),
    "a thousand plans to compare": (lambda c: c.get("/plans/{}/scenarios?" + "plan=1&" * 1000), 200),
    # Forms
    "a zero in a name": (lambda c: c.post("/plans", {"name": f"{NAME}\x00", "municipality": "Vik"}), 303),
    "nothing but a zero": (lambda c: c.post("/plans", {"name": "\x00", "municipality": "Vik"}), 422),
    "half a letter in a name": (
        lambda c: c.post("/plans", **body(b"name=%ed%a0%80&municipality=Vik", "application/x-www-form-urlencoded")),
        303,
    ),
    "a name of a megabyte": (lambda c: c.post("/plans", {"name": "x" * 1_000_000, "municipality": "Vik"}), 413),
    "a name of half a megabyte": (lambda c: c.post("/plans", {"name": "x" * 500_000, "municipality": "Vik"}), 422),
    "a version of five thousand digits": (
        lambda c: c.post("/plans/{}/report/texts", {"version": ZEROS, "officer": NAME * 200}),
        422,
    ),
    "a frame's version of thirty digits": (lambda c: c.post("/plans/{}/portfolio/attempt", {"version": HUGE}), 422),
    "money without end": (lambda c: c.post(NEW, GOOD | {"costs.yearly.value": "1e308"}), 422),
    "more money than there is": (lambda c: c.post(NEW, GOOD | {"costs.yearly.value": "9" * 19}), 422),
    "a year before Christ": (lambda c: c.post(NEW, GOOD | {"earliest": "-44"}), 422),
    "a role of nobody": (lambda c: c.post(NEW, GOOD | {"level": NAME}), 422),
    "a field for each grain of sand": (lambda c: c.post(NEW, {f"effects.{n}.x": "1" for n in range(2000)}), 422),
    "JSON": (lambda c: c.post(NEW, **body(json.dumps(GOOD), "application/json")), 422),
    "deep JSON": (lambda c: c.post(NEW, **body("[" * 100_000, "application/json")), 422),
    "XML": (lambda c: c.post(NEW, **body("<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", "text/xml")), 422),
    "parts without a border": (lambda c: c.post(NEW, **body(b"code=T7", PARTS)), 422),
    "parts cut off": (
        lambda c: c.post(NEW, **body(b'--x\r\nContent-Disposition: form-data; name="co', f"{PARTS}; boundary=x")),
        422,
    ),
    "an unknown action": (lambda c: c.post("/plans/{}/workshop/1/act", {"action": NAME, "version": "1"}), 400),
    # Files
    "no file": (lambda c: c.post("/plans/{}/survey/upload", {}), 422),
    "a file without anything": (lambda c: c.post("/plans/{}/survey/upload", form(b"")), 422),
    "a picture for a survey": (lambda c: c.post("/plans/{}/survey/upload", form(b"\x89PNG\r\n" + b"\x00" * 99)), 422),
    "half a workbook": (lambda c: c.post("/plans/{}/initiatives/workbook", form(b"PK\x03\x04" + b"\x00" * 50)), 422),
    "a template that is none": (lambda c: c.post("/plans/{}/report/template", form(SAMPLE, f"{NAME}\x00.docx")), 422),
    # Headers
    "ten kilobytes of a header": (lambda c: c.get("/no", headers={"Accept-Language": "nn," * 3500}), 404),
    "and of another": (lambda c: c.get("/no", headers={"X-Forwarded-For": NAME * 900}), 404),
    "a range of a page": (lambda c: c.get("/no", headers={"Range": "bytes=0-0,5-2,-9"}), 404),
    "from another site": (lambda c: c.post("/plans", headers={"Sec-Fetch-Site": "cross-site"}), 400),
    # What breaks underneath
    "the disk is full": (lambda c: c.broken(Unavailable(NAME)), 503),
    "the database says no": (lambda c: c.broken(IntegrityError(f"INSERT {NAME}", {}, sqlite3.Error(NAME))), 500),
    "the database cannot read it": (lambda c: c.broken(DataError(f"SELECT {NAME}", {}, sqlite3.Error(NAME))), 500),
    "a value that must not be": (lambda c: c.broken(Refused(())), 500),
    "a key of somebody's": (lambda c: c.broken(KeyError(NAME)), 500),
    "no more memory": (lambda c: c.broken(MemoryError(NAME)), 500),
    "too deep": (lambda c: c.broken(RecursionError(NAME)), 500),
}  # fmt: skip


def test_there_are_fifty() -> None:
    assert len(PROVOKED) >= 50


@pytest.fixture
def told(case: Case, lines: list[str]) -> Iterator[Callable[[str], None]]:
    """Provokes one and looks at what is said."""

    def provoke(name: str) -> None:
        said = PROVOKED[name][0](case)
        assert said.status_code == PROVOKED[name][1], (name, said.status_code)
        assert "Server" not in said.headers, name
        if said.status_code == 303:
            return
        html = said.get_data(as_text=True)
        assert said.mimetype == "text/html" and '<html lang="nn"' in html and "<h1" in html, name
        without = re.sub(r"<(link|script|input)\b[^>]*>|[?&]v=[\w.]+", "", html)
        assert not MADE_OF.search(without), (name, MADE_OF.findall(without))
        assert said.status_code != 500 or re.search(r"\b[0-9a-f]{8}\b", without), name  # a reference to give

    yield provoke
    seat = case.phone.client.get_cookie("malrett_seat", path=case.phone.url)
    code, written = case.room.now.code, "\n".join(lines)
    assert code and seat and len(lines) > 50
    for secret in (NAME, NAME.split()[0], code, case.room.now.link, seat.value, case.plan_id, "cursor", ZEROS[:50]):
        assert secret not in written, secret


def test_each_is_a_page_that_says_what_to_do_and_the_log_tells_of_nobody(told: Callable[[str], None]) -> None:
    for name in PROVOKED:
        told(name)


def test_no_view_is_given_a_zero(app: Flask) -> None:
    sent = {"e": "f\x00", "\x00g": "h"}
    with app.test_request_context("/?a=%00b&c%00=d", method="POST", data=sent):
        assert request.args.to_dict() == {"a": "b", "c": "d"}
        assert request.form.to_dict() == {"e": "f", "g": "h"}


def test_a_database_that_is_away_is_a_page_wherever_it_is_noticed(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError(f"SELECT {NAME}", {}, sqlite3.OperationalError("database or disk is full"))

    monkeypatch.setattr("planner.store.plans.of_owner", away)
    said = client.get("/")
    assert said.status_code == 503 and said.headers["Retry-After"] == "30"
    assert not MADE_OF.search(re.sub(r"<(link|script|input)\b[^>]*>", "", said.get_data(as_text=True)))
