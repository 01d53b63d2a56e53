"""Which writer of this process goes next, and how long does one wait? For SQLite, where one at a time writes.

Whoever waits in vain is told so, and so are those who came meanwhile, at the same moment: all of them wait for the same
thing. If each had its whole time after the one before, every thread would be with somebody who wants to write, and none
would be left to answer those who only read. When one has got in, all have their whole time again.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

LEAST_SECONDS = 0.25
"""Given to each who comes after others have waited in vain."""


class Turns:
    """patience: seconds that a writer waits, for the others of this process and for other programs together."""

    def __init__(self, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience, self._clock = patience, clock
        self._lock = threading.RLock()
        self._since: float | None = None
        self._asked = 0.0

    @contextmanager
    def one(self) -> Iterator[bool]:
        """False: it did not come to this one's turn."""
        got = self._lock.acquire(timeout=self.left())
        try:
            yield got
            if got:
                self.got_in()  # if it never began
        finally:
            if got:
                self._lock.release()

    def left(self) -> float:
        """So many seconds may be waited still."""
        now = self._clock()
        if self._since is None or now - self._asked > self._patience:
            self._since = now  # nobody waits, or whoever did so has left long ago
        self._asked = now
        return max(min(LEAST_SECONDS, self._patience), self._since + self._patience - now)

    @contextmanager
    def waiting(self, connection: Connection) -> Iterator[None]:
        """Here a writing transaction is begun: by who has the turn, and may have to wait for another program."""
        connection.exec_driver_sql(f"PRAGMA busy_timeout={int(1000 * self.left())}")
        try:
            yield
            self.got_in()
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={int(1000 * self._patience)}")

    def got_in(self) -> None:
        """A writing transaction has begun."""
        self._since = None
