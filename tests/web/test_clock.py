"""A clock that is set back or forward: nobody is signed out, and what was done stands in the order it was done."""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from planner.domain import log_chain
from planner.services import plans
from planner.store import log
from planner.store.database import Database
from tests.conftest import make_config
from tests.people_case import plan_of, town

JUMPS = {"an hour back": -1, "two hours back": -2, "eleven hours on": 11}


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Any:
    return make_config(tmp_path, database_url=database_url, access="server")


def set_clock(monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    """The one clock of the program, wherever it was imported to."""
    real = plans.now

    def moved() -> datetime:
        return real() + timedelta(hours=hours)

    for name, module in list(sys.modules.items()):
        if name.startswith("planner") and getattr(module, "now", None) is real:
            monkeypatch.setattr(module, "now", moved)


@pytest.mark.parametrize("hours", JUMPS.values(), ids=JUMPS)
def test_who_is_in_stays_in_and_the_log_stays_whole(
    app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    here = town(app, database, "Prøvevik", "leder@x.no")
    plan_id = plan_of(here.director)
    set_clock(monkeypatch, hours)
    assert here.director.get("/people").status_code == 200
    assert here.director.post(f"/plans/{plan_id}/survey/comments/remove").status_code == 303
    with database.read() as session:
        chain = log.chain(session, plan_id)
    assert log_chain.findings(chain) == ()
    entries = [json.loads(link.text) for link in chain.links]
    assert [one["sequence"] for one in entries] == list(range(1, len(entries) + 1)) and len(entries) >= 2
    assert (entries[-1]["at"] < entries[0]["at"]) == (hours < 0), "the clock of the test was not moved"
