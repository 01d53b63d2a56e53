"""Does every command that changes a plan leave a line in its log? Each is in one of two lists, and each of the first is
tried. A new command fails here until somebody has said which it is.

Nothing that people wrote is in the chain itself; all of it may be deleted, and the chain is as whole as before.
"""

import ast
import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale

import planner
from planner.domain import log_chain
from planner.domain.proposals import Against, Verdict
from planner.store import log, survey_comments, workshop_proposals
from planner.store import proposals as proposal_store
from planner.store.database import Database
from planner.wording import log as wording
from tests.services.test_report import keep
from tests.web import test_decision, test_proposals, test_stated, test_survey, test_survey_weighting
from tests.web.test_portfolio import form_of
from tests.workshop_case import Room, typed

LOGGED = {
    "survey.confirm": "survey_confirmed",
    "survey_comments.change": "comment_changed",
    "survey_comments.remove": "comment_deleted",
    "survey_comments.remove_all": "comments_deleted",
    "survey_kept.forget": "answers_deleted",
    "survey_weighting.save": "weighting_changed",
    "stated.confirm": "stated_confirmed",
    "stated.keep_workshop": "stated_confirmed",
    "gaps.weights": "weights_changed",
    "initiatives.add": "initiative_added",
    "initiatives.change": "initiative_changed",
    "initiatives.row_change": "initiative_changed",
    "initiatives.remove": "initiative_removed",
    "initiatives.add_from_bank": "initiatives_from_bank",
    "initiatives.upload": "initiatives_read",
    "initiatives.take_proposal": "initiative_added",
    "initiatives.set_aside_proposal": "idea_set_aside",
    "initiatives.freed_add": "freed_added",
    "initiatives.freed_change": "freed_changed",
    "initiatives.freed_remove": "freed_removed",
    "portfolio.attempt": "frame_changed",
    "workshop.adopt": "workshop_adopted",
    "workshop.remove": "workshop_removed",
    "proposals.propose": "proposal_made",
    "proposals.choose_public": "proposal_list_changed",
    "proposals.add_to_list": "initiative_added",
    "proposals.remove": "proposal_removed",
    "followup.tell": "status_told",
    "followup.begin_next": "begun_after",
    "report.save_texts": "paper_texts_changed",
    "report.upload_template": "template_kept",
    "report.remove_template": "template_removed",
    "decision.decide": "decision",
    "log.forget": "words_deleted",
}
WAITS = "what waits is no part of the plan until it is confirmed, and that is logged"
WORKS = "asks for work; what it comes to is logged when it is written down"
SKETCH = "a sketch beside the plan; what is kept of it is logged"
ROOM = "of the room, which has a log of its own; what is taken from it into the plan is logged"
UNLOGGED = {
    "plans.remove": "the log goes with the plan",
    **dict.fromkeys(("survey.upload", "survey.choose", "survey.cancel", "survey.stop_reading", "stated.cancel"), WAITS),
    **dict.fromkeys(("portfolio.keep", "scenarios.prove", "report.work_out", "looks.ask"), WORKS),
    **dict.fromkeys(("proposals.again", "proposals.again_all"), WORKS),
    **dict.fromkeys(("portfolio.stop", "looks.stop"), "ends work, and nothing is written down"),
    **dict.fromkeys(("package.ask", "package.stop"), "makes a file of what is there; nothing of the plan is another"),
    "portfolio.relieve": "types into the frame and tries it, by the same command as portfolio.attempt",
    **dict.fromkeys(("scenarios.save", "scenarios.rename", "scenarios.remove"), SKETCH),
    **dict.fromkeys(("workshop.create", "workshop.rehearse", "workshop.change", "workshop.act"), ROOM),
    "workshop.takes": "tells how long a workshop takes, and writes nothing",
    "decision.look": "shows what a decision would do, and writes nothing",
    **{f"workshop_paper.{name}": ROOM for name in ("make", "keep", "decide", "restart", "upload")},
}
NAME = "Kari Nordmann"


def test_every_command_of_a_plan_is_logged_or_has_a_reason(app: Flask) -> None:
    posts = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and "plan_id" in rule.arguments
    }
    assert not LOGGED.keys() & UNLOGGED.keys()
    assert posts == LOGGED.keys() | UNLOGGED.keys()


def kinds() -> set[str]:
    """The word of each entry that the program may append, out of its source."""
    found = set()
    for path in (Path(planner.__file__).parent / "services").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) in ("log.append", "store.append")
                and len(node.args) > 3
            ):
                word = node.args[3]
                if isinstance(word, ast.Constant):
                    found.add(word.value)
    return found


class Log:
    """The plan's log, and what each command has left in it."""

    def __init__(self, app: Flask, client: FlaskClient, database: Database, plan_id: str) -> None:
        self.app, self.client, self.database, self.plan_id = app, client, database, plan_id
        self.tried: dict[str, str] = {}

    def words(self, plan_id: str = "") -> list[str]:
        with self.database.read() as session:
            chain = log.chain(session, plan_id or self.plan_id)
        entries = [log_chain.read(link.text) for link in chain.links]
        return [entry.what for entry in entries if entry is not None]

    def post(self, path: str, data: Mapping[str, Any], status: int = 303) -> str:
        """One command, the last word it left in the log, and where it leads."""
        url, before = f"/plans/{self.plan_id}/{path}", len(self.words())
        response = self.client.post(url, data=data)
        assert response.status_code == status, (path, response.get_data(as_text=True)[:3000])
        new = self.words()[before:]
        endpoint = self.app.url_map.bind("").match(url, method="POST")[0]
        self.tried[endpoint] = new[-1] if new else ""
        return response.headers.get("Location", "")

    def page(self, path: str) -> str:
        return self.client.get(f"/plans/{self.plan_id}/{path}").get_data(as_text=True)


def hidden(page: str, name: str = "version") -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def survey(told: Log) -> None:
    """Of the sample: weights, the answers themselves, free texts."""
    weighting = test_survey_weighting.page(told.client, told.plan_id)
    told.post("survey/weighting", {**weighting, "how": "none"})
    told.post("survey/forget", {})
    with told.database.write() as session:
        survey_comments.put_all(session, told.plan_id, [f"{NAME} vil ha buss nummer {n}" for n in range(12)])
        session.commit()
    page = told.page("survey/comments")
    states = dict(re.findall(r'/comments/(\d+)\b.*?name="state" value="([^"]*)"', page, re.DOTALL))
    first, second, *_ = states
    told.post(f"survey/comments/{first}", {"text": "Vi vil ha buss", "state": states[first]})
    told.post(f"survey/comments/{second}/remove", {"state": states[second]})
    told.post("survey/comments/remove", {})
    told.post("gaps/weights", {"segments": "equal", "factors": "per_statement", "version": "0"})


def initiatives(told: Log) -> None:
    form = {"code": "X1", "title": NAME, "theme": "bolig", "chance.percent": "90"}
    told.post("initiatives/new", form)
    told.post("initiatives/one/X1", {**form, "responsible": NAME, "version": "1"})
    told.post("initiatives/one/X1/row", {**form, "costs.yearly.value": "7", "version": "2"}, 200)
    told.post("initiatives/one/X1/remove", {"version": "3"})
    told.post("initiatives/one/T04/remove", {"version": "1"})
    told.post("initiatives/bank", {"code": ["T04"]})
    book = told.client.get(f"/plans/{told.plan_id}/initiatives/workbook").data
    sheets = openpyxl.load_workbook(io.BytesIO(book))
    row = next(row for row in sheets["Tiltak"].iter_rows(min_row=2) if row[0].value == "T04")
    row[1].value = f"Boligtun til {NAME}"
    changed = io.BytesIO()
    sheets.save(changed)
    changed.seek(0)
    told.post("initiatives/workbook", {"file": (changed, "tiltak.xlsx")})
    row_of = {
        "code": "F1",
        "title": NAME,
        "affected": NAME,
        "operating.value": "10",
        "first_year": "2028",
        "counted": "ja",
    }
    told.post("initiatives/freed/new", row_of)
    told.post("initiatives/freed/one/F1", {**row_of, "operating.value": "20", "version": "1"})
    told.post("initiatives/freed/one/F1/remove", {"version": "2"})


def room(told: Log) -> None:
    there = Room(told.app, told.client, told.database, told.plan_id, number=2)  # the first is tried with made-up people
    codes = ["T01", "T02"]
    chosen = {f"statement-{code}": ["s01"] for code in codes}
    assert told.client.post(f"/plans/{told.plan_id}/workshop/new", data=typed(item=codes) | chosen).status_code == 303
    there.act("gather", "open")
    phones = there.phones(5)
    for title in ("Nattbuss", "Svømmehall"):
        phones[0].client.post(f"{phones[0].url}/propose", data={"title": title, "text": NAME, "statement": "s01"})
    for phone in phones:
        assert phone.score("T01", "s01", "2").status_code == 200
    there.act("reveal")
    told.post("workshop/2/adopt", {"take/T01/s01": "everyone", "version": there.now.version})
    with told.database.read() as session:
        first, second = workshop_proposals.all_of(session, there.now.id)
    told.post(f"initiatives/proposals/2/{first.id}/take", {})
    told.post(f"initiatives/proposals/2/{second.id}/set-aside", {"reason": NAME})
    told.post("workshop/2/remove", {"version": there.now.version})


def decided(told: Log) -> None:
    """The frame; a plan of report_case is decided, and what comes after."""
    page = told.page("portfolio")
    told.post("portfolio/attempt", {**form_of(page), "reserve": "5"})
    keep(told.database, told.plan_id)
    shown = test_decision.seal(test_decision.look(told.client, told.plan_id, test_decision.BASE))
    told.post("decision", {**test_decision.BASE, "shown": shown})
    told.post(f"log/{len(told.words())}/forget", {})
    told.post("followup", {"quarter": "2027-1", "status-A": "going", "note-A": NAME})
    made = told.post("followup/next", {})
    told.tried["followup.begin_next"] = told.words(made.split("/")[2])[-1]


def proposals(told: Log) -> None:
    told.post("proposals/new", test_proposals.CHEAP | {"title": NAME, "effects.0.statement": "s01"})
    against, at = Against("plan-1", "Planen", "", {}), datetime(2026, 11, 27, tzinfo=UTC)
    with told.database.write() as session:
        answer = Verdict(True, 2027, 1.0, (), (), True)
        assert proposal_store.answer(session, told.plan_id, 1, against, answer, at)
        session.commit()
    told.post("proposals/list", {"seen": "1", "shown": "1"})
    told.post("proposals/1/list", {})
    told.post("proposals/1/remove", {"title": NAME})


def paper(told: Log) -> None:
    told.post("report/texts", {"version": "0", "children": f"{NAME} har vurdert det."})
    file = told.client.get(f"/plans/{told.plan_id}/report/template/example.docx").data
    told.post("report/template", {"file": (io.BytesIO(file), f"{NAME}.docx")})
    told.post("report/template/remove", {"seen": hidden(told.page("report/template"), "seen")})


def other_needs(told: Log) -> None:
    """A report's table, then another survey; and weights of a workshop, which only an empty plan takes."""
    test_stated.upload(told.client, told.plan_id, test_stated.MEANS)
    page = told.client.get(f"/plans/{told.plan_id}/survey/table").get_data(as_text=True)
    told.post("survey/table", {"version": hidden(page)})
    test_survey.upload(told.client, told.plan_id, test_survey.answers(*[("6", "5", "2", "3")] * 12))
    told.post("survey/confirm", {"version": "1"})
    made = told.client.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"}).headers["Location"]
    told.plan_id = made.split("/")[2]
    assert told.words() == ["started"]
    told.post("survey/workshop", {**test_stated.form(told.client, told.plan_id), **test_stated.WEIGHTS})


def test_each_leaves_its_line_and_nothing_that_people_wrote(
    app: Flask, client: FlaskClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.services.plans.now", lambda: datetime(2026, 11, 27, 8, 0, tzinfo=UTC))
    monkeypatch.setattr(app.extensions["planner"].jobs, "start", lambda: None)
    plan_id = client.post("/plans/sample").headers["Location"].split("/")[2]
    told = Log(app, client, database, plan_id)
    assert told.words()[-1] == "sample_made"
    for part in (survey, initiatives, room, decided, proposals, paper, other_needs):
        part(told)
    assert told.tried == LOGGED
    with database.write() as session:
        chain = log.chain(session, plan_id)
        assert NAME.split()[0] not in "".join(link.text for link in chain.links)
        for sequence in chain.contents:
            log.forget(session, plan_id, sequence)
        assert log_chain.findings(log.chain(session, plan_id)) == ()
        session.rollback()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_each_word_has_a_sentence(app: Flask, language: str) -> None:
    facts = Facts(
        {"initiative": "T1", "parts": "costs", "added": "T1", "texts": "risk", "comes_in": True, "year": 2027}
    )
    words = kinds() | set(LOGGED.values())
    assert {"started", "plan_kept", "proposal_answered", "override"} <= words
    with app.test_request_context(), force_locale(language):
        for word in words:
            told = wording.told(word, facts)
            assert told != word and "_" not in told, word


class Facts(dict[str, str | int | bool]):
    """Of every kind of entry at once: what is not among them is 1."""

    def __missing__(self, key: str) -> int:
        return 1
