"""Behind a proxy: links go to the address that was set, and only the stated number of proxies is believed."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Response, request, url_for

from planner.app import create_app
from planner.config import Config, from_environment
from planner.web import rights
from tests.conftest import make_config
from tests.served import served as serving


@contextmanager
def served(config: Config) -> Iterator[int]:
    """The port of the real server, whose «/who» says what the application sees."""
    app = create_app(config)
    rights.LEAST["_who"] = rights.PUBLIC
    app.add_url_rule("/who", view_func=_who)
    try:
        with serving(app, config) as port:
            yield port
    finally:
        del rights.LEAST["_who"]


def _who() -> Response:
    return Response(f"{request.remote_addr} {request.scheme} {url_for('plans.page', _external=True)}")


def asked(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, dict(answer.getheaders()), body


FORGED = {
    "X_Forwarded_For": "203.0.113.9, 198.51.100.7",
    "X_Forwarded_Proto": "https",
    "X_Forwarded_Host": "evil.example",
}


def test_without_proxies_no_header_is_believed(tmp_path: Path) -> None:
    with served(make_config(tmp_path, access="local")) as port:
        assert asked(port, "/who", **FORGED)[2] == f"127.0.0.1 http http://127.0.0.1:{port}/"


def test_neither_does_the_application_itself_when_another_server_hands_them_on(tmp_path: Path) -> None:
    app = create_app(make_config(tmp_path, access="local"))
    rights.LEAST["_who"] = rights.PUBLIC
    app.add_url_rule("/who", view_func=_who)
    forged = {name.replace("_", "-"): value for name, value in FORGED.items()}
    assert app.test_client().get("/who", headers=forged).get_data(as_text=True) == "127.0.0.1 http http://localhost/"
    app.extensions["planner"].close()
    del rights.LEAST["_who"]


@pytest.mark.parametrize(("proxies", "who"), [(1, "198.51.100.7"), (2, "203.0.113.9")])
def test_behind_proxies_the_one_before_them_asks(tmp_path: Path, proxies: int, who: str) -> None:
    config = make_config(tmp_path, proxies=proxies, external_url="https://plan.example.no")
    with served(config) as port:
        assert asked(port, "/who", Host="evil.example", **FORGED)[2] == f"{who} https https://plan.example.no/"


def test_a_foreign_host_is_in_no_link_and_no_location(tmp_path: Path) -> None:
    config = make_config(tmp_path, external_url="https://plan.example.no")
    app = create_app(config)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    foreign: dict[str, Any] = {"headers": {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}}
    try:
        made = client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"}, **foreign)
        plan = made.headers["Location"]
        seen = [
            made,
            *(client.get(path, **foreign) for path in ("/", plan, f"{plan.rsplit('/', 1)[0]}/workshop", "/no")),
        ]
        for response in seen:
            assert "evil.example" not in response.headers.get("Location", "") + response.get_data(as_text=True)
    finally:
        app.extensions["planner"].close()


def test_the_address_is_read_from_the_environment_and_held_to_its_form(tmp_path: Path) -> None:
    environ = {
        "MALRETT_DATA": str(tmp_path),
        "MALRETT_EXTERNAL_URL": "https://plan.example.no/",
        "MALRETT_PROXIES": "1",
    }
    config = from_environment(environ)
    assert (config.external_url, config.proxies, config.secure_cookies) == ("https://plan.example.no", 1, True)
    for wrong in ("plan.example.no", "https://", "https://plan.example.no/malrett", "ftp://a", "https://a:b"):
        with pytest.raises(ValueError, match="MALRETT_EXTERNAL_URL"):
            from_environment(environ | {"MALRETT_EXTERNAL_URL": wrong})
    with pytest.raises(ValueError, match="MALRETT_PROXIES"):
        from_environment(environ | {"MALRETT_PROXIES": "-1"})
