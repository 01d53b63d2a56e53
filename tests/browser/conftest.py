"""A real Chromium against a real server, started as a new user starts it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
# As root Chromium has no sandbox; the rest keeps it from calling home.
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
WIDTHS = (1280, 390)


def chromium() -> str:
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if name and (path := shutil.which(name))), None)
    assert found, "no Chromium: run ./run test, which installs it or says how"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`./run` on an empty data folder: its printed address."""
    folder = tmp_path_factory.mktemp("data")
    environment = {**os.environ, "MALRETT_DATA": str(folder)}
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [ROOT / "run", "demo", "--port", "0"], stdout=subprocess.PIPE, stderr=log, text=True, env=environment
    )
    try:
        assert server.stdout
        line = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert found, f"no address in {line!r}: {(folder / 'server.log').read_text()}"
        yield found[0]
    finally:
        server.terminate()
        server.wait(timeout=20)
        if server.stdout:
            server.stdout.close()
        log.close()


@dataclass
class Visitor:
    """One person at a browser: what went wrong in the console is held against every page."""

    page: Page
    address: str
    troubles: list[str]

    def visit(self, path: str) -> None:
        response = self.page.goto(self.address + path)
        assert response and response.ok, path
        self.check()

    def check(self) -> None:
        """No console error, no policy violation, nothing wider than the window. `test_every_page.py` asks axe-core."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            beyond = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert beyond <= 0, f"{self.page.url} is {beyond} px too wide at {width}"
        self.page.set_viewport_size({"width": 1280, "height": 900})
        assert not self.troubles, self.troubles


def axe(page: Page) -> list[str]:
    """What axe-core finds on the page: rule, where."""
    # Handed over by the test's own channel: the page's policy stays as strict as it is.
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']} ({rule['impact']}): " + "; ".join(node["html"][:160] for node in rule["nodes"][:4])
        for rule in found["violations"]
    ]


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    context = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: troubles.append(str(error)))
    yield Visitor(page, address, troubles)
    context.close()
