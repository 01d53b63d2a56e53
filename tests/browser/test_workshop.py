"""An evening on a real phone: in by the code, answers, the network gone and back, and what the wall shows when."""

import itertools
import random
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Visitor, axe
from tests.browser.test_whole_job import press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ITEM = "T01"
NOTHING_WAITS = """() => Object.values(localStorage).every(
  text => { try { return !(JSON.parse(text).queue || []).length; } catch (error) { return true; } })"""


def set_up(visitor: Visitor) -> str:
    """A workshop of one initiative in a sample of its own, with people coming in; its address."""
    visitor.visit("/")
    press(visitor, "Åpne eksempel")
    plan = visitor.page.url.split("/")[4]
    visitor.visit(f"/plans/{plan}/workshop")
    press(visitor, "Sett opp et verksted")
    visitor.check()
    expect(visitor.page.locator("#takes")).to_contain_text("16 av 40 tiltak")
    visitor.page.evaluate(
        "item => document.querySelectorAll('[name=item]').forEach(box => { box.checked = box.value === item; })", ITEM
    )
    visitor.page.get_by_label("Plass til").fill("5")
    visitor.page.get_by_label("Vurderinger av hvert tiltak").fill("5")
    visitor.page.get_by_label("Runder").fill("1")
    expect(visitor.page.locator("#takes")).to_contain_text("alle 1 tiltak")
    press(visitor, "Lagre verkstedet")
    press(visitor, "Slipp folk inn")
    visitor.check()
    return urlsplit(visitor.page.url).path


def in_the_room(phone: Page) -> None:
    """Nothing wider than the phone, also a small one, and nothing axe-core finds."""
    for width in (320, 390):
        phone.set_viewport_size({"width": width, "height": 800})
        assert phone.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, width
    assert not axe(phone)


def answer_plainly(context: BrowserContext, address: str, answer: str) -> None:
    """Another phone, without scripts: in, and one whole card."""
    page = context.request.get(address).text()
    form = {"csrf_token": re.findall(r'name="csrf_token" value="([^"]+)"', page)[0], "group": ""}
    card = context.request.post(f"{address}/enter", form=form).text()
    statements = re.findall(r'data-statement="(\w+)"', card)
    answers = {f"answer-{statement}": answer for statement in statements}
    said = context.request.post(f"{address}/card", form={**form, **answers, "round": "1", "initiative": ITEM})
    assert said.ok and len(statements) == 3


def test_a_phone_through_an_evening(visitor: Visitor) -> None:
    lead, browser = visitor.page, visitor.page.context.browser
    assert browser
    where = set_up(visitor)
    wall = lead.context.new_page()
    wall.goto(f"{visitor.address}{where}/projector")
    code = wall.locator(".wall-code").inner_text()
    room = browser.new_context(locale="nb-NO", viewport={"width": 390, "height": 800}, has_touch=True)
    phone = room.new_page()
    phone.set_default_timeout(20_000)
    phone.goto(f"{visitor.address}/join")
    in_the_room(phone)
    phone.get_by_label("Kode").fill(code.lower().replace("-", " "))
    phone.get_by_role("button", name="Bli med").click()
    phone.get_by_label("Ingen av disse").check()
    in_the_room(phone)
    phone.get_by_role("button", name="Bli med").click()
    expect(phone.locator(".answer")).to_have_text("Du er inne. Vent til den som leder, starter.")
    expect(wall.locator(".wall-count")).to_contain_text("1 inne")

    # 100 points to share: typed, then tapped; sent when all are given.
    press(visitor, "La rommet dele 100 poeng på gruppene")
    expect(phone.locator("#share-left")).to_have_text("Igjen: 100 poeng")
    in_the_room(phone)
    phone.locator("#share-1").fill("97")
    phone.locator("#share-1").blur()
    expect(phone.locator("#share-left")).to_have_text("Igjen: 5 poeng")
    phone.locator("[data-step='5']").nth(1).tap()
    expect(phone.locator("#share-left")).to_have_text("Alle poengene er delt ut.")
    expect(phone.locator("[data-sent-text]")).to_have_text("Alt er lagret.")
    expect(lead.locator("#board")).to_contain_text("1 har delt ut poengene.")
    press(visitor, "Avslør delingen")
    expect(lead.get_by_text("Færre enn fem har delt ut poengene, så ingenting vises.")).to_be_visible()
    expect(phone.locator(".answer")).to_have_text("Du er inne. Vent til den som leder, starter.")

    # The round comes to the phone by itself, into the same page, and not between somebody and what they write.
    phone.evaluate("window.is_same = true")
    phone.get_by_text("Har du et eget forslag?").click()
    idea = phone.get_by_label("Hva bør kommunen gjøre?")
    idea.click()  # the fold opens slowly, and what is typed before that is typed nowhere
    idea.press_sequentially("Natt")
    expect(idea).to_have_value("Natt")
    press(visitor, "Start runde 1")
    expect(phone.get_by_role("button", name="Ferdig")).to_be_visible()
    expect(phone.locator("#announce")).to_have_text(phone.locator(".answer").inner_text())
    expect(idea).to_be_focused()
    idea.fill("")
    phone.get_by_text("Har du et eget forslag?").click()
    assert phone.evaluate("window.is_same")
    # A thumb, then the keyboard.
    in_the_room(phone)
    first, second, third = (phone.locator("[data-statement]").nth(at) for at in range(3))
    first.get_by_role("radio", name="mange").tap()
    expect(phone.locator("[data-sent-text]")).to_have_text("Alt er lagret.")
    second.get_by_role("radio", name="ingen").focus()
    phone.keyboard.press("ArrowRight")
    expect(phone.locator("[data-progress-text]")).to_have_text("2 av 3 utsagn er besvart.")
    smallest = min(box["height"] for box in (one.bounding_box() for one in first.locator(".tap").all()) if box)
    assert smallest >= 44

    # Without network: said, kept on the phone, and sent when it is back.
    room.set_offline(True)
    first.get_by_role("radio", name="en del").tap()
    third.get_by_role("radio", name="vet ikke").tap()
    expect(phone.locator("[data-sent-text]")).to_have_text("Ikke sendt ennå: 2. Det sendes av seg selv.")
    phone.get_by_text("Har du et eget forslag?").click()
    phone.get_by_label("Hva bør kommunen gjøre?").fill("Nattbuss")
    phone.get_by_role("button", name="Send forslaget").click()
    expect(phone.locator("[data-sent-text]")).to_have_text("Ikke sendt ennå: 3. Det sendes av seg selv.")
    phone.get_by_role("button", name="Ferdig").click()
    expect(phone.get_by_text("Du er ferdig.")).to_be_visible()
    room.set_offline(False)
    expect(phone.locator("[data-sent-text]")).to_have_text("Alt er lagret.")
    expect(phone.get_by_text("Takk! Forslaget er sendt inn.")).to_be_visible()
    in_the_room(phone)
    expect(lead.locator("#board")).to_contain_text("1 forslag fra rommet")
    phone.get_by_label("Hva bør kommunen gjøre?").fill("Noe jeg ikke er ferdig med")
    phone.reload()
    expect(phone.get_by_label("Hva bør kommunen gjøre?")).to_have_value("Noe jeg ikke er ferdig med")
    expect(phone.locator("[data-proposed] li")).to_have_text(["Nattbuss"])
    phone.evaluate("localStorage.clear()")
    phone.goto(phone.url.split("?")[0] + f"?card={ITEM}")
    for statement, name in ((first, "en del"), (second, "noen få"), (third, "vet ikke")):
        expect(statement.get_by_role("radio", name=name)).to_be_checked()

    # The wall: how many are done, and no figure of what they said until it is revealed.
    link = phone.url.split("?")[0]
    for answer in "1223":
        other = browser.new_context()
        answer_plainly(other, link, answer)
        other.close()
    expect(wall.locator(".wall-count")).to_have_text("5 inne, 5 av 5 ferdige")
    assert "%" not in wall.locator("main").inner_text()
    lead.on("dialog", lambda dialog: dialog.accept())
    press(visitor, "Avslør")
    expect(lead.get_by_role("heading", name="Hva rommet mener")).to_be_visible()
    visitor.check()
    # en del, noen få, en del, en del, mange: the median is «en del», 15 per cent.
    expect(wall.locator(".wall-results li").first).to_contain_text("15\u00a0%")
    assert not axe(wall)
    expect(phone.locator(".answer")).to_have_text("Runden er avslørt. Se på storskjermen.")
    expect(phone.locator("h1")).to_be_focused()
    room.close()


def test_a_network_that_loses_both_ways(visitor: Visitor) -> None:
    """Of what the phone sends 15 per cent never arrives, and of the answers 15 per cent never come back.

    The guards: the phone's queue and the number of each answer (`static/phone.js`, `store.put_score`).
    """
    browser = visitor.page.context.browser
    assert browser
    set_up(visitor)
    press(visitor, "Start runde 1")
    found = re.search(r"/w/[\w-]+", visitor.page.locator("main").inner_text())
    assert found is not None
    room = browser.new_context(locale="nb-NO", viewport={"width": 390, "height": 800})
    phone = room.new_page()
    phone.set_default_timeout(30_000)
    chance, lost, turn = random.Random(3), {"sent": 0, "answer": 0}, itertools.count()

    def lossy(route: Route) -> None:
        now = next(turn) % 20
        if now in (1, 8, 15):
            lost["sent"] += 1
            route.abort()
            return
        answer = route.fetch()
        if now in (3, 10, 17):
            lost["answer"] += 1
            route.abort()
        else:
            route.fulfill(response=answer)

    room.route("**/score", lossy)
    phone.goto(visitor.address + found[0])
    phone.get_by_label("Ingen av disse").check()
    phone.get_by_role("button", name="Bli med").click()
    expect(phone.get_by_role("button", name="Ferdig")).to_be_visible()
    phone.wait_for_load_state("networkidle")  # the script is there
    names = ("ingen", "noen få", "en del", "mange", "vet ikke")
    statements = [phone.locator("[data-statement]").nth(at) for at in range(3)]
    last: list[str] = []
    for _ in range(12):
        last = [chance.choice(names) for _ in statements]
        for statement, name in zip(statements, last, strict=True):
            statement.get_by_role("radio", name=name).check()
        phone.wait_for_function(NOTHING_WAITS)
        if all(lost.values()):
            break
    expect(phone.locator("[data-sent-text]")).to_have_text("Alt er lagret.")
    phone.evaluate("localStorage.clear()")
    phone.goto(phone.url.split("?")[0] + f"?card={ITEM}")
    for statement, name in zip(statements, last, strict=True):
        expect(statement.get_by_role("radio", name=name)).to_be_checked()
    assert all(lost.values()), (lost, next(turn))
    room.close()
