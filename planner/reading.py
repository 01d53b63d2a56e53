"""How is a large survey file read while its page shows how far it has come? In a thread that waits for a child process.

The bytes are never written anywhere: they are in this process until what they hold, without names, is a waiting table.
When the process is gone so is the file, and its job is marked as failed: all of it waits, or nothing does. Apart from
the queue of solves, which may take minutes each.
"""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor

from planner.child import Finished, Stopped, run_limited
from planner.config import Config
from planner.domain.examination import findings_document
from planner.domain.findings import Finding
from planner.files.survey import read_upload
from planner.job_watch import Watch
from planner.services import survey_reading, survey_upload
from planner.services.plans import now
from planner.store import jobs as store
from planner.store import plans
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

    def start(self, job_id: str, upload: survey_upload.Upload) -> None:
        """Read a file for a job whose row is there."""
        self._threads.submit(self._run, job_id, upload)

    def close(self) -> None:
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _run(self, job_id: str, upload: survey_upload.Upload) -> None:
        try:
            with self._database.write() as session:
                begun = store.begin(session, job_id, now())
                session.commit()
            if begun:
                self._read(job_id, upload)
        except Exception as error:
            # Its message may quote an answer.
            log.error("job %s: %s", job_id, type(error).__name__)
            self._fail(job_id, (Finding("file_crashed"),))

    def _read(self, job_id: str, upload: survey_upload.Upload) -> None:
        with Watch(self._database, job_id, self._closing) as watch:
            outcome = run_limited(
                read_upload,
                upload.data,
                upload.filename,
                upload.templates,
                memory_mb=self._config.parse_memory_mb,
                seconds=self._config.parse_seconds,
                on_message=lambda share: watch.tell({"share": share}),
                stop=watch.should_stop,
            )
        if isinstance(outcome, Stopped):
            with self._database.write() as session:
                store.end(session, job_id, "stopped", now())
                session.commit()
        elif isinstance(outcome, Finished) and not survey_upload.troubles(outcome.value):
            with self._database.write() as session:
                # The table waits and the job is done in one go; one that was stopped meanwhile leaves nothing.
                if plans.is_held(session, upload.plan_id) and store.end(session, job_id, "done", now()):
                    survey_upload.let_wait(session, upload, outcome.value)
                session.commit()
        else:
            self._fail(job_id, survey_reading.told(outcome))

    def _fail(self, job_id: str, findings: tuple[Finding, ...]) -> None:
        with self._database.write() as session:
            store.end(session, job_id, "failed", now(), {"findings": findings_document(findings)})
            session.commit()
