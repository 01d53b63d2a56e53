"""What a floor costs: asked for, listed with what it moves, put into the frame; and forms that cannot be used."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.floor import Prices
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse
from planner.store import portfolio as store
from planner.store.database import Database
from tests import portfolio_case
from tests.exports import keep_plan
from tests.web.test_portfolio_reasons import wait_for, words


@pytest.fixture
def kept(app: Flask, database: Database, plan_id: str) -> str:
    """One kept plan with room for B2, S1 and J1: who wants more for housing than B2 gives must do without J1."""
    portfolio_case.make(database, plan_id)
    with database.write() as session:
        limits = {**portfolio_case.SETTINGS.limits, "operating": (700, 700)}
        store.save_settings(session, plan_id, replace(portfolio_case.SETTINGS, limits=limits))
        session.commit()
    keep_plan(app, database, plan_id, "Trang ramme")
    return plan_id


def priced(client: FlaskClient, database: Database, plan_id: str, side: str, share: str = "") -> Prices:
    form = {"plan": "1", "side": side, "share": share}
    assert client.post(f"/plans/{plan_id}/scenarios/floor", data=form).status_code == 303
    job = wait_for(database, plan_id, "floor")
    assert job.state == "done" and job.result is not None
    return Prices.from_document(job.result["sides"][0])


def page(client: FlaskClient, plan_id: str) -> str:
    return client.get(f"/plans/{plan_id}/scenarios/floor").get_data(as_text=True)


def test_the_list_is_told_with_what_each_floor_costs_and_moves(
    client: FlaskClient, database: Database, kept: str
) -> None:
    assert "Finn prisen" in page(client, kept) and 'type="range"' not in page(client, kept)
    prices = priced(client, database, kept, "factor:bolig")
    html = page(client, kept)
    text = words(html)
    assert "Prisliste: Bolig" in text and 'type="range"' in html and "Høyst mulig i denne rammen er" in text
    with database.read() as session:
        found = store.find_kept(session, kept, 1)
    assert found is not None
    problem = parse(found.problem).problem
    assert problem is not None
    listed = [one for one in prices.listed if one.floor > 0 and one != prices.shown]
    assert listed
    for one in listed:
        assert one.value is not None and one.value <= found.result["value"] + 1e-9  # a floor gains nothing
        plan = Plan(problem, one.starts)
        assert not plan.broken and prices.side.share_of(plan) >= one.floor - 1e-9
        assert set(one.starts) == {"B1", "S1"}
    assert html.count("Bruk dette gulvet<") == len(listed)
    cost = f"{found.result['value'] - listed[-1].value:.1f}".replace(".", ",")
    assert f"Bolig: minst 22 % koster {cost} behovspoeng i alt." in text


def test_more_than_the_plan_gives_cannot_always_be_had(client: FlaskClient, database: Database, kept: str) -> None:
    """What was found of housing stays when work is asked about."""
    priced(client, database, kept, "factor:bolig")
    assert priced(client, database, kept, "factor:arbeid").levels() == ()
    assert "Arbeid: planen lukker 30 % av behovet, og mer kan ikke lukkes der" in words(page(client, kept))
    job = wait_for(database, kept, "floor")
    assert job.result is not None and [one["side"]["group"] for one in job.result["sides"]] == ["arbeid", "bolig"]


def test_floors_that_nobody_listed_are_answered_from_what_is_known(
    client: FlaskClient, database: Database, kept: str
) -> None:
    none = "ingen plan i denne rammen lukker minst 90 %"
    for share, said in (("15 %", "15 % koster så å si ingenting"), ("20,5", "20,5 % koster 9,5"), ("90", none)):
        priced(client, database, kept, "factor:bolig", share)
        assert said in words(page(client, kept)), share


def test_the_slider_begins_where_the_answer_is_and_a_number_for_another_side_is_not_asked_of_this(
    client: FlaskClient, database: Database, kept: str
) -> None:
    priced(client, database, kept, "factor:bolig")
    html = page(client, kept)
    assert 'type="range" data-number="share" min="20" max="30" step="0.5" value="22"' in html
    assert 'name="share" value="22"' in html
    moved = {"plan": "1", "side": "factor:arbeid", "share": "22", "shown_side": "factor:bolig", "shown_share": "22"}
    for form, asked in ((moved, None), (moved | {"share": "21"}, 0.21), (moved | {"side": "factor:bolig"}, 0.22)):
        assert client.post(f"/plans/{kept}/scenarios/floor", data=form).status_code == 303
        assert wait_for(database, kept, "floor").request["share"] == asked


def test_a_frame_that_is_no_longer_the_plans_is_told_beside_the_prices(
    client: FlaskClient, database: Database, kept: str
) -> None:
    priced(client, database, kept, "factor:bolig")
    assert "Rammen, tiltakene eller behovene er endret" not in page(client, kept)
    with database.write() as session:
        store.save_settings(session, kept, portfolio_case.SETTINGS)
        session.commit()
    assert "Rammen, tiltakene eller behovene er endret" in page(client, kept)


def test_a_floor_is_put_into_the_frame_and_tried(client: FlaskClient, database: Database, kept: str) -> None:
    form = {"version": "2", "floor-segment-unge": "1"}
    assert client.post(f"/plans/{kept}/portfolio/attempt", data=form).status_code == 303
    tried = wait_for(database, kept, "try")
    assert {"kind": "need_floor", "segment": "unge", "share": 0.01} in tried.request["problem"]["rules"]


@pytest.mark.parametrize("share", ["mange", "0", "-1", "101", "1e9", "½"])
def test_a_share_that_cannot_be_used_stays_in_its_field(client: FlaskClient, kept: str, share: str) -> None:
    response = client.post(f"/plans/{kept}/scenarios/floor", data={"plan": "1", "side": "segment:unge", "share": share})
    html = response.get_data(as_text=True)
    assert response.status_code == 422 and "Gulvet må være et tall over 0, høyst 100." in html
    assert f'value="{share}"' in html and '<option value="segment:unge" selected>' in html


def test_a_side_that_is_not_there_is_told(client: FlaskClient, kept: str) -> None:
    for side in ("", "segment:<b>", "factor:natur", "x" * 5000):
        response = client.post(f"/plans/{kept}/scenarios/floor", data={"plan": "1", "side": side})
        assert response.status_code == 422
        assert "Gruppen eller temaet finnes ikke i planen." in response.get_data(as_text=True)
