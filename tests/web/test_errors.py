"""When the database is held by another: who comes meanwhile waits, then gets a page that says so; nothing is lost.

The time that is waited is shortened; what is done after it is the same.
"""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.config import Config
from planner.store import database as module
from planner.store.database import Database
from tests.conftest import make_config

pytestmark = pytest.mark.only_on("sqlite", "PostgreSQL has no lock on all of a database")
SHORT_MS = 100


@pytest.fixture
def config(
    tmp_path: Path, database_url: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Config:
    monkeypatch.setattr(module, "_BUSY_MS", getattr(request, "param", SHORT_MS))
    return make_config(tmp_path, database_url=database_url)


@contextmanager
def held(config: Config) -> Iterator[Any]:
    """Another program's writing transaction, until it is over."""
    file = config.database_url.removeprefix("sqlite:///")
    with closing(module.sqlite_module().connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield other
        if other.in_transaction:
            other.execute("ROLLBACK")


def begin(client: FlaskClient, name: str) -> Any:
    return client.post("/plans", data={"name": name, "municipality": "Prøvevik"})


def names(client: FlaskClient) -> str:
    return client.get("/").get_data(as_text=True)


def test_a_lock_that_outlasts_the_wait_is_told_and_nothing_answered_is_lost(
    config: Config, client: FlaskClient
) -> None:
    assert begin(client, "Først").status_code == 303
    with held(config):
        refused = begin(client, "Avvist")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")
        assert "Ingenting er lagret" in refused.get_data(as_text=True)
        assert "Først" in names(client)  # reading goes on
    assert begin(client, "Etterpå").status_code == 303
    assert [one in names(client) for one in ("Først", "Avvist", "Etterpå")] == [True, False, True]


@pytest.mark.parametrize("config", [10_000], indirect=True)
def test_a_lock_that_ends_in_time_is_waited_for(config: Config, client: FlaskClient) -> None:
    with held(config) as other:
        letting_go = threading.Timer(0.3, other.execute, ("ROLLBACK",))
        letting_go.start()
        assert begin(client, "Ventet").status_code == 303
        letting_go.join()
    assert "Ventet" in names(client)


def test_who_waits_for_another_request_is_told_too(app: Flask, client: FlaskClient, database: Database) -> None:
    """A write of this very process that takes long. Guard: the wait for the process's own lock ends."""
    begun, done = threading.Event(), threading.Event()

    def long() -> None:
        with database.write():
            begun.set()
            done.wait(20)

    writer = threading.Thread(target=long)
    writer.start()
    begun.wait(10)
    answers: list[int] = []
    waiting = threading.Thread(target=lambda: answers.append(begin(client, "Avvist").status_code))
    waiting.start()
    waiting.join(10)
    done.set()
    writer.join()
    waiting.join()
    assert answers == [503] and not waiting.is_alive()
    assert begin(client, "Etterpå").status_code == 303
