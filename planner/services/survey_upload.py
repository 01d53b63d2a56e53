"""What becomes of an uploaded survey file? It is read at once, or, when it is large, while a page shows how far it is.

The same file again is recognised by its content: one that waits is gone on with, one that is stored is said to be.
"""

import hashlib
import secrets
from dataclasses import dataclass

from sqlmodel import Session

from planner.config import Config
from planner.domain.examination import Examination, findings_from
from planner.domain.findings import Finding
from planner.domain.stated_reading import StatedReading
from planner.files.survey import Templates
from planner.services import plans, stated
from planner.services.plans import Frame, now
from planner.services.survey_page import WAITS
from planner.services.survey_reading import read_file, shown_name
from planner.store import clock, mapping_templates, survey, versions
from planner.store import jobs as job_store
from planner.store import plans as plan_store
from planner.store import stated as stated_store
from planner.store.database import Database
from planner.wording import survey_upload as wording

KIND = "survey"
# A smaller file is read in the request, in well under a second.
LARGE = 3_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came, with the owner's templates."""

    plan_id: str
    filename: str
    data: bytes
    digest: str
    templates: Templates


@dataclass(frozen=True, slots=True)
class Received:
    """findings: why it could not be read. turn: of the job that is to read it. Neither: it waits."""

    findings: tuple[Finding, ...] = ()
    turn: job_store.Turn | None = None
    upload: Upload | None = None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """How far a large file is read. seen: what a poll sends, to hear only news. done: nothing is read any more."""

    frame: Frame
    seen: str
    filename: str
    line: str
    share: int
    stopping: bool
    done: bool


def receive(database: Database, config: Config, plan_id: str, filename: str, data: bytes) -> Received:
    """Take a file in."""
    digest = hashlib.sha256(data).hexdigest()
    with database.read() as session:
        draft = survey.find_draft(session, plan_id, now() - WAITS)
        plan = plan_store.find(session, plan_id)
        templates = mapping_templates.of_owner(session, plan.owner) if plan is not None else ()
    if draft is not None and draft.file_sha256 == digest:
        return Received()
    upload = Upload(plan_id, shown_name(filename), data, digest, templates)
    if len(data) >= LARGE:
        job_id = secrets.token_hex(8)
        with database.write() as session:
            plan_store.hold(session, plan_id)
            job_store.add(session, job_id, plan_id, KIND, {"filename": upload.filename}, now())
            # From the first it is this process that has it, though it may have to wait: no other has the bytes.
            turn = job_store.begin(session, job_id, clock.now(session))
            session.commit()
        return Received(turn=turn, upload=upload)
    read = read_file(config, data, filename, templates)
    trouble = troubles(read)
    if trouble:
        return Received(trouble)
    with database.write() as session:
        plan_store.hold(session, plan_id)
        job_store.remove(session, plan_id, KIND)
        let_wait(session, upload, read)
        session.commit()
    return Received()


Read = tuple[bytes, Examination] | StatedReading | tuple[Finding, ...]


def troubles(read: Read) -> tuple[Finding, ...]:
    """Why nothing of what was read can wait; nothing when it can."""
    if isinstance(read, StatedReading):
        return read.findings if read.stated is None else ()
    return () if isinstance(read[0], bytes) else tuple(one for one in read if isinstance(one, Finding))


def let_wait(session: Session, upload: Upload, read: Read) -> None:
    """Put what was read where it waits to be confirmed. The caller has asked for its troubles, and commits."""
    moment = now()
    survey.remove_drafts_before(session, moment - WAITS)
    stated_store.remove_waiting_before(session, moment - WAITS)
    if isinstance(read, StatedReading):
        if read.stated is not None:
            stated.let_wait(session, upload.plan_id, upload.filename, read.stated, read.findings)
        return
    packed, seen = read
    if isinstance(packed, bytes) and isinstance(seen, Examination):
        stated_store.remove(session, upload.plan_id, waiting=True)
        draft = survey.Draft(upload.filename, seen, versions.first(), moment, upload.digest)
        survey.put_draft(session, upload.plan_id, draft, packed)


def is_table(database: Database, plan_id: str) -> bool:
    """What waits is a report's table, not answers."""
    with database.read() as session:
        return stated_store.find(session, plan_id, waiting=True) is not None


def reading(database: Database, plan_id: str, seen: str = "") -> ReadingView | None:
    """How far the latest large file is read; None when nothing is new since `seen`."""
    with database.read() as session:
        frame = plans.frame(session, plan_id, "survey")
        job = job_store.latest(session, plan_id, KIND)
    version = f"{job.id}-{job.version}" if job is not None else "none"
    if seen == version:
        return None
    share = int(100 * (job.progress or {}).get("share", 0)) if job is not None else 0
    open_ = job is not None and job.is_open
    name = job.request["filename"] if job is not None else ""
    stopping = job is not None and job.stop_asked
    return ReadingView(frame, version, name, wording.reading(share), share, stopping, not open_)


def is_reading(database: Database, plan_id: str) -> bool:
    with database.read() as session:
        job = job_store.latest(session, plan_id, KIND)
    return job is not None and job.is_open


def trouble(database: Database, plan_id: str) -> tuple[Finding, ...]:
    """Why the latest large file could not be read; nothing when it could, or there was none."""
    with database.read() as session:
        job = job_store.latest(session, plan_id, KIND)
    if job is None or job.is_open or job.state == "done":
        return ()
    if job.state == "stopped":
        return (Finding("file_stopped", "info"),)
    return findings_from(job.result["findings"]) if job.result else (Finding("file_interrupted"),)


def stop(database: Database, plan_id: str) -> None:
    """Stop reading; nothing of the file is kept."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        job_store.ask_to_stop(session, plan_id, KIND, now())
        session.commit()
