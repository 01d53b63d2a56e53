"""Whose job is taken next, on both engines: fair between owners, never more than allowed, foreground first."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from planner.services import plans as service
from planner.store import job_turns, jobs, plans
from planner.store.database import Database

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
KINDS = ("try", "keep", "why")
BACKGROUND = ("why",)


@pytest.fixture
def queue(store: Database) -> "Queue":
    return Queue(store)


class Queue:
    """Queued jobs by short names: «a1» is the first of owner «a», and so on."""

    def __init__(self, store: Database) -> None:
        self.store = store
        self.asked = 0

    def ask(self, *names: str, kind: str = "try") -> None:
        for name in names:
            plan = replace(service.new_plan(name[0], "Plan", "Prøvevik", "nb", is_sample=False), id=f"plan-{name}")
            self.asked += 1
            with self.store.write() as session:
                if plans.find(session, plan.id) is None:
                    plans.add(session, plan)
                jobs.add(session, name, plan.id, kind, {}, NOW + timedelta(seconds=self.asked))
                session.commit()

    def take(self, at_once: int = 1) -> str | None:
        with self.store.write() as session:
            job = job_turns.take(session, NOW, KINDS, BACKGROUND, at_once)
            session.commit()
        assert job is None or job.state == "running"
        return job.id if job else None

    def end(self, name: str) -> None:
        with self.store.write() as session:
            job = jobs.find(session, name)
            assert job is not None and jobs.end(session, job.turn, "done", NOW)
            session.commit()

    def all(self) -> list[str]:
        """Each taken in its turn and ended before the next."""
        names = []
        while (name := self.take()) is not None:
            names.append(name)
            self.end(name)
        return names

    def wanted(self, at_once: int = 1) -> bool:
        with self.store.read() as session:
            return job_turns.is_wanted(session, KINDS, BACKGROUND, at_once)

    def may(self, at_once: int = 1) -> bool:
        with self.store.read() as session:
            return job_turns.may_take(session, KINDS, at_once)


def test_ten_queued_jobs_of_one_owner_do_not_hold_up_the_one_of_another(queue: Queue) -> None:
    queue.ask(*(f"a{number}" for number in range(10)))
    assert queue.take() == "a0"
    queue.ask("b0")
    queue.end("a0")
    assert queue.all() == ["b0", *(f"a{number}" for number in range(1, 10))]


def test_owners_take_turns(queue: Queue) -> None:
    queue.ask("a0", "a1", "a2", "b0", "b1", "c0")
    assert queue.all() == ["a0", "b0", "c0", "a1", "b1", "a2"]


def test_who_tries_the_same_plan_over_and_over_gets_no_further(queue: Queue) -> None:
    """Each new try removes the ended one; the turn it had is not forgotten with it."""
    queue.ask("a0")
    assert queue.all() == ["a0"]
    queue.ask("b0")
    assert queue.all() == ["b0"]
    queue.ask("b1", "a2")
    with queue.store.write() as session:
        jobs.remove(session, "plan-b0", "try")
        session.commit()
    assert queue.take() == "a2"


def test_the_owner_with_fewest_running_is_served_first(queue: Queue) -> None:
    queue.ask("b0")
    assert queue.take(3) == "b0"
    queue.ask("a0", "a1")
    assert queue.take(3) == "a0"
    queue.end("b0")
    queue.ask("b1")
    # b was served before a, and has none running now; a has one.
    assert queue.take(2) == "b1"
    assert queue.take(2) is None and not queue.may(2) and queue.may(3)
    assert queue.take(3) == "a1"


def test_what_somebody_waits_for_goes_before_the_background(queue: Queue) -> None:
    queue.ask("a0", "b0", kind="why")
    queue.ask("a1")
    assert queue.take() == "a1"
    assert not queue.wanted()
    queue.end("a1")
    assert queue.take() == "b0"
    assert not queue.wanted()  # a0 waits, but in the background too
    queue.ask("c0")
    assert queue.wanted() and not queue.wanted(2)
    with queue.store.write() as session:
        assert jobs.put_back(session, jobs.Turn("b0", 1))
        session.commit()
    assert queue.all() == ["c0", "a0", "b0"]


def test_kinds_this_worker_does_not_know_are_left_alone(queue: Queue) -> None:
    queue.ask("a0", kind="survey")
    assert queue.take() is None and not queue.may()


def test_workers_who_look_at_the_same_moment_never_take_too_many(queue: Queue) -> None:
    queue.ask(*(f"{owner}0" for owner in "abcdefgh"))
    together = threading.Barrier(6)
    taken: list[str | None] = []

    def look() -> None:
        together.wait()
        taken.append(queue.take(2))

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(name for name in taken if name) == ["a0", "b0"] and taken.count(None) == 4
