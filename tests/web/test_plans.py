"""The start page: list, start, remove; and the sample."""

import re

from flask.testing import FlaskClient


def seen(client: FlaskClient) -> str:
    """The mark of the one plan there is, as its card carries it."""
    return str(re.search(r'name="seen" value="([^"]+)"', client.get("/").get_data(as_text=True))[1])  # type: ignore[index]


def test_start_page_offers_the_sample_first(client: FlaskClient) -> None:
    text = client.get("/").get_data(as_text=True)
    assert text.index("eksempelkommune") < text.index("Start en plan")


def test_a_started_plan_is_listed_and_can_be_removed(client: FlaskClient, plan_id: str) -> None:
    assert "Prøvevik" in client.get("/").get_data(as_text=True)
    assert client.post(f"/plans/{plan_id}/remove", data={"seen": seen(client)}).status_code == 303
    assert "Prøvevik" not in client.get("/").get_data(as_text=True)


def test_a_plan_that_somebody_has_worked_on_meanwhile_is_not_removed(client: FlaskClient, plan_id: str) -> None:
    old = seen(client)
    client.post(f"/plans/{plan_id}/initiatives/bank", data={"code": "T20"})
    late = client.post(f"/plans/{plan_id}/remove", data={"seen": old})
    assert late.status_code == 409 and "er endret siden du åpnet" in late.get_data(as_text=True)
    assert client.get(f"/plans/{plan_id}/survey").status_code == 200
    assert client.post(f"/plans/{plan_id}/remove", data={"seen": seen(client)}).status_code == 303


def test_missing_texts_are_said_beside_their_fields_and_nothing_is_lost(client: FlaskClient) -> None:
    response = client.post("/plans", data={"name": "", "municipality": "Prøvevik"})
    assert response.status_code == 422
    text = response.get_data(as_text=True)
    assert "Feltet er tomt" in text and 'value="Prøvevik"' in text
    assert "plan-cards" not in client.get("/").get_data(as_text=True)


def test_a_too_long_name_is_refused(client: FlaskClient) -> None:
    response = client.post("/plans", data={"name": "x" * 201, "municipality": "Prøvevik"})
    assert response.status_code == 422
    assert "høyst 200 tegn" in response.get_data(as_text=True)


def test_names_are_text_and_never_markup(client: FlaskClient) -> None:
    client.post("/plans", data={"name": "<script>alert(1)</script>", "municipality": "{{7*7}}"})
    text = client.get("/").get_data(as_text=True)
    assert "<script>alert" not in text and "&lt;script&gt;" in text and "{{7*7}}" in text
