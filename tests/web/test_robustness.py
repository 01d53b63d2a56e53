"""Does the plan hold? Asked on the page of scenarios, told while it goes on, stopped, and said on Prioritering."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.services.looks import LOOKS
from planner.services.robustness import LOOK
from planner.store.database import Database
from tests.web.test_portfolio_reasons import wait_for, words
from tests.web.test_scenarios import two_plans


@pytest.fixture
def kept(app: Flask, database: Database, plan_id: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two kept plans; few enough draws for a test."""
    monkeypatch.setattr("planner.services.robustness.COUNTS", (30, 60))
    two_plans(app, database, plan_id)
    return plan_id


def page(client: FlaskClient, plan_id: str, query: str = "") -> str:
    return client.get(f"/plans/{plan_id}/scenarios/robust{query}").get_data(as_text=True)


def test_the_draws_are_counted_and_said_in_words(client: FlaskClient, database: Database, kept: str) -> None:
    assert "Trekk 30 ganger" in page(client, kept) and "Står «Halve rammen» seg?" in page(client, kept)
    response = client.post(f"/plans/{kept}/scenarios/robust", data={"plan": "1", "draws": "30"})
    assert response.status_code == 303 and response.headers["Location"].endswith("scenarios/robust?plan=1")
    job = wait_for(database, kept, "robust")
    assert job.state == "done" and job.result is not None and len(job.result["draws"]) == 30
    html = page(client, kept, "?plan=1")
    text = words(html)
    assert "tiltak står seg når anslagene varieres." in text and "Bygger på 30 trekninger" in text
    assert "Holder dere fast på den" in text and "kjerneindeks" not in text.lower()
    times = {one: sum(one in draw[1] for draw in job.result["draws"]) for one in ("J1", "J2", "B1", "B2", "S1")}
    table = html[html.index('id="look"') :]
    for one, count in times.items():
        row = re.search(rf'<span class="code">{one}</span>.*?</tr>', table, re.DOTALL)
        assert row is not None and f">{round(100 * count / 30)}\N{NO-BREAK SPACE}%<" in row[0]
    card = words(client.get(f"/plans/{kept}/scenarios?plan=1").get_data(as_text=True))
    assert "tiltak står seg når anslagene varieres." in card
    # It is about that plan, and no other.
    assert "tiltak står seg" not in words(page(client, kept, "?plan=2"))


def test_the_page_says_whose_word_the_effects_are(
    client: FlaskClient, database: Database, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workshop's scores come with the request; what nobody scored is drawn as before."""
    ask = LOOK.ask
    monkeypatch.setitem(
        LOOKS, "robust", replace(LOOK, ask=lambda *given: {**ask(*given), "raters": {"J1": {"jobb": [0.1, 0.3, 0.5]}}})
    )
    client.post(f"/plans/{kept}/scenarios/robust", data={"plan": "1", "draws": "30"})
    assert wait_for(database, kept, "robust").state == "done"
    assert "det gjelder 1 av 5 anslag" in words(page(client, kept, "?plan=1"))


def test_a_plan_or_a_look_that_is_not_there(client: FlaskClient, kept: str) -> None:
    for form in ({"plan": "9"}, {}, {"plan": "-1", "draws": "x"}, {"plan": "9" * 30}, {"plan": "²"}):
        assert client.post(f"/plans/{kept}/scenarios/robust", data=form).status_code == 404
    assert client.get(f"/plans/{kept}/scenarios/robust?plan=99").status_code == 404
    assert client.get(f"/plans/{kept}/scenarios/robust/progress?plan=99").status_code == 204
    assert client.post(f"/plans/{kept}/scenarios/robust/stop").status_code == 303
    for path in ("", "/stop", "/progress"):
        assert client.open(f"/plans/{kept}/scenarios/nothing{path}", method="POST").status_code in (404, 405)
    assert client.get(f"/plans/{kept}/scenarios/nothing").status_code == 404


def test_a_count_that_was_never_offered_is_the_fewest(client: FlaskClient, database: Database, kept: str) -> None:
    client.post(f"/plans/{kept}/scenarios/robust", data={"plan": "1", "draws": "100000"})
    assert wait_for(database, kept, "robust").request["draws"] == 30


def test_the_sentence_stands_on_prioritering_too(client: FlaskClient, database: Database, kept: str) -> None:
    client.post(f"/plans/{kept}/scenarios/robust", data={"plan": "2", "draws": "30"})
    assert wait_for(database, kept, "robust").state == "done"
    assert client.post(f"/plans/{kept}/portfolio/attempt", data={"version": "2"}).status_code == 303
    wait_for(database, kept, "try")
    assert "står seg når anslagene varieres" in words(client.get(f"/plans/{kept}/portfolio").get_data(as_text=True))
