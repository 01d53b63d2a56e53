"""Is what somebody wrote kept when they are signed out meanwhile, or when the form's token no longer holds?"""

import io
from typing import Any

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.config import Config
from planner.store.database import Database
from tests.conftest import make_config
from tests.people_case import PASSWORD, plan_of, town

OURS = {"Sec-Fetch-Site": "same-origin"}
WROTE = {"title": "Møteplass & «mer»", "targets": ["unge", "voksne"], "version": "0"}
ONE = pytest.mark.only_on("sqlite", "a form that is not let in reaches no database")
pytestmark = [ONE]


@pytest.fixture
def config(tmp_path: Any, database_url: str) -> Config:
    return make_config(tmp_path, database_url=database_url, access="server")


@pytest.fixture
def wanted(app: Flask, database: Database) -> str:
    """The address of a form of a plan, whose people are signed out."""
    return f"/plans/{plan_of(town(app, database, 'Prøvevik', 'leder@x.no').director)}/initiatives/new"


def carried(answer: TestResponse) -> list[tuple[str, str]]:
    form = html5lib.parse(answer.get_data(as_text=True), namespaceHTMLElements=False).find(".//main//form")
    assert form is not None and form.get("action") == answer.request.path
    hidden = form.findall(".//input[@type='hidden']")
    return [(one.get("name", ""), one.get("value", "")) for one in hidden if one.get("name") != "csrf_token"]


def sent(client: FlaskClient, path: str, data: Any = None, **headers: str) -> TestResponse:
    return client.post(path, data=WROTE if data is None else data, headers={**OURS, **headers})


def test_it_comes_back_whole_to_whoever_was_signed_out(client: FlaskClient, wanted: str) -> None:
    answer = sent(client, wanted)
    assert answer.status_code == 401 and "Logg inn i en ny fane" in answer.get_data(as_text=True)
    assert carried(answer) == [
        ("title", WROTE["title"]), ("targets", "unge"), ("targets", "voksne"), ("version", "0"),
    ]  # fmt: skip


def test_it_comes_back_whole_when_its_token_no_longer_holds(app: Flask, client: FlaskClient, wanted: str) -> None:
    client.post("/sign-in", data={"email": "leder@x.no", "password": PASSWORD})
    app.config["WTF_CSRF_ENABLED"] = True
    answer = sent(client, wanted, {**WROTE, "csrf_token": "of-another-time"})
    assert answer.status_code == 400 and len(carried(answer)) == 4
    assert "of-another-time" not in answer.get_data(as_text=True)


def test_nothing_comes_back_that_another_site_sent_or_that_holds_a_secret(client: FlaskClient, wanted: str) -> None:
    assert client.post(wanted, data=WROTE).status_code == 303  # no word of where it came from
    foreign = sent(client, wanted, **{"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 400 and "Møteplass" not in foreign.get_data(as_text=True)
    assert sent(client, wanted, {**WROTE, "file": (io.BytesIO(b"x"), "x.csv")}).status_code == 303
    assert sent(client, "/account/password", {"old": PASSWORD}).status_code == 303
    assert sent(client, wanted, **{"HX-Request": "true"}).status_code == 401  # the page stays as it is
