"""One thing otherwise: asked, told with what follows, and put into the frame where it belongs there."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.store import portfolio as store
from planner.store.database import Database
from tests import portfolio_case
from tests.exports import keep_plan
from tests.web.test_portfolio_reasons import wait_for, words


@pytest.fixture
def kept(app: Flask, database: Database, plan_id: str) -> str:
    portfolio_case.make(database, plan_id)
    keep_plan(app, database, plan_id, "Hele rammen")
    return plan_id


def asked(client: FlaskClient, database: Database, plan_id: str, **form: str) -> str:
    response = client.post(f"/plans/{plan_id}/scenarios/what_if", data={"plan": "1", **form})
    assert response.status_code == 303
    job = wait_for(database, plan_id, "what_if")
    assert job.state == "done", job.cause
    return client.get(f"/plans/{plan_id}/scenarios/what_if").get_data(as_text=True)


def test_each_question_is_told_and_stays_in_the_list(client: FlaskClient, database: Database, kept: str) -> None:
    empty = client.get(f"/plans/{kept}/scenarios/what_if").get_data(as_text=True)
    assert "Se hva som skjer" in empty and "Dette har dere spurt om" not in empty
    html = asked(client, database, kept, resource="operating", year="2028", more="-600")
    text = words(html)
    assert "Drift: 600 000 kr mindre i 2028." in text and "Da holder ikke planen rammen og kravene." in text
    assert "går ikke" in text
    html = asked(client, database, kept, initiative="J1", times="0", segment="unge", counts="250 %")
    text = words(html)
    assert "J1 koster 0 % av nå. Unge teller 250 % av nå." in text and "Drift: 600 000 kr mindre i 2028." in text
    assert "Endre kostnaden" in text and "Endre vektene" in text
    card = words(client.get(f"/plans/{kept}/scenarios").get_data(as_text=True))
    assert "J1 koster 0 % av nå." in card


def test_a_limit_is_put_into_the_frame_from_there(client: FlaskClient, database: Database, kept: str) -> None:
    html = asked(client, database, kept, resource="operating", more="-100", initiative="S1", lock="must_not")
    form = html[html.index('class="price-use"') :]
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[: form.index("</form>")]))
    assert words(fields["limit-operating-2027"]) == "900" and words(fields["limit-operating-2028"]) == "800"
    assert fields["wish-choice-S1"] == "must_not"
    assert client.post(f"/plans/{kept}/portfolio/attempt", data=fields).status_code == 303
    with database.read() as session:
        saved = store.settings(session, kept)
    assert saved is not None and saved.settings.limits["operating"] == (900, 800)
    assert saved.settings.wish("S1").choice == "must_not"
    assert "Rammen, tiltakene eller behovene er endret" in words(
        client.get(f"/plans/{kept}/scenarios/what_if").get_data(as_text=True)
    )


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({}, "Ingenting er annerledes ennå."),
        ({"resource": "operating", "more": "mye"}, "Endringen må være et tall."),
        ({"resource": "vann", "more": "3"}, "Valget finnes ikke i planen."),
        ({"initiative": "J1", "times": "-5"}, "Må være en prosent fra 0 til 1000."),
        ({"initiative": "J1", "times": "5000"}, "Må være en prosent fra 0 til 1000."),
        ({"segment": "unge", "counts": "x"}, "Må være en prosent fra 0 til 1000."),
        ({"initiative": "<b>"}, "Valget finnes ikke i planen."),
    ],
)
def test_what_cannot_be_asked_is_told_at_its_field(
    client: FlaskClient, kept: str, form: dict[str, str], said: str
) -> None:
    response = client.post(f"/plans/{kept}/scenarios/what_if", data={"plan": "1", **form})
    assert response.status_code == 422
    html = response.get_data(as_text=True)
    assert said in words(html) and 'aria-invalid="true"' in html
    for value in form.values():
        assert value in ("<b>", "vann") or value in html  # it stays in its field
