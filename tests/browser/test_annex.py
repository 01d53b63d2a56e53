"""The annex in a real browser, from a file and without a network: tried by keyboard, saved, whole without script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from planner.domain.problem_file import problem_sha256, read_problem
from tests.annex_case import told, written
from tests.browser.conftest import WIDTHS, axe
from tests.report_case import problem, with_text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HOSTILE = '</script><img src=x onerror="window.ran=1">'


def test_a_reader_tries_an_initiative_and_saves_the_calculation(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "vedlegg.html"
    file.write_bytes(written(found=told()))
    context = browser.new_context(offline=True, accept_downloads=True)
    page, troubles, asked = context.new_page(), [], []
    page.on("console", lambda said: troubles.append(said.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda one: asked.append(one.url))
    page.goto(file.as_uri())
    reply = page.locator("#reply")
    expect(reply).to_be_hidden()
    page.locator("#which").focus()
    page.keyboard.type("Jobbmesse")
    expect(reply).to_contain_text("Må det med fra")
    expect(reply).to_contain_text("av 100 behovspoeng, mot 14,0")
    expect(reply.get_by_text("kommer inn").first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(reply).to_contain_text("Det er ikke med i planen. Planen blir som den er.")
    page.get_by_label("Tiltak", exact=True).select_option(label="Boligveileder")
    expect(reply).to_contain_text("Uten det lukker den beste planen 6,0 behovspoeng mindre")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
        assert not axe(page), width
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Lagre regnestykket", exact=True).click()
    saved = read_problem(Path(waiting.value.path()).read_bytes()).problem
    assert waiting.value.suggested_filename == "malrett-problem-1.json"
    assert saved is not None and problem_sha256(saved) == problem_sha256(problem())
    assert not troubles and [one for one in asked if not one.startswith(("file:", "blob:"))] == []
    context.close()


def test_without_script_everything_is_there_and_a_hostile_title_does_nothing(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "vedlegg.html"
    file.write_bytes(written(with_text(HOSTILE), found=told()))
    for scripted in (False, True):
        context = browser.new_context(offline=True, java_script_enabled=scripted)
        page = context.new_page()
        page.goto(file.as_uri())
        if scripted:
            assert page.evaluate("[window.ran, document.images.length, document.forms.length]") == [None, 0, 0]
        else:
            expect(page.get_by_text("Planen lukker da").first).to_be_visible()
            expect(page.locator("#controls")).to_be_hidden()
        expect(page.locator("article h3").first).to_contain_text(HOSTILE)
        context.close()
