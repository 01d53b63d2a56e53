"""Does every page answer in every language, and is nothing left in bokmål where a reader asked for English?"""

import io
from collections.abc import Iterator

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlmodel import update

from planner.domain.decision import Change
from planner.files.seed_data import read_seed
from planner.services.looks import LOOKS
from planner.store import decisions
from planner.store.database import Database
from planner.store.workshop_tables import WorkshopRow
from tests import decision_case, portfolio_case, solve_in_child, workshop_case
from tests.kinds import run_instead
from tests.report_case import STATEMENTS
from tests.services.test_report import keep
from tests.test_translations import PLACES, catalogue
from tests.web.test_portfolio import form_of, settle

# Every page there is, as one comes to it. Another page is another line here, or the test of the routes fails.
OF_THE_SAMPLE = {
    "plans.page": ("/",),
    "about.accessibility": ("/about/accessibility",),
    "about.privacy": ("/about/privacy",),
    "survey.page": ("/plans/{}/survey",),
    "survey.columns": ("/plans/{}/survey/columns", "/plans/{}/survey/columns?all=1"),
    "survey.findings": ("/plans/{}/survey/findings",),
    "survey.confirmation": ("/plans/{}/survey/confirm",),
    "questionnaire.page": ("/plans/{}/survey/questionnaire",),
    "survey_comments.page": ("/plans/{}/survey/comments",),
    "stated.workshop": ("/plans/{}/survey/workshop",),
    "survey_weighting.page": ("/plans/{}/survey/weighting",),
    "gaps.page": tuple(f"/plans/{{}}/gaps?view={view}" for view in ("rows", "map", "groups")),
    "initiatives.page": ("/plans/{}/initiatives",),
    "initiatives.new": ("/plans/{}/initiatives/new",),
    "initiatives.one": ("/plans/{}/initiatives/one/T04",),
    "initiatives.row": ("/plans/{}/initiatives/one/T04/row",),
    "initiatives.row_edit": ("/plans/{}/initiatives/one/T04/row/edit",),
    "initiatives.bank": ("/plans/{}/initiatives/bank",),
    "initiatives.freed_new": ("/plans/{}/initiatives/freed/new",),
}
OF_A_PRIORITISED_PLAN = {
    "initiatives.freed_one": ("/plans/{}/initiatives/freed/one/F1",),
    "portfolio.page": ("/plans/{}/portfolio",),
    "portfolio.outcome": ("/plans/{}/portfolio/outcome",),
    "looks.page": tuple(f"/plans/{{}}/scenarios/{word}" for word in LOOKS),
    "looks.progress": tuple(f"/plans/{{}}/scenarios/{word}/progress?plan=1" for word in LOOKS),
    "scenarios.page": ("/plans/{}/scenarios",),
    "scenarios.saved": ("/plans/{}/scenarios/saved",),
    "proposals.page": ("/plans/{}/proposals",),
    "proposals.public_list": ("/plans/{}/proposals/list",),
    "proposals.new": ("/plans/{}/proposals/new",),
    "proposals.progress": ("/plans/{}/proposals/progress?seen=",),
    "followup.page": ("/plans/{}/followup",),
    "followup.survey": ("/plans/{}/followup/survey?before=",),
    "report.page": ("/plans/{}/report",),
    "report.annex_progress": ("/plans/{}/report/1/answers",),
    "package.progress": ("/plans/{}/report/1/package/progress",),
    "report.texts": ("/plans/{}/report/texts",),
    "report.template": ("/plans/{}/report/template",),
    "decision.new": ("/plans/{}/decision/new",),
    "decision.page": ("/plans/{}/decision/1",),
    "log.page": ("/plans/{}/log",),
}
# Of a workshop whose address ends with the plan's id, with a round that is revealed.
OF_A_WORKSHOP = {
    "workshop.page": ("/plans/{}/workshop",),
    "workshop.new": ("/plans/{}/workshop/new",),
    "workshop.one": ("/plans/{}/workshop/1",),
    "workshop.edit": ("/plans/{}/workshop/1/edit",),
    "workshop.board": ("/plans/{}/workshop/1/board",),
    "workshop.projector": ("/plans/{}/workshop/1/projector",),
    "workshop.projector_news": ("/plans/{}/workshop/1/projector/news",),
    "workshop_paper.page": ("/plans/{}/workshop/1/paper",),
    "workshop_paper.entry": ("/plans/{}/workshop/1/paper/entry",),
    "initiatives.proposals": ("/plans/{}/initiatives/proposals",),
    "workshop_phone.join": ("/join",),
    "workshop_phone.page": ("/w/{}",),
}
NO_PAGES = {
    # There only where people sign in: tests/web/test_rights.py.
    *("signin.page", "signin.invited", "account.page", "people.page"),
    *("oidc.start", "oidc.leave", "oidc.callback"),  # tests/web/test_oidc.py
    *("decision.word", "decision.pdf", "decision.book", "workshop_phone.now"),
    *("watching.health", "watching.ready", "watching.metrics", "security_txt.file"),
    *("decision.file", "log.file", "log.verifier", "workshop_paper.pdf", "workshop_paper.form"),
    "workshop_phone.news",  # says a state in JSON, for the phone's script
    "static",
    "report.annex",
    *("proposals.public_page", "proposals.public_book"),
    "package.file",
    "survey.reading",  # only while a large file is read: tests/web/test_survey_reading.py
    "survey.reading_progress",
    "stated.check",  # only while a report's table waits: tests/web/test_stated.py
    "language.choose",
    "questionnaire.file",
    "about.template",
    "initiatives.workbook",
    "portfolio.reasons",  # only after a proven try: tests/web/test_portfolio_reasons.py
    "portfolio.problem_file",
    "report.word",
    "report.pdf",
    "report.example_template",
    "report.book",
}
SHOWN = ("aria-label", "title", "placeholder", "alt", "data-confirm", "data-announce", "data-label")
CALLED = {one.text for one in STATEMENTS}  # in the words of the survey of report_case, which has no English
LEAST = 12  # characters; a shorter text may well be a part of a name


@pytest.fixture
def sample(client: FlaskClient) -> str:
    """The id of a sample plan, started in English, with another survey file waiting to be confirmed."""
    client.set_cookie("malrett_language", "en")
    plan_id = client.post("/plans/sample").headers["Location"].split("/")[2]
    file = (io.BytesIO(read_seed("innbyggerundersokelse.csv")), "svar.csv")
    assert client.post(f"/plans/{plan_id}/survey/upload", data={"file": file}).status_code == 303
    return plan_id


@pytest.fixture
def prioritised(client: FlaskClient, database: Database, plan_id: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of a plan with a result on its page and a paper made of it."""
    run_instead(monkeypatch, solve_in_child.prove)
    portfolio_case.make(database, plan_id)
    url = f"/plans/{plan_id}/portfolio"
    assert client.post(f"{url}/attempt", data=form_of(client.get(url).get_data(as_text=True))).status_code == 303
    settle(client, url)
    keep(database, plan_id)
    decided = decision_case.document((Change("D", "in", 2029, "It was promised"),), by="The council", anyway="So be it")
    with database.write() as session:
        decisions.add(session, plan_id, decided, decision_case.DAY, decision_case.AT)
        session.commit()
    return plan_id


@pytest.fixture
def room(app: Flask, client: FlaskClient, database: Database, plan_id: str) -> str:
    """The id of a plan with a workshop in which five have scored, and the client has a seat."""
    client.set_cookie("malrett_language", "en")
    workshop_case.put_initiatives(database, plan_id)
    room = workshop_case.Room(app, client, database, plan_id)
    assert room.set_up(title="An evening", tables="").status_code == 303
    with database.write() as session:
        session.exec(update(WorkshopRow).values(link=plan_id))
        session.commit()
    room.act("gather", "open")
    for phone in room.phones(5, "unge"):
        phone.score_all("2")
    client.post(f"/w/{plan_id}/enter", data={"group": "voksne"})
    client.post(f"/w/{plan_id}/propose", data={"title": "Buss", "statement": "s01"})
    room.act("reveal")
    return plan_id


def pages(client: FlaskClient, paths: dict[str, tuple[str, ...]], plan_id: str, language: str) -> Iterator[str]:
    """Every page as HTML; the client holds each against the HTML contract."""
    client.set_cookie("malrett_language", language)
    for path in (path.format(plan_id) for some in paths.values() for path in some):
        response = client.get(path)
        assert response.status_code == 200, path
        assert response.headers["Content-Language"] == language, path
        yield response.get_data(as_text=True)


def visible(html: str) -> set[str]:
    """What a reader sees or hears, piece by piece, with what was typed into fields left out."""
    said: list[str | None] = []
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "textarea"):
            continue
        said += [element.text, *(child.tail for child in element), *(element.get(name) for name in SHOWN)]
    return {" ".join(text.split()) for text in said if text and text.strip()}


def bokmål_left(pieces: set[str]) -> list[str]:
    """The texts in bokmål that are something else in English and stand here all the same.

    A whole sentence counts also in the middle of a piece; a word or two may be part of what somebody called something.
    """
    known = [(one.id, one.string) for one in catalogue("en") if isinstance(one.id, str)]
    texts = [
        text
        for text, english in known
        if len(text) >= LEAST and not PLACES.search(text) and text != english and text not in CALLED
    ]
    assert len(texts) > 500
    everything = " ¦ ".join(pieces)
    return [text for text in texts if text in pieces or (text[-1] in ".?!:" and text in everything)]


def test_no_page_is_forgotten(app: Flask) -> None:
    asked = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert asked == set(OF_THE_SAMPLE) | set(OF_A_PRIORITISED_PLAN) | set(OF_A_WORKSHOP) | NO_PAGES


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_page_of_the_sample(client: FlaskClient, sample: str, language: str) -> None:
    assert all(pages(client, OF_THE_SAMPLE, sample, language))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_page_of_a_prioritised_plan(client: FlaskClient, prioritised: str, language: str) -> None:
    assert all(pages(client, OF_A_PRIORITISED_PLAN, prioritised, language))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_page_of_a_workshop(client: FlaskClient, room: str, language: str) -> None:
    assert all(pages(client, OF_A_WORKSHOP, room, language))


def test_no_bokmål_is_left_on_the_english_pages_of_a_workshop(client: FlaskClient, room: str) -> None:
    seen = set().union(*(visible(html) for html in pages(client, OF_A_WORKSHOP, room, "en")))
    assert "What the room thinks" in seen
    left = bokmål_left(seen)
    assert not left, left


def test_no_bokmål_is_left_on_the_english_pages_of_the_sample(client: FlaskClient, sample: str) -> None:
    seen = set().union(*(visible(html) for html in pages(client, OF_THE_SAMPLE, sample, "en")))
    assert "What do people lack most?" in seen
    left = bokmål_left(seen)
    assert not left, left


def test_no_bokmål_is_left_on_the_english_pages_of_a_prioritised_plan(client: FlaskClient, prioritised: str) -> None:
    seen = set().union(*(visible(html) for html in pages(client, OF_A_PRIORITISED_PLAN, prioritised, "en")))
    assert "The municipal director's recommendation" in seen
    left = bokmål_left(seen)
    assert not left, left


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_frame_comes_back_as_it_was_shown(
    client: FlaskClient, sample: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """3 000 was once 3,000 in English, and 3 when the form was sent."""
    run_instead(monkeypatch, solve_in_child.give_up)
    client.set_cookie("malrett_language", language)
    url = f"/plans/{sample}/portfolio"
    before = form_of(client.get(url).get_data(as_text=True))
    assert "3\u202f000" in before.values()
    client.post(f"{url}/attempt", data={**before, "effect_years": "4"})
    after = form_of(client.get(url).get_data(as_text=True))
    assert {**before, "version": after["version"]} == after
