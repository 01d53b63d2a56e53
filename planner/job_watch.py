"""How does a job say that it goes on, and hear that it should stop? From the thread that waits for its child."""

import threading
import time
from typing import Any

from planner.services.plans import now
from planner.store import jobs as store
from planner.store.database import Database

PROGRESS_SECONDS = 0.5  # between two writes of one job


class Watch:
    """Follows one job from its worker's thread: keeps the row alive, passes on progress, asks whether to stop."""

    def __init__(self, database: Database, job_id: str, closing: threading.Event) -> None:
        self.told: dict[str, Any] | None = None
        self._database = database
        self._job_id = job_id
        self._closing = closing
        self._untold = False
        self._looked_at = 0.0
        self._goes_on = True

    def tell(self, message: object) -> None:
        assert isinstance(message, dict)
        self.told, self._untold = message, True

    def should_stop(self) -> bool:
        if self._closing.is_set():
            return True
        if time.monotonic() - self._looked_at >= PROGRESS_SECONDS:
            self._looked_at = time.monotonic()
            self._write()
        return not self._goes_on

    def _write(self) -> None:
        with self._database.write() as session:
            self._goes_on = store.beat(session, self._job_id, now())
            if self._untold and self.told is not None and self._goes_on:
                store.progress(session, self._job_id, self.told, now())
                self._untold = False
            session.commit()
