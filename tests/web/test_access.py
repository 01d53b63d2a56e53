"""Whose plan: every route against owner and stranger. A route without an entry here fails."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.config import Config
from planner.store.database import Database
from tests import workshop_case
from tests.conftest import app_on

# What an owner gets when asking plainly; a stranger gets 404 for everything under a plan.
# A code and what it leads to are for everybody; under a workshop's address a phone says something only from a seat.
IN_THE_ROOM = {
    "workshop_phone.page",
    "workshop_phone.now",
    "workshop_phone.enter",
    "workshop_phone.news",
    "workshop_phone.score",
    "workshop_phone.comment",
    "workshop_phone.card",
    "workshop_phone.propose",
    "workshop_phone.propose_form",
    "workshop_phone.points",
    "workshop_phone.share_form",
}
PUBLIC = {
    "workshop_phone.join",
    "workshop_phone.find",
    "static",
    "watching.health",
    "watching.ready",
    "watching.metrics",
    "language.choose",
    "about.accessibility",
    "about.privacy",
    "security_txt.file",
    "about.template",
    "plans.page",
    "plans.start",
    "plans.make_sample",
    # There only where people sign in: tests/web/test_rights.py.
    *("signin.page", "signin.sign_in", "signin.sign_out", "signin.look_at", "signin.invited", "signin.accept"),
    *("account.page", "account.change", "account.password", "account.sign_out_everywhere"),
    *("oidc.start", "oidc.leave", "oidc.callback", "oidc.accept", "oidc.tie", "oidc.untie"),
    *("people.page", "people.invite", "people.withdraw", "people.new_password", "people.give_role"),
    *("people.let_go", "people.rename"),
}
OWNED = {
    "plans.remove",
    "survey.page",
    "survey.upload",
    "survey.columns",
    "survey.choose",
    "survey.findings",
    "survey.confirmation",
    "survey.confirm",
    "survey.cancel",
    "survey.reading",
    "survey.reading_progress",
    "survey.stop_reading",
    "questionnaire.page",
    "questionnaire.file",
    "survey_comments.page",
    "survey_comments.change",
    "survey_comments.remove",
    "survey_comments.remove_all",
    "survey_kept.forget",
    "stated.check",
    "stated.confirm",
    "stated.cancel",
    "stated.workshop",
    "stated.keep_workshop",
    "survey_weighting.page",
    "survey_weighting.save",
    "gaps.page",
    "gaps.weights",
    "initiatives.page",
    "initiatives.new",
    "initiatives.add",
    "initiatives.one",
    "initiatives.change",
    "initiatives.row",
    "initiatives.row_edit",
    "initiatives.row_change",
    "initiatives.remove",
    "initiatives.bank",
    "initiatives.add_from_bank",
    "initiatives.workbook",
    "initiatives.upload",
    "initiatives.proposals",
    "initiatives.take_proposal",
    "initiatives.set_aside_proposal",
    "initiatives.freed_new",
    "initiatives.freed_add",
    "initiatives.freed_one",
    "initiatives.freed_change",
    "initiatives.freed_remove",
    "portfolio.page",
    "portfolio.outcome",
    "portfolio.reasons",
    "portfolio.attempt",
    "portfolio.relieve",
    "portfolio.stop",
    "portfolio.keep",
    "portfolio.problem_file",
    "workshop.page",
    "workshop.new",
    "workshop.create",
    "workshop.takes",
    "workshop.rehearse",
    "workshop.one",
    "workshop.edit",
    "workshop.change",
    "workshop.act",
    "workshop.board",
    "workshop.projector",
    "workshop.projector_news",
    "workshop.adopt",
    "workshop.remove",
    "workshop_paper.page",
    "workshop_paper.make",
    "workshop_paper.pdf",
    "workshop_paper.entry",
    "workshop_paper.keep",
    "workshop_paper.decide",
    "workshop_paper.restart",
    "workshop_paper.form",
    "workshop_paper.upload",
    "scenarios.page",
    "scenarios.save",
    "scenarios.saved",
    "scenarios.rename",
    "scenarios.remove",
    "scenarios.prove",
    "looks.page",
    "looks.ask",
    "looks.stop",
    "looks.progress",
    *("decision.new", "decision.look", "decision.decide", "decision.page", "decision.file"),
    *("decision.word", "decision.pdf", "decision.book"),
    *("log.page", "log.file", "log.verifier", "log.forget"),
    *("proposals.page", "proposals.progress", "proposals.new", "proposals.propose", "proposals.again_all"),
    *("proposals.again", "proposals.add_to_list", "proposals.remove"),
    *("proposals.public_list", "proposals.choose_public", "proposals.public_page", "proposals.public_book"),
    *("followup.page", "followup.tell", "followup.survey", "followup.begin_next"),
    "report.page",
    "report.word",
    "report.pdf",
    "report.book",
    "report.annex",
    "package.ask",
    "package.stop",
    "package.progress",
    "package.file",
    "report.work_out",
    "report.annex_progress",
    "report.texts",
    "report.save_texts",
    "report.template",
    "report.upload_template",
    "report.remove_template",
    "report.example_template",
}


def test_every_route_is_in_the_matrix(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == PUBLIC | OWNED | IN_THE_ROOM


def test_everything_under_a_plan_carries_its_id(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert ("plan_id" in rule.arguments) == (rule.endpoint in OWNED), rule
        assert ("link" in rule.arguments) == (rule.endpoint in IN_THE_ROOM), rule


@pytest.mark.parametrize("endpoint", sorted(OWNED))
def test_a_stranger_and_nobody_meet_the_same_page(app: Flask, client: FlaskClient, plan_id: str, endpoint: str) -> None:
    stranger = app.test_client()
    stranger.post("/plans", data={"name": "Egen", "municipality": "Annenvik"})
    for rule in app.url_map.iter_rules(endpoint):
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            not_yours = stranger.open(_path(rule.rule, plan_id), method=method)
            not_there = stranger.open(_path(rule.rule, "0" * 16), method=method)
            assert not_yours.status_code == not_there.status_code == 404
            assert _plain(not_yours.get_data(as_text=True)) == _plain(not_there.get_data(as_text=True))
    assert client.get(f"/plans/{plan_id}/survey").status_code == 200


def test_a_seat_in_the_room_opens_nothing_else(
    app: Flask, client: FlaskClient, database: Database, plan_id: str
) -> None:
    """Whoever holds a phone of a workshop meets the plan as a stranger does, and another workshop without a seat."""
    workshop_case.put_initiatives(database, plan_id)
    room = workshop_case.Room(app, client, database, plan_id)
    room.set_up()
    room.act("gather", "open")
    (phone,) = room.phones(1)
    assert phone.score("T1", "s01", "1").status_code == 200
    for rule in app.url_map.iter_rules():
        if rule.endpoint in OWNED:
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                assert phone.client.open(_path(rule.rule, plan_id), method=method).status_code == 404, rule
    assert room.now.stage.state == "open"
    room.set_up()
    other = workshop_case.Room(app, client, database, plan_id, number=2)
    other.act("gather", "open")
    seat = phone.client.get_cookie("malrett_seat", path=phone.url)
    assert seat is not None
    stranger = app.test_client()
    stranger.set_cookie("malrett_seat", seat.value)
    for endpoint, method in (
        ("score", "post"),
        ("comment", "post"),
        ("propose", "post"),
        ("news", "get"),
        ("now", "get"),
    ):
        said = getattr(stranger, method)(f"/w/{other.now.link}/{endpoint}", data={"round": "1"})
        assert said.status_code == 403, endpoint


def test_on_a_local_installation_everyone_shares(config: Config) -> None:
    app = app_on(replace(config, access="local"))
    made = app.test_client().post("/plans", data={"name": "Felles", "municipality": "Fellesvik"})
    assert app.test_client().get(made.headers["Location"]).status_code == 200
    app.extensions["planner"].close()


def test_nothing_is_changed_by_a_form_of_another_site(app: Flask, client: FlaskClient, plan_id: str) -> None:
    """Every command without our token is refused, and the plan still stands."""
    app.config["WTF_CSRF_ENABLED"] = True
    commands = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())]
    assert len(commands) > 10
    for rule in commands:
        assert client.post(_path(rule.rule, plan_id)).status_code == 400, rule
    assert "Prøvevik" in client.get("/").get_data(as_text=True)


def _path(rule: str, plan_id: str) -> str:
    return re.sub(r"<[^>]+>", "x1", re.sub(r"<int[:(][^>]+>", "1", rule.replace("<plan_id>", plan_id)))


def _plain(text: str) -> str:
    """The page without what names its own address."""
    return re.sub(r"back=[^\"&]*|[0-9a-f]{16}|content=\"[^\"]*\"|X-CSRFToken[^}]*", "", text)
