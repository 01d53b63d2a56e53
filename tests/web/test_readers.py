"""Is anybody shown a form, button or link that they would be refused? Every page, as each role one can sign in as."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from planner.config import Config
from planner.domain.people import ROLES
from planner.services.plans import now
from planner.store import report, survey_comments
from planner.store.database import Database
from planner.web import rights
from tests import portfolio_case
from tests.conftest import make_config
from tests.people_case import Town, town
from tests.web.test_languages import OF_A_PRIORITISED_PLAN, OF_A_WORKSHOP, OF_THE_SAMPLE
from tests.web.test_languages import prioritised as prioritised
from tests.web.test_languages import room as room
from tests.web.test_languages import sample as sample

ASKS = {"href": "GET", "action": "POST", "formaction": "POST", "hx-get": "GET", "hx-post": "POST"}
RANK = {role: at for at, role in enumerate((rights.PUBLIC, rights.ROOM, rights.ACCOUNT, *ROLES))}


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return make_config(tmp_path, database_url=database_url, access="server")


@pytest.fixture
def here(app: Flask, database: Database) -> Town:
    return town(app, database, "Prøvevik", "leder@x.no")


@pytest.fixture
def client(here: Town) -> FlaskClient:
    return here.director


class Elements(HTMLParser):
    """Every element of a page, without building a tree."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def asked(app: Flask, html: str) -> Iterator[tuple[str, str]]:
    """What can be asked for from a page: the endpoint, and the element that asks."""
    known = app.url_map.bind("localhost")
    elements = Elements(html).found
    ids = {one.get("id") for _tag, one in elements}
    for tag, one in elements:
        if html.startswith("<!doctype"):
            assert one.get("form") is None or one["form"] in ids, f"{one} belongs to no form"
        for name, method in ASKS.items():
            path = urlsplit(one.get(name) or "").path
            if not path.startswith("/"):
                continue
            method = "GET" if name == "action" and one.get("method") != "post" else method
            try:
                yield known.match(path, method=method)[0], f"{tag} {name}={path}"
            except HTTPException as error:
                raise AssertionError(f"{method} {path}: {error}") from error


def refused(app: Flask, client: FlaskClient, role: str, paths: dict[str, tuple[str, ...]], plan_id: str) -> list[str]:
    """Everything on the pages of a role that it would be refused."""
    found, seen = set(), 0
    for endpoint, some in paths.items():
        if RANK[rights.LEAST[endpoint]] > RANK[role]:
            continue
        for path in (path.format(plan_id) for path in some):
            response = client.get(path)
            assert response.status_code == 200, path
            for wanted, element in asked(app, response.get_data(as_text=True)):
                seen += 1
                if RANK[rights.LEAST[wanted]] > RANK[role]:
                    found.add(f"{path}: {element}")
    assert seen > 30
    return sorted(found)


def test_of_the_sample(app: Flask, here: Town, database: Database, sample: str) -> None:
    with database.write() as session:
        survey_comments.put_all(session, sample, [f"Vi vil ha buss nummer {number}" for number in range(12)])
        session.commit()
    for role in ("viewer", "facilitator"):
        assert not refused(app, here.invited(f"{role}@x.no", role), role, OF_THE_SAMPLE, sample)


def test_of_a_prioritised_plan(app: Flask, here: Town, database: Database, prioritised: str) -> None:
    with database.write() as session:
        report.put_template(session, prioritised, report.StoredTemplate("mal.docx", b"PK", now()))
        session.commit()
    for role in ("viewer", "facilitator"):
        assert not refused(app, here.invited(f"{role}@x.no", role), role, OF_A_PRIORITISED_PLAN, prioritised)


def test_of_a_workshop(app: Flask, here: Town, room: str) -> None:
    pages = {endpoint: some for endpoint, some in OF_A_WORKSHOP.items() if not endpoint.startswith("workshop_phone")}
    for role in ("viewer", "facilitator"):
        assert not refused(app, here.invited(f"{role}@x.no", role), role, pages, room)


def test_of_an_empty_plan(app: Flask, here: Town, plan_id: str) -> None:
    steps = ("survey", "gaps", "initiatives", "workshop", "portfolio", "scenarios", "report", "followup", "proposals")
    pages = {f"{step}.page": (f"/plans/{plan_id}/{step}",) for step in steps}
    for role in ("viewer", "facilitator"):
        assert not refused(app, here.invited(f"{role}@x.no", role), role, pages | {"plans.page": ("/",)}, plan_id)


SOURCED = ["Av hundre (%)", "Kostnad per år (1000 kr)", "Månedsverk per år"]


def test_a_reader_reads_an_initiative_the_frame_and_what_is_told(
    here: Town, client: FlaskClient, database: Database, plan_id: str
) -> None:
    portfolio_case.make(database, plan_id)
    reader = here.invited("leser@x.no", "viewer")
    one = reader.get(f"/plans/{plan_id}/initiatives/one/J2").get_data(as_text=True)
    assert "<input" not in one and "<form" not in one and "Tiltak J2" in one
    assert "<dt>Krever alle disse</dt><dd>J1</dd>" in one and "egen" in one
    # Where a figure is from stands beside one that is there, and nowhere else: not for loans that are not taken.
    facts = re.findall(r"<dt>([^<]*)</dt>", one)
    assert [facts[at - 1] for at, name in enumerate(facts) if name == "Kilde"] == SOURCED
    freed = reader.get(f"/plans/{plan_id}/initiatives/freed/one/F1").get_data(as_text=True)
    assert "<form" not in freed and "Leserne" in freed
    assert "<form" in client.get(f"/plans/{plan_id}/initiatives/one/J2").get_data(as_text=True)
    frame = reader.get(f"/plans/{plan_id}/portfolio").get_data(as_text=True)
    assert "1\u202f000" in frame and 'name="limit' not in frame
