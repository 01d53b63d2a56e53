"""What can a person do with the package for the archive? Have it made, follow it, stop it, and fetch it while it lies.

One at a time for each plan. What is made lies in the database, under the plan it is of and nowhere else, for an hour.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from planner.domain.examination import findings_from
from planner.files.file import ZIP, File
from planner.services import plans
from planner.services.plans import Frame, now
from planner.store import jobs, packages
from planner.store import plans as plan_store
from planner.store import portfolio as kept_store
from planner.store.database import Database
from planner.store.jobs import StoredJob
from planner.store.packages import Ready
from planner.wording import Sentence
from planner.wording import archive as words
from planner.wording import findings as sentences

KIND = "package"
LIES = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class PackageView:
    """seen: for the next poll. progress: while it is made. trouble, findings: why it was not. ready: that it can be
    fetched, and lies: until when. changed: that it is not of today's plan."""

    frame: Frame
    number: int
    seen: str
    about: str
    progress: str = ""
    stopping: bool = False
    trouble: str = ""
    findings: tuple[Sentence, ...] = ()
    ready: str = ""
    lies: str = ""
    changed: str = ""


def ask(database: Database, plan_id: str, number: int) -> str | None:
    """Have it made: the id of the job, "" when that one is under way; None for no such plan.

    One of another kept plan takes its place. What lay ready is removed.
    """
    with database.write() as session:
        plan_store.hold(session, plan_id)
        if kept_store.find_kept(session, plan_id, number) is None:
            return None
        job = jobs.latest(session, plan_id, KIND)
        if job is not None and job.is_open and not job.stop_asked and job.request["number"] == number:
            return ""
        packages.remove(session, plan_id)
        job_id = secrets.token_hex(8)
        jobs.add(session, job_id, plan_id, KIND, {"number": number}, now())
        session.commit()
    return job_id


def stop(database: Database, plan_id: str) -> None:
    """End it; nothing of it is kept."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        jobs.ask_to_stop(session, plan_id, KIND, now())
        session.commit()


def let_lie(session: Session, plan_id: str, new: Ready, content: bytes) -> None:
    """It is made. The caller holds the plan, has ended the job, and commits."""
    packages.remove_before(session, now() - LIES)
    packages.put(session, plan_id, new, content)


def offer(session: Session, plan_id: str, number: int) -> PackageView:
    """What the Plan page says of it."""
    view = PackageView(plans.frame(session, plan_id, "report"), number, jobs.versions(session, plan_id), words.about())
    job = jobs.latest(session, plan_id, KIND)
    if job is None or job.request["number"] != number:
        return view
    return _told(session, view, job)


def progress(database: Database, plan_id: str, number: int, seen: str) -> PackageView | None:
    """The fragment, for polling; None when nothing is new since `seen`, or there is no such plan."""
    with database.read() as session:
        if jobs.versions(session, plan_id) == seen:
            return None
        kept = kept_store.find_kept(session, plan_id, number)
        return None if kept is None else offer(session, plan_id, number)


def file(database: Database, plan_id: str, number: int) -> File | None:
    """The package of one kept plan, while it lies there."""
    with database.read() as session:
        found = packages.content(session, plan_id, number, now() - LIES)
    return File(found[0], ZIP, found[1]) if found is not None else None


def forget_old(database: Database) -> None:
    """Remove what nobody came back for."""
    with database.write() as session:
        removed = packages.remove_before(session, now() - LIES)
        session.commit()
    if removed:
        database.scrub("package")


def _told(session: Session, view: PackageView, job: StoredJob) -> PackageView:
    known = (view.frame, view.number, view.seen, view.about)
    if job.is_open:
        line = words.progress((job.progress or {}).get("stage", "read")) if job.state == "running" else words.queued()
        return PackageView(*known, progress=line, stopping=job.stop_asked)
    if job.state != "done":
        found = findings_from((job.result or {}).get("findings", ()))
        trouble = "" if found else words.trouble(job.state, job.cause or "")
        return PackageView(*known, trouble=trouble, findings=sentences(found))
    ready, plan = packages.find(session, view.frame.plan_id, now() - LIES), plan_store.find(session, view.frame.plan_id)
    if ready is None or plan is None:
        return view
    changed = words.changed() if plan.changed_at > ready.of else ""
    return PackageView(*known, ready=words.ready(ready.filename, ready.size), lies=words.lies(), changed=changed)
