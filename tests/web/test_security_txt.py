"""The file that says where a weakness is told of: RFC 9116, and nothing where nobody has set a contact."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from planner.config import Config, from_environment
from tests.conftest import app_on

PATH = "/.well-known/security.txt"


def test_without_a_contact_there_is_none(client: FlaskClient) -> None:
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize("access", ["local", "server"])
def test_it_is_what_the_standard_asks_for(config: Config, access: str) -> None:
    app = app_on(
        replace(
            config,
            access=access,
            security_contact="mailto:sikkerhet@example.no",
            external_url="https://plan.example.no",
        )
    )
    answer = app.test_client().get(PATH)
    app.extensions["planner"].close()
    assert answer.status_code == 200 and answer.content_type == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.get_data(as_text=True).splitlines())
    assert fields["Contact"] == "mailto:sikkerhet@example.no"
    assert fields["Canonical"] == f"https://plan.example.no{PATH}"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", fields["Expires"])
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=365)  # «less than a year into the future»


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("sikkerhet@example.no", "mailto:sikkerhet@example.no"),
        ("https://example.no/sikkerhet", "https://example.no/sikkerhet"),
        ("", ""),
    ],
)
def test_the_contact_is_made_an_address_that_programs_know(given: str, meant: str, tmp_path: Path) -> None:
    environ = {"MALRETT_DATA": str(tmp_path), "MALRETT_SECURITY_CONTACT": given}
    assert from_environment(environ).security_contact == meant


@pytest.mark.parametrize("wrong", ["ring oss", "http://example.no", "mailto:a@b.no\nExpires: 1970-01-01T00:00:00Z"])
def test_a_contact_that_is_none_is_refused(wrong: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="MALRETT_SECURITY_CONTACT"):
        from_environment({"MALRETT_DATA": str(tmp_path), "MALRETT_SECURITY_CONTACT": wrong})
