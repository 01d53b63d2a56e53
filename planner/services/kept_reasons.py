"""What is known of why each initiative is in a kept plan or not? Taken from the work after a try, or asked for anew.

A try that is proven has its reasons worked out in the background (`portfolio_reasons`). When the plan that is kept is
the very plan of that try, they are its reasons too, and are stored beside it. Otherwise a person asks for them.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from planner.services import portfolio_reasons
from planner.services.plans import now
from planner.store import jobs
from planner.store import kept_reasons as store
from planner.store import plans as plan_store
from planner.store import portfolio as kept_store
from planner.store.database import Database
from planner.store.jobs import StoredJob
from planner.store.portfolio import KeptPlan

KIND = "annex"
GAP = 0.001
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """told: what has been found; None before anything was. complete: nothing is missing. going_on: more is coming.
    trouble: it ended early. done, of: how far it has come."""

    told: Document | None
    complete: bool
    going_on: bool
    trouble: bool
    done: int
    of: int


def known(session: Session, plan_id: str, kept: KeptPlan) -> Known:
    """What has been found of one kept plan so far, by whichever job is about it."""
    stored = store.find(session, plan_id, kept.number)
    if stored is not None:
        return Known(stored, True, False, False, stored["done"], stored["of"])
    about_it = [job for kind in (KIND, portfolio_reasons.KIND) if (job := _job(session, plan_id, kind, kept))]
    if not about_it:
        return Known(None, False, False, False, 0, 0)
    job = max(about_it, key=lambda one: (one.is_open, _done(one)))
    told, going_on = job.result or job.progress, job.is_open
    return Known(told, False, going_on, not going_on, _done(job), told["of"] if told else 0)


def _job(session: Session, plan_id: str, kind: str, kept: KeptPlan) -> StoredJob | None:
    """The latest job of a kind, when it is about this very plan."""
    job = jobs.latest(session, plan_id, kind)
    return job if job is not None and _same(job, kept) else None


def _same(job: StoredJob, kept: KeptPlan) -> bool:
    return bool(job.request["problem"] == kept.problem and job.request["starts"] == kept.starts)


def _done(job: StoredJob) -> int:
    told = job.result or job.progress
    return told["done"] if told else 0


def ask(database: Database, plan_id: str, number: int) -> str | None:
    """Queue the work for a kept plan: the id of its job, "" when all is known or under way; None for no such plan."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        kept = kept_store.find_kept(session, plan_id, number)
        if kept is None:
            return None
        there = known(session, plan_id, kept)
        if there.complete or there.going_on:
            return ""
        request = {"problem": kept.problem, "starts": kept.starts, "gap": GAP}
        request |= {"processes": portfolio_reasons.PROCESSES}
        job_id = secrets.token_hex(8)
        jobs.add(session, job_id, plan_id, KIND, request, now())
        session.commit()
    return job_id


def found(session: Session, job: StoredJob, result: Document) -> str:
    """The reasons of a plan are all known: they are those of every kept plan that is the same. The caller commits."""
    for heading in kept_store.headings(session, job.plan_id):
        kept = kept_store.find_kept(session, job.plan_id, heading.number)
        if kept is not None and _same(job, kept):
            store.put(session, job.plan_id, kept.number, result)
    return ""


def take_over(session: Session, plan_id: str, kept: KeptPlan) -> None:
    """A plan has just been kept: what is known of the same plan already is stored beside it. The caller commits."""
    job = _job(session, plan_id, portfolio_reasons.KIND, kept)
    if job is not None and job.state == "done" and job.result is not None:
        store.put(session, plan_id, kept.number, job.result)
