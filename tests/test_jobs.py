"""The queue: every way a solve can end, from the row's point of view, and that the web never waits for one."""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.jobs import Jobs
from planner.services import plans, portfolio
from planner.store import jobs as store
from planner.store.database import Database
from planner.store.jobs import StoredJob
from planner.work import KINDS, Kind
from tests import portfolio_case, solve_in_child
from tests.conftest import make_config
from tests.forked import forked_children
from tests.kinds import run_instead


@pytest.fixture
def ready(database: Database, plan_id: str) -> str:
    """A plan with everything in it that a try needs."""
    portfolio_case.make(database, plan_id)
    return plan_id


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any], None]]:
    """Have the child run another function than the solver."""
    yield lambda function: run_instead(monkeypatch, function)


def ask(app: Flask, plan_id: str) -> str:
    with app.app_context():
        job_id = portfolio.attempt(app.extensions["planner"].database, plan_id, {}, 1)
    assert isinstance(job_id, str)
    return job_id


def begin(app: Flask, plan_id: str) -> str:
    job_id = ask(app, plan_id)
    app.extensions["planner"].jobs.start()
    return job_id


def wait(database: Database, job_id: str, until: Callable[[StoredJob], bool], seconds: float = 120) -> StoredJob:
    """seconds: only so that a test that fails ends; a busy machine may take many."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with database.read() as session:
            job = store.find(session, job_id)
        assert job is not None
        if until(job):
            return job
        time.sleep(0.05)
    raise AssertionError(f"it is still {job}")


def ended(job: StoredJob) -> bool:
    return not job.is_open


def test_a_try_is_solved_by_the_solver_itself(app: Flask, database: Database, ready: str) -> None:
    job = wait(database, begin(app, ready), ended)
    assert job.state == "done" and job.result is not None
    assert job.result["status"] == "optimal" and job.result["gap"] <= portfolio.TRY_GAP
    assert job.result["problem_sha256"] == job.request["sha256"]
    assert forked_children() == []


def test_stop_ends_it_within_three_seconds_and_the_best_so_far_stands(
    app: Flask, client: FlaskClient, database: Database, ready: str, runs: Any
) -> None:
    runs(solve_in_child.search_on)
    job_id = begin(app, ready)
    wait(database, job_id, lambda job: job.progress is not None)
    pressed = time.monotonic()
    client.post(f"/plans/{ready}/portfolio/stop")
    job = wait(database, job_id, ended)
    assert time.monotonic() - pressed < 3
    assert job.state == "stopped" and job.result is not None
    assert (job.result["status"], job.result["bound"]) == ("best_found", 3.0)
    assert job.result["chosen"] == [{"id": "J1", "year": 2027}]
    assert forked_children() == []


def test_stop_before_any_plan_leaves_none(
    app: Flask, client: FlaskClient, database: Database, ready: str, runs: Any
) -> None:
    runs(solve_in_child.search_in_vain)
    job_id = begin(app, ready)
    wait(database, job_id, lambda job: job.progress is not None)
    client.post(f"/plans/{ready}/portfolio/stop")
    job = wait(database, job_id, ended)
    assert (job.state, job.result) == ("stopped", None)


@pytest.mark.parametrize(
    ("function", "cause"),
    [
        (solve_in_child.be_killed, "out_of_memory"),  # nobody but the kernel sends that signal
        (solve_in_child.crash, "crashed"),
        (solve_in_child.fail, "crashed"),
        (solve_in_child.hog, "out_of_memory"),
    ],
)
def test_a_child_that_dies_is_a_failed_job_and_the_next_one_works(
    app: Flask, database: Database, ready: str, runs: Any, function: Any, cause: str, caplog: pytest.LogCaptureFixture
) -> None:
    app.extensions["planner"].jobs.runner.config = make_config(
        app.extensions["planner"].config.data_folder, solve_memory_mb=300
    )
    runs(function)
    began = time.monotonic()
    job = wait(database, begin(app, ready), ended)
    assert (job.state, job.cause, job.result) == ("failed", cause, None)
    assert time.monotonic() - began < 10
    assert forked_children() == [] and f"job {job.id}: " in caplog.text
    # Where it crashed, not what it said: that may be of what people wrote.
    assert "tre er for mye" not in caplog.text
    assert function is not solve_in_child.fail or "solve_in_child.py:" in caplog.text
    runs(solve_in_child.prove)
    assert wait(database, begin(app, ready), ended).state == "done"


def test_a_solve_that_does_not_stop_by_itself_is_killed_at_its_limit(
    app: Flask, database: Database, ready: str, runs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("planner.job_runner.GRACE_SECONDS", 3)
    queue = app.extensions["planner"].jobs
    queue.runner.config = make_config(app.extensions["planner"].config.data_folder, solve_seconds=0.5)
    runs(solve_in_child.search_on)
    job = wait(database, begin(app, ready), ended)
    assert job.state == "stopped" and job.result is not None and job.result["status"] == "best_found"
    runs(solve_in_child.search_in_vain)
    job = wait(database, begin(app, ready), ended)
    assert (job.state, job.cause) == ("failed", "out_of_time")


def test_progress_is_written_at_most_twice_a_second(app: Flask, database: Database, ready: str, runs: Any) -> None:
    runs(solve_in_child.tell_often)
    job = wait(database, begin(app, ready), ended)
    assert job.progress is not None and job.progress["value"] > 0  # how far it came tells how busy the machine is
    # Queued, begun, ended, and a write for every half second that began.
    assert 4 <= job.version <= 3 + 5


def test_never_more_at_once_than_the_workers_there_are(
    app: Flask, client: FlaskClient, database: Database, ready: str, runs: Any
) -> None:
    runs(solve_in_child.take_long)
    other = client.post("/plans", data={"name": "En til", "municipality": "B"}).headers["Location"].split("/")[2]
    portfolio_case.make(database, other)
    first, second = begin(app, ready), begin(app, other)
    one, two = wait(database, first, ended), wait(database, second, ended)
    assert one.state == two.state == "done"
    assert two.ended_at is not None and one.ended_at is not None
    assert two.ended_at - one.ended_at >= timedelta(seconds=0.5)


def test_what_runs_in_the_background_gives_way_and_is_begun_again(
    app: Flask, client: FlaskClient, database: Database, ready: str, runs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    behind = Kind("tests.solve_in_child:search_on", background=True)
    monkeypatch.setitem(KINDS, "behind", behind)
    with database.write() as session:
        store.add(session, "behind", ready, "behind", {}, plans.now())
        session.commit()
    app.extensions["planner"].jobs.start()
    before = wait(database, "behind", lambda job: job.progress is not None)
    runs(solve_in_child.prove)
    assert wait(database, begin(app, ready), ended).state == "done"
    after = wait(database, "behind", lambda job: job.state == "running" and job.version >= before.version + 2)
    assert after.cause is None and not after.stop_asked


def test_a_job_that_was_taken_for_lost_keeps_nothing(
    app: Flask, database: Database, ready: str, runs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker was only slow: what it brings afterwards is not written beside what has been said already."""
    finished: list[str] = []

    def finish(_session: object, job: StoredJob, _result: object) -> str:
        finished.append(job.id)
        return ""

    runs(solve_in_child.prove)
    monkeypatch.setitem(KINDS, "try", replace(KINDS["try"], finish=finish))
    job_id = ask(app, ready)
    with database.write() as session:
        assert store.begin(session, job_id, plans.now())
        job = store.find(session, job_id)
        store.end(session, store.Turn(job_id, 1), "failed", plans.now(), cause="restarted")
        session.commit()
    assert job is not None
    app.extensions["planner"].jobs.runner._finish(job, {"status": "optimal"})
    assert finished == [] and wait(database, job_id, ended).state == "failed"


def test_a_new_try_takes_the_place_of_the_old_one(app: Flask, database: Database, ready: str, runs: Any) -> None:
    runs(solve_in_child.search_on)
    old = begin(app, ready)
    wait(database, old, lambda job: job.progress is not None)
    runs(solve_in_child.prove)
    new = begin(app, ready)
    assert wait(database, new, ended).state == "done"
    assert wait(database, old, ended).state == "stopped"
    third = begin(app, ready)
    wait(database, third, ended)
    with database.read() as session:
        assert store.find(session, old) is None and store.find(session, new) is None


def test_a_plan_removed_while_it_is_worked_on_stops_the_work(
    app: Flask, client: FlaskClient, database: Database, ready: str, runs: Any
) -> None:
    runs(solve_in_child.search_on)
    wait(database, begin(app, ready), lambda job: job.progress is not None)
    seen = re.search(rf'/plans/{ready}/remove".*?name="seen" value="([^"]+)"', client.get("/").text, re.DOTALL)
    assert seen is not None
    assert client.post(f"/plans/{ready}/remove", data={"seen": seen[1]}).status_code == 303
    deadline = time.monotonic() + 5
    while forked_children() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert forked_children() == []


# --- Restarts --------------------------------------------------------------------------------------------------------


def test_closing_kills_the_solve_and_leaves_it_waiting(app: Flask, database: Database, ready: str, runs: Any) -> None:
    runs(solve_in_child.search_on)
    job_id = begin(app, ready)
    wait(database, job_id, lambda job: job.progress is not None)
    app.extensions["planner"].jobs.close()
    with database.read() as session:
        job = store.find(session, job_id)
    assert job is not None and (job.state, job.cause, job.lost) == ("queued", None, 0)
    assert forked_children() == []


def test_what_a_dead_process_left_running_is_begun_again_and_what_it_left_queued_is_begun(
    app: Flask, client: FlaskClient, database: Database, ready: str, runs: Any
) -> None:
    runs(solve_in_child.prove)
    left = ask(app, ready)
    with database.write() as session:
        store.begin(session, left, plans.now() - timedelta(minutes=1))
        store.take_over(session, plans.now())
        session.commit()
    assert "Utregningen begynner på nytt" in client.get(f"/plans/{ready}/portfolio").get_data(as_text=True)
    other = client.post("/plans", data={"name": "En til", "municipality": "B"}).headers["Location"].split("/")[2]
    portfolio_case.make(database, other)
    queued = ask(app, other)
    again = Jobs(app.extensions["planner"].config, database)
    try:
        assert wait(database, queued, ended).state == "done"
        again_done = wait(database, left, ended)
        assert (again_done.state, again_done.begun, again_done.lost) == ("done", 2, 1)
    finally:
        again.close()


def test_a_page_answers_while_it_is_being_solved(
    app: Flask, client: FlaskClient, database: Database, ready: str, runs: Any
) -> None:
    runs(solve_in_child.search_on)
    wait(database, begin(app, ready), lambda job: job.progress is not None)
    began = time.monotonic()
    text = client.get(f"/plans/{ready}/portfolio").get_data(as_text=True)
    assert time.monotonic() - began < 60  # the solve takes ten minutes
    assert "Stopp" in text and "1,5" in text
