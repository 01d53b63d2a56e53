"""How does a job say that it goes on, and hear that it should stop? From a thread of its own.

Not from the one that waits for the child: whatever that is busy with, the row is heard from twice a second, or all who
look take the job for lost (`store.jobs.SILENT`). Who cannot reach the database goes on for a while: it may be away for
everybody, and then nobody else begins the job either. Whoever has lost the job to another hears so at the next beat.
"""

import logging
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from planner.store import clock
from planner.store import jobs as store
from planner.store.database import Database

log = logging.getLogger("planner")
BEAT_SECONDS = 0.5  # between two writes of one job
CUT_OFF_SECONDS = 60.0
"""After so long without the database the work is given up: others may reach it, and have begun the job anew."""


class Watch:
    """Follows one job while it is worked on: keeps the row alive, passes on progress, asks whether to stop.

    gives_way: asked at each beat; once true, the work is to stop and go back to the queue.
    """

    def __init__(
        self,
        database: Database,
        turn: store.Turn,
        closing: threading.Event,
        gives_way: Callable[[], bool] = lambda: False,
    ) -> None:
        self.told: dict[str, Any] | None = None
        self.gave_way = False
        self._written: dict[str, Any] | None = None
        self._database = database
        self._turn = turn
        self._closing = closing
        self._gives_way = gives_way
        self._goes_on = True
        self._heard = time.monotonic()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._beat, name=f"watch-{turn.job_id}", daemon=True)

    def __enter__(self) -> "Watch":
        self.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()

    def begin(self) -> None:
        self._thread.start()

    def leave(self) -> None:
        self._done.set()
        self._thread.join()

    def tell(self, message: object) -> None:
        assert isinstance(message, dict)
        self.told = message

    def should_stop(self) -> bool:
        return self._closing.is_set() or not self._goes_on or self.gave_way

    def is_over(self) -> bool:
        """Whether it is no use to try once more to say how it went."""
        return self._closing.is_set() or not self._goes_on

    # --- In the thread -----------------------------------------------------------------------------------------------

    def _beat(self) -> None:
        while self._goes_on and not self._done.wait(BEAT_SECONDS):
            try:
                self._write(self.told)
                self._heard = time.monotonic()
                self.gave_way = self.gave_way or self._gives_way()
            except Exception as error:
                log.warning("job %s is not heard from: %s", self._turn.job_id, type(error).__name__)
                self._goes_on = time.monotonic() - self._heard < CUT_OFF_SECONDS

    def _write(self, told: dict[str, Any] | None) -> None:
        with self._database.write() as session:
            moment = clock.now(session)
            goes_on = store.beat(session, self._turn, moment)
            if told is not self._written and told is not None and goes_on:
                store.progress(session, self._turn, told, moment)
            session.commit()
        self._written, self._goes_on = told, goes_on
