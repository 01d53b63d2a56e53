"""After an anonymous evening nothing ties a person to a score: not rows, their order, the log, the files nor any page.

Twelve people, each with a token, a seat and names of their own, and with answers that no two share. Whoever gets the
database, a copy of its file or the log, and knows in which order people sat down, must not find out whose is whose.
"""

import io
import itertools
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Row

from planner.app import create_app
from planner.domain.workshop_keys import COMMENT, seat_of, voter_of
from planner.store import workshop_log
from planner.store.database import sqlite_module
from tests.conftest import make_config
from tests.workshop_case import CODES, STATEMENTS, Phone, Room, put_initiatives

CELLS = tuple(itertools.product(CODES, STATEMENTS))
PEOPLE = 12
ANSWERS = tuple(
    tuple((person // 4**power + power + person) % 4 for power in range(len(CELLS))) for person in range(PEOPLE)
)
LEADS = ("gather", "open", "close", "reveal", "end")


@dataclass
class Evening:
    """secrets: everything that is one person's, as it was before the end. files: of the database, if it is in files."""

    room: Room
    phones: list[Phone]
    secrets: list[str]
    files: Path

    def table(self, name: str) -> list[Row[tuple[object, ...]]]:
        """Its rows as they lie."""
        order = "" if self.room.database.is_sqlite else " ORDER BY ctid"
        with self.room.database.read() as session:
            return list(session.connection().exec_driver_sql(f"SELECT * FROM {name}{order}"))

    def tables(self) -> list[str]:
        with self.room.database.read() as session:
            return list(session.connection().dialect.get_table_names(session.connection()))

    def of_whom(self) -> list[int]:
        """How many people's whole answers are found when the rows of each statement are taken in the order they lie."""
        rows = [row._mapping for row in self.table("workshop_score")]
        columns = [[row["score"] for row in rows if (row["initiative"], row["statement"]) == cell] for cell in CELLS]
        assert {len(column) for column in columns} == {PEOPLE}
        return [ANSWERS.index(one) for one in zip(*columns, strict=True) if one in ANSWERS]


@pytest.fixture
def evening(empty_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Evening]:
    """A round that is being scored: people have come in and answered one after the other."""
    caplog.set_level(logging.DEBUG)
    app = create_app(make_config(tmp_path / "data", database_url=empty_url))
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    made = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"})
    room = Room(app, client, app.extensions["planner"].database, made.headers["Location"].split("/")[2])
    put_initiatives(room.database, room.plan_id)
    room.set_up()
    room.act("gather", "open")
    phones, secrets, salt = [], [room.now.salt], room.now.salt
    for person in range(PEOPLE):
        phone = Phone(room).enter(group="unge" if person < 6 else "voksne")
        cookie = phone.client.get_cookie("malrett_seat", path=phone.url)
        assert cookie is not None
        for cell, answer in zip(CELLS, ANSWERS[person], strict=True):
            assert phone.score(*cell, str(answer), 1 + person % 3).status_code == 200
        said = {"round": 1, "initiative": "T1", "text": f"Ytring {person}", "sequence": 1}
        assert phone.client.post(f"{phone.url}/comment", data=said).status_code == 200
        secrets += [cookie.value, seat_of(cookie.value, salt)]
        secrets += [
            voter_of(cookie.value, salt, is_named=False, round_=1, initiative=code, statement=statement)
            for code, statement in (*CELLS, *((code, COMMENT) for code in CODES))
        ]
        phones.append(phone)
    yield Evening(room, phones, secrets, tmp_path)
    app.extensions["planner"].close()


def everything(body: bytes) -> bytes:
    """An answer as it is, and what is packed in it."""
    if not zipfile.is_zipfile(io.BytesIO(body)):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


def test_while_people_score_no_row_tells_of_another(evening: Evening, caplog: pytest.LogCaptureFixture) -> None:
    """Guards: a name for each thing said (`workshop_keys.voter_of`), and tables in the order of their keys
    (`workshop_tables._IN_ORDER_OF_KEYS`; PostgreSQL is put in order when the round is closed, `straighten`)."""
    names = [row._mapping["voter"] for row in evening.table("workshop_score") + evening.table("workshop_comment")]
    seats = {row._mapping["seat"] for row in evening.table("workshop_seat")}
    assert len(names) == len(set(names)) == PEOPLE * (len(CELLS) + 1) and not seats & set(names)
    evening.room.act("close")
    assert len(evening.of_whom()) <= 1
    tokens = [phone.client.get_cookie("malrett_seat", path=phone.url) for phone in evening.phones]
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert not any(one in said for one in evening.secrets) and "Ytring" not in said
    rows = "\n".join(str(tuple(row)) for name in evening.tables() for row in evening.table(name))
    assert not any(token is None or token.value in rows for token in tokens)


def test_when_it_is_over_nothing_is_left_of_who_said_what(evening: Evening, caplog: pytest.LogCaptureFixture) -> None:
    """Guards: `workshop_traces.forget` (rows), `Database.scrub` (the write-ahead log), `secure_delete` (free pages)."""
    room = evening.room
    room.act(*LEADS[2:])
    rows = "\n".join(str(tuple(row)) for name in evening.tables() for row in evening.table(name))
    said = "\n".join(record.getMessage() for record in caplog.records)
    assert not any(one in rows or one in said for one in evening.secrets)
    assert not evening.table("workshop_seat") and len(evening.of_whom()) <= 1
    scores = [row._mapping for row in evening.table("workshop_score")]
    assert len({row["voter"] for row in scores}) == len(scores) and {row["sequence"] for row in scores} == {1}
    with room.database.read() as session:
        done = [one.what for one in workshop_log.entries(session, room.now.id)]
        if not room.database.is_sqlite:
            stamps = "SELECT count(DISTINCT xmin::text) FROM workshop_score"
            assert session.connection().exec_driver_sql(stamps).scalar_one() == 1
    assert done == ["create", *LEADS]
    if room.database.is_sqlite:
        held = b"".join(path.read_bytes() for path in evening.files.rglob("store.db*")) + backup(evening.files)
        assert b"Ytring 3" in held and not [one for one in evening.secrets if one.encode() in held]


def backup(folder: Path) -> bytes:
    """A copy as SQLite makes one."""
    module = sqlite_module()
    with module.connect(folder / "store.db") as there, module.connect(folder / "copy.db") as copy:
        there.backup(copy)
    return (folder / "copy.db").read_bytes()


def test_no_page_or_export_tells(evening: Evening) -> None:
    """Guard: what services hand to pages; a seat or a name on a view is found here. The phones' own pages too."""
    room = evening.room
    for actions in ((), LEADS[2:4], LEADS[4:]):
        room.act(*actions)
        seen = 0
        for rule in room.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or not rule.rule.startswith("/plans/"):
                continue
            if not rule.arguments <= {"plan_id", "number"}:
                continue
            with room.app.test_request_context():
                path = rule.build({"plan_id": room.plan_id, "number": 1}, append_unknown=False)
            answer = room.client.get(path[1] if path else "")
            body = everything(answer.get_data())
            seen += answer.status_code == 200
            assert not [one for one in evening.secrets if one.encode() in body], rule.rule
            assert actions or b"Ytring" not in body, rule.rule
        assert seen > 15
        for phone in evening.phones[:3]:
            page = phone.html()
            assert not [one for one in evening.secrets if one in page]
    assert "Verkstedet er avsluttet" in evening.phones[0].html() and not evening.phones[0].checked("T1")
