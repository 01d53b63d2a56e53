"""After the decision: told quarter by quarter, nobody overwrites another, and next year's plan begins there."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.weighting_choice import Choice, Weighting
from planner.store import followup as store
from planner.store import initiatives as initiative_store
from planner.store import portfolio as portfolio_store
from planner.store import survey as survey_store
from planner.store import survey_weighting as weighting_store
from planner.store.database import Database
from tests import gap_survey, portfolio_case
from tests.exports import keep_plan
from tests.web.test_portfolio_reasons import words


@pytest.fixture
def kept(app: Flask, database: Database, plan_id: str) -> str:
    portfolio_case.make(database, plan_id)
    keep_plan(app, database, plan_id, "Hele rammen")
    return plan_id


def chosen(database: Database, plan_id: str) -> list[str]:
    with database.read() as session:
        found = portfolio_store.find_kept(session, plan_id, 1)
    assert found is not None
    return sorted(one["id"] for one in found.result["chosen"])


def test_without_a_plan_the_page_says_what_to_do(client: FlaskClient, plan_id: str) -> None:
    assert "ingen plan å følge opp ennå" in words(client.get(f"/plans/{plan_id}/followup").get_data(as_text=True))


def test_a_quarter_is_told_and_shown(client: FlaskClient, database: Database, kept: str) -> None:
    first, second, *_ = chosen(database, kept)
    form = {"quarter": "2027-2", f"status-{first}": "going", f"spent-{first}": "150", f"staff-{first}": "0,5"}
    form |= {f"status-{second}": "late", f"note-{second}": "venter på <b>anbud</b>"}
    assert client.post(f"/plans/{kept}/followup", data=form).status_code == 303
    html = client.get(f"/plans/{kept}/followup?quarter=2027-2").get_data(as_text=True)
    text = words(html)
    assert "1 i gang, 1 forsinket" in text and "Brukt hittil i 2027: 150 000 kr av" in text
    assert "venter på &lt;b&gt;anbud" in html and "2. kvartal 2027" in text
    # The quarter after begins empty; the newest word stands in the answer.
    assert "1 i gang, 1 forsinket" in words(client.get(f"/plans/{kept}/followup?quarter=2027-3").get_data(as_text=True))
    assert "Oppfølging" in text and "meldt om" in text


def test_who_comes_second_is_told_and_keeps_the_text(client: FlaskClient, database: Database, kept: str) -> None:
    first, *_ = chosen(database, kept)
    form = {"quarter": "2027-1", f"status-{first}": "going", f"version-{first}": "0"}
    assert client.post(f"/plans/{kept}/followup", data=form).status_code == 303
    late = {**form, f"status-{first}": "stopped", f"note-{first}": "lagt ned"}
    response = client.post(f"/plans/{kept}/followup", data=late)
    html = response.get_data(as_text=True)
    assert response.status_code == 409 and "lagt ned" in html and "Lagret nå: i gang" in words(html)
    with database.read() as session:
        (one,) = store.all_of(session, kept)
    assert one.report.status == "going" and one.version == 1
    assert client.post(f"/plans/{kept}/followup", data={**late, f"version-{first}": "1"}).status_code == 303


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_stored(
    client: FlaskClient, database: Database, kept: str
) -> None:
    first, second, *_ = chosen(database, kept)
    form = {"quarter": "2027-1", f"spent-{first}": "mye", f"status-{second}": "going", f"note-{first}": "=1+1"}
    response = client.post(f"/plans/{kept}/followup", data=form)
    html = response.get_data(as_text=True)
    assert response.status_code == 422 and 'value="mye"' in html and f'id="spent-{first}-error"' in html
    with database.read() as session:
        assert not store.all_of(session, kept)


def test_next_year_begins_where_this_one_is(client: FlaskClient, database: Database, kept: str) -> None:
    first, second, *_ = chosen(database, kept)
    form = {"quarter": "2027-4", f"status-{first}": "going", f"status-{second}": "stopped"}
    assert client.post(f"/plans/{kept}/followup", data=form).status_code == 303
    weighting = Weighting(Choice("raked"), None, 1, "2026-11-24")
    with database.write() as session:
        survey = survey_store.latest(session, kept)
        assert survey is not None
        weighting_store.put(session, kept, weighting, survey.summary, survey.analyses)
        session.commit()
    response = client.post(f"/plans/{kept}/followup/next")
    assert response.status_code == 303
    made = response.headers["Location"].split("/")[2]
    assert made != kept
    with database.read() as session:
        listed = {one.code: one for one in initiative_store.candidates(session, made)}
        settings = portfolio_store.settings(session, made)
        # Else the page of the new plan's survey says that it is weighted by the file.
        assert weighting_store.find(session, made) == weighting
    assert listed[first].started == 2027 and second not in listed
    assert settings is not None and settings.settings.years == (2028, 2029)
    page = words(client.get(f"/plans/{made}/gaps").get_data(as_text=True))
    assert "rullert 2028–2029" in page
    assert client.get(f"/plans/{made}/portfolio").status_code == 200
    # The plan it came from stands as it was.
    assert client.get(f"/plans/{kept}/report").status_code == 200


def test_one_survey_beside_another(client: FlaskClient, database: Database, kept: str) -> None:
    made = (
        client.post("/plans", data={"name": "To år etter", "municipality": "Prøvevik"})
        .headers["Location"]
        .split("/")[2]
    )
    gap_survey.keep(database, made)
    html = client.get(f"/plans/{made}/followup/survey").get_data(as_text=True)
    assert "Velg planen med den tidligere undersøkelsen" in words(html)
    text = words(client.get(f"/plans/{made}/followup/survey?before={kept}").get_data(as_text=True))
    assert "Forskjellen sier hva som har endret seg, ikke hvorfor" in text and "på grunn av" not in text
    assert "kan ikke si" in text or "uendret" in text
    assert "trolig bedre" not in text.split("Slik er dette regnet ut")[0]


def test_a_strangers_survey_is_not_there(app: Flask, client: FlaskClient, database: Database, kept: str) -> None:
    stranger = app.test_client()
    theirs = stranger.post("/plans", data={"name": "Fremmed", "municipality": "Vik"}).headers["Location"].split("/")[2]
    gap_survey.keep(database, theirs)
    html = client.get(f"/plans/{kept}/followup/survey?before={theirs}").get_data(as_text=True)
    assert f'value="{theirs}"' not in html and "Fremmed" not in html and "Forskjell" not in html
