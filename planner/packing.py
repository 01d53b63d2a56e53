"""How is a package for the archive made while its page shows how far it has come? In a thread that waits for a child.

What stands in it is gathered here, from the database; its files are made in the child, which is killed when somebody
stops it. Apart from the queue of solves, which may take minutes each. What waits is begun by whichever web process
comes to it first; what a process was working on when it died waits again (`job_keeper.py`).
"""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from planner import paper_files
from planner.child import Crashed, Finished, Outcome, OutOfMemory, OutOfTime, run_limited
from planner.config import Config
from planner.domain.examination import findings_document
from planner.domain.findings import Finding
from planner.files.package import Order
from planner.job_watch import Watch
from planner.services import archive, package
from planner.services.plans import language_of, now
from planner.services.survey_reading import places
from planner.store import clock, plans
from planner.store import jobs as store
from planner.store.database import Database, Unavailable
from planner.store.jobs import StoredJob
from planner.store.packages import Ready
from planner.wording.in_language import speaking

log = logging.getLogger("planner")
AT_ONCE = 2


class Packings:
    """The packages that are being made in this process."""

    def __init__(self, config: Config, database: Database, closing: threading.Event) -> None:
        self._config = config
        self._database = database
        self._closing = closing
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="packing")
        self._sweepers: set[threading.Timer] = set()
        self._taken: set[str] = set()
        self._taking = threading.Lock()

    def start(self, job_id: str) -> None:
        """Make a package for a job whose row is there, unless another process has begun it. Asked twice is once."""
        with self._taking:
            if job_id in self._taken or self._closing.is_set():
                return
            self._taken.add(job_id)
        self._threads.submit(self._run, job_id)

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)
        for sweeper in self._sweepers:
            sweeper.cancel()

    def _run(self, job_id: str) -> None:
        try:
            with self._database.write() as session:
                begun = store.begin(session, job_id, clock.now(session))
                job = store.find(session, job_id) if begun else None
                session.commit()
            if job is not None:
                self._try(job)
        except Exception as error:
            log.warning("job %s: %s", job_id, type(error).__name__)  # it waits, or waits again
        finally:
            with self._taking:
                self._taken.discard(job_id)

    def _try(self, job: StoredJob) -> None:
        try:
            self._make(job)
        except Unavailable:
            raise
        except Exception:
            log.exception("job %s", job.id)
            self._fail(job, "crashed")

    def _make(self, job: StoredJob) -> None:
        with self._database.read() as session:
            plan, language = plans.find(session, job.plan_id), language_of(session, job.plan_id)
        with Watch(self._database, job.turn, self._closing) as watch:
            watch.tell({"stage": "read"})
            with speaking(language):
                order = archive.gather(self._database, job.plan_id, job.request["number"])
            if plan is None or not isinstance(order, Order):
                return self._fail(job, "differs")
            outcome: Outcome[bytes | tuple[Finding, ...]] = run_limited(
                paper_files.package,
                order,
                memory_mb=self._config.parse_memory_mb,
                seconds=self._config.parse_seconds,
                on_message=watch.tell,
                stop=watch.should_stop,
            )
            with speaking(language):
                name = archive.name(order)
        self._conclude(job, outcome, name, plan.changed_at)

    def _conclude(self, job: StoredJob, outcome: Outcome[bytes | tuple[Finding, ...]], name: str, of: datetime) -> None:
        if isinstance(outcome, Finished):
            if isinstance(outcome.value, bytes):
                ready = Ready(job.request["number"], name, len(outcome.value), of, now())
                self._done(job, ready, outcome.value)
            else:
                self._fail(job, "template", outcome.value)
        elif isinstance(outcome, Crashed | OutOfMemory | OutOfTime):
            why = f"signal {outcome.signal} at {places(outcome.text)}" if isinstance(outcome, Crashed) else str(outcome)
            log.error("job %s: %s", job.id, why)
            self._fail(job, {Crashed: "crashed", OutOfMemory: "out_of_memory"}.get(type(outcome), "out_of_time"))
        else:
            self._stopped(job)

    def _stopped(self, job: StoredJob) -> None:
        """By a person, or by the end of this process: then another makes it."""
        with self._database.write() as session:
            if store.beat(session, job.turn, clock.now(session)) and self._closing.is_set():
                store.put_back(session, job.turn)
            else:
                store.end(session, job.turn, "stopped", now())
            session.commit()

    def _done(self, job: StoredJob, ready: Ready, content: bytes) -> None:
        """It lies there and the job is done in one go; one that was stopped meanwhile leaves nothing."""
        with self._database.write() as session:
            if plans.is_held(session, job.plan_id) and store.hold(session, job.turn):
                asked = not store.beat(session, job.turn, clock.now(session))
                store.end(session, job.turn, "stopped" if asked else "done", now())
                if not asked:
                    package.let_lie(session, job.plan_id, ready, content)
            session.commit()
        sweeper = threading.Timer(package.LIES.total_seconds() + 1, self._sweep)
        sweeper.daemon = True
        self._sweepers = {one for one in self._sweepers if one.is_alive()} | {sweeper}
        sweeper.start()

    def _sweep(self) -> None:
        """Nothing lies about for longer, though nobody asks for another."""
        try:
            package.forget_old(self._database)
        except Exception as error:
            log.warning("old packages are not removed: %s", type(error).__name__)

    def _fail(self, job: StoredJob, cause: str, findings: tuple[Finding, ...] = ()) -> None:
        result = {"findings": findings_document(findings)} if findings else None
        with self._database.write() as session:
            store.end(session, job.turn, "failed", now(), result, cause)
            session.commit()
