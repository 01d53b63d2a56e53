"""With the first wall gone (`web/access.py` asks nobody), PostgreSQL still gives another municipality nothing."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.config import Config
from planner.services import plans
from planner.store import copying, schema
from planner.store.database import Database
from planner.web import access
from tests import workshop_case
from tests.conftest import make_config
from tests.people_case import plan_of, town

pytestmark = pytest.mark.only_on("postgresql", "SQLite has one wall only")
CANARY = "Bare vi i Prøvevik"


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return make_config(tmp_path, database_url=database_url, access="server")


@pytest.fixture
def theirs(app: Flask, database: Database) -> tuple[FlaskClient, str]:
    """Whoever leads another municipality, and a plan of ours with a workshop that goes on."""
    here, there = (town(app, database, name, f"{name}@x.no") for name in ("Prøvevik", "Annenvik"))
    plan_id = plan_of(here.director)
    room = workshop_case.Room(app, here.director, database, plan_id)
    workshop_case.put_initiatives(database, plan_id)
    room.set_up(title=CANARY)
    room.act("gather", "open")
    # A phone has no account: what it may see and write is the plan's owner's.
    phone = room.phones(1)[0]
    assert phone.score("T1", "s01", "1").status_code == 200
    code = room.now.code
    found = app.test_client().post("/join", data={"code": code})
    assert found.status_code == 303 and found.headers["Location"].endswith(room.now.link)
    return there.director, plan_id


def rows(database: Database) -> dict[str, list[Any]]:
    with database.snapshot() as connection:
        return {
            one.name: list(copying.rows(connection, one)) for one in schema.tables(connection) if one.name != "signin"
        }


def test_without_the_first_wall_no_address_shows_or_changes_anything(
    app: Flask, database: Database, theirs: tuple[FlaskClient, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger, plan_id = theirs
    monkeypatch.setattr(access, "plan_is_gone", lambda: False)
    before = rows(database)
    asked = 0
    for rule in app.url_map.iter_rules():
        if "<plan_id>" not in rule.rule:
            continue
        path = re.sub(r"<[^>]+>", "T1", re.sub(r"<int[:(][^>]+>", "1", rule.rule.replace("<plan_id>", plan_id)))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            asked += 1
            try:
                answer = stranger.open(path, method=method, data={"version": "1"})
            except LookupError:
                continue  # no such plan: the page of that, where no test wants to see the error
            shown = answer.status_code == 200 and (CANARY.encode() in answer.data or b"Tiltak T1" in answer.data)
            assert not shown, rule
    assert asked > 100
    assert rows(database) == before


def test_without_the_comparison_of_owners_it_is_still_the_page_of_no_plan(
    theirs: tuple[FlaskClient, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger, plan_id = theirs

    def of_anybody(database: Database, plan_id: str, _owner: str) -> bool:
        with database.read() as session:
            return plans.store.find(session, plan_id) is not None

    monkeypatch.setattr(plans, "belongs_to", of_anybody)
    for step in plans.STEPS:
        assert stranger.get(f"/plans/{plan_id}/{step}").status_code == 404, step
    assert stranger.post(f"/plans/{plan_id}/remove").status_code == 404
