"""Can everybody use every page there is? WCAG 2.2 AA as far as a machine sees it, on every page and in every state.

The pages are those of `tests/web/test_languages.py`, which fails when a page of the url_map is missing there, and those
of where people sign in. The states that no GET gives (a form with faults in it, somebody else was first, something
being worked out) are beside them. Everything that folds is unfolded. One Chromium reads them all.
"""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from planner.config import Config
from planner.store import portfolio
from planner.store.database import Database
from tests import portfolio_case, solve_in_child
from tests.browser.conftest import AXE
from tests.conftest import make_config
from tests.kinds import run_instead
from tests.people_case import town
from tests.services.test_report import keep
from tests.web.test_languages import OF_A_PRIORITISED_PLAN, OF_A_WORKSHOP, OF_THE_SAMPLE
from tests.web.test_languages import prioritised as prioritised
from tests.web.test_languages import room as room
from tests.web.test_languages import sample as sample
from tests.web.test_portfolio import form_of
from tests.web.test_stated import SHARES
from tests.workshop_case import typed

# A browser reads pages, whatever they were read from; tests/web asks for each of them on both engines.
ONE = pytest.mark.only_on("sqlite", "what is asked of a page does not depend on the engine")
# A worker of their own, with the keyboard and the canary: behind the other tests of a browser they would end the suite.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages"), ONE]

# axe.run with what it finds as texts.
FOUND = """async rules => {
  document.querySelectorAll('details').forEach(one => { one.classList.add('at-once'); one.open = true; });
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const runOnly = rules.length ? {type: 'rule', values: rules} : {type: 'tag', values: tags};
  const found = await axe.run(document, {runOnly, resultTypes: ['violations'], preload: false, elementRef: false});
  const told = one => one.html.slice(0, 160);
  return found.violations.map(rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(told).join('; '));
}"""
# At 320 px: is it too wide, and does each kind of element that takes the focus show it, with nothing of ours on top?
NARROW = """() => {
  const beyond = document.documentElement.scrollWidth - innerWidth;
  const wrong = beyond > 0 ? [beyond + ' px too wide at ' + innerWidth] : [], seen = new Set();
  const fields = 'a[href], button:not(:disabled), input:not([type=hidden]):not(:disabled), select,'
    + 'textarea, summary, [tabindex="0"]';
  const look = one => [one, one.nextElementSibling, one.parentElement].map(it => {
    const style = it && getComputedStyle(it);
    return style && [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow].join();
  }).join();
  for (const one of document.querySelectorAll(fields)) {
    const kind = [one.tagName, one.type, one.className, one.dataset.variant, one.parentElement.className].join();
    if (seen.has(kind) || !one.checkVisibility({visibilityProperty: true})) continue;
    seen.add(kind);
    const before = look(one), name = one.outerHTML.slice(0, 120);
    one.focus({focusVisible: true});
    if (document.activeElement !== one) continue;
    const box = one.getBoundingClientRect();
    const middle = (from, to, end) => (Math.max(from, 1) + Math.min(to, end - 1)) / 2;
    const [x, y] = [middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight)];
    const top = document.elementFromPoint(x, y);
    const own = top && (one.contains(top) || top.contains(one) || [...one.labels || []].some(it => it.contains(top)));
    if (look(one) === before && !one.matches('.ds-skip-link')) wrong.push('shows no focus: ' + name);
    if (!own) wrong.push('has the focus under something: ' + name);
    one.blur();
  }
  return wrong;
}"""


class Reader:
    """Looks at pages of the application as the test's client has made them."""

    def __init__(self, page: Page, client: FlaskClient, address: str) -> None:
        self.page, self.client, self.address = page, client, address
        self.troubles: list[str] = []
        self.wrong: list[str] = []
        self.read_so_far: list[str] = []
        page.on("console", lambda said: self.troubles.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def read(self, path: str, status: int = 200) -> None:
        """The page itself: neither that of no such page nor the one that asks to sign in, which are sound too."""
        page = self.page
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light")
        answer = page.goto(self.address + path, wait_until="domcontentloaded")
        assert answer is not None and (answer.status, page.url) == (status, self.address + path)
        if page.evaluate("document.doctype === null"):
            return  # a fragment of a page, or a file
        self.read_so_far.append(path)
        wrong = page.evaluate(FOUND, [])
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 per cent
        wrong += [f"dark, 320 px: {one}" for one in page.evaluate(FOUND, ["color-contrast", "target-size"])]
        wrong += page.evaluate(NARROW)
        wrong += [one for one in self.troubles if "Failed to load resource" not in one]  # what is shown was a fault
        self.troubles.clear()
        self.wrong += [f"{path}: {one}" for one in wrong]

    def read_all(self, paths: dict[str, tuple[str, ...]], plan_id: str) -> None:
        """Another view of the same page has the same parts, but for the closer looks."""
        self.take_cookies()
        for endpoint, some in paths.items():
            for path in some if endpoint == "looks.page" else some[:1]:
                self.read(path.format(plan_id))

    def read_answer(self, answer: TestResponse, status: int) -> None:
        """The page that a form was answered with."""
        assert answer.status_code == status, answer.get_data(as_text=True)
        path = f"{answer.request.path}?answered={status}"
        headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
        self.page.route(f"**{path}", lambda route: route.fulfill(body=answer.get_data(), headers=headers))
        self.read(path)
        self.page.unroute_all()

    def take_cookies(self, client: FlaskClient | None = None) -> None:
        """Go on as whoever this client is."""
        client = client or self.client
        client.delete_cookie("malrett_language")
        self.page.context.clear_cookies()
        kept = [client.get_cookie(name, path=path) for name, path in self.names]
        self.page.context.add_cookies(
            [{"name": one.key, "value": one.value, "url": self.address + one.path} for one in kept if one is not None]
        )

    names: tuple[tuple[str, str], ...] = (("malrett", "/"), ("malrett_signin", "/"))

    def has_found_nothing(self, at_least: int) -> None:
        assert len(self.read_so_far) >= at_least
        assert not self.wrong, "\n".join(self.wrong)


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="nb-NO", reduced_motion="reduce")
    context.add_init_script(path=AXE)
    yield context
    context.close()


@pytest.fixture
def reader(context: BrowserContext, app: Flask, client: FlaskClient) -> Iterator[Reader]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    page = context.new_page()
    yield Reader(page, client, f"http://127.0.0.1:{server.server_port}")
    page.close()
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_sample(reader: Reader, sample: str) -> None:
    reader.read_all(OF_THE_SAMPLE, sample)
    reader.has_found_nothing(17)


def test_a_prioritised_and_decided_plan(reader: Reader, prioritised: str) -> None:
    reader.read_all(OF_A_PRIORITISED_PLAN, prioritised)
    reader.has_found_nothing(20)


def test_a_workshop(reader: Reader, room: str) -> None:
    reader.names += (("malrett_seat", f"/w/{room}"),)
    reader.read_all(OF_A_WORKSHOP, room)
    reader.has_found_nothing(10)


def test_an_empty_plan_faults_and_what_somebody_else_changed(reader: Reader, plan_id: str, database: Database) -> None:
    client, plan = reader.client, f"/plans/{plan_id}"
    reader.take_cookies()
    for step in ("survey", "gaps", "initiatives", "workshop", "portfolio", "scenarios", "report", "followup"):
        reader.read(f"{plan}/{step}")
    reader.read_answer(client.get("/nowhere"), 404)
    reader.read_answer(client.post("/plans", data={"name": "", "municipality": ""}), 422)
    reader.read_answer(client.post("/join", data={"code": "XXXX"}), 422)
    reader.read_answer(client.post(f"{plan}/initiatives/new", data={"title": ""}), 422)
    reader.read_answer(client.post(f"{plan}/report/texts", data={"version": "0", "officer": "x" * 201}), 422)
    no_template = {"file": (io.BytesIO(b"hei"), "mal.docx"), "seen": ""}
    reader.read_answer(client.post(f"{plan}/report/template", data=no_template), 422)
    table = {"file": (io.BytesIO(SHARES.encode()), "rapport.csv")}
    assert client.post(f"{plan}/survey/upload", data=table).status_code == 303
    reader.read(f"{plan}/survey/table")
    portfolio_case.make(database, plan_id)
    form = form_of(client.get(f"{plan}/portfolio").get_data(as_text=True))
    reader.read_answer(client.post(f"{plan}/portfolio/attempt", data={**form, "effect_years": "x"}), 422)
    with database.write() as session:
        portfolio.save_settings(session, plan_id, replace(portfolio_case.SETTINGS, effect_years=3))
        session.commit()
    reader.read_answer(client.post(f"{plan}/portfolio/attempt", data={**form, "limit-operating-2027": "700"}), 409)
    reader.read_answer(client.post(f"{plan}/workshop/new", data=typed(title="", size="0")), 422)
    assert client.post(f"{plan}/workshop/new", data=typed(item=["J1"], **{"statement-J1": ["jobb"]})).status_code == 303
    reader.read(f"{plan}/workshop/1")
    reader.has_found_nothing(19)


def test_while_a_plan_is_sought(
    reader: Reader, plan_id: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_instead(monkeypatch, solve_in_child.search_on)
    portfolio_case.make(database, plan_id)
    url = f"/plans/{plan_id}/portfolio"
    form = form_of(reader.client.get(url).get_data(as_text=True))
    assert reader.client.post(f"{url}/attempt", data=form).status_code == 303
    reader.take_cookies()
    reader.read(url)
    reader.read_answer(reader.client.get(url), 200)
    assert reader.client.post(f"{url}/stop").status_code == 303
    reader.has_found_nothing(2)


class TestWherePeopleSignIn:
    @pytest.fixture
    def config(self, tmp_path: Path, database_url: str) -> Config:
        return make_config(tmp_path, database_url=database_url, access="server")

    def test_every_page_of_accounts_and_a_readers_pages(self, reader: Reader, app: Flask, database: Database) -> None:
        here = town(app, database, "Prøvevik", "leder@x.no")
        invited = here.director.post("/people/invite", data={"email": "ny@x.no", "role": "viewer"})
        link = "/invitation/" + invited.get_data(as_text=True).split("/invitation/")[1].split('"')[0]
        plan_id = (
            here.director.post("/plans", data={"name": "A", "municipality": "B"}).headers["Location"].split("/")[2]
        )
        portfolio_case.make(database, plan_id)
        keep(database, plan_id)
        for path in ("/sign-in", link):
            reader.read(path)
        reader.read("/invitation/nothing", 404)
        wrong = {"email": "leder@x.no", "password": "feil passord her"}
        reader.read_answer(app.test_client().post("/sign-in", data=wrong), 422)
        reader.read_answer(app.test_client().post(link, data={"name": "", "password": "a", "again": "b"}), 422)
        reader.read_answer(invited, 200)
        reader.take_cookies(here.director)
        for path in ("/", "/people", "/account"):
            reader.read(path)
        viewer = here.invited("leser@x.no", "viewer")
        reader.read_answer(viewer.get("/people"), 403)
        reader.take_cookies(viewer)
        for part in (
            "survey",
            "initiatives",
            "initiatives/one/J2",
            "initiatives/freed/one/F1",
            "portfolio",
            "workshop",
            "followup",
        ):
            reader.read(f"/plans/{plan_id}/{part}")
        wrote = {"title": "Møteplass", "version": "0"}
        asked = {"Sec-Fetch-Site": "same-origin"}
        signed_out = app.test_client().post(f"/plans/{plan_id}/initiatives/new", data=wrote, headers=asked)
        reader.read_answer(signed_out, 401)
        reader.has_found_nothing(18)
