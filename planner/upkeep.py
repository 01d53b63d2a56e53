"""What is done by the clock, whoever is there? What has lain its time is removed, and at night what was deleted is
written over.

Every process of an installation goes its rounds, web and workers: each thing can be done twice without harm.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from planner.services import package, plans, signin, survey
from planner.store.database import Database

log = logging.getLogger("planner")
ROUND_SECONDS = 20 * 60.0
NIGHT = range(1, 4)
"""Hours of UTC: in Norway between one o'clock in winter or three in summer and the morning."""
NO_NIGHT = timedelta(hours=36)
"""An office that switches its machine off has no night: after this long it is done at any hour."""


class Upkeep:
    """Goes its rounds in a thread, from `start` until `close`. now: the clock."""

    def __init__(self, database: Database, now: Callable[[], datetime] = plans.now) -> None:
        self._database = database
        self._now = now
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._rounds, name="upkeep", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        if self._thread is not None:
            self._thread.join()

    def round(self) -> None:
        survey.forget_old_drafts(self._database)
        package.forget_old(self._database)
        signin.forget_old(self._database)
        waiting = self._database.unscrubbed()
        if self._now().hour in NIGHT or any(self._now() - since > NO_NIGHT for since in waiting.values()):
            self._database.scrub_all()

    def _rounds(self) -> None:
        while not self._closing.wait(ROUND_SECONDS):
            try:
                self.round()
            except Exception as error:
                log.warning("the upkeep could not be done: %s", type(error).__name__)
