"""How is a large survey file read while its page shows how far it has come? In a thread that waits for a child process.

The bytes are never written anywhere: they are in this process until what they hold, without names, is a waiting table.
When the process is gone so is the file, and its job is marked as failed: all of it waits, or nothing does. The job is
this process's from the moment the file is here, also while it waits for a thread, so that nobody takes it for left
behind. Apart from the queue of solves, which may take minutes each.
"""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from planner.child import Finished, Outcome, Stopped, run_limited
from planner.config import Config
from planner.domain.examination import findings_document
from planner.domain.findings import Finding
from planner.files.survey import read_upload
from planner.job_watch import Watch
from planner.services import survey_reading, survey_upload
from planner.services.plans import now
from planner.store import clock, plans
from planner.store import jobs as store
from planner.store.database import Database

log = logging.getLogger("planner")
AT_ONCE = 2


class Readings:
    """The files that are being read in this process."""

    def __init__(self, config: Config, database: Database, closing: threading.Event) -> None:
        self._config = config
        self._database = database
        self._closing = closing
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reading")

    def start(self, turn: store.Turn, upload: survey_upload.Upload) -> None:
        """Read a file for a job that has been begun."""
        watch = Watch(self._database, turn, self._closing)
        watch.begin()
        reading = self._threads.submit(self._run, turn, upload, watch)
        reading.add_done_callback(lambda done: self._leave(turn, watch) if done.cancelled() else None)

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _run(self, turn: store.Turn, upload: survey_upload.Upload, watch: Watch) -> None:
        try:
            self._conclude(turn, upload, self._read(turn, upload, watch))
        except Exception as error:
            # Its message may quote an answer.
            log.error("job %s: %s", turn.job_id, type(error).__name__)
            self._fail(turn, (Finding("file_crashed"),))
        finally:
            watch.leave()

    def _leave(self, turn: store.Turn, watch: Watch) -> None:
        """Of one that was still waiting for a thread when this process was told to end."""
        watch.leave()
        self._fail(turn, (Finding("file_interrupted"),))

    def _read(self, turn: store.Turn, upload: survey_upload.Upload, watch: Watch) -> Outcome[survey_upload.Read]:
        with self._database.write() as session:
            goes_on = store.beat(session, turn, clock.now(session))
            session.commit()
        if not goes_on:  # stopped while it waited for a thread
            return Stopped()
        return run_limited(
            read_upload,
            upload.data,
            upload.filename,
            upload.templates,
            memory_mb=self._config.parse_memory_mb,
            seconds=self._config.parse_seconds,
            on_message=lambda share: watch.tell({"share": share}),
            stop=watch.should_stop,
        )

    def _conclude(self, turn: store.Turn, upload: survey_upload.Upload, outcome: Outcome[survey_upload.Read]) -> None:
        if isinstance(outcome, Stopped):
            self._stopped(turn)
        elif isinstance(outcome, Finished) and not survey_upload.troubles(outcome.value):
            with self._database.write() as session:
                # The table waits and the job is done in one go; one that was stopped meanwhile leaves nothing.
                if plans.is_held(session, upload.plan_id) and store.end(session, turn, "done", now()):
                    survey_upload.let_wait(session, upload, outcome.value)
                session.commit()
        else:
            self._fail(turn, survey_reading.told(outcome))

    def _stopped(self, turn: store.Turn) -> None:
        """By a person, or by the end of this process."""
        with self._database.write() as session:
            asked = not store.beat(session, turn, clock.now(session))
            if asked or not self._closing.is_set():
                store.end(session, turn, "stopped", now())
            session.commit()
        if self._closing.is_set():
            self._fail(turn, (Finding("file_interrupted"),))

    def _fail(self, turn: store.Turn, findings: tuple[Finding, ...]) -> None:
        with self._database.write() as session:
            store.end(session, turn, "failed", now(), {"findings": findings_document(findings)})
            session.commit()
