"""What people write is text, on every page there is, in a real browser.

Every page of an installation whose every text is a canary, and every answer to a form filled with them, is read by
Chromium's own parser: a canary that became an element or an attribute fails. Pages of each kind are also opened, once
as they are and once without the policy that would have stopped a canary all the same; so are the files of HTML.
"""

import threading
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route
from waitress.server import create_server

from planner.app import create_app
from planner.web.headers import PAGE
from tests import annex_case, canary_case
from tests.canary_case import Canaries, Nest
from tests.conftest import make_config
from tests.web import test_languages as lists

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages")]

PATHS = {
    **lists.OF_THE_SAMPLE,
    **lists.OF_A_PRIORITISED_PLAN,
    **lists.OF_A_WORKSHOP,
    "signin.page": ("/sign-in",),
    "account.page": ("/account",),
    "people.page": ("/people",),
    "log.page": ("/plans/{}/log", "/plans/{}/log?page=2"),
    "followup.page": ("/plans/{}/followup?quarter=2027-1",),
    "decision.page": ("/plans/{}/decision/1",),
    "gaps.page": tuple(f"/plans/{{}}/gaps?view={view}&show=s01" for view in ("rows", "map", "groups")),
    # What people ask for comes back in no other way than what they wrote.
    "language.choose": ("/plans/{}/followup?quarter=<svg onload=canary(5)>", "/plans/{}/scenarios?plan=1&plan=<svg>",
                        "/sign-in?next=/\"'><svg onload=canary(6)>", "/plans/{}/gaps?view=<svg onload=canary(7)>"),
}  # fmt: skip
OPENED = (
    *("/", "/people", "/account", "/plans/{}/survey", "/plans/{}/survey/columns?all=1", "/plans/{}/survey/comments"),
    *("/plans/{}/gaps?view=groups", "/plans/{}/initiatives", "/plans/{}/initiatives/one/T1", "/plans/{}/scenarios"),
    *("/plans/{}/report", "/plans/{}/decision/1", "/plans/{}/log", "/plans/{}/workshop/1", "/w/{}"),
    *("/plans/{}/workshop/1/projector", "/plans/{}/workshop/1/paper/entry", "/plans/{}/proposals"),
)
ONLY_IN_FILES = {"theme of A", "idea of A", "theme of a proposal"}
# Forms that end what the next ones need, or start a solver.
LEFT_OUT = ("/remove", "/cancel", "/forget", "/sign-out", "/again", "/prove", "/next", "/password", "/withdraw",
            "/answers", "/robust", "/values", "/stop", "/restart", "/act")  # fmt: skip
# All that a canary would be if it were not text. The page's own elements have neither handlers nor scripts in them.
FOUND = r"""
const bad = [];
for (const one of doc.querySelectorAll('*')) {
  const script = one.localName === 'script' && !/json/.test(one.type);
  if (script && /canary|1337/.test(one.textContent)) bad.push(one.outerHTML);
  for (const {name, value} of one.attributes) {
    const runs = /^(on|hx-on)/.test(name) || /^\s*javascript:/i.test(value);
    const loads = (name === 'src' && value === 'x') || (/^hx-/.test(name) && value.startsWith('/canary'));
    if (runs || loads) bad.push(one.outerHTML.slice(0, 300));
  }
}
return bad;
"""
PARSED = "html => { const doc = new DOMParser().parseFromString(html, 'text/html'); " + FOUND + "}"
OF_THIS_PAGE = "() => { const doc = document; " + FOUND + "}"
FIRES = """window.fired = []; window.canary = which => fired.push(which);
document.addEventListener('securitypolicyviolation', event => fired.push('policy ' + event.blockedURI))"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    app = create_app(make_config(tmp_path_factory.mktemp("canary"), access="server"))
    app.config["WTF_CSRF_ENABLED"] = False
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield app, f"http://127.0.0.1:{server.effective_port}"
    server.trigger.pull_trigger(server.close)  # in the loop's own thread
    thread.join(10)
    server.task_dispatcher.shutdown()
    app.extensions["planner"].close()


@pytest.fixture(scope="module")
def nest(served: tuple[Flask, str]) -> Nest:
    app, _ = served
    return canary_case.build(app, app.extensions["planner"].database)


def forms(html: str, canary: Canaries) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Each form that changes something: filled with canaries where one writes words, and again where numbers go too."""
    for form in html5lib.parse(html, namespaceHTMLElements=False).iter("form"):
        if (form.get("method") or "").lower() != "post" or form.get("enctype"):
            continue
        words, everything = {}, {}
        for one in form.iter():
            name, kind = one.get("name"), one.get("type", "text")
            if not name or one.tag not in ("input", "textarea", "select"):
                continue
            canaried = canary(f"{(form.get('action') or '').rpartition('/')[2]} {name}"[:60], 120)
            given = one.get("value") or ""
            if one.tag == "select":
                given = next((option.get("value") or "" for option in one.iter("option")), "")
            number = one.tag == "select" or one.get("inputmode") or kind not in ("text", "search", "email")
            words[name] = given if number and one.tag != "textarea" else canaried
            everything[name] = given if kind == "hidden" else canaried
        yield form.get("action") or "", [words, everything]


def answers(nest: Nest, paths: list[str]) -> Iterator[tuple[int, str, str]]:
    """What each form of these pages is answered with, where that is a page; nothing is ever an unexpected error.

    The same form sent twice is a conflict the second time, which shows both texts.
    """
    sent = set()
    aside = Canaries()  # not all of it is kept
    for path in paths:
        for action, fillings in forms(nest.client.get(path).get_data(as_text=True), aside):
            if action.endswith(LEFT_OUT) or action in sent:
                continue
            sent.add(action)
            for filling in fillings:
                said = nest.client.post(action or path, data=filling)
                assert said.status_code < 500, (action, said.status_code)
                if said.mimetype == "text/html" and said.data:
                    yield said.status_code, action or path, said.get_data(as_text=True)
    assert len(sent) > 25, sorted(sent)


def held(page: Page, where: str, html: str) -> None:
    assert not page.evaluate(PARSED, html), where
    assert canary_case.RECKONED not in html and "<class '" not in html, where


def test_a_canary_in_every_field_is_text_on_every_page(browser: Browser, served: tuple[Flask, str], nest: Nest) -> None:
    app, address = served
    asked = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert asked - set(PATHS) <= lists.NO_PAGES
    page, seen = browser.new_page(), []
    for path in (path for some in PATHS.values() for path in some):
        path = path.format(nest.plan_id).replace("T04", "T1")
        said = (nest.phone if path.startswith("/w/") else nest.client).get(path)
        assert said.status_code in (200, 204, 303), path
        seen.append(said.get_data(as_text=True))
        held(page, path, seen[-1])
    for path in (nest.invitation, "/sign-in?next=/\"'><svg onload=canary(6)>"):
        held(page, path, app.test_client().get(path).get_data(as_text=True))
    nest.client.set_cookie("malrett_language", "en")
    for path in (f"/plans/{nest.plan_id}/gaps", f"/plans/{nest.plan_id}/initiatives/one/T1"):
        seen.append(nest.client.get(path).get_data(as_text=True))
        held(page, path, seen[-1])
    nest.client.delete_cookie("malrett_language")
    assert set(nest.canary.unseen(" ".join(seen))) == ONLY_IN_FILES
    conflicts = {}
    paths = [path.format(nest.plan_id).replace("T04", "T1") for some in PATHS.values() for path in some]
    for status, action, html in answers(nest, [path for path in paths if not path.startswith("/w/")]):
        held(page, action, html)
        if status == 409:
            conflicts[action] = html
    assert len(conflicts) > 5, sorted(conflicts)
    page.close()
    _opened(browser, nest, address, conflicts)


def _opened(browser: Browser, nest: Nest, address: str, conflicts: dict[str, str]) -> None:
    """In a window, with scripts: nothing fires, the policy has nothing to stop, nobody else is asked."""
    for without_policy in (False, True):
        troubles: list[str] = []
        context = browser.new_context(bypass_csp=without_policy)
        _same_person(context, nest, address)
        context.add_init_script(FIRES)
        page = context.new_page()
        page.on("console", lambda said, to=troubles: to.append(said.text) if said.type == "error" else None)
        page.on("request", lambda one, to=troubles: one.url.startswith((address, "data:")) or to.append(one.url))
        for path in (path.format(nest.plan_id) for path in OPENED):
            page.goto(address + path, wait_until="load")
            assert "kanari" in page.content() and not page.evaluate(OF_THIS_PAGE), path
            assert page.evaluate("fired") == troubles == [], path
        page.route("**/conflict/*", lambda route: _given(route, list(conflicts.values())))
        for number, action in enumerate(conflicts if without_policy else ()):
            page.goto(f"{address}/conflict/{number}", wait_until="load")
            assert page.evaluate("fired") == troubles == [], action
        context.close()


def _given(route: Route, conflicts: list[str]) -> None:
    """What a form was answered with, as the browser would have got it."""
    headers = {"Content-Security-Policy": PAGE, "Content-Type": "text/html; charset=utf-8"}
    route.fulfill(body=conflicts[int(route.request.url.rpartition("/")[2])], headers=headers)


def _same_person(context: BrowserContext, nest: Nest, address: str) -> None:
    """Signed in as whoever leads, and with the seat of the phone."""
    for client, name, path in (
        (nest.client, "malrett_signin", "/"),
        (nest.phone, "malrett_seat", f"/w/{nest.plan_id}"),
    ):
        cookie = client.get_cookie(name, path=path)
        assert cookie is not None
        context.add_cookies([{"name": name, "value": cookie.value, "domain": "127.0.0.1", "path": path}])


def test_no_file_of_html_runs_a_canary(browser: Browser, nest: Nest, tmp_path: Path) -> None:
    """The annex for the public, from a disk, where no policy of ours is sent; also with answers that can be tried."""
    said = nest.client.get(f"/plans/{nest.plan_id}/report/1/vedlegg.html")
    assert said.status_code == 200
    with_script = annex_case.written(canary_case.basis(Canaries()), found=annex_case.told())
    context = browser.new_context(bypass_csp=True)
    context.add_init_script(FIRES)
    page, asked = context.new_page(), []
    page.on("request", lambda one: asked.append(one.url))
    for content in (said.data, with_script):
        (tmp_path / "vedlegg.html").write_bytes(content)
        page.goto((tmp_path / "vedlegg.html").as_uri())
        if content is with_script:
            page.locator("#which").select_option(index=1)
            page.get_by_text("kanari").first.wait_for()
        assert page.evaluate("fired") == [] and not page.evaluate(OF_THIS_PAGE)
        assert "kanari" in page.content() and canary_case.RECKONED not in page.content()
    assert [one for one in asked if not one.startswith(("file:", "data:"))] == []
    context.close()
