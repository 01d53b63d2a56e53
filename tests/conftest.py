"""What every test stands on: an application on an empty database, and a client whose every page is checked."""

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.app import open_place, without_place
from planner.config import Config
from planner.store import versions
from planner.store.database import Database
from planner.work import KINDS, as_it_is
from tests.html_contract import check_html

pytest_plugins = ("tests.engines",)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The slow tests run when asked for: `-m slow`, or MALRETT_SLOW=1. They are left out, never skipped."""
    if "slow" in str(config.getoption("-m")) or os.environ.get("MALRETT_SLOW"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is imported and collected stays to the end; looking through it for garbage was a good part of the time."""
    gc.collect()
    gc.freeze()


class CheckedClient(FlaskClient):
    """A client that holds every HTML response against the HTML contract."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.status_code not in (204, 301, 302, 303) and response.data:
            taken_home = response.headers.get("Content-Disposition", "").startswith("attachment")
            check_html(response.get_data(as_text=True), alone=taken_home)
        return response


def make_config(folder: Path, **changes: Any) -> Config:
    folder.mkdir(parents=True, exist_ok=True)
    config = Config(
        data_folder=folder,
        database_url=f"sqlite:///{folder / 'test.db'}",
        secret_key="only for tests",
        access="browser",
        testing=True,
    )
    return replace(config, **changes)


@pytest.fixture(autouse=True)
def no_background(monkeypatch: pytest.MonkeyPatch) -> None:
    """A try is not followed by a minute of explaining; the tests of that ask for it."""
    monkeypatch.setitem(KINDS, "try", replace(KINDS["try"], finish=as_it_is))


@pytest.fixture(autouse=True)
def versions_from_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a test may say «version 1»; `tests/test_lost_updates.py` has them begin by chance, as they do."""
    monkeypatch.setattr(versions, "first", lambda: 1)


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return make_config(tmp_path, database_url=database_url)


# The routes and templates of an application take a tenth of a second to read; no test changes them.
_laid_out: dict[Config, tuple[Flask, dict[str, Any]]] = {}


def app_on(config: Config) -> Flask:
    """The application on a migrated database. Only one at a time; what a test wants two of, it creates."""
    anywhere = replace(config, data_folder=Path(), database_url="")
    if anywhere not in _laid_out:
        app = without_place(anywhere)
        app.config["WTF_CSRF_ENABLED"] = False
        app.test_client_class = CheckedClient
        _laid_out[anywhere] = app, dict(app.config)
    app, settings = _laid_out[anywhere]
    app.config.clear()
    app.config.update(settings)
    database = Database(config.database_url)
    try:
        app.extensions["planner"] = open_place(config, database)
    except BaseException:
        database.close()  # else its connections are found, as a warning, in whichever test comes then
        raise
    return app


@pytest.fixture
def app(config: Config) -> Iterator[Flask]:
    app = app_on(config)
    yield app
    app.extensions["planner"].close()


@pytest.fixture
def database(app: Flask) -> Database:
    return app.extensions["planner"].database


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def plan_id(client: FlaskClient) -> str:
    """An empty plan that belongs to `client`."""
    response = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"})
    assert response.status_code == 303
    return response.headers["Location"].split("/")[2]
