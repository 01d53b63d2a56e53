"""How does a worker hear that there is something to look at? By a message without content, through Huey.

In the memory of this process, in a file of the data folder, or in tables of the PostgreSQL database. The rows are the
truth: a worker also looks by itself every half second, so a lost message costs no job, and one too many does nothing.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg
from huey import Huey, MemoryHuey, PostgresHuey, SqliteHuey
from huey.consumer import Consumer, Worker
from huey.registry import Message
from huey.serializer import Serializer

from planner.config import Config

log = logging.getLogger("planner")
NAME = "malrett"
LOOK_SECONDS = 0.5
IN_PROCESS, BY_FILE, BY_POSTGRESQL = "in this process", "planner worker, by a file", "planner worker, by PostgreSQL"


class _Plain(Serializer):  # type: ignore[misc]  # huey has no types
    """Huey's own would unpickle, that is run, whatever somebody wrote into the queue."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class _Looker(Worker):  # type: ignore[misc]
    """Looks when a message says so, and every half second without one."""

    look: Callable[[], None]
    looked = 0.0
    _leaving = threading.Lock()

    def loop(self, now: Any = None) -> None:
        super().loop(now)
        if time.monotonic() - self.looked >= LOOK_SECONDS:
            self.look()
            self.looked = time.monotonic()

    def shutdown(self) -> None:
        super().shutdown()
        # PostgreSQL's storage has a connection for each thread that listens, which only that thread can close.
        with self._leaving:  # huey looks at the shared one before it takes its lock
            self.huey.storage.close()


class _Consumer(Consumer):  # type: ignore[misc]
    """Huey's threads, in a process that has signals of its own."""

    worker_class = _Looker

    def __init__(self, huey: Huey, workers: int, look: Callable[[], None]) -> None:
        self._look = look
        super().__init__(huey, workers, False, initial_delay=0.05, max_delay=0.2, check_worker_health=False)

    def _create_worker(self) -> Worker:
        worker = super()._create_worker()
        worker.look = self._look
        return worker

    def _set_signal_handlers(self) -> None:
        """The signals belong to the web server, or to `planner worker`."""


class Queue:
    """The queue of one process: `tell` says that there is work, `work` starts the threads that do it."""

    def __init__(self, config: Config, look: Callable[[], None], *, inside: bool) -> None:
        self._huey = MemoryHuey(NAME, results=False) if inside else _shared(config)
        self._message = self._huey.task(name="look")(look)
        self._look = look
        self._workers = config.solve_workers
        self._consumer: Consumer | None = None

    def tell(self) -> None:
        try:
            self._message()
        except Exception as error:  # whatever the driver raises; the rows wait, and workers look at them
            log.warning("no worker could be told: %s", type(error).__name__)

    def work(self) -> None:
        if self._consumer is None:
            self._consumer = _Consumer(self._huey, self._workers, self._look)
            self._consumer.start()

    def close(self) -> None:
        if self._consumer is not None:
            self._consumer.stop(graceful=True)
        self._huey.storage.close()


def described(config: Config) -> str:
    """Which queue this is, for whoever runs the installation."""
    if config.queue == "inside":
        return "in this process"
    return "by planner worker, told through " + ("a file" if _by_file(config) else "PostgreSQL")


def _by_file(config: Config) -> bool:
    return config.database_url.startswith("sqlite")


def _shared(config: Config) -> Huey:
    """The queue between the web and its workers."""
    options: dict[str, Any] = {"results": False, "serializer": _Plain()}
    if _by_file(config):
        # Not write-ahead: Python's own SQLite is older than the mending of it (see store/database.py).
        file = str(config.data_folder / "queue.db")
        return SqliteHuey(NAME, filename=file, journal_mode="delete", fsync=True, **options)
    options |= {"dsn": "postgresql://" + config.database_url.partition("://")[2], "read_timeout": LOOK_SECONDS}
    try:
        return PostgresHuey(NAME, table_prefix="malrett_queue", **options)
    except psycopg.errors.UniqueViolation:  # two processes made the tables in the same moment
        return PostgresHuey(NAME, table_prefix="malrett_queue", **options)
