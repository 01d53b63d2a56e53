"""The sample municipality: whole, synthetic, and made in one piece."""

import pytest
from flask import Flask

from planner.services import plans, sample
from planner.store import initiatives, portfolio, survey
from planner.store import plans as plan_store
from planner.store.database import Database


def test_it_has_a_survey_forty_initiatives_and_limits(app: Flask, database: Database) -> None:
    with app.app_context():
        plan_id = sample.make(database, "me", "nb")
    with database.read() as session:
        plan = plan_store.find(session, plan_id)
        stored = survey.latest(session, plan_id)
        candidates = initiatives.candidates(session, plan_id)
        settings = portfolio.settings(session, plan_id)
    assert plan and plan.is_sample
    assert stored and 400 <= stored.summary.rows_used < stored.summary.rows_in <= 440
    assert [segment.id for segment in stored.mapping.segments] == ["innvandrere", "tilflyttere", "unge", "voksne"]
    assert 0 < stored.summary.respondents[0] < 10  # innvandrere: too few to show
    assert len(candidates) == 40
    assert settings and settings.settings.limits["investment"] == (3000, 3000, 2000, 2000)


def test_nothing_is_kept_when_a_part_fails(app: Flask, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> int:
        raise OSError("full")

    monkeypatch.setattr(portfolio, "save_settings", fail)
    with app.app_context(), pytest.raises(OSError, match="full"):
        sample.make(database, "me", "nb")
    assert plans.page(database, "me").cards == ()


def test_the_demo_makes_it_once(app: Flask, database: Database) -> None:
    with app.app_context():
        assert sample.ensure(database, "me", "nb") == sample.ensure(database, "me", "nb")
