"""Workers in processes of their own, on both engines: they do what the web leaves, share a limit, and may be killed."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner import job_queue
from planner.config import Config
from planner.job_queue import Queue
from planner.services import plans
from planner.store import jobs as store
from planner.store.database import Database
from tests import portfolio_case
from tests.conftest import make_config
from tests.forked import forked_children
from tests.test_jobs import ask, begin, ended, wait
from tests.worker_case import RunningWorker


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    return make_config(tmp_path, database_url=database_url, queue="worker", solve_workers=2)


@pytest.fixture
def worker(config: Config) -> Iterator[Callable[..., RunningWorker]]:
    """Start one; those still there in the end are killed."""
    started: list[RunningWorker] = []

    def start(function: str = "", solve_workers: int = 1) -> RunningWorker:
        started.append(RunningWorker(replace(config, solve_workers=solve_workers), function))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.end(signal.SIGKILL)


def empty_plan(browser: FlaskClient) -> str:
    """A plan of this browser's."""
    response = browser.post("/plans", data={"name": "Bolyst", "municipality": "Prøvevik"})
    return str(response.headers["Location"].split("/")[2])


def new_plan(database: Database, browser: FlaskClient) -> str:
    """One with everything in it that a try needs."""
    plan_id = empty_plan(browser)
    portfolio_case.make(database, plan_id)
    return plan_id


def wait_for(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def gone(processes: list[psutil.Process]) -> bool:
    return all(not one.is_running() or one.status() == psutil.STATUS_ZOMBIE for one in processes)


def test_a_worker_solves_what_the_web_left_for_it(
    app: Flask, client: FlaskClient, database: Database, worker: Callable[..., RunningWorker]
) -> None:
    plan = new_plan(database, client)
    job_id = begin(app, plan)
    worker()
    job = wait(database, job_id, ended)
    assert job.state == "done" and job.result is not None and job.result["status"] == "optimal"
    assert job.result["problem_sha256"] == job.request["sha256"]
    assert forked_children() == []  # not here
    assert "behovspoeng" in client.get(f"/plans/{plan}/portfolio").get_data(as_text=True)


def test_a_lost_message_is_no_lost_job(
    app: Flask, client: FlaskClient, database: Database, worker: Callable[..., RunningWorker]
) -> None:
    worker("prove")
    job_id = ask(app, new_plan(database, client))  # and nobody is told
    assert wait(database, job_id, ended).state == "done"


def test_a_message_reaches_a_worker(
    app: Flask, client: FlaskClient, database: Database, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = threading.Event()
    queue, there = (Queue(config, looked.set, inside=False) for _ in range(2))
    # From here on it never looks by itself.
    monkeypatch.setattr(job_queue, "LOOK_SECONDS", 1e12)
    queue.work()
    try:
        assert not looked.is_set()
        there.tell()
        assert looked.wait(10)
    finally:
        there.close()
        queue.close()


def test_what_a_killed_worker_had_begun_is_begun_again_by_the_next(
    app: Flask, client: FlaskClient, database: Database, worker: Callable[..., RunningWorker]
) -> None:
    plan, other = new_plan(database, client), new_plan(database, client)
    first = worker("search_on")
    job_id = begin(app, plan)
    wait(database, job_id, lambda job: job.progress is not None)
    waiting = begin(app, other)
    children = first.children()
    assert children and first.end(signal.SIGKILL) == -signal.SIGKILL
    worker("prove")
    assert wait(database, waiting, ended).state == "done"
    job = wait(database, job_id, ended)
    assert (job.state, job.begun, job.lost) == ("done", 2, 1)
    wait_for(lambda: gone(children))


def test_no_more_run_at_once_than_allowed_however_many_workers_there_are(
    app: Flask, database: Database, worker: Callable[..., RunningWorker]
) -> None:
    there = [empty_plan(app.test_client()) for _ in range(6)]
    for _ in range(2):
        worker("clock_in", solve_workers=2)
    with database.write() as session:
        for plan in there:
            store.add(session, f"job-{plan}", plan, "try", {}, plans.now())
        session.commit()
    results = [wait(database, f"job-{plan}", ended).result for plan in there]
    spans = [(result["began"], result["ended"]) for result in results if result is not None]
    assert len(spans) == 6
    together = [sum(began <= moment < end for began, end in spans) for moment, _end in spans]
    assert max(together) == 2


def test_ten_queued_jobs_of_one_browser_do_not_hold_up_the_one_of_another(
    app: Flask, client: FlaskClient, database: Database, worker: Callable[..., RunningWorker]
) -> None:
    there = [*(empty_plan(client) for _ in range(10)), empty_plan(app.test_client())]
    with database.write() as session:
        for plan in there:
            store.add(session, f"job-{plan}", plan, "try", {}, plans.now())
        session.commit()
    worker("prompt")
    done = [wait(database, f"job-{plan}", ended) for plan in there]
    assert {job.state for job in done} == {"done"}
    in_order = [job.plan_id for job in sorted(done, key=lambda job: str(job.ended_at))]
    assert in_order.index(there[-1]) <= 1


def test_stopping_what_waits_and_what_runs(
    app: Flask, client: FlaskClient, database: Database, worker: Callable[..., RunningWorker]
) -> None:
    plan, other = new_plan(database, client), new_plan(database, client)
    running = worker("search_on")
    first = begin(app, plan)
    wait(database, first, lambda job: job.progress is not None)
    second = begin(app, other)
    client.post(f"/plans/{other}/portfolio/stop")
    job = wait(database, second, ended)
    assert (job.state, job.result, job.heartbeat_at) == ("stopped", None, None)  # it never began
    solving = [one for one in running.children() if one.children() == []]
    client.post(f"/plans/{plan}/portfolio/stop")
    job = wait(database, first, ended)
    assert job.state == "stopped" and job.result is not None and job.result["status"] == "best_found"
    assert solving and running.process.poll() is None


def test_a_worker_that_is_asked_to_stop_leaves_its_job_to_the_next(
    app: Flask, client: FlaskClient, database: Database, worker: Callable[..., RunningWorker]
) -> None:
    running = worker("search_on")
    job_id = begin(app, new_plan(database, client))
    wait(database, job_id, lambda job: job.progress is not None)
    children = running.children()
    assert running.end(signal.SIGTERM) == 0
    with database.read() as session:
        job = store.find(session, job_id)
    assert job is not None and (job.state, job.cause, job.lost) == ("queued", None, 0)
    wait_for(lambda: gone(children))
