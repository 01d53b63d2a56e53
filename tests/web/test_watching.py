"""Health, readiness, figures and log lines: they tell how it goes, and nothing of anybody."""

import io
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner import logs
from planner.logs import AsJson
from planner.services import readiness
from planner.store.database import Database
from planner.web import errors
from tests.conftest import make_config

CANARY = "kanarifugl"


def test_health_asks_no_database_and_readiness_does(client: FlaskClient, database: Database) -> None:
    assert client.get("/ready").get_json() == {"ready": True, "database": "ok", "disk": "ok"}
    database.is_up_to_date = lambda: (_ for _ in ()).throw(OSError(CANARY))  # type: ignore[method-assign]
    assert client.get("/health").get_data(as_text=True) == "ok\n"
    away = client.get("/ready")
    assert away.status_code == 503 and away.get_json() == {"ready": False, "database": "away", "disk": "ok"}


def test_a_full_disk_and_older_tables_are_not_ready(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "LEAST_FREE", 1 << 60)
    monkeypatch.setattr("planner.store.schema.head", lambda: "9999")
    found = client.get("/ready")
    assert found.status_code == 503
    assert found.get_json() == {"ready": False, "database": "not up to date", "disk": "full"}


def test_figures_are_by_route_and_only_for_this_machine(client: FlaskClient, plan_id: str) -> None:
    client.get(f"/plans/{plan_id}/survey?q={CANARY}")
    client.get(f"/{CANARY}")
    client.get("/health")
    text = client.get("/metrics").get_data(as_text=True)
    # The application is one for many tests, and goes on counting.
    assert re.search(r'malrett_requests_total{method="GET",route="/plans/<plan_id>/survey",status="2xx"} [1-9]', text)
    assert 'malrett_jobs{state="queued"} 0.0' in text and "malrett_phones 0.0" in text
    assert CANARY not in text and plan_id not in text and "/health" not in text
    assert client.get("/metrics", headers={"Host": "plan.example.no"}).status_code == 404
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 404


def test_log_lines_tell_of_nobody(app: Flask, client: FlaskClient, plan_id: str) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(AsJson())
    root, ours = logging.getLogger(), logging.getLogger("planner")
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    try:
        client.get(f"/plans/{plan_id}/survey?q={CANARY}", headers={"User-Agent": CANARY})
        client.post("/plans", data={"name": CANARY, "municipality": CANARY})
        client.post("/w", data={"code": CANARY})
        client.get(f"/w/{CANARY}")
        logging.getLogger("waitress").error("Exception while serving %s", f"/w/{CANARY}")
        try:
            raise ValueError(CANARY)
        except ValueError as error:
            ours.error("unexpected error %s", "1a2b3c4d", exc_info=error)
    finally:
        root.removeHandler(handler)
        ours.setLevel(logging.NOTSET)
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    first = lines[0]
    assert (first["route"], first["method"], first["status"]) == ("/plans/<plan_id>/survey", "GET", 200)
    assert first["ms"] > 0 and len(first["request"]) == 12
    assert lines[-1]["error"] == "ValueError" and "1a2b3c4d" in lines[-1]["message"]
    assert not any(secret in written.getvalue() for secret in (CANARY, plan_id, "127.0.0.1"))


@pytest.fixture
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The log of this process may be set up by the test."""
    root, ours = logging.getLogger(), logging.getLogger("planner")
    before, level = list(root.handlers), ours.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield
    root.handlers[:] = before
    ours.setLevel(level)


@pytest.mark.parametrize("way", ["human", "json"])
def test_the_text_of_an_error_is_written_nowhere(
    app: Flask,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    as_before: None,
    monkeypatch: pytest.MonkeyPatch,
    way: Any,
) -> None:
    """It may hold what people wrote. Guard: `logs.AsText` and `logs.AsJson` write kind, place and reference."""
    logs.set_up(make_config(tmp_path, log=way))

    def broken() -> None:
        try:
            int(CANARY)
        except ValueError as error:
            raise RuntimeError(f"on {CANARY}") from error

    def asked(*_: object) -> None:
        broken()

    monkeypatch.setitem(app.view_functions, "plans.page", asked)
    monkeypatch.setitem(app.error_handler_spec[None][None], Exception, errors._bug)
    page = app.test_client().get("/").get_data(as_text=True)
    reference = re.search(r"Kode: ([0-9a-f]{8})", page)
    logging.getLogger("waitress").error("Exception while serving %s", f"/w/{CANARY}")
    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    try:
        broken()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    said = capsys.readouterr().err
    assert CANARY not in said
    assert said.count("RuntimeError") == said.count("ValueError") == 3 and "test_watching.py" in said
    assert said.count("ended by an error") == 2
    assert reference is not None and f"unexpected error {reference[1]}" in said


def test_the_settings_are_held_to_their_words(tmp_path: object) -> None:
    with pytest.raises(ValueError, match="MALRETT_LOG"):
        make_config(tmp_path, log="xml")  # type: ignore[arg-type]


def test_what_is_refused_for_its_token_is_counted_too(app: Flask, client: FlaskClient) -> None:
    def refused() -> str:
        text = client.get("/metrics").get_data(as_text=True)
        found = re.search(r'malrett_requests_total{method="POST",route="/plans",status="4xx"} (\S+)', text)
        return found[1] if found else "0"

    app.config["WTF_CSRF_ENABLED"] = True
    before = refused()
    assert client.post("/plans", data={"name": "x"}).status_code == 400
    assert float(refused()) == float(before) + 1
