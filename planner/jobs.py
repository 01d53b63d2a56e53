"""How does the web have work done outside the request? The job queue, as the web process holds it.

A job is a row (`store/jobs.py`); the queue only says that there is one to look at (`job_queue.py`), so a restart loses
nothing: what was queued is begun, and what nobody alive works on any more is begun again (`job_keeper.py`). The
work is done by threads of this process or by `planner worker`; either way each job runs in a child with ceilings
(`job_runner.py`), never more than `solve_workers` of them at once, and the web never waits for one.
"""

import logging
import threading

from planner.config import Config
from planner.job_keeper import Keeper, Waiting
from planner.job_queue import Queue
from planner.job_runner import Runner
from planner.packing import Packings
from planner.reading import Readings
from planner.services import package
from planner.store import jobs as store
from planner.store.database import Database

log = logging.getLogger("planner")


class Jobs:
    """The queue of this installation, with its workers in this process unless the configuration says otherwise."""

    def __init__(self, config: Config, database: Database) -> None:
        self._config = config
        self._database = database
        self._closing = threading.Event()
        self._waking = threading.Lock()
        self._queue: Queue | None = None
        self.runner = Runner(config, database, self._closing)
        self.keeper = Keeper(database, self._closing, self._tell)
        self.readings = Readings(config, database, self._closing)
        self.packings = Packings(config, database, self._closing)
        with database.read() as session:
            left = store.any_open(session)
        if left:
            self._awake()

    def start(self) -> None:
        """Have what was just queued looked at as soon as it is its turn."""
        queue = self._awake()
        if queue is not None:
            queue.tell()

    def close(self) -> None:
        """Stop the workers of this process; a solve that runs is killed and waits for another."""
        self._closing.set()
        self.readings.close()
        self.packings.close()
        self.keeper.join()
        with self._waking:
            if self._queue is not None:
                self._queue.close()

    def _awake(self) -> Queue | None:
        """Threads only where something is to be done: `planner doctor` and most tests never need one."""
        self.keeper.start()
        with self._waking:
            if self._queue is None and not self._closing.is_set():
                inside = self._config.queue == "inside"
                try:
                    self._queue = Queue(self._config, self.runner.look, inside=inside)
                except Exception as error:  # whatever the driver raises; the rows wait, and workers look at them
                    log.warning("no worker can be told: %s", type(error).__name__)
                if inside and self._queue is not None:
                    self._queue.work()
        return self._queue

    def _tell(self, waiting: Waiting) -> None:
        """What waits, whoever left it: packages are made here, and the rest where the workers are here."""
        for job_id, kind in waiting:
            if kind == package.KIND:
                self.packings.start(job_id)
            elif self._queue is None and self._config.queue == "inside":
                self._awake()
