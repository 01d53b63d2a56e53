"""What does a free worker do? Takes the job whose turn it is, runs it in a child, and says how it went."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from planner import by_name, child
from planner.child import Crashed, Finished, Outcome, OutOfMemory, OutOfTime
from planner.config import Config
from planner.job_watch import BEAT_SECONDS, Watch
from planner.services.plans import now
from planner.services.survey_reading import places
from planner.store import clock, job_turns, plans
from planner.store import jobs as store
from planner.store.database import Database, Unavailable
from planner.store.jobs import StoredJob
from planner.work import KINDS

log = logging.getLogger("planner")

# The child stops by itself at the limit and says what it found; it is killed only when it does not.
GRACE_SECONDS = 10.0


class Runner:
    """Runs jobs in whatever thread calls `look`, until closing."""

    def __init__(self, config: Config, database: Database, closing: threading.Event) -> None:
        self.config = config
        self._database = database
        self._closing = closing

    def look(self) -> None:
        """Work until nothing waits, or as many run as may. Raises nothing: its thread has to go on."""
        try:
            while (job := self._take()) is not None:
                self._run(job)
        except Exception:
            log.exception("a worker could not look for jobs")

    def _take(self) -> StoredJob | None:
        kinds, at_once = tuple(KINDS), self.config.solve_workers
        with self._database.read() as session:
            if self._closing.is_set() or not job_turns.may_take(session, kinds, at_once):
                return None
        with self._database.write() as session:
            job = job_turns.take(session, clock.now(session), kinds, self._background(), at_once)
            session.commit()
        return job

    def _run(self, job: StoredJob) -> None:
        try:
            with Watch(self._database, job.turn, self._closing, lambda: self._gives_way(job)) as watch:
                outcome = child.run_limited(
                    by_name.call,
                    KINDS[job.kind].function,
                    job.request,
                    self.config.solve_seconds,
                    memory_mb=self.config.solve_memory_mb,
                    seconds=self.config.solve_seconds + GRACE_SECONDS,
                    on_message=watch.tell,
                    stop=watch.should_stop,
                )
                self._until_said(watch, lambda: self._conclude(job, outcome, watch))
        except Unavailable:
            log.warning("job %s: the database cannot be told how it went", job.id)  # it waits again when it can
        except Exception:
            log.exception("job %s", job.id)
            self._end(job, "failed", cause="crashed")

    def _background(self) -> tuple[str, ...]:
        return tuple(name for name, kind in KINDS.items() if kind.background)

    def _gives_way(self, job: StoredJob) -> bool:
        if not KINDS[job.kind].background:
            return False
        with self._database.read() as session:
            return job_turns.is_wanted(session, tuple(KINDS), self._background(), self.config.solve_workers)

    # --- How it went -------------------------------------------------------------------------------------------------

    def _until_said(self, watch: Watch, say: Callable[[], None]) -> None:
        """An answer that took minutes is not thrown away because the database is away for half a minute."""
        while True:
            try:
                return say()
            except Unavailable:
                if watch.is_over():
                    raise
                self._closing.wait(BEAT_SECONDS)

    def _conclude(self, job: StoredJob, outcome: Outcome[Any], watch: Watch) -> None:
        if isinstance(outcome, Finished):
            self._finish(job, outcome.value)
        elif isinstance(outcome, Crashed | OutOfMemory):
            why = f"signal {outcome.signal} at {places(outcome.text)}" if isinstance(outcome, Crashed) else str(outcome)
            log.error("job %s: %s", job.id, why)
            self._end(job, "failed", cause="crashed" if isinstance(outcome, Crashed) else "out_of_memory")
        else:
            self._cut_short(job, outcome, watch)

    def _finish(self, job: StoredJob, result: dict[str, Any]) -> None:
        with self._database.write() as session:
            # What was ended by somebody else meanwhile leaves nothing. The plan first, as every command has it.
            if plans.is_held(session, job.plan_id) and store.hold(session, job.turn):
                cause = KINDS[job.kind].finish(session, job, result)
                store.end(session, job.turn, "failed" if cause else "done", now(), result, cause)
            session.commit()

    def _cut_short(self, job: StoredJob, outcome: Outcome[Any], watch: Watch) -> None:
        """Stopped by a person, killed at the limit, in the way of what somebody waits for, or by the end of this
        process: then another goes on with it, and it has not been lost."""
        cause = "out_of_time" if isinstance(outcome, OutOfTime) else ""
        result = KINDS[job.kind].cut_short(job.request, watch.told)
        with self._database.write() as session:
            asked = not store.beat(session, job.turn, clock.now(session))
            if (watch.gave_way or self._closing.is_set()) and not asked and not cause:
                store.put_back(session, job.turn)
            else:
                store.end(session, job.turn, "stopped" if result or not cause else "failed", now(), result, cause)
            session.commit()

    def _end(self, job: StoredJob, state: store.State, cause: str) -> None:
        with self._database.write() as session:
            store.end(session, job.turn, state, now(), cause=cause)
            session.commit()
