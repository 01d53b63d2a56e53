"""When the database is held by another, or its disk is full: a page that says so, and nothing half done."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from planner.config import Config
from planner.store.database import sqlite_module


@pytest.mark.only_on("sqlite", "only a file can be held whole by one")
def test_a_database_held_by_another_is_a_page_and_nothing_is_stored(
    client: FlaskClient, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/")
    module = sqlite_module()
    holder = module.connect(Path(config.database_url.removeprefix("sqlite:///")), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    from planner.web.pages import place

    with client.application.app_context():
        engine = place().database._engine
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=100")
    try:
        response = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"})
        assert response.status_code == 503
        assert response.headers["Retry-After"] == "30"
        assert "Ingenting er lagret" in response.get_data(as_text=True)
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert "Prøvevik" not in client.get("/").get_data(as_text=True)
