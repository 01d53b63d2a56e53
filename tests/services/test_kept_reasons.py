"""The reasons of a kept plan: those of the same try, found before or after it was kept, or asked for by themselves."""

from typing import Any

import pytest
from flask import Flask

from planner.services import kept_reasons, plans, portfolio
from planner.store import jobs
from planner.store import portfolio as store
from planner.store.database import Database
from tests import portfolio_case
from tests.services.test_portfolio import tried, work
from tests.work_out import done, explain

DOCUMENT = {"value": 1.0, "why": [], "comes_in": [], "customs": {}, "done": 3, "of": 3}


@pytest.fixture
def ready(database: Database, plan_id: str) -> str:
    portfolio_case.make(database, plan_id)
    return plan_id


def known(database: Database, plan_id: str, number: int = 1) -> kept_reasons.Known:
    with database.read() as session:
        kept = store.find_kept(session, plan_id, number)
        assert kept is not None
        return kept_reasons.known(session, plan_id, kept)


def keep(app: Flask, database: Database, plan_id: str, job_id: str, name: str = "Vår") -> None:
    with app.test_request_context():
        proof = portfolio.keep(database, plan_id, job_id, name)
    assert isinstance(proof, str), proof
    work(database, proof)


def explained(database: Database, plan_id: str, job_id: str, **changes: Any) -> str:
    """A job that explains the plan of a try, waiting."""
    with database.write() as session:
        job = jobs.find(session, job_id)
        assert job is not None and job.result is not None
        starts = {one["id"]: one["year"] for one in job.result["chosen"]}
        request = {"problem": job.request["problem"], "starts": starts, "gap": 0.001, "processes": 1, "of": job_id}
        jobs.add(session, "why1", plan_id, "why", request | changes, plans.now())
        session.commit()
    return "why1"


def test_found_before_it_is_kept_they_are_taken_over(app: Flask, database: Database, ready: str) -> None:
    job_id = tried(app, database, ready)
    done(database, explained(database, ready, job_id), DOCUMENT)
    keep(app, database, ready, job_id)
    assert known(database, ready).told == DOCUMENT and known(database, ready).complete


def test_found_after_it_is_kept_they_are_stored_beside_it(app: Flask, database: Database, ready: str) -> None:
    job_id = tried(app, database, ready)
    why = explained(database, ready, job_id)
    keep(app, database, ready, job_id)
    assert known(database, ready).going_on and kept_reasons.ask(database, ready, 1) == ""
    done(database, why, DOCUMENT)
    assert known(database, ready).complete
    # Another try takes the job's place, and the answers stand.
    tried(app, database, ready, **{"limit-operating-2027": "500"})
    assert known(database, ready).told == DOCUMENT


def test_those_of_another_plan_are_not(app: Flask, database: Database, ready: str) -> None:
    job_id = tried(app, database, ready)
    done(database, explained(database, ready, job_id, starts={"B2": 2027}), DOCUMENT)
    keep(app, database, ready, job_id)
    there = known(database, ready)
    assert (there.told, there.complete, there.going_on) == (None, False, False)


def test_asked_for_by_themselves_they_are_those_a_solver_gives(app: Flask, database: Database, ready: str) -> None:
    keep(app, database, ready, tried(app, database, ready))
    assert kept_reasons.ask(database, ready, 7) is None
    job_id = kept_reasons.ask(database, ready, 1)
    assert job_id and known(database, ready).going_on and kept_reasons.ask(database, ready, 1) == ""
    result = explain(database, job_id)
    assert known(database, ready).told == result and {one["initiative"] for one in result["why"]} >= {"J2", "B2"}
    assert kept_reasons.ask(database, ready, 1) == ""


def test_cut_short_what_was_found_stands_and_may_be_asked_for_again(app: Flask, database: Database, ready: str) -> None:
    keep(app, database, ready, tried(app, database, ready))
    job_id = kept_reasons.ask(database, ready, 1)
    assert job_id
    with database.write() as session:
        assert jobs.begin(session, job_id, plans.now())
        jobs.progress(session, jobs.Turn(job_id, 1), DOCUMENT | {"done": 1}, plans.now())
        jobs.end(session, jobs.Turn(job_id, 1), "stopped", plans.now(), DOCUMENT | {"done": 1}, "out_of_time")
        session.commit()
    there = known(database, ready)
    assert there.trouble and not there.complete and there.done == 1 and there.told is not None
    assert kept_reasons.ask(database, ready, 1)
