"""Job rows, on both engines: who may take one, what changes its version, who may end it."""

from datetime import UTC, datetime, timedelta

from planner.store import jobs
from planner.store.database import Database

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=10)


def added(store: Database, plan_id: str, job_id: str = "a", kind: str = "try", when: datetime = NOW) -> str:
    with store.write() as session:
        jobs.add(session, job_id, plan_id, kind, {"gap": 0.001, "name": "Ærlig"}, when)
        session.commit()
    return job_id


def found(store: Database, job_id: str) -> jobs.StoredJob:
    with store.read() as session:
        job = jobs.find(session, job_id)
    assert job is not None
    return job


def test_a_job_is_taken_once(store: Database, plan_id: str) -> None:
    added(store, plan_id)
    with store.write() as session:
        assert jobs.waiting(session) == (("a", "try"),)
        assert jobs.begin(session, "a", NOW) == jobs.Turn("a", 1)
        assert not jobs.begin(session, "a", NOW)
        assert jobs.waiting(session) == ()
        session.commit()
    job = found(store, "a")
    assert (job.state, job.heartbeat_at, job.request) == ("running", NOW, {"gap": 0.001, "name": "Ærlig"})


def test_what_a_reader_may_see_changes_the_version_and_a_heartbeat_does_not(store: Database, plan_id: str) -> None:
    added(store, plan_id)
    seen = []
    for step in (
        lambda s: jobs.begin(s, "a", NOW),
        lambda s: jobs.beat(s, jobs.Turn("a", 1), LATER),
        lambda s: jobs.progress(s, jobs.Turn("a", 1), {"value": 1}, LATER),
        lambda s: jobs.end(s, jobs.Turn("a", 1), "done", LATER, {"status": "optimal"}),
    ):
        with store.write() as session:
            step(session)
            session.commit()
        with store.read() as session:
            seen.append(jobs.versions(session, plan_id))
    assert seen == ["a-2", "a-2", "a-3", "a-4"]
    job = found(store, "a")
    assert (job.progress, job.result, job.ended_at) == ({"value": 1}, {"status": "optimal"}, LATER)


def test_a_running_job_is_told_to_stop_and_a_queued_one_is_stopped(store: Database, plan_id: str) -> None:
    added(store, plan_id)
    with store.write() as session:
        jobs.begin(session, "a", NOW)
        assert jobs.beat(session, jobs.Turn("a", 1), NOW)
        jobs.ask_to_stop(session, plan_id, "try", NOW)
        assert not jobs.beat(session, jobs.Turn("a", 1), NOW)
        session.commit()
    assert found(store, "a").state == "running"
    added(store, plan_id, "b", when=LATER)
    with store.write() as session:
        jobs.ask_to_stop(session, plan_id, "try", LATER)
        assert not jobs.begin(session, "b", LATER)
        session.commit()
    assert found(store, "b").state == "stopped"


def test_a_job_that_was_ended_is_not_ended_again(store: Database, plan_id: str) -> None:
    added(store, plan_id)
    with store.write() as session:
        jobs.begin(session, "a", NOW)
        assert jobs.end(session, jobs.Turn("a", 1), "failed", NOW, cause="restarted")
        assert not jobs.end(session, jobs.Turn("a", 1), "done", NOW, {"status": "optimal"})
        assert not jobs.beat(session, jobs.Turn("a", 1), NOW)
        session.commit()
    assert (found(store, "a").state, found(store, "a").result) == ("failed", None)


def test_only_the_silent_are_taken_over_and_wait_again_once(store: Database, plan_id: str) -> None:
    """Guards: `MOST_LOST`, without which a job that ends its worker ends them all; `ONCE`."""
    for job_id, kind in (("a", "try"), ("b", "keep"), ("c", "survey"), ("d", "floor")):
        added(store, plan_id, job_id, kind)

    def lose() -> dict[str, tuple[str, int]]:
        with store.write() as session:
            for job_id in "acd":
                jobs.begin(session, job_id, NOW - timedelta(minutes=1))
            jobs.begin(session, "b", NOW)
            jobs.ask_to_stop(session, plan_id, "floor", NOW)
            jobs.take_over(session, NOW)
            assert not jobs.any_silent(session, NOW)
            session.commit()
        return {one: (found(store, one).state, found(store, one).lost) for one in "abcd"}

    assert lose() == {"a": ("queued", 1), "b": ("running", 0), "c": ("failed", 1), "d": ("stopped", 1)}
    assert lose() == {"a": ("failed", 2), "b": ("running", 0), "c": ("failed", 1), "d": ("stopped", 1)}
    assert (found(store, "a").cause, found(store, "c").cause) == ("restarted", "restarted")


def test_what_a_worker_says_counts_no_more_when_another_has_begun_the_job_again(store: Database, plan_id: str) -> None:
    """Guard: `_running` and `_is_at` ask for the turn."""
    added(store, plan_id)
    with store.write() as session:
        slow = jobs.begin(session, "a", NOW)
        assert slow is not None
        jobs.take_over(session, LATER)
        assert not jobs.beat(session, slow, LATER)  # nobody has begun it yet
        quick = jobs.begin(session, "a", LATER)
        assert quick is not None and quick != slow
        assert not jobs.beat(session, slow, LATER) and not jobs.hold(session, slow)
        assert not jobs.end(session, slow, "done", LATER, {"of": "slow"}) and not jobs.put_back(session, slow)
        jobs.progress(session, slow, {"of": "slow"}, LATER)
        assert jobs.hold(session, quick) and jobs.end(session, quick, "done", LATER, {"of": "quick"})
        session.commit()
    job = found(store, "a")
    assert (job.result, job.progress, job.begun, job.lost) == ({"of": "quick"}, None, 2, 1)


def test_a_new_one_removes_those_that_have_ended_of_its_kind(store: Database, plan_id: str) -> None:
    added(store, plan_id, "a", "try")
    added(store, plan_id, "k", "keep")
    with store.write() as session:
        for job_id in ("a", "k"):
            jobs.begin(session, job_id, NOW)
            jobs.end(session, jobs.Turn(job_id, 1), "done", NOW)
        session.commit()
    added(store, plan_id, "b", "try", LATER)
    with store.read() as session:
        assert jobs.find(session, "a") is None
        assert jobs.latest(session, plan_id, "keep") is not None
        assert jobs.versions(session, plan_id) == "b-1.k-3"


def test_another_plan_sees_nothing(store: Database, plan_id: str) -> None:
    added(store, plan_id)
    with store.read() as session:
        assert jobs.latest(session, "0" * 16, "try") is None
        assert jobs.versions(session, "0" * 16) == ""
