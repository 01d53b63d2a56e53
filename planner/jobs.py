"""Which work runs outside the request, and how is it started, followed and stopped? The job queue.

A job is a row (`store/jobs.py`); Huey only says that there is one to look at, so a restart loses nothing: what was
queued is begun again, what was running is marked as failed. Each solve runs in a child process with a ceiling on memory
and time, never more than `solve_workers` of them at once, and the web never waits for one.
"""

import logging
import threading
from typing import Any

from huey import MemoryHuey
from huey.consumer import Consumer

from planner import by_name, child
from planner.child import Crashed, Finished, Outcome, OutOfMemory, OutOfTime
from planner.config import Config
from planner.job_watch import Watch
from planner.reading import Readings
from planner.services.plans import now
from planner.store import jobs as store
from planner.store.database import Database
from planner.store.jobs import StoredJob
from planner.work import KINDS

log = logging.getLogger("planner")

# The child stops by itself at the limit and says what it found; it is killed only when it does not.
GRACE_SECONDS = 10.0
BACKGROUND = tuple(name for name, kind in KINDS.items() if kind.background)


class _Consumer(Consumer):  # type: ignore[misc]  # huey has no types
    def _set_signal_handlers(self) -> None:
        """The signals belong to the web server of this process."""


class Jobs:
    """The queue of this installation, with its workers in this process."""

    def __init__(self, config: Config, database: Database) -> None:
        self._config = config
        self._database = database
        self._closing = threading.Event()
        self._waking = threading.Lock()
        self._consumer: Consumer | None = None
        self._huey = MemoryHuey("malrett", results=False)
        self._look_at = self._huey.task(name="run")(self._run)
        self.readings = Readings(config, database, self._closing)
        self._take_over()

    def start(self, job_id: str) -> None:
        """Have a queued job looked at as soon as a worker is free."""
        with self._waking:
            # Threads only where something is to be done: `planner doctor` and most tests never need one.
            if self._consumer is None and not self._closing.is_set():
                workers = self._config.solve_workers
                self._consumer = _Consumer(
                    self._huey, workers, False, initial_delay=0.05, max_delay=0.2, check_worker_health=False
                )
                self._consumer.start()
        self._look_at(job_id)

    def close(self) -> None:
        """Stop the workers; a solve that runs is killed and marked as failed."""
        self._closing.set()
        self.readings.close()
        with self._waking:
            if self._consumer is not None:
                self._consumer.stop(graceful=True)

    def _take_over(self) -> None:
        """What a process that is gone has left behind."""
        with self._database.write() as session:
            store.fail_running(session, now(), "restarted", silent_since=now() - store.SILENT)
            # The bytes of a file that was to be read went with the process.
            for job_id in store.queued(session, ("survey",)):
                store.begin(session, job_id, now())
                store.end(session, job_id, "failed", now(), cause="restarted")
            waiting = store.queued(session, tuple(KINDS))
            session.commit()
        for job_id in waiting:
            self.start(job_id)

    # --- In a worker's thread ----------------------------------------------------------------------------------------

    def _run(self, job_id: str) -> None:
        try:
            job = self._begin(job_id)
            if job is not None:
                self._solve(job)
        except Exception:
            log.exception("job %s", job_id)
            self._end(job_id, "failed", cause="crashed")

    def _begin(self, job_id: str) -> StoredJob | None:
        with self._database.write() as session:
            taken = not self._closing.is_set() and store.begin(session, job_id, now())
            job = store.find(session, job_id) if taken else None
            session.commit()
        return job

    def _solve(self, job: StoredJob) -> None:
        watch = Watch(self._database, job.id, self._closing)
        outcome = child.run_limited(
            by_name.call,
            KINDS[job.kind].function,
            job.request,
            self._config.solve_seconds,
            memory_mb=self._config.solve_memory_mb,
            seconds=self._config.solve_seconds + GRACE_SECONDS,
            on_message=watch.tell,
            stop=watch.should_stop,
        )
        if isinstance(outcome, Finished):
            self._finish(job, outcome.value)
        elif isinstance(outcome, Crashed | OutOfMemory):
            log.error("job %s: %s", job.id, outcome)
            self._end(job.id, "failed", cause="crashed" if isinstance(outcome, Crashed) else "out_of_memory")
        elif self._closing.is_set():
            self._end(job.id, "failed", cause="restarted")
        else:
            self._cut_short(job, outcome, watch.told)

    def _finish(self, job: StoredJob, result: dict[str, Any]) -> None:
        with self._database.write() as session:
            cause = KINDS[job.kind].finish(session, job, result)
            store.end(session, job.id, "failed" if cause else "done", now(), result, cause)
            following = store.queued(session, BACKGROUND)
            session.commit()
        for job_id in following:
            self.start(job_id)

    def _cut_short(self, job: StoredJob, outcome: Outcome[Any], told: dict[str, Any] | None) -> None:
        """Stopped by a person, or killed at the limit."""
        cause = "out_of_time" if isinstance(outcome, OutOfTime) else ""
        result = KINDS[job.kind].cut_short(job.request, told)
        self._end(job.id, "stopped" if result or not cause else "failed", result, cause)

    def _end(self, job_id: str, state: store.State, result: dict[str, Any] | None = None, cause: str = "") -> None:
        with self._database.write() as session:
            store.end(session, job_id, state, now(), result, cause)
            session.commit()
