"""What every response carries, what a file that is taken home carries, and the names of cookies behind TLS."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from planner.app import create_app
from planner.store.database import Database
from tests.conftest import make_config
from tests.workshop_case import Phone, Room, put_initiatives

STATIC = Path(__file__).parent.parent.parent / "static"
FILES = ("initiatives/workbook", "log/malrett-logg.json", "survey/questionnaire/short-nb.docx")


def policy(response: TestResponse) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split("; ")
    return {name: value for name, _, value in (part.partition(" ") for part in parts)}


PATHS = ("/", "/join", "/no-such-page", "/static/planner.js", "/plans/0/gaps")


def test_every_answer_says_what_the_browser_must_not_do(client: FlaskClient) -> None:
    for path in PATHS:
        with client.get(path) as response:
            _check(response)


def _check(response: TestResponse) -> None:
    said = policy(response)
    assert said["default-src"] == said["object-src"] == said["base-uri"] == said["frame-ancestors"] == "'none'"
    assert said["script-src"] == said["style-src"] == said["form-action"] == "'self'"
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Server" not in response.headers and "Strict-Transport-Security" not in response.headers
    # No origin but our own is named, and `data:` only where nothing runs.
    assert set(re.findall(r"\S+:\S*", response.headers["Content-Security-Policy"])) == {"data:;"}


def test_a_file_is_taken_home_and_runs_nothing_here(client: FlaskClient, plan_id: str) -> None:
    for path in FILES:
        response = client.get(f"/plans/{plan_id}/{path}")
        assert response.status_code == 200, path
        assert response.headers["Content-Disposition"].startswith("attachment; filename=")
        said = policy(response)
        assert "sandbox" in said and said["default-src"] == "'none'" and "script-src" not in said
        assert response.headers["Cache-Control"] == "no-store"


def test_no_page_about_anybody_is_kept_by_a_browser_or_a_proxy(client: FlaskClient, plan_id: str) -> None:
    """Nor a redirect, nor a page that says no."""
    asked = ("/", f"/plans/{plan_id}/survey", f"/plans/{plan_id}/log", "/join", "/plans/0/gaps", "/no-such-page")
    answers = [client.get(path) for path in asked] + [client.post("/plans"), client.head(asked[1])]
    answers.append(client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"}))
    assert {said.status_code for said in answers} == {200, 303, 404, 422}
    for said in answers:
        assert said.headers["Cache-Control"] == "no-store" and "Cookie" in said.headers["Vary"]
    with client.get("/static/planner.js") as script:
        assert script.headers["Cache-Control"] != "no-store"


def test_what_is_for_scripts_alone_runs_nothing_either(
    app: Flask, client: FlaskClient, database: Database, plan_id: str
) -> None:
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    room.set_up()
    room.act("gather")
    phone = Phone(room).enter()
    said = phone.client.get(f"{phone.url}/news?seen=no")
    assert said.is_json and "sandbox" in policy(said)


def test_no_other_method_is_answered(client: FlaskClient) -> None:
    for method in ("TRACE", "TRACK", "PUT", "DELETE", "PATCH", "PROPFIND", "CONNECT"):
        response = client.open("/", method=method, headers={"Cookie": "canary"})
        assert response.status_code == 405 and response.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert "canary" not in response.get_data(as_text=True)


def test_no_style_script_or_picture_of_ours_names_another_origin() -> None:
    for path in (one for one in STATIC.rglob("*") if one.suffix in (".css", ".js", ".svg")):
        text = path.read_text("utf-8")
        named = set(re.findall(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+", text)) - {"http://www.w3.org"}
        assert not named, path
        fetched = re.findall(r"@import[^;]*|url\(\s*[\"']?([^\"')]*)", text)
        assert all(re.match(r"data:|#|[\w./-]+$", one) for one in fetched), (path, fetched)


# --- Behind TLS --------------------------------------------------------------------------------------------------


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(make_config(tmp_path, secure_cookies=True))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    app.extensions["planner"].close()


def test_cookies_are_bound_to_the_host_by_their_names(secured: Flask) -> None:
    client = secured.test_client()
    options = {"base_url": "https://plan.example.no"}
    made = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"}, **options)  # type: ignore[arg-type]
    chosen = client.get("/language/en", **options)  # type: ignore[arg-type]
    for response, name in ((made, "__Host-malrett"), (chosen, "__Host-malrett_language")):
        (cookie,) = (one for one in response.headers.getlist("Set-Cookie") if one.startswith(f"{name}="))
        assert "Domain" not in cookie
        for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
            assert part in cookie.split("; "), cookie
    assert made.headers["Strict-Transport-Security"] == "max-age=31536000"
    # What a neighbour under the same domain plants is not looked at.
    client.set_cookie("malrett_language", "nn", domain="plan.example.no")
    assert '<html lang="en"' in client.get("/", **options).get_data(as_text=True)  # type: ignore[arg-type]


def test_a_seat_goes_over_tls_to_its_own_workshop_alone(secured: Flask) -> None:
    client, database = secured.test_client(), secured.extensions["planner"].database
    options = {"base_url": "https://localhost"}
    made = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"}, **options)  # type: ignore[arg-type]
    plan_id = made.headers["Location"].split("/")[2]
    put_initiatives(database, plan_id)
    client.environ_base["wsgi.url_scheme"] = "https"
    room = Room(secured, client, database, plan_id)
    room.set_up()
    room.act("gather")
    link = room.now.link
    form = {"table": "Bord 1", "group": ""}
    (cookie,) = secured.test_client().post(f"/w/{link}/enter", data=form, **options).headers.getlist("Set-Cookie")  # type: ignore[arg-type]
    assert cookie.startswith("__Secure-malrett_seat=")
    for part in ("Secure", "HttpOnly", f"Path=/w/{link}", "SameSite=Lax"):
        assert part in cookie.split("; "), cookie
