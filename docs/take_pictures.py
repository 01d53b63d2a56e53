"""Takes the pictures of the README and of docs/pictures: every page of the sample, light and dark, wide and narrow.

From the top of the checkout, once `./run test` has set up a browser: .venv/bin/python -m docs.take_pictures
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
BEFORE = ("plans", "survey", "gaps", "initiatives", "workshop", "portfolio", "scenarios", "report")
AFTER = ("decision", "followup", "proposals")
SIZES = {1280: 1400, 390: 1000}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            [ROOT / "run", "demo", "--port", "0"],
            stdout=subprocess.PIPE,
            text=True,
            env={"PATH": "/usr/bin:/bin:/usr/local/bin", "MALRETT_DATA": folder, "HOME": folder},
        )
        assert server.stdout
        try:
            found = re.search(r"http://\S+?:\d+", server.stdout.readline())
            assert found
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
                take(browser, found[0])
                browser.close()
        finally:
            server.terminate()
            server.wait(timeout=20)


def take(browser: Browser, address: str) -> None:
    page = browser.new_context(locale="nb-NO").new_page()
    page.goto(address)
    plan = page.locator(".plan-cards a").first.get_attribute("href")
    assert plan
    folder = plan.rsplit("/", 1)[0]
    keep_a_plan(page, address + folder)
    take_pictures(browser, address, folder, BEFORE)
    propose(page, address + folder)
    decided = decide(page, address + folder).removeprefix(address + folder + "/")
    take_pictures(browser, address, folder, AFTER, {"decision": decided})


def take_pictures(
    browser: Browser, address: str, folder: str, steps: Sequence[str], parts: Mapping[str, str] = MappingProxyType({})
) -> None:
    """parts: what stands in the address of a step whose own word does not."""
    for width, height in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                locale="nb-NO", color_scheme=scheme, viewport={"width": width, "height": height}
            )
            visitor = context.new_page()
            for step in steps:
                visitor.goto(address + ("/" if step == "plans" else f"{folder}/{parts.get(step, step)}"))
                visitor.wait_for_timeout(300)
                visitor.screenshot(path=PICTURES / f"{step}-{width}-{scheme}.png")
            context.close()


def keep_a_plan(page: Page, plan: str) -> None:
    page.goto(f"{plan}/portfolio")
    page.get_by_role("button", name="Finn beste plan").first.click()
    keep = page.get_by_role("button", name="Ta vare på planen")
    expect(keep).to_be_visible(timeout=120_000)
    keep.click()
    for _ in range(120):
        page.wait_for_timeout(1000)
        page.goto(f"{plan}/report")
        if page.get_by_role("link", name="Last ned Word").count():
            break


def propose(page: Page, plan: str) -> None:
    """A new idea, and its answer."""
    page.goto(f"{plan}/proposals/new")
    page.locator("[name=title]").fill("Leksehjelp på biblioteket")
    page.locator("[name=factor]").select_option(index=1)
    page.locator("[name='effects.0.statement']").select_option(index=1)
    page.locator("[name='effects.0.percent']").select_option(index=2)
    page.locator("[name=targets]").first.check()
    page.locator("[name='costs.yearly.value']").fill("200")
    page.get_by_role("button", name="Se hva det gjør med planen").click()
    for _ in range(60):
        page.wait_for_timeout(1000)
        page.goto(f"{plan}/proposals")
        if page.get_by_text(re.compile("Kommer inn|Ikke nå")).count():
            break


def decide(page: Page, plan: str) -> str:
    """The council's decision, with one initiative that is under way; the address of its page."""
    page.goto(f"{plan}/report")
    page.get_by_role("link", name="Før inn vedtaket").click()
    page.get_by_label("Hvem som fører det inn").fill("Formannskapssekretæren")
    page.get_by_label("Hvorfor tallene kan brukes").fill("Sammenlignet med nabokommunen.")
    page.get_by_role("button", name="Vis hva det betyr").click()
    page.get_by_role("button", name="Før inn vedtaket").click()
    page.get_by_role("heading", name="Hva er vedtatt?").wait_for()
    return page.url


if __name__ == "__main__":
    main()
