"""Whose job is taken, and whose is not: silence is told from one's own waiting."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from planner.job_keeper import HELD_UP, ROUND_SECONDS, Keeper
from planner.job_watch import Watch
from planner.services import plans
from planner.store import jobs
from planner.store.database import Database
from tests.test_jobs import wait

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NEXT = timedelta(seconds=ROUND_SECONDS)


class Clock:
    def __init__(self) -> None:
        self.time = START

    def __call__(self, _session: Session | None = None) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keeper(database: Database, clock: Clock, running: str) -> Keeper:
    return Keeper(database, threading.Event(), now=clock)


@pytest.fixture
def running(database: Database, plan_id: str) -> str:
    """A job that was last heard from at START."""
    with database.write() as session:
        jobs.add(session, "job", plan_id, "try", {}, START)
        assert jobs.begin(session, "job", START)
        session.commit()
    return "job"


def state(database: Database) -> str:
    with database.read() as session:
        job = jobs.find(session, "job")
    assert job is not None
    return job.state if job.cause is None else f"{job.state}: {job.cause}"


def test_a_job_is_lost_when_it_has_been_silent_for_too_long_and_not_before(
    keeper: Keeper, clock: Clock, database: Database
) -> None:
    while clock.time < START + jobs.SILENT:
        clock.time += NEXT
        keeper.round()
        assert state(database) == "running"
    clock.time += NEXT
    keeper.round()
    assert state(database) == "queued"
    # A beat is missed after half a second; then three seconds are allowed.
    assert clock.time - START <= timedelta(seconds=3)


def test_after_the_machine_slept_a_job_has_a_moment_to_be_heard_from(
    keeper: Keeper, clock: Clock, database: Database
) -> None:
    clock.time += timedelta(hours=8)
    keeper.round()
    assert state(database) == "running"
    with database.write() as session:
        jobs.beat(session, jobs.Turn("job", 1), clock.time)
        session.commit()
    for _ in range(10):
        clock.time += NEXT
        keeper.round()
        assert state(database) == "running"
    for _ in range(11):
        clock.time += NEXT
        keeper.round()
    assert state(database) == "queued"


def test_a_process_that_starts_leaves_others_jobs_alone(clock: Clock, database: Database, running: str) -> None:
    """What it finds silent was perhaps only held up as the database was: it has not witnessed the silence."""
    clock.time += timedelta(minutes=1)
    keeper = Keeper(database, threading.Event(), now=clock)
    for _ in range(10):
        keeper.round()
        assert state(database) == "running"
        clock.time += NEXT
    keeper.round()
    assert state(database) == "queued"


def test_a_clock_that_was_moved_makes_nobody_silent(keeper: Keeper, clock: Clock, database: Database) -> None:
    """The database's own, by which heartbeats are told: forwards, and back."""
    for jump in (timedelta(hours=1), timedelta(hours=-1)):
        keeper.round()
        clock.time += jump
        keeper.round()
        with database.write() as session:
            assert jobs.beat(session, jobs.Turn("job", 1), clock.time)
            session.commit()
        for _ in range(10):
            clock.time += NEXT
            keeper.round()
        assert state(database) == "running"


def test_whoever_waits_is_told_of(clock: Clock, database: Database, plan_id: str) -> None:
    told: list[object] = []
    keeper = Keeper(database, threading.Event(), told.append, clock)
    keeper.round()
    with database.write() as session:
        jobs.add(session, "job", plan_id, "package", {}, START)
        session.commit()
    keeper.round()
    assert told == [(("job", "package"),)]


def test_who_waited_for_the_database_does_not_take_others_who_did_for_lost(
    keeper: Keeper, clock: Clock, database: Database
) -> None:
    for _ in range(12):
        clock.time += NEXT
        keeper._has_witnessed(clock.time)
    # Somebody holds the only writer; the keeper's round begins, and is let in two seconds later.
    with database.write() as session:
        session.connection()
        going = threading.Thread(target=keeper.round)
        going.start()
        clock.time += 2 * HELD_UP
        session.rollback()
    going.join()
    assert state(database) == "running"


def test_a_job_is_heard_from_whatever_the_thread_that_waits_is_busy_with(database: Database, running: str) -> None:
    with Watch(database, jobs.Turn(running, 1), threading.Event()):
        began = plans.now()
        wait(database, running, lambda job: str(job.heartbeat_at) > str(began), seconds=5)
        began = plans.now()
        wait(database, running, lambda job: str(job.heartbeat_at) > str(began), seconds=5)
