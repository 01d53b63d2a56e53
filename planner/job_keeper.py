"""Who sees that a job is lost, when the process that worked on it is gone? Every process that knows of the queue.

A job is heard from twice a second. After `store.jobs.SILENT` without, it waits again and is begun anew, but only so
often (`store.jobs.MOST_LOST`): one that ends its worker would end the next. Silence is what one has witnessed: who was
held up himself (the machine slept, the database was away or its clock was moved) first looks on for as long.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from planner.store import clock
from planner.store import jobs as store
from planner.store.database import Database

log = logging.getLogger("planner")
ROUND_SECONDS = 0.25
HELD_UP = timedelta(seconds=1)
Waiting = tuple[tuple[str, str], ...]


def nobody(waiting: Waiting) -> None:
    """For a process that finds by itself what waits."""


class Keeper:
    """Goes its rounds in a thread, from `start` until closing.

    tell: is told in each round what waits, as (id, kind). now: the clock that heartbeats are written by.
    """

    def __init__(
        self,
        database: Database,
        closing: threading.Event,
        tell: Callable[[Waiting], None] = nobody,
        now: clock.Clock = clock.now,
    ) -> None:
        self._database = database
        self._closing = closing
        self._tell = tell
        self._now = now
        self._since: datetime | None = None
        self._last: datetime | None = None
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        with self._starting:
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._rounds, name="keeper", daemon=True)
                self._thread.start()

    def join(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def round(self) -> None:
        """Take what is lost from whoever is gone, and tell what waits."""
        with self._database.read() as session:
            moment = self._now(session)
            silent, waiting = store.any_silent(session, moment), store.waiting(session)
        if self._has_witnessed(moment) and silent:
            with self._database.write() as session:
                session.connection()  # the transaction begins here, and waits for whoever writes
                moment = self._now(session)
                if self._has_witnessed(moment):
                    store.take_over(session, moment)
                    session.commit()
        if waiting and not self._closing.is_set():
            self._tell(waiting)

    def _has_witnessed(self, moment: datetime) -> bool:
        """Whether this one has looked on, without being held up, for as long as a job may be silent."""
        if self._last is None or self._since is None or not timedelta(0) <= moment - self._last <= HELD_UP:
            self._since = moment
        self._last = moment
        return moment - self._since >= store.SILENT

    def _rounds(self) -> None:
        while not self._closing.wait(ROUND_SECONDS):
            try:
                self.round()
            except Exception as error:
                log.warning("the job queue cannot be looked over: %s", type(error).__name__)
