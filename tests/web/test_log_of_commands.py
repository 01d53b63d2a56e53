"""Does every command that changes a plan leave a line in its log? Each is in one of two lists, and each of the first is
tried. A new command fails here until somebody has said which it is.

Nothing that people wrote is in the chain itself; all of it may be deleted, and the chain is as whole as before.
"""

import ast
import io
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import planner
import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient

from planner.domain import log_chain
from planner.domain.proposals import Against, Verdict
from planner.store import jobs, log, survey_comments
from planner.store import proposals as proposal_store
from planner.store import workshop_proposals
from planner.store.database import Database
from planner.wording import log as wording
from tests.test_translations import catalogue
from tests.web import test_decision, test_proposals, test_stated, test_survey, test_survey_weighting
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
    "portfolio.relieve": "types into the frame and tries it, by the same command as portfolio.attempt",
    **dict.fromkeys(("scenarios.save", "scenarios.rename", "scenarios.remove"), SKETCH),
    **dict.fromkeys(("workshop.create", "workshop.rehearse", "workshop.change", "workshop.act"), ROOM),
    "workshop.takes": "tells how long a workshop takes, and writes nothing",
    "decision.look": "shows what a decision would do, and writes nothing",
    **{f"workshop_paper.{name}": ROOM for name in ("make", "keep", "decide", "restart", "upload")},
}
NAME = "Kari Nordmann"


def test_every_command_of_a_plan_is_logged_or_has_a_reason(app: Flask) -> None:
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ()) and "plan_id" in rule.arguments}
    assert not LOGGED.keys() & UNLOGGED.keys()
    assert posts == LOGGED.keys() | UNLOGGED.keys()


def kinds() -> set[str]:
    """The word of each entry that the program may append, out of its source."""
    found = set()
    for path in (Path(planner.__file__).parent / "services").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("log.append", "store.append") and len(node.args) > 3:
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
    """Of the sample: weights, the answers themselves, free texts; then another survey, and what stands in for one."""
    weighting = test_survey_weighting.page(told.client, told.plan_id)
    told.post("survey/weighting", {**weighting, "how": "none"})
    told.post("survey/forget", {})
    with told.database.write() as session:
        survey_comments.put_all(session, told.plan_id, [f"{NAME} vil ha buss nummer {n}" for n in range(12)])
        session.commit()
    page = told.page("survey/comments")
    first, second = dict.fromkeys(re.findall(r"/comments/(\d+)\b", page))[:2] if False else list(
        dict.fromkeys(re.findall(r"/comments/(\d+)\b", page))
    )[:2]
    told.post(f"survey/comments/{first}", {"text": "Vi vil ha buss", "statement": "", "state": hidden(page, "state")})
    told.post(f"survey/comments/{second}/remove", {})
    told.post("survey/comments/remove", {})
    told.post("gaps/weights", {"segments": "equal", "factors": "per_statement", "version": "0"})
    rows = [("6", "5", "2", "3")] * 12
    test_survey.upload(told.client, told.plan_id, test_survey.answers(*rows))
    told.post("survey/confirm", {"version": hidden(told.page("survey/confirm"))})


def stated(told: Log) -> None:
    test_stated.upload(told.client, told.plan_id, test_stated.MEANS)
    told.post("survey/table", {"version": hidden(told.page("survey/table"))})
