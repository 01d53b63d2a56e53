"""In a real browser: do forms and links of pages whose policy lets no form lead elsewhere still lead to the issuer?"""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from planner.app import create_app
from planner.config import Config
from planner.services import installation
from planner.serving import server_of
from planner.web.oidc import CALLBACK
from tests import issuer_case
from tests.browser.conftest import Visitor, axe
from tests.conftest import make_config

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of a server with an issuer beside it, and the path of an invitation."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    with issuer_case.issuer(address + CALLBACK) as issuer:
        config = make_config(
            tmp_path, access="server", external_url=address, oidc=issuer.settings, testing=False
        )  # fmt: skip
        yield from _served(config)


def _served(config: Config) -> Iterator[tuple[str, str]]:
    app = create_app(config)
    place = app.extensions["planner"]
    path = installation.add_municipality(place.database, "Prøvevik kommune", "nb", "kari@x.no")
    assert path is not None
    listening = server_of(app, config, "127.0.0.1", int(config.external_url.rpartition(":")[2]))
    thread = threading.Thread(target=listening.run, daemon=True)
    thread.start()
    yield config.external_url, path
    listening.close()
    thread.join(10)
    place.close()


def test_an_invited_person_comes_in_by_the_issuer_and_comes_back(browser: Browser, server: tuple[str, str]) -> None:
    address, path = server
    context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
    page, troubles = context.new_page(), list[str]()
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    visitor = Visitor(page, address, troubles)
    visitor.visit(path)
    found = axe(page)
    page.route(
        "**/sign-in/oidc/leave", lambda route: route.fulfill(status=204)
    )  # the page on the way, which else is gone at once
    page.get_by_role("button", name="Logg inn med Prøvevik").click()
    page.get_by_role("heading", name="Du sendes til Prøvevik").wait_for()
    found += axe(page)
    page.unroute_all()
    troubles.clear()
    page.get_by_role("link", name="Gå til Prøvevik").click()
    expect(page.get_by_role("link", name="Kari Nordmann")).to_be_visible()
    visitor.visit("/account")
    expect(page.get_by_text("Kontoen din er knyttet til innloggingen din hos Prøvevik.")).to_be_visible()
    found += axe(page)
    page.get_by_role("button", name="Logg ut her").click()
    page.get_by_role("link", name="Logg inn med Prøvevik").wait_for()
    visitor.check()
    page.emulate_media(color_scheme="dark")
    found += axe(page)
    page.get_by_role("link", name="Logg inn med Prøvevik").click()
    expect(page.get_by_role("link", name="Kari Nordmann")).to_be_visible()
    assert not troubles, troubles
    assert not found, found
    context.close()
