"""The sample municipality: whole, synthetic, and made in one piece."""

import pytest
from flask import Flask

from planner.domain.workshop import Stage
from planner.services import plans, sample
from planner.store import initiatives, portfolio, survey, workshop, workshop_scores
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


def test_it_has_held_a_workshop(app: Flask, database: Database) -> None:
    with app.app_context():
        plan_id = sample.make(database, "me", "nb")
    with database.read() as session:
        (held,) = workshop.listing(session, plan_id)
        rounds, comments = workshop.rounds(session, held.id), workshop_scores.comments(session, held.id, 1)
        sources = {effect.source for one in initiatives.candidates(session, plan_id) for effect in one.effects}
    assert held.stage == Stage("ended", 2) and held.settings.is_rehearsal and not held.code and comments
    first, second = (one.results for one in rounds)
    assert first and second and all(one.everyone for one in (*first, *second))
    # People come closer, some statements part them all the same, and nobody has taken anything into the plan.
    spread = [sum(one.everyone.spread or 0 for one in results if one.everyone) for results in (first, second)]
    assert spread[1] < spread[0] and any(one.everyone and one.everyone.is_split for one in second)
    assert any(one.target for one in second) and any(one.nobody_of_target is False for one in second)
    assert sources == {"eksempelbank"}


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
