"""What no page of ours ever sends: each is answered as the trouble it is, never with an unexpected error."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from planner.config import Config
from planner.services import gaps
from planner.store.database import Database
from tests.conftest import app_on
from tests.removed_plan import remove_plan
from tests.web.test_survey import SAMPLE, post, upload


def test_a_plan_with_a_number_that_no_database_holds_is_not_there(client: FlaskClient, plan_id: str) -> None:
    for number in ("1000000000", "9" * 20, "9" * 400):
        assert client.get(f"/plans/{plan_id}/portfolio/kept/{number}/problem.json").status_code == 404


def test_a_field_name_with_thousands_of_points(client: FlaskClient, plan_id: str) -> None:
    for form in ("initiatives/new", "initiatives/freed/new"):
        assert client.post(f"/plans/{plan_id}/{form}", data={"a." * 3000 + "b": "1"}).status_code == 422


def test_a_column_with_thousands_of_digits_is_no_column(client: FlaskClient, plan_id: str) -> None:
    assert upload(client, plan_id, SAMPLE).status_code == 303
    for name in ("column." + "9" * 5000, "cell." + "9" * 5000 + ".Ja", "column.²", "column."):
        assert post(client, plan_id, "columns", version="1", **{name: "ignore"}).status_code == 303


def test_a_name_is_what_can_be_seen_of_it(client: FlaskClient) -> None:
    """Of nothing but signs without width it is missing, and none turns what follows it round."""
    assert client.post("/plans", data={"name": "\u200b\u2060", "municipality": "Prøvevik"}).status_code == 422
    assert client.post("/plans", data={"name": "\u202ePlan\u200b B", "municipality": "Prøvevik"}).status_code == 303
    page = client.get("/").get_data(as_text=True)
    assert ">Plan B<" in page and not {"\u200b", "\u202e"} & set(page)


def test_removing_a_plan_twice_at_once_is_removing_it(database: Database, plan_id: str) -> None:
    remove_plan(database, plan_id)
    remove_plan(database, plan_id)


def test_a_plan_removed_while_its_page_is_made_is_not_there(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    app = app_on(replace(config, testing=False))
    client, page = app.test_client(), gaps.page
    plan_id = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"}).location.split("/")[2]

    def removed_first(database: Database, plan_id: str, **asked: object) -> object:
        remove_plan(database, plan_id)
        return page(database, plan_id, **asked)

    monkeypatch.setattr(gaps, "page", removed_first)
    assert client.get(f"/plans/{plan_id}/gaps").status_code == 404
    assert client.get(f"/plans/{plan_id}/gaps").status_code == 404
    app.extensions["planner"].close()


def test_an_unexpected_error_in_a_plan_that_is_there_is_still_told(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_on(replace(config, testing=False))
    client = app.test_client()
    plan_id = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"}).location.split("/")[2]
    monkeypatch.setattr(gaps, "page", lambda *_, **__: 1 / 0)
    assert client.get(f"/plans/{plan_id}/gaps").status_code == 500
    app.extensions["planner"].close()
