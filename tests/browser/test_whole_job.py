"""The whole job as a new user does it: from `./run` and an empty plan to the downloaded council paper.

Every page on the way is held against the console and the width of the window, wide and narrow.
"""

import re
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Locator, expect

from tests.browser.conftest import ROOT, Visitor
from tests.web.test_stated import SHARES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SURVEY = ROOT / "seed_data" / "innbyggerundersokelse.csv"
LIMITS = {
    "investment": ("3 000", "3 000", "2 000", "2 000"),
    "operating": ("2000", "3000", "4000", "4500"),
    "staff": ("18", "20", "22", "22"),
}


def press(visitor: Visitor, name: str) -> None:
    """Press the button, or follow the link, with exactly this text; the page it leads to is checked."""
    button = visitor.page.get_by_role("button", name=name, exact=True)
    target = button if button.count() else visitor.page.get_by_role("link", name=name, exact=True)
    target.first.click()
    visitor.page.wait_for_load_state()


def step(visitor: Visitor, name: str) -> Locator:
    """A step of the way through, by how its link begins: what it says of how far it has come may hold any word."""
    return visitor.page.locator(".way-step a", has_text=re.compile(rf"^\s*{name}\b"))


def solved(visitor: Visitor) -> None:
    """Wait until the plan stands on the page."""
    expect(visitor.page.get_by_role("heading", name="Ikke nå", exact=True)).to_be_visible(timeout=120_000)


def holds_still(visitor: Visitor) -> None:
    """What is unfolded while reasons come in stays so, with the focus where it was."""
    page = visitor.page
    fold = page.locator("#reasons .reasons details").first
    fold.locator("summary").click()
    button = fold.get_by_role("button", name="Skal ikke med")
    button.focus()
    page.evaluate(
        "htmx.ajax('GET', location.pathname + '/reasons?seen=', {target: '#reasons', swap: 'outerHTML'})"
        ".then(() => document.getElementById('reasons').dataset.new = 'yes')"
    )
    page.locator("#reasons[data-new]").wait_for()
    expect(fold).to_have_attribute("open", "")
    expect(button).to_be_focused()


def test_from_an_empty_plan_to_the_council_paper(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.page
    visitor.visit("/")
    page.get_by_label("Kommune").fill("Fjordvik")
    page.get_by_label("Navn på planen").fill("Bolyst 2027–2030")
    press(visitor, "Start")

    # Undersøkelse: a real export, its columns as they were taken, the findings, the confirmation
    visitor.check()
    page.locator("input[type=file]").set_input_files(SURVEY)
    press(visitor, "Last opp")
    expect(page.get_by_role("button", name="Videre til funn")).to_be_visible(timeout=60_000)
    visitor.check()
    press(visitor, "Videre til funn")
    visitor.check()
    press(visitor, "Videre til bekreftelse")
    expect(page.locator("main")).to_contain_text("412 av 420 rader")
    visitor.check()
    press(visitor, "Lagre undersøkelsen")
    visitor.check()

    # Behov
    step(visitor, "Behov").click()
    expect(page.locator("h1")).to_contain_text("Hva mangler folk mest?")
    visitor.check()

    # Tiltak: from the bank
    step(visitor, "Tiltak").click()
    visitor.check()
    press(visitor, "Velg fra eksempelbanken")
    visitor.check()
    press(visitor, "Legg til de valgte")
    expect(page.locator("main")).to_contain_text("40 tiltak")
    visitor.check()

    # Prioritering: the frame, the plan, keeping it
    step(visitor, "Prioritering").click()
    visitor.check()
    first = int(page.locator("[name='first_year'], #first_year").first.input_value())
    for resource, amounts in LIMITS.items():
        for offset, amount in enumerate(amounts):
            page.locator(f"[name='limit-{resource}-{first + offset}']").fill(amount)
    page.get_by_role("button", name="Finn beste plan").first.click()
    solved(visitor)
    expect(page.locator("main")).to_contain_text("behovspoeng")
    visitor.check()
    holds_still(visitor)
    press(visitor, "Ta vare på planen")
    expect(step(visitor, "Plan")).to_contain_text("klar", timeout=180_000)

    # Plan: the paper on the page, in Word and in Excel
    step(visitor, "Plan").click()
    visitor.check()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Last ned Word").click()
    word = tmp_path / "sak.docx"
    coming.value.save_as(word)
    text = "\n".join(paragraph.text for paragraph in Document(str(word)).paragraphs)
    assert "Fjordvik" in text and "innstilling" in text.lower()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Last ned Excel").click()
    book = tmp_path / "handlingsdel.xlsx"
    coming.value.save_as(book)
    assert len(load_workbook(book).sheetnames) >= 4
    visitor.check()

    # The council's decision: seen before it is written down, on every page after, and told in the log
    page.get_by_role("link", name="Før inn vedtaket").click()
    page.get_by_label("Hvem som fører det inn").fill("Kari Nordmann")
    page.get_by_label("Hvorfor tallene kan brukes").fill("Sammenlignet med nabokommunen")
    press(visitor, "Vis hva det betyr")
    press(visitor, "Før inn vedtaket")
    expect(page.get_by_role("heading", name="Hva er vedtatt?")).to_be_visible()
    visitor.check()
    page.get_by_role("link", name="Se loggen").click()
    expect(page.locator("main")).to_contain_text("Kjeden er hel")
    expect(page.locator("main")).to_contain_text("Vedtatt ")
    visitor.check()


def test_a_table_from_a_report_becomes_needs(visitor: Visitor, tmp_path: Path) -> None:
    """Uploaded, looked over and used, each page checked."""
    page, table = visitor.page, tmp_path / "rapport.csv"
    table.write_text(SHARES, encoding="utf-8")
    visitor.visit("/")
    page.get_by_label("Navn på planen").fill("Etter en rapport")
    page.get_by_label("Kommune").fill("Prøvevik")
    press(visitor, "Start")
    page.locator("#file").set_input_files(table)
    press(visitor, "Last opp")
    expect(page.get_by_role("heading", name="Dette kan ikke regnes ut av den")).to_be_visible()
    visitor.check()
    press(visitor, "Bruk disse tallene")
    visitor.check()
    press(visitor, "Se behovene")
    expect(page.get_by_role("heading", name="Hva mangler folk mest?")).to_be_visible()
    visitor.check()
