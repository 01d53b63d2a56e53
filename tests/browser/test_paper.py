"""Paper ballots typed by somebody who never touches the mouse."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor, axe
from tests.browser.test_whole_job import press
from tests.browser.test_workshop import set_up

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def type_ballot(page: Page, ballot: str, keys: str) -> None:
    """Everything from the keyboard: the id, then a digit a line; «|» is the Enter after the comment."""
    expect(page.locator("#ballot")).to_be_focused()
    page.keyboard.type(ballot.lower().replace("-", ""))
    page.keyboard.press("Enter")
    expect(page.locator("[data-cell]").first).to_be_focused()
    for key in keys:
        page.keyboard.press("Enter" if key == "|" else key)


def test_a_ballot_is_typed_twice_and_decided_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    where = set_up(visitor)
    press(visitor, "Start runde 1")
    visitor.visit(f"{where}/paper")
    page.get_by_label("Hvor mange stemmesedler").press("Enter")
    expect(page.get_by_text("30 stemmesedler er laget.")).to_be_visible()
    visitor.check()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF, Bokmål, utskrift 1").press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")
    ballot = next(one for one in ballots_of(visitor, where))
    page.get_by_role("link", name="Skriv inn stemmesedler").press("Enter")
    visitor.check()
    page.reload()
    # The group and three lines; a wrong digit stays where it is, and arrow up goes back to mend it.
    type_ballot(page, ballot, "012")
    expect(page.locator("#answer-0-2")).to_be_focused()
    page.keyboard.press("7")
    expect(page.locator("#answer-0-2")).to_be_focused()
    assert not axe(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("3")
    page.keyboard.press("x")
    expect(page.locator("#comment-0")).to_be_focused()
    page.keyboard.type("Bra")
    page.keyboard.press("Enter")
    expect(page.get_by_text("er skrevet inn én gang")).to_be_visible()
    type_ballot(page, ballot, "023x|")
    # The first line differs: it is looked up on the paper and typed, and Enter decides.
    expect(page.get_by_text("hva står det på papiret?")).to_be_visible()
    expect(page.locator("[data-cell]")).to_have_count(1)
    expect(page.locator("[data-cell]")).to_be_focused()
    visitor.check()
    page.locator("[data-cell]").focus()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{ballot} teller med.")).to_be_visible()
    visitor.visit(f"{where}/paper")
    expect(page.locator(".answer")).to_have_text("Runde 1: 1 av 30 stemmesedler teller med.")


def ballots_of(visitor: Visitor, where: str) -> list[str]:
    """The ids, from the empty form."""
    table = visitor.page.context.request.get(f"{visitor.address}{where}/paper/form.csv").body().decode("utf-8-sig")
    return [line.split(";")[0] for line in table.splitlines()[1:]]
