"""A try set aside under a name without a proof: compared, renamed, removed, and proven into a kept plan."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.store import portfolio as kept_store
from planner.store import scenarios as store
from planner.store.database import Database
from tests import portfolio_case
from tests.exports import keep_plan
from tests.web.test_portfolio_reasons import wait_for, words


@pytest.fixture
def ready(app: Flask, database: Database, plan_id: str) -> str:
    """One kept plan, and a try of another frame that is not kept."""
    portfolio_case.make(database, plan_id)
    keep_plan(app, database, plan_id, "Hele rammen")
    return plan_id


def saved(client: FlaskClient, database: Database, plan_id: str, name: str = "Mindre drift") -> str:
    """The page of scenarios after saving a try with less money."""
    form = {"version": "1", "limit-operating-2027": "500", "limit-operating-2028": "450"}
    assert client.post(f"/plans/{plan_id}/portfolio/attempt", data=form).status_code == 303
    tried = wait_for(database, plan_id, "try")
    assert tried.state == "done"
    assert "Bare lagre som scenario" in client.get(f"/plans/{plan_id}/portfolio").get_data(as_text=True)
    response = client.post(f"/plans/{plan_id}/scenarios/saved", data={"job": tried.id, "name": name})
    assert response.status_code == 303
    return client.get(f"/plans/{plan_id}/scenarios").get_data(as_text=True)


def test_it_stands_beside_the_kept_one_and_says_that_it_is_not_proven(
    client: FlaskClient, database: Database, ready: str
) -> None:
    html = saved(client, database, ready)
    assert re.search(r"<th[^>]*>Mindre drift \(ikke bevist\)</th>", html) and "Ikke bevist:" in words(html)
    assert "«Hele rammen» lukker mest" in html
    # Looks and papers are of kept plans alone.
    assert "Se nærmere på «Hele rammen»" in html
    assert "Mindre drift" not in client.get(f"/plans/{ready}/report").get_data(as_text=True)


def test_it_is_renamed_and_removed(client: FlaskClient, database: Database, ready: str) -> None:
    saved(client, database, ready)
    address = f"/plans/{ready}/scenarios/saved/1"
    assert client.post(f"{address}/rename", data={"name": "  Trangere  ", "was": "Mindre drift"}).status_code == 303
    assert "Trangere (ikke bevist)" in client.get(f"/plans/{ready}/scenarios").get_data(as_text=True)
    refused = client.post(f"{address}/rename", data={"name": "x" * 201})
    assert refused.status_code == 422 and "x" * 201 in refused.get_data(as_text=True)
    # Somebody else had the page open from before.
    late = client.post(f"{address}/rename", data={"name": "Stram", "was": "Mindre drift"})
    assert late.status_code == 409 and "navnet «Trangere»" in (html := late.get_data(as_text=True))
    assert 'value="Stram"' in html and 'name="was" value="Trangere"' in html
    assert client.post(f"/plans/{ready}/scenarios/saved/7/rename", data={"name": "Ny"}).status_code == 404
    late = client.post(f"{address}/remove", data={"was": "Mindre drift"})
    assert late.status_code == 409 and "ikke fjernet" in late.get_data(as_text=True)
    assert client.post(f"{address}/remove", data={"was": "Trangere"}).status_code == 303
    assert "Trangere" not in client.get(f"/plans/{ready}/scenarios").get_data(as_text=True)


def test_it_is_proven_into_a_kept_plan_that_takes_its_place(
    client: FlaskClient, database: Database, ready: str
) -> None:
    saved(client, database, ready)
    assert client.post(f"/plans/{ready}/scenarios/saved/1/prove").status_code == 303
    assert wait_for(database, ready, "keep").state == "done"
    with database.read() as session:
        assert store.all_of(session, ready) == ()
        assert [one.name for one in kept_store.headings(session, ready)] == ["Mindre drift", "Hele rammen"]
    assert "ikke bevist" not in client.get(f"/plans/{ready}/scenarios").get_data(as_text=True)


def test_without_a_name_or_of_another_try_nothing_is_saved(client: FlaskClient, database: Database, ready: str) -> None:
    saved(client, database, ready)
    tried = wait_for(database, ready, "try")
    for form in ({"job": tried.id, "name": " "}, {"job": "0" * 16, "name": "Ny"}, {}):
        assert client.post(f"/plans/{ready}/scenarios/saved", data=form).status_code == 422
    with database.read() as session:
        assert len(store.all_of(session, ready)) == 1
