"""Health, readiness, figures and log lines: they tell how it goes, and nothing of anybody."""

import io
import json
import logging
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.logs import AsJson
from planner.services import readiness
from planner.store.database import Database
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
