"""Closer looks at a kept plan: other good plans, the scores that matter, overlap. Asked, waited for, said in words."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.disagreement import Disagreement
from planner.domain.panel import Rated, judged
from planner.domain.workshop import OF_TEN, Item, Stage, WorkshopSettings
from planner.services import looks
from planner.store import workshop as workshops
from planner.store.database import Database
from planner.store.jobs import StoredJob
from planner.store.workshop import StoredWorkshop
from tests import portfolio_case
from tests.exports import keep_plan
from tests.web.test_portfolio_reasons import wait_for, words


@pytest.fixture
def kept(app: Flask, database: Database, plan_id: str) -> str:
    portfolio_case.make(database, plan_id)
    keep_plan(app, database, plan_id, "Hele rammen")
    return plan_id


def asked(client: FlaskClient, database: Database, plan_id: str, word: str, **form: str) -> tuple[StoredJob, str]:
    before = client.get(f"/plans/{plan_id}/scenarios/{word}")
    assert before.status_code == 200
    response = client.post(f"/plans/{plan_id}/scenarios/{word}", data={"plan": "1", **form})
    assert response.status_code == 303
    job = wait_for(database, plan_id, word)
    assert job.state == "done" and job.result is not None
    return job, words(client.get(f"/plans/{plan_id}/scenarios/{word}").get_data(as_text=True))


def test_other_good_plans_are_named_with_what_they_lose(client: FlaskClient, database: Database, kept: str) -> None:
    job, text = asked(client, database, kept, "alternatives", apart="2")
    assert job.result is not None and job.request["apart"] == 2
    found = job.result["alternatives"]
    assert found and [one["loss"] for one in found] == sorted(one["loss"] for one in found)
    for n, one in enumerate(found, 1):
        assert f"Alternativ {n}" in text and len(one["enters"]) + len(one["leaves"]) >= 2
    assert "Slik det ofte gjøres" in text and "minst 2 tiltak" in text
    # One that was never offered is the usual distance.
    job, text = asked(client, database, kept, "alternatives", apart="900")
    assert job.request["apart"] == 4
    if not job.result["alternatives"]:
        assert "Nei. Ingen annen plan" in text


def test_the_scores_that_matter_are_told_from_those_that_do_not(
    client: FlaskClient, database: Database, kept: str
) -> None:
    job, text = asked(client, database, kept, "disagreement")
    assert job.result is not None and job.result["done"] == job.result["of"]
    found = [Disagreement.from_json(one) for one in job.result["scores"]]
    matters = [one for one in found if one.verdict == "matters"]
    assert len(found) >= 5 and not [one for one in found if one.verdict == "open"]
    assert ("Bruk tiden på disse" in text) == bool(matters)
    for one in matters:
        assert f"Tiltak {one.initiative}" in text
    if len(matters) < len(found):
        assert "betyr ikke noe" in text
    assert "Ingen har satt egne anslag ennå" in text and "sagt i verkstedet" not in text
    card = words(client.get(f"/plans/{kept}/scenarios").get_data(as_text=True))
    assert "gjøre en annen plan bedre" in card or "kan være så feil" in card


def test_what_people_said_in_a_workshop_is_what_they_disagree_on(
    client: FlaskClient, database: Database, kept: str
) -> None:
    """Two of ten is what is counted; one of five says six, and then B2 is better than B1 in its place."""
    settings = WorkshopSettings(title="Bolyst", items=(Item("B2", ("bolig",)),), scale=OF_TEN)
    scores = [Rated(score) for score in (6, 2, 2, 2, 3)]
    shown = [judged(OF_TEN, "B2", "bolig", scores, asks_group=False)]
    with database.write() as session:
        held = StoredWorkshop("w1", kept, 1, "link", "", Stage("ended", 1), settings, "", 1, False)
        workshops.add(session, held)
        workshops.put_round(session, "w1", 1, settings)
        workshops.put_results(session, "w1", 1, shown)
        session.commit()
    job, text = asked(client, database, kept, "disagreement")
    assert job.request["raters"] == {"B2": {"bolig": [0.2, 0.2, 0.2, 0.3, 0.6]}} and job.result is not None
    (told,) = [one for one in job.result["scores"] if one["initiative"] == "B2"]
    assert (told["low"], told["high"]) == (0.2, 0.6) and told["enters"] == ["B2"]
    assert "sagt i verkstedet" in text and "1 av 5 anslag er flyttet til det laveste" in text


def test_overlap_counted_otherwise(
    client: FlaskClient, database: Database, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    job, text = asked(client, database, kept, "overlap")
    assert job.result is not None and [one["closure"] for one in job.result["readings"]] == ["capped", "max"]
    assert "uansett hvordan overlappet regnes" in text and "Tiltakene når ulike folk" in text
    chosen = set(job.request["starts"])
    for one in chosen - set(job.result["in_all"]):
        assert f"Tiltak {one}" in text
    # As it stood while others' work was in the way: what is said once it is worked on would not be true yet.
    waiting = replace(job, state="queued", result=None)
    monkeypatch.setattr(looks.jobs, "latest", lambda *_: waiting)
    assert "venter den på tur." in words(client.get(f"/plans/{kept}/scenarios/overlap").get_data(as_text=True))
