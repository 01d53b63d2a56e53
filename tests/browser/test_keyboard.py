"""Can somebody who never touches a mouse do the whole job? From signing in to a new proposal: Tab, arrows, Space, Enter.

At every stop on the way the focus is seen: it has a mark of its own, it is on the screen, and nothing of ours lies on
top of it. What is swapped in while one works takes it from nobody.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from docx import Document
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from planner.config import Config
from planner.store.database import Database
from tests import portfolio_case
from tests.conftest import make_config
from tests.people_case import PASSWORD, town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# Of what has the focus: what it is called, and what is wrong with how it is seen.
STOP = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  if (one === document.body) return ['', ''];
  const label = one.getAttribute('aria-label') || (one.labels && one.labels[0] ? one.labels[0].innerText : one.innerText);
  const marked = [one, one.nextElementSibling, one.parentElement].some(it => {
    const style = it && getComputedStyle(it);
    return style && (style.outlineStyle !== 'none' && style.outlineWidth !== '0px' || style.boxShadow !== 'none');
  });
  const middle = (from, to, end) => (Math.max(from, 1) + Math.min(to, end - 1)) / 2;
  const top = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight));
  const own = top && (one.contains(top) || top.contains(one) || [...one.labels || []].some(it => it.contains(top)));
  const wrong = [marked ? '' : 'shows no focus', own ? '' : 'is under something or off the screen'].filter(it => it);
  return [label || '', wrong.length ? wrong.join(', ') + ': ' + one.outerHTML.slice(0, 160) : ''];
}"""
MOST_STOPS = 150


class Hands:
    """On a keyboard."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Tab until the focus is on what begins with this name."""
        for _ in range(MOST_STOPS):
            self.press("Shift+Tab" if back else "Tab")
            label, wrong = self.page.evaluate(STOP)
            assert not wrong, f"{self.page.url}: {wrong}"
            if re.sub(r"\\s+", " ", label).strip().startswith(name):
                return
        pytest.fail(f"Tab never reaches «{name}» on {self.page.url}")

    def follow(self, name: str) -> None:
        """The link or button of this name, and the page it leads to."""
        self.tab_to(name)
        with self.page.expect_navigation():
            self.press("Enter")

    def fill(self, **fields: str) -> None:
        """One field after another, in the order of the page. Names have _ for space."""
        for name, text in fields.items():
            self.tab_to(name.replace("_", " "))
            self.press("Control+A")
            self.type(text)

    def holds(self, name: str) -> None:
        """The focus is still where it was, after something was swapped."""
        label, wrong = self.page.evaluate(STOP)
        assert label.strip().startswith(name) and not wrong, (label, wrong)


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return make_config(tmp_path, database_url=database_url, access="server")


@pytest.fixture
def hands(browser: Browser, app: Flask) -> Iterator[Hands]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    context = browser.new_context(locale="nb-NO", reduced_motion="reduce", accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("dialog", lambda dialog: dialog.accept())
    yield Hands(page, f"http://127.0.0.1:{server.server_port}")
    context.close()
    server.shutdown()
    thread.join()
    server.server_close()


def test_from_signing_in_to_a_new_proposal(hands: Hands, app: Flask, database: Database, tmp_path: Path) -> None:
    page = hands.page
    town(app, database, "Prøvevik", "leder@x.no")

    # In, and a plan
    page.goto(hands.address + "/")
    hands.fill(E_postadresse="leder@x.no") if False else hands.tab_to("E-postadresse")
    hands.type("leder@x.no")
    hands.fill(Passord=PASSWORD)
    with page.expect_navigation():
        hands.press("Enter")
    hands.fill(Kommune="Prøvevik", Navn_på_planen="Bolyst")
    with page.expect_navigation():
        hands.press("Enter")
    plan_id = page.url.split("/plans/")[1].split("/")[0]

    # A survey, its columns, its findings
    hands.tab_to("Fil med svar")
    with page.expect_file_chooser() as chooser:
        hands.press("Enter")
    chooser.value.set_files(survey(tmp_path))
    hands.follow("Last opp")
    hands.follow("Videre til funn")
    hands.follow("Videre til bekreftelse")
    hands.follow("Lagre undersøkelsen")

    # Needs: the weights are changed and the numbers swapped, with the focus where it was
    hands.follow("Se hva folk mangler mest")
    hands.tab_to("Etter befolkning")
    hands.press("ArrowDown")
    hands.tab_to("Lagre vektene")
    hands.press("Enter")
    expect(page.locator(".saved")).to_be_visible()
    hands.holds("Lagre vektene")
    hands.follow("Gå videre til tiltakene")

    # An initiative, and a change in its row
    hands.follow("Skriv inn det første selv")
    hands.fill(Kode="T1", Tiltak="Møteplass", Tema="Sosialt")
    with page.expect_navigation():
        hands.press("Enter")
    expect(page.locator("main")).to_contain_text("Møteplass")
    hands.tab_to("Endre Møteplass")
    hands.press("Enter")
    expect(page.locator(".row-edit [data-focus]")).to_be_focused()
    hands.tab_to("Lagre")
    hands.press("Enter")
    expect(page.locator("#row-T1 a[data-focus]")).to_be_focused()
    portfolio_case.make(database, plan_id)  # four more, and what they cost

    # The plan
    hands.follow("Gå videre til Prioritering") if page.get_by_role("link", name="Gå videre til").count() else None
