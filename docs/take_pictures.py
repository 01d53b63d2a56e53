"""Takes the pictures of the README and of docs/pictures: every page of the sample, light and dark, wide and narrow.

From the top of the checkout, once `./run test` has set up a browser: .venv/bin/python -m docs.take_pictures
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
STEPS = ("plans", "survey", "gaps", "initiatives", "workshop", "portfolio", "scenarios", "report")
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
    for width, height in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(
                locale="nb-NO", color_scheme=scheme, viewport={"width": width, "height": height}
            )
            visitor = context.new_page()
            for step in STEPS:
                visitor.goto(address + ("/" if step == "plans" else f"{folder}/{step}"))
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


if __name__ == "__main__":
    main()
