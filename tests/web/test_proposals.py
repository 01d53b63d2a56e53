"""A new idea: filled in, answered of the plan there is, kept on a list, weighed for good when people want it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.store import initiatives as initiative_store
from planner.store import proposals as store
from planner.store.database import Database
from tests import portfolio_case
from tests.exports import keep_plan
from tests.web.test_portfolio_reasons import wait_for, words

CHEAP = {
    "title": "Leksehjelp",
    "factor": "bolig",
    "idea": "ungdomsrådet",
    "effects.0.statement": "bolig",
    "effects.0.percent": "30",
    "targets": ["unge", "voksne"],
    "costs.yearly.value": "1",
}


@pytest.fixture
def kept(app: Flask, database: Database, plan_id: str) -> str:
    portfolio_case.make(database, plan_id)
    keep_plan(app, database, plan_id, "Hele rammen")
    return plan_id


def proposed(client: FlaskClient, database: Database, plan_id: str, **form: object) -> str:
    response = client.post(f"/plans/{plan_id}/proposals/new", data=CHEAP | form)
    assert response.status_code == 303, words(response.get_data(as_text=True))
    job = wait_for(database, plan_id, "proposals")
    assert job.state == "done", job.cause
    return words(client.get(f"/plans/{plan_id}/proposals").get_data(as_text=True))


def test_one_that_comes_in_and_one_that_does_not(client: FlaskClient, database: Database, kept: str) -> None:
    text = proposed(client, database, kept)
    assert "Leksehjelp Kommer inn" in text and "Den beste planen har det med fra 2027." in text
    assert "Holdt opp mot «Hele rammen» den" in text and "ungdomsrådet" in text
    text = proposed(client, database, kept, title="Svømmehall", **{"costs.yearly.value": "90000"})
    assert "Svømmehall Ikke nå" in text and "Leksehjelp Kommer inn" in text
    assert "2 forslag er fylt inn. 1 kommer inn." in text and "For dyrt." in text
    # Nothing of it has touched the plan or the list.
    with database.read() as session:
        assert not {one.code for one in initiative_store.candidates(session, kept)} & {"N1", "N2"}


def test_it_is_weighed_with_the_others_when_people_want_it(client: FlaskClient, database: Database, kept: str) -> None:
    proposed(client, database, kept)
    assert client.post(f"/plans/{kept}/proposals/1/list").status_code == 303
    with database.read() as session:
        (one,) = [one for one in initiative_store.candidates(session, kept) if one.code == "N1"]
    assert one.title == "Leksehjelp" and one.costs.yearly.value == 1
    text = words(client.get(f"/plans/{kept}/proposals").get_data(as_text=True))
    assert "Står i tiltakslisten som N1" in text
    # Pressed twice it is told, and the list is as it was.
    assert client.post(f"/plans/{kept}/proposals/1/list").status_code == 303
    assert "N1" in words(client.get(f"/plans/{kept}/proposals").get_data(as_text=True))
    assert client.post(f"/plans/{kept}/proposals/9/list").status_code == 404
    client.post(f"/plans/{kept}/proposals/1/remove", data={"title": "En annen idé med nummeret"})
    assert "Ingenting er fjernet" in words(client.get(f"/plans/{kept}/proposals").get_data(as_text=True))
    assert client.post(f"/plans/{kept}/proposals/1/remove", data={"title": "Leksehjelp"}).status_code == 303
    with database.read() as session:
        assert not store.all_of(session, kept)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"title": ""}, "må fylles ut"),
        ({"factor": ""}, "må fylles ut"),
        ({"effects.0.statement": ""}, "Det står ikke hva forslaget hjelper på."),
        ({"effects.0.statement": "finnes-ikke"}, "finnes-ikke"),
        ({"costs.yearly.value": "mye"}, "mye"),
        ({"targets": ["=1+1"]}, "=1+1"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_lost(
    client: FlaskClient, database: Database, kept: str, form: dict[str, object], said: str
) -> None:
    response = client.post(f"/plans/{kept}/proposals/new", data={**CHEAP, **form})
    html = response.get_data(as_text=True)
    assert response.status_code == 422 and said in words(html) and 'value="ungdomsrådet"' in html
    with database.read() as session:
        assert not store.all_of(session, kept)


def test_without_a_plan_there_is_nothing_to_hold_it_against(
    client: FlaskClient, database: Database, plan_id: str
) -> None:
    portfolio_case.make(database, plan_id)
    response = client.post(f"/plans/{plan_id}/proposals/new", data=CHEAP)
    assert response.status_code == 422 and "ingen plan å holde forslaget opp mot" in words(
        response.get_data(as_text=True)
    )
    page = client.get(f"/plans/{plan_id}/portfolio").get_data(as_text=True)
    assert "/proposals/new" not in page


def test_it_is_a_button_on_every_page_once_there_is_a_plan(client: FlaskClient, kept: str) -> None:
    for step in ("survey", "gaps", "initiatives", "workshop", "portfolio", "scenarios", "report"):
        assert f"/plans/{kept}/proposals/new" in client.get(f"/plans/{kept}/{step}").get_data(as_text=True)
