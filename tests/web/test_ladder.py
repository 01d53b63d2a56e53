"""More money and less: asked for, told step by step, said in sentences, and the numbers are those of the job."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.ladder import ladder_request
from planner.services import ladder as service
from planner.services.look import Known
from planner.store.database import Database
from planner.store.portfolio import find_kept
from tests import portfolio_case
from tests.exports import keep_plan
from tests.web.test_portfolio_reasons import wait_for, words
from tests.web.test_scenarios import two_plans


@pytest.fixture
def kept(app: Flask, database: Database, plan_id: str) -> str:
    two_plans(app, database, plan_id)
    return plan_id


def page(client: FlaskClient, plan_id: str, query: str = "?plan=1") -> str:
    return client.get(f"/plans/{plan_id}/scenarios/ladder{query}").get_data(as_text=True)


def test_the_ladder_is_climbed_and_every_step_is_told(client: FlaskClient, database: Database, kept: str) -> None:
    assert "Regn ut budsjettstigen" in page(client, kept)
    response = client.post(f"/plans/{kept}/scenarios/ladder", data={"plan": "1"})
    assert response.status_code == 303 and response.headers["Location"].endswith("scenarios/ladder?plan=1")
    job = wait_for(database, kept, "ladder")
    assert job.state == "done" and job.result is not None and job.result["complete"]
    rungs = {one["percent"]: one for one in job.result["rungs"]}
    with database.read() as session:
        plan = find_kept(session, kept, 1)
    assert plan is not None and rungs[100]["value"] == pytest.approx(plan.result["value"])
    text = words(page(client, kept))
    less = f"{rungs[90]['value']:.1f}".replace(".", ",")
    assert f"Med 90 % av pengene lukker planen {less} av 100 behovspoeng" in text
    for one in rungs.values():
        for gone in one["leaves"]:
            assert f"«Tiltak {gone['initiative']}»" in text
    table = re.findall(r'<th scope="row">(\d+)\N{NO-BREAK SPACE}%', page(client, kept))
    assert table == [str(percent) for percent in rungs]
    assert "Fast rekkefølge koster" in text and "skal ligge i den større" in text
    card = words(client.get(f"/plans/{kept}/scenarios?plan=1").get_data(as_text=True))
    assert f"lukker planen {less} av 100" in card
    assert "Regn ut budsjettstigen" in page(client, kept, "?plan=2")
    for language, said in (("nn", "av pengane"), ("en", "of the money")):
        client.get(f"/language/{language}?back=/")
        assert said in words(page(client, kept))


def test_what_is_told_on_the_way_says_only_what_is_known(
    app: Flask, database: Database, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands after a stop, at whichever step."""
    portfolio_case.make(database, plan_id)
    keep_plan(app, database, plan_id, "Hele rammen")
    told: list[dict] = []
    monkeypatch.setattr("planner.child.report", told.append)
    with app.test_request_context(), database.read() as session:
        kept = find_kept(session, plan_id, 1)
        assert kept is not None
        request = service.ask(session, plan_id, kept, {})
        assert isinstance(request, dict)
        done = ladder_request(request, 60.0)
        assert [one["done"] for one in told] == list(range(1, 34))
        for document in (*told, done):
            known = Known(plan_id, kept, request, document, going_on=document is not done)
            body, answer, rungs = service.body(session, known), service.answer(known), document["rungs"]
            solved = [one["percent"] for one in rungs if one["value"] is not None]
            assert len(body.smaller) + len(body.larger) == len([one for one in solved if one != 100])
            assert not (140 not in solved and any(step.nothing for step in body.larger))
            assert answer.startswith("Med 90") == (90 in solved)
            assert bool(body.nested) == (document is done)
