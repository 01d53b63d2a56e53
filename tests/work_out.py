"""What the queue does with the reasons of a plan, here and now."""

from typing import Any

from planner.reasons import explain_request
from planner.services import plans
from planner.store import jobs
from planner.store.database import Database
from planner.work import KINDS


def explain(database: Database, job_id: str) -> dict[str, Any]:
    """Work the reasons out, in this process, and write them down."""
    with database.read() as session:
        job = jobs.find(session, job_id)
    assert job is not None
    result = explain_request(job.request | {"processes": 1}, 60)
    done(database, job_id, result)
    return result


def done(database: Database, job_id: str, result: dict[str, Any]) -> None:
    """End the job with this answer, as a worker does."""
    with database.write() as session:
        assert jobs.begin(session, job_id, plans.now())
        job = jobs.find(session, job_id)
        assert job is not None and not KINDS[job.kind].finish(session, job, result)
        jobs.end(session, jobs.Turn(job_id, 1), "done", plans.now(), result)
        session.commit()
