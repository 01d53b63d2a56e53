"""The page of the log: what was done in words, whether the chain is whole, and its files."""

import json
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from planner.services import report
from planner.store import log
from planner.store.database import Database
from tests.services.test_report import keep

AT = datetime(2026, 11, 26, 2, 10, tzinfo=UTC)


def page(client: FlaskClient, plan_id: str) -> str:
    return client.get(f"/plans/{plan_id}/log").get_data(as_text=True)


def write(database: Database, plan_id: str, what: str, facts: dict[str, int], words: dict[str, str]) -> None:
    with database.write() as session:
        log.append(session, plan_id, AT, what, facts, words)
        session.commit()


def test_what_was_done_stands_in_words_the_last_first(client: FlaskClient, database: Database, plan_id: str) -> None:
    write(database, plan_id, "plan_kept", {"number": 1}, {"name": "<b>Forslag</b>"})
    shown = page(client, plan_id)
    assert "Kjeden er hel" in shown and "2 hendelser" in shown
    assert shown.index("Plan 1 ble bevist og tatt vare på.") < shown.index("Planen ble laget.")
    assert "&lt;b&gt;Forslag&lt;/b&gt;" in shown and "26. november 2026 kl. 03.10" in shown


def test_a_text_can_be_deleted_and_the_log_says_so(client: FlaskClient, database: Database, plan_id: str) -> None:
    write(database, plan_id, "plan_kept", {"number": 1}, {"name": "Kari Nordmann"})
    assert client.post(f"/plans/{plan_id}/log/2/forget").status_code == 303
    shown = page(client, plan_id)
    assert "Kari" not in shown and "Kjeden er hel" in shown
    assert "Det som sto skrevet ved hendelse 2, ble slettet." in shown
    client.post(f"/plans/{plan_id}/log/2/forget")
    assert "3 hendelser" in page(client, plan_id), "nothing is logged where nothing was deleted"


def test_a_broken_chain_is_said_at_the_top(client: FlaskClient, database: Database, plan_id: str) -> None:
    write(database, plan_id, "plan_kept", {"number": 1}, {})
    with database.write() as session:
        of = "" if database.is_sqlite else " ON plan_log"
        session.execute(text(f"DROP TRIGGER plan_log_not_changed{of}"))
        session.execute(text("UPDATE plan_log SET entry = replace(entry, 'plan_kept', 'started') WHERE sequence = 2"))
        session.commit()
    shown = page(client, plan_id)
    assert "Kjeden er brutt" in shown and "endret etter at den ble skrevet" in shown


def test_the_files_are_the_whole_log_and_its_program(client: FlaskClient, plan_id: str) -> None:
    file = client.get(f"/plans/{plan_id}/log/malrett-logg.json")
    found = json.loads(file.get_data())
    assert found["format"] == "malrett-log/1" and found["head"]["sequence"] == 1 == len(found["entries"])
    program = client.get(f"/plans/{plan_id}/log/verify_log.py").get_data(as_text=True)
    assert program.startswith("#!/usr/bin/env python3")
    assert "attachment" in file.headers["Content-Disposition"]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_kind_of_entry_has_a_sentence(
    client: FlaskClient, database: Database, plan_id: str, language: str
) -> None:
    kinds: dict[str, dict[str, object]] = {
        "survey_confirmed": {"rows_used": 10, "rows_in": 12},
        "workshop_adopted": {"effects": 3, "overridden": 1, "workshop": 1},
        "override": {"action": "in", "initiative": "T1", "year": 2028},
        "decision": {"number": 2, "kept": 1, "supersedes": 1},
    }
    for what in ("sample_made", "answers_deleted", "comments_deleted", "weighting_changed", "weights_changed",
                 "stated_confirmed", "frame_changed", "words_deleted", *kinds):  # fmt: skip
        write(database, plan_id, what, kinds.get(what, {}), {})  # type: ignore[arg-type]
    client.get(f"/language/{language}")
    shown = page(client, plan_id)
    assert "_changed" not in shown and "_made" not in shown and "_deleted" not in shown and "_confirmed" not in shown


def test_the_head_is_printed_in_the_paper(client: FlaskClient, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    with database.read() as session:
        head = log.head(session, plan_id)
    assert head is not None and head.sha256 in client.get(f"/plans/{plan_id}/report").get_data(as_text=True)
    with client.application.test_request_context():
        view = report.page(database, plan_id)
        assert view is not None and report.word(view).content
