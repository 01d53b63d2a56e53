"""Who says that a job is lost, when the process that worked on it is gone? Every process that knows of the queue.

A job is heard from twice a second. After `store.jobs.SILENT` without, it is marked as failed, and not begun again: one
that killed its worker would kill the next. But who was held up himself (the machine slept, the clock was moved, another
held the database) cannot tell silence from his own waiting, and looks again a moment later.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from planner.services import plans
from planner.store import jobs as store
from planner.store.database import Database

log = logging.getLogger("planner")
ROUND_SECONDS = 0.25
HELD_UP = timedelta(seconds=1)


class Keeper:
    """Goes its rounds in a thread, from `start` until closing. now: the clock that heartbeats are written by."""

    def __init__(self, database: Database, closing: threading.Event, now: Callable[[], datetime] = plans.now) -> None:
        self._database = database
        self._closing = closing
        self._now = now
        self._last = now()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        with self._starting:
            if self._thread is None and not self._closing.is_set():
                self._last = self._now()
                self._thread = threading.Thread(target=self._rounds, name="keeper", daemon=True)
                self._thread.start()

    def join(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def round(self) -> None:
        """Mark what is lost, unless this round came late."""
        held_up, self._last = self._now() - self._last > HELD_UP, self._now()
        with self._database.read() as session:
            silent = store.any_silent(session, self._now())
        if not silent or held_up:
            return
        with self._database.write() as session:
            session.connection()  # the transaction begins here, and waits for whoever writes
            if self._now() - self._last <= HELD_UP:
                store.fail_running(session, self._now(), "restarted", silent_since=self._now() - store.SILENT)
                session.commit()

    def _rounds(self) -> None:
        while not self._closing.wait(ROUND_SECONDS):
            try:
                self.round()
            except Exception as error:
                log.warning("the job queue cannot be looked over: %s", type(error).__name__)
