"""The reader's language: chosen, then the browser's, then bokmål."""

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("header", "lang"),
    [("no", "nb"), ("nb-NO", "nb"), ("nn", "nn"), ("en-GB,en;q=0.8", "en"), ("fr", "nb"), ("", "nb")],
)
def test_the_browsers_language(client: FlaskClient, header: str, lang: str) -> None:
    response = client.get("/", headers={"Accept-Language": header})
    assert f'<html lang="{lang}"' in response.get_data(as_text=True)
    assert response.headers["Content-Language"] == lang


def test_a_choice_is_kept(client: FlaskClient) -> None:
    response = client.get("/language/en?back=/")
    assert response.status_code == 303 and response.headers["Location"] == "/"
    assert '<html lang="en"' in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize(
    "back",
    [
        *("//evil.example", "/\\evil.example", "https:evil", "javascript:alert(1)"),
        *("/\t/evil.example", "/\n/evil.example", "/\r\nX: y", "/\x00"),
    ],
)
def test_never_leaves_the_site(client: FlaskClient, back: str) -> None:
    assert client.get("/language/nn", query_string={"back": back}).headers["Location"] == "/"


def test_unknown_language_is_not_found(client: FlaskClient) -> None:
    assert client.get("/language/xx").status_code == 404
