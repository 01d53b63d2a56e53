"""The page «Prioritering» over HTTP: statuses, polling, what stays in the fields, with and without JavaScript."""

import re
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.problem_file import problem_sha256, read_problem
from planner.store import portfolio as store
from planner.store.database import Database
from tests import portfolio_case, solve_in_child
from tests.kinds import run_instead


@pytest.fixture
def nb(client: FlaskClient) -> FlaskClient:
    client.set_cookie("malrett_language", "nb")
    return client


@pytest.fixture
def url(database: Database, plan_id: str) -> str:
    portfolio_case.make(database, plan_id)
    return f"/plans/{plan_id}/portfolio"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child answers at once."""
    run_instead(monkeypatch, solve_in_child.prove)


def seen(text: str) -> str:
    """The address that the page polls."""
    found = re.search(r'hx-get="([^"]+)"', text)
    assert found is not None
    return found[1].replace("&amp;", "&")


def settle(client: FlaskClient, url: str) -> str:
    """The page once nothing is waited for."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        text = client.get(url).get_data(as_text=True)
        if "hx-get" not in text:
            return text
        time.sleep(0.1)
    raise AssertionError("it is still waiting")


def form_of(text: str) -> dict[str, str]:
    """What a browser sends of the frame as the page shows it, without any button."""
    form = text[text.index('id="limits"') : text.index("</form>", text.index('id="limits"'))]
    fields = dict(re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)" inputmode', form))
    fields |= dict(re.findall(r'<input type="hidden" name="(version|boxes)" value="([^"]*)"', form))
    for name, inside in re.findall(r'<select[^>]* name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        fields[name] = (re.findall(r'value="([^"]*)" selected', inside) or [""])[0]
    return {**fields, "follows": "1", "effect_years": "2"}


def test_an_empty_plan_says_what_is_missing(nb: FlaskClient, plan_id: str) -> None:
    text = nb.get(f"/plans/{plan_id}/portfolio").get_data(as_text=True)
    assert "Last opp undersøkelsen først" in text and "Legg inn tiltak først" in text
    assert nb.post(f"/plans/{plan_id}/portfolio/attempt", data={}).status_code == 422
    assert f'href="/plans/{plan_id}/survey">Gå til Undersøkelse' in text and "Må rettes" not in text


def test_from_a_try_to_a_kept_plan(nb: FlaskClient, url: str, quick: None, database: Database, plan_id: str) -> None:
    first = nb.get(url).get_data(as_text=True)
    assert "Her kommer planen" in first
    response = nb.post(f"{url}/attempt", data=form_of(first))
    assert (response.status_code, response.headers["Location"]) == (303, url)
    text = settle(nb, url)
    assert "I alt 1 tiltak" in text and "Best mulig ut fra anslagene." in text
    job = re.search(r'name="job" value="([^"]+)"', text)
    assert job is not None
    assert nb.post(f"{url}/keep", data={"job": job[1], "name": "Vårt forslag"}).status_code == 303
    text = settle(nb, url)
    assert "«Vårt forslag» er bevist og tatt vare på." in text and "Planer dere har tatt vare på" in text
    with database.read() as session:
        (heading,) = store.headings(session, plan_id)
    assert heading.name == "Vårt forslag"
    file = nb.get(f"{url}/kept/1/problem.json")
    read = read_problem(file.data).problem
    assert read is not None and problem_sha256(read) == heading.problem_sha256
    assert nb.get(f"{url}/kept/2/problem.json").status_code == 404


def test_what_hinders_keeping_is_said_without_the_word_for_the_form(nb: FlaskClient, url: str, quick: None) -> None:
    nb.post(f"{url}/attempt", data=form_of(nb.get(url).get_data(as_text=True)))
    settle(nb, url)
    refused = nb.post(f"{url}/keep", data={"job": "0" * 16, "name": "Vårt forslag"})
    text = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert "Det er ingen plan å ta vare på." in text and "keep:" not in text and 'value="Vårt forslag"' in text


def test_polling_is_204_until_there_is_news_and_then_a_fragment(
    nb: FlaskClient, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_instead(monkeypatch, solve_in_child.search_on)
    nb.post(f"{url}/attempt", data={"version": "1"})
    deadline = time.monotonic() + 30
    while "Ingen plan kan gi mer enn 3,0" not in (text := nb.get(url).get_data(as_text=True)):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    poll = seen(text)
    assert nb.get(poll, headers={"HX-Request": "true"}).status_code == 204
    nb.post(f"{url}/stop")
    while (answer := nb.get(poll)).status_code == 204 or "Stopper" in answer.get_data(as_text=True):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    fragment = answer.get_data(as_text=True)
    assert "<!doctype" not in fragment and fragment.lstrip().startswith("<section")
    assert "stoppet" in fragment and "est mulig" not in fragment and "data-announce" in fragment
    assert fragment.strip() in " ".join(nb.get(url).get_data(as_text=True).split()) or "outcome" in fragment


def test_a_button_on_a_row_sends_the_frame_with_that_one_choice_changed(
    nb: FlaskClient, url: str, quick: None, database: Database, plan_id: str
) -> None:
    nb.post(f"{url}/attempt", data={"version": "1"})
    text = settle(nb, url)
    assert (
        '<button class="ds-button" data-size="sm" data-variant="tertiary" type="submit" form="limits" name="set"'
        in text
    )
    typed = {**form_of(text), "limit-operating-2027": "950", "set": "must_not:S1"}
    assert nb.post(f"{url}/attempt", data=typed).status_code == 303
    with database.read() as session:
        stored = store.settings(session, plan_id)
    assert stored is not None
    assert stored.settings.wishes["S1"].choice == "must_not" and stored.settings.limits["operating"] == (950, 900)
    text = settle(nb, url)
    assert 'value="free:S1" aria-pressed="true"' in text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("limit-operating-2027", "tre millioner", "«tre millioner» er ikke et tall."),
        ("limit-investment-2028", "-1", "Tallet er under null."),
        ("reserve", "101", "En andel er mellom 0 og 100 prosent."),
        ("count-bolig", "3", "Det skal være minst 3 tiltak her"),
        ("floor-factor-bolig", "mye", "«mye» er ikke et tall."),
        ("first_year", "1", "Planen kan ikke ha disse årene."),
        ("limit-staff-2027", "9" * 50, "er ikke et tall."),
        ("limit-staff-2027", "NaN", "«NaN» er ikke et tall."),
        ("limit-operating-2028", "<script>alert(1)</script>", "er ikke et tall."),
    ],
)
def test_what_cannot_be_used_is_422_and_stays_in_its_field(
    nb: FlaskClient, url: str, field: str, typed: str, said: str
) -> None:
    form = {**form_of(nb.get(url).get_data(as_text=True)), "limit-staff-2028": "7", field: typed}
    response = nb.post(f"{url}/attempt", data=form)
    text = response.get_data(as_text=True)
    assert response.status_code == 422 and said in text
    assert "<script>alert" not in text
    kept = form_of(text)
    assert kept["limit-staff-2028"] == "7"
    assert kept[field] == typed.replace("<", "&lt;").replace(">", "&gt;")


def test_contradicting_wishes_are_said_beside_the_initiative(nb: FlaskClient, url: str) -> None:
    form = form_of(nb.get(url).get_data(as_text=True))
    response = nb.post(f"{url}/attempt", data={**form, "wish-choice-B1": "must", "wish-choice-B2": "must"})
    text = response.get_data(as_text=True)
    assert response.status_code == 422
    assert text.count("B1 og B2 må begge med, men de kan ikke stå sammen.") == 2  # at the top and at its place
    assert form_of(text)["wish-choice-B1"] == "must"


def test_somebody_elses_change_is_409_with_both(nb: FlaskClient, url: str, quick: None) -> None:
    form = form_of(nb.get(url).get_data(as_text=True))
    nb.post(f"{url}/attempt", data={**form, "limit-operating-2027": "800"})
    response = nb.post(f"{url}/attempt", data={**form, "limit-operating-2027": "700"})
    text = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "Drift 2027: dere skrev «700», lagret er «800»." in text
    assert form_of(text)["limit-operating-2027"] == "700"
    assert nb.post(f"{url}/attempt", data=form_of(text)).status_code == 303


def test_keeping_without_a_name_is_422_and_the_plan_is_still_there(nb: FlaskClient, url: str, quick: None) -> None:
    nb.post(f"{url}/attempt", data={"version": "1"})
    job = re.search(r'name="job" value="([^"]+)"', settle(nb, url))
    assert job is not None
    response = nb.post(f"{url}/keep", data={"job": job[1], "name": "  "})
    assert response.status_code == 422
    assert "Planen mangler navn." in response.get_data(as_text=True) and "I alt 1 tiltak" in response.get_data(
        as_text=True
    )


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_state_of_the_page_renders_in_every_language(
    app: Flask, client: FlaskClient, url: str, quick: None, language: str
) -> None:
    client.set_cookie("malrett_language", language)
    for text in (client.get(url).get_data(as_text=True), _tried(client, url)):
        assert f'<html lang="{language}"' in text and 'id="limits"' in text


def _tried(client: FlaskClient, url: str) -> str:
    client.post(f"{url}/attempt", data={"version": "1"})
    return settle(client, url)


def test_titles_are_text_and_never_markup(
    nb: FlaskClient, url: str, database: Database, plan_id: str, quick: Any
) -> None:
    from dataclasses import replace

    from planner.store import initiatives

    with database.write() as session:
        for one in portfolio_case.CANDIDATES:
            initiatives.put(session, plan_id, replace(one, title=f"<img src=x> {{{{7*7}}}} {one.code}"))
        session.commit()
    text = _tried(nb, url)
    assert "<img src=x>" not in text and "{{7*7}}" in text and "49" not in re.findall(r"\b49\b", text)
