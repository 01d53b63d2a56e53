"""Can somebody who never touches a mouse do the whole job? From signing in to a new proposal, by Tab and Enter.

At every stop on the way the focus is seen: it has a mark of its own, it is on the screen, and nothing of ours lies on
top of it. What is swapped in while one works takes it from nobody.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from planner.config import Config
from planner.store.database import Database
from tests import portfolio_case
from tests.conftest import make_config
from tests.people_case import PASSWORD, town
from tests.web.test_survey import answers

ONE = pytest.mark.only_on("sqlite", "what is asked of a page does not depend on the engine")
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages"), ONE]

# Of what has the focus: what it is called, and what is wrong with how it is seen. The parts of a date mark themselves.
STOP = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  if (one === document.body) return ['', ''];
  const own = one.labels && one.labels[0] ? one.labels[0].innerText : one.innerText;
  const itself = one.matches('.ds-skip-link, [type=date]');
  const marked = itself || [one, one.nextElementSibling, one.parentElement].some(it => {
    const style = it && getComputedStyle(it);
    return style && (style.outlineStyle !== 'none' && style.outlineWidth !== '0px' || style.boxShadow !== 'none');
  });
  const middle = (from, to, end) => (Math.max(from, 1) + Math.min(to, end - 1)) / 2;
  const [x, y] = [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)];
  const top = document.elementFromPoint(x, y);
  const seen = top && (one.contains(top) || top.contains(one) || [...one.labels || []].some(it => it.contains(top)));
  const wrong = [marked ? '' : 'shows no focus', seen ? '' : 'is under something or off the screen'].filter(it => it);
  const name = (one.getAttribute('aria-label') || own || '').replace(/\\s+/g, ' ').trim();
  return [name, wrong.length ? wrong.join(', ') + ': ' + one.outerHTML.slice(0, 160) : ''];
}"""
MOST_STOPS = 120


class Hands:
    """On a keyboard."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.press, self.type = page.keyboard.press, page.keyboard.type

    def tab_to(self, name: str) -> None:
        """Tab until the focus is on what is called this, or begins so."""
        for _ in range(MOST_STOPS):
            self.press("Tab")
            called, wrong = self.page.evaluate(STOP)
            assert not wrong, f"{self.page.url}: {wrong}"
            if called.startswith(name):
                return
        pytest.fail(f"Tab never reaches «{name}» on {self.page.url}")

    def follow(self, name: str) -> None:
        """The link or button of this name, to the page it leads to."""
        self.tab_to(name)
        self.enter()

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.press("Enter")

    def fill(self, name: str, text: str) -> None:
        self.tab_to(name)
        self.press("Control+A")
        self.type(text)

    def holds(self, name: str) -> None:
        """The focus is where it was, after something was swapped."""
        called, wrong = self.page.evaluate(STOP)
        assert called.startswith(name) and not wrong, (called, wrong)


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return make_config(tmp_path, database_url=database_url, access="server")


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="nb-NO", reduced_motion="reduce", accept_downloads=True)
    context.set_default_timeout(20_000)
    yield context
    context.close()


def test_from_signing_in_to_a_new_proposal(
    context: BrowserContext, address: str, app: Flask, database: Database, tmp_path: Path
) -> None:
    town(app, database, "Prøvevik", "leder@x.no")
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.on("filechooser", lambda _chooser: None)  # from now on no window of the system's own is opened
    hands = Hands(page, address)

    # In, and a plan
    page.goto(address + "/")
    hands.fill("E-postadresse", "leder@x.no")
    hands.fill("Passord", PASSWORD)
    hands.enter()
    hands.fill("Kommune", "Prøvevik")
    hands.fill("Navn på planen", "Bolyst")
    hands.enter()
    plan_id = page.url.split("/plans/")[1].split("/")[0]

    # A survey, its columns, its findings
    file = tmp_path / "svar.csv"
    file.write_bytes(answers(*[("7", "6", "2", "3")] * 40))
    hands.tab_to("Fil med svar")
    with page.expect_file_chooser() as chooser:
        hands.press("Enter")
    chooser.value.set_files(file)
    for name in ("Last opp", "Videre til funn", "Videre til bekreftelse", "Lagre undersøkelsen"):
        hands.follow(name)

    # Needs: the weights are kept and all the figures swapped, with the focus where it was
    hands.follow("Se hva folk mangler mest")
    hands.tab_to("Lagre vektene")
    hands.press("Enter")
    expect(page.locator(".saved")).to_be_visible()
    hands.holds("Lagre vektene")
    hands.follow("Gå videre til tiltakene")

    # An initiative; its row is opened, left, opened again and kept
    hands.follow("Skriv inn det første selv")
    hands.fill("Kode", "T1")
    hands.fill("Hva skal gjøres?", "Møteplass")
    hands.fill("Tema", "Sosialt")
    hands.enter()
    for leave in ("Avbryt", "Lagre"):
        hands.tab_to("Endre Møteplass")
        hands.press("Enter")
        expect(page.locator(".row-edit [data-focus]")).to_be_focused()
        hands.tab_to(leave)
        hands.press("Enter")
        expect(page.locator("#row-T1:not(.row-edit) td > .ds-button")).to_be_focused()

    # The plan, sought and kept
    portfolio_case.make(database, plan_id)
    page.goto(f"{address}/plans/{plan_id}/survey")
    hands.follow("Prioritering")
    hands.follow("Finn beste plan")
    expect(page.get_by_role("heading", name="Ikke nå", exact=True)).to_be_visible()
    hands.tab_to("Ta vare på planen")
    hands.press("Enter")
    expect(page.locator(".way-step a", has_text=re.compile(r"^\s*Plan\b"))).to_contain_text("klar")
    page.wait_for_load_state()

    # A workshop, and somebody in it
    hands.follow("Verksted")
    hands.follow("Sett opp et verksted")
    hands.follow("Lagre verkstedet")
    hands.follow("Slipp folk inn")
    code = page.locator(".join-code").inner_text()
    hands.follow("Start runde 1")
    phone = Hands(context.new_page(), address)
    phone.page.goto(f"{address}/join")
    phone.fill("Kode", code)
    phone.enter()
    phone.follow("Bli med")
    phone.tab_to("ingen")
    phone.press("ArrowRight")
    expect(phone.page.locator("[data-sent-text]")).to_have_text("Alt er lagret.")
    phone.page.close()
    hands.follow("Avslør")

    # The paper and the decision
    hands.follow("Plan ")
    hands.tab_to("Last ned Word")
    with page.expect_download() as coming:
        hands.press("Enter")
    assert coming.value.suggested_filename.endswith(".docx")
    hands.follow("Før inn vedtaket")
    hands.fill("Vedtatt av", "Kommunestyret")
    hands.fill("Hvem som fører det inn", "Kari Nordmann")
    hands.fill("Hvorfor tallene kan brukes", "Sammenlignet med nabokommunen")
    hands.follow("Vis hva det betyr")
    hands.follow("Før inn vedtaket")
    expect(page.get_by_role("heading", name="Hva er vedtatt?")).to_be_visible()

    # How it goes
    hands.follow("Oppfølging")
    hands.tab_to("J1: Status")
    hands.type("i gang")
    hands.fill("J1: Brukt, 1000 kr", "120")
    hands.enter()
    expect(page.locator("main")).to_contain_text("1 i gang")

    # A new proposal, answered while one waits
    hands.follow("Nytt forslag")
    hands.fill("Hva skal gjøres?", "Leksehjelp")
    hands.tab_to("Faktor")
    hands.type("Bolig")
    hands.tab_to("Utsagn")
    hands.type("Et sted å bo")
    hands.fill("Kostnad per år", "1")
    hands.follow("Se hva det gjør med planen")
    hands.tab_to("Fjern")
    expect(page.get_by_text("Kommer inn", exact=True)).to_be_visible()
    hands.holds("Fjern")

    # And out
    hands.follow("Kari Nordmann")
    hands.follow("Logg ut her")
    expect(page.get_by_label("Passord")).to_be_visible()
