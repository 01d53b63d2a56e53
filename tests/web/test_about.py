"""What the page of privacy tells of people, by how people come in."""

from pathlib import Path

import pytest

from tests.conftest import app_on, make_config

OF_BROWSERS, OF_ACCOUNTS = "gjør at denne nettleseren finner igjen planene sine", "Kontoen slettes"


@pytest.mark.parametrize(("access", "told"), [("local", None), ("browser", OF_BROWSERS), ("server", OF_ACCOUNTS)])
def test_it_tells_of_what_there_is(tmp_path: Path, database_url: str, access: str, told: str | None) -> None:
    app = app_on(make_config(tmp_path, database_url=database_url, access=access, contact="post@prøvevik.no"))
    page = app.test_client().get("/about/privacy").get_data(as_text=True)
    assert "Kontakt: post@prøvevik.no" in page
    assert [one for one in (OF_BROWSERS, OF_ACCOUNTS) if one in page] == ([] if told is None else [told])
    app.extensions["planner"].close()
