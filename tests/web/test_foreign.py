"""Another site cannot change anything here, nor take a page, nor give us its name.

Guards: `web/foreign.py` (a request that another site sends), the token (the same where a browser does not say), and
`merge_slashes` in `app.py` (a Location made of whatever Host was sent).
"""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.app import create_app
from planner.store.database import Database
from tests.conftest import make_config
from tests.web.test_access import _path
from tests.workshop_case import Room, put_initiatives

FOREIGN = [
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "something new"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:81"},
    {"Origin": ""},
]
OWN = [
    {},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
]
PLAN = {"name": "Ny plan", "municipality": "Nyvik"}


def token_of(client: FlaskClient, path: str = "/") -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).get_data(as_text=True))
    assert found
    return found[1]


@pytest.fixture
def place_with_token(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> Room:
    """A plan with a workshop that takes people in, in an application that asks for its token."""
    put_initiatives(database, plan_id)
    room = Room(app, client, database, plan_id)
    room.set_up()
    room.act("gather")
    app.config["WTF_CSRF_ENABLED"] = True
    return room


def test_no_command_of_another_site_is_taken_even_with_our_token(place_with_token: Room) -> None:
    """Each POST route there is, joining a workshop too."""
    room, client = place_with_token, place_with_token.client
    before, link = room.now, room.now.link
    token = token_of(client)
    commands = [rule for rule in room.app.url_map.iter_rules() if "POST" in (rule.methods or set())]
    for rule in commands:
        path = _path(rule.rule, room.plan_id).replace("/w/x1", f"/w/{link}")
        for headers in FOREIGN:
            said = client.post(path, data={**PLAN, "csrf_token": token}, headers=headers)
            assert said.status_code == 400, (rule, headers)
            assert "Ikke herfra" in said.get_data(as_text=True)
        # A form can be sent as plain text, so that it looks like anything; the token is not in it.
        as_text = client.post(path, data=f"csrf_token={token}", content_type="text/plain")
        assert as_text.status_code == 400, rule
        by_get = client.get(path, query_string={**PLAN, "csrf_token": token, "action": "open", "version": 1})
        assert by_get.status_code in (200, 204, 303, 404, 405, 422), rule
        assert "malrett_seat" not in "".join(by_get.headers.getlist("Set-Cookie"))
    assert room.now == before
    assert "Ny plan" not in client.get("/").get_data(as_text=True)


def test_our_own_pages_change_things(place_with_token: Room) -> None:
    for headers in OWN:
        client = place_with_token.client
        made = client.post("/plans", data={**PLAN, "csrf_token": token_of(client)}, headers=headers)
        assert made.status_code == 303
        phone = place_with_token.app.test_client()
        where = f"/w/{place_with_token.now.link}"
        form = {"table": "Bord 1", "group": "", "csrf_token": token_of(phone, where)}
        assert phone.post(f"{where}/enter", data=form, headers=headers).status_code == 303


def test_another_site_may_lead_here_but_not_take_a_page_or_frame_it(client: FlaskClient, plan_id: str) -> None:
    path = f"/plans/{plan_id}/initiatives/workbook"
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert client.get(path, headers=followed).status_code == 200
    for mode, dest in (
        ("no-cors", "image"),
        ("cors", "empty"),
        ("navigate", "iframe"),
        ("navigate", "object"),
        ("", ""),
    ):
        headers = followed | {"Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
        assert client.get(path, headers=headers).status_code == 400
        assert client.get(path, headers=headers | {"Sec-Fetch-Site": "same-origin"}).status_code == 200


# --- By which name -----------------------------------------------------------------------------------------------

STRANGE = ("evil.example", "127.0.0.1.evil.example:8000", "localhost.evil.example", "[::1", "a.b.", "")
OWN_NAMES = ("127.0.0.1:8000", "localhost", "[::1]:8000", "192.168.1.20:8000", "kontor-pc", "pc.local")


def test_without_login_a_name_that_strangers_can_point_here_is_refused(tmp_path: Path) -> None:
    app = create_app(make_config(tmp_path, access="local"))
    local = app.test_client()
    for host in STRANGE:
        for path in ("/", "/join", "/plans/x/gaps", "/plans//gaps"):
            response = local.get(path, headers={"Host": host})
            assert response.status_code == 400, (host, path)
            assert "Location" not in response.headers
            assert not host or host not in response.get_data(as_text=True)
    for host in OWN_NAMES:
        assert local.get("/", headers={"Host": host}).status_code == 200, host
    app.extensions["planner"].close()
    outside = create_app(make_config(tmp_path, access="local", external_url="https://plan.example.no"))
    for host, status in (("plan.example.no", 200), ("127.0.0.1:8000", 200), ("evil.example", 400)):
        assert outside.test_client().get("/", headers={"Host": host}).status_code == status, host
    outside.extensions["planner"].close()


def test_no_host_that_is_sent_gets_into_a_location(client: FlaskClient, plan_id: str) -> None:
    """Nor does another name than the Host's, however it is sent, get into a page."""
    plain = ("/", f"/plans/{plan_id}/survey", f"/plans/{plan_id}//survey", "/plans//x", "/join/", "/static//planner.js")
    asked = ("/%2f%2fevil.example", "/language/nn?back=//evil.example", "/language/nn?back=/%09/evil.example")
    for path in (*plain, *asked):
        for name in ("Host", "X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL"):
            value = "host=evil.example" if name == "Forwarded" else "evil.example"
            response = client.get(path, headers={name: value})
            assert "evil" not in response.headers.get("Location", ""), (path, name)
            if name != "Host" and "evil" not in path:
                assert "evil" not in response.get_data(as_text=True), (path, name)
    made = client.post("/plans", data=PLAN, headers={"Host": "evil.example"})
    assert made.headers["Location"].startswith("/plans/")
