"""How is the database opened, read and written?

SQLite by default, PostgreSQL by one URL. Reading and writing are two words: a writing transaction on SQLite begins
IMMEDIATE (deferred ones failed 86 % of requests under 50 writers, and busy_timeout does not help an upgrade) and
waits for one lock in this process. Nothing commits by itself: a command commits once, on its last line.

A `Database` that was opened shows all there is; `of(owner)` shows what belongs to one, where the engine can hold that.
"""

import contextlib
import copy
import importlib
import logging
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlmodel import Session

from planner.store import copy_file, copying, rewriting, schema, walls
from planner.store.advisory import Lock
from planner.store.turns import Turns

WAL_RESET = ((3, 7, 0), (3, 51, 3))  # from, and before: this bug could corrupt a file with two connections
# What was asked last, and until when a link holds, is told by the clock of whichever machine is asked.
CLOCKS_AGREE = timedelta(seconds=1)
_WRITES = "planner_writes"
SCRUB_TRIES, SCRUB_WAIT_MS = 3, 300
SCRUB_AGAIN_SECONDS = 10.0
_LEFT = "What was deleted has a copy left in the database's own files (%s); it is tried again."
_BUSY_MS = 10_000
# How long a PostgreSQL that does not answer at all is waited for, where the address does not say: one whose machine is
# gone refuses nothing. In seconds to connect, in ms for what was sent to be received.
_PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 15_000}


_log = logging.getLogger(__name__)


def sqlite_module() -> ModuleType:
    """The SQLite to use: the bundled one where its wheel exists, else Python's own."""
    try:
        return importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return sqlite3


def wal_reset_fault(version: str) -> bool:
    """Whether this version of SQLite has the WAL-reset bug."""
    first, mended = WAL_RESET
    return first <= tuple(int(part) for part in version.split(".")) < mended


class Unavailable(Exception):
    """The database cannot be used just now: the disk is full, another holds it, or it does not answer."""


@dataclass
class _Owed:
    """Whether SQLite's write-ahead log is to be emptied still, and when it is tried again, on the monotonic clock."""

    is_owed: bool = False
    after: float = 0.0


class Database:
    """One database, opened. read() gives a session that only looks; write() one whose commit is the caller's."""

    def __init__(self, url: str) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self._engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        self._owner = walls.EVERYBODY
        self._turns = Turns(_BUSY_MS / 1000) if self.is_sqlite else None
        self._owed = _Owed()

    def of(self, owner: str) -> "Database":
        """The same, where PostgreSQL neither shows nor takes a row of anybody else's plans (`walls.py`). SQLite cannot
        tell owners apart."""
        if self.is_sqlite:
            return self
        theirs = copy.copy(self)  # on the same connections, owing the same scrubbing
        theirs._owner = owner
        return theirs

    @contextlib.contextmanager
    def read(self) -> Iterator[Session]:
        with _available(), Session(self._working()) as session:
            yield session

    @contextlib.contextmanager
    def write(self) -> Iterator[Session]:
        with (
            _available(),
            self._turn(),
            Session(self._working().execution_options(**{_WRITES: self._turns})) as session,
        ):
            yield session
        if self._owed.is_owed and time.monotonic() >= self._owed.after:
            self._empty_log(tries=1, wait_ms=0)

    def _working(self) -> Engine:
        """The engine, for whomever this database is opened."""
        return self._engine if self.is_sqlite else self._engine.execution_options(**{walls.OPTION: self._owner})

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """One writer of this process at a time (SQLite). Who waits too long is told, as when others hold it."""
        if self._turns is None:
            yield
            return
        with self._turns.one() as got:
            if not got:
                raise Unavailable("another write takes too long")
            yield

    def migrate(self) -> None:
        """Bring the tables up to date, in one explicit transaction: all of it or nothing. An SQLite file is copied
        before it is changed. Raises `schema.CannotMigrate`."""
        with self.altering() as connection:
            there = schema.refuse_newer(connection)
            if self.is_sqlite and there not in (None, schema.head()):
                file = Path(str(self._engine.url.database))
                copy_file.keep(sqlite_module(), file, str(there), copying.counts(connection))
            schema.upgrade(connection)
        if self.is_sqlite:  # what a program that was killed had not scrubbed
            self._empty_log(tries=1, wait_ms=0)

    @contextlib.contextmanager
    def altering(self) -> Iterator[Connection]:
        """A transaction that may change tables, with nobody else doing so; it commits when nothing is raised."""
        with _available(), self._working().connect() as connection:
            if self.is_sqlite:
                # With foreign keys on, a rebuilt table would take its child rows with it.
                connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
                connection.rollback()
            try:
                with connection.execution_options(**{_WRITES: self._turns}).begin():
                    if not self.is_sqlite:
                        # A web process and its workers start at the same time.
                        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({Lock.MIGRATING})")
                    yield connection
            finally:
                if self.is_sqlite:
                    connection.exec_driver_sql("PRAGMA foreign_keys=ON")
                    connection.rollback()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One moment of the whole database, to be read at leisure while others write."""
        with _available(), self._working().connect() as connection:
            if not self.is_sqlite:  # where the first SELECT of a transaction begins its moment
                connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            yield connection

    def scrub(self, table: str, *more: str) -> None:
        """Leave no copy of what was just deleted. Never raises: the deletion is committed, as was asked for.

        table, more: where it was. SQLite: not in the write-ahead log either; a reader in the way is waited for a
        second, else it is logged, and tried again after the writes that come and when the program starts. PostgreSQL:
        tables that are small and free at once, others the next night (`rewriting.py`).
        """
        if self.is_sqlite:
            self._empty_log(SCRUB_TRIES, SCRUB_WAIT_MS)
            return
        with self._never_failing():
            tables = (table, *more)
            rewriting.owe(self._engine, tables, datetime.now(UTC))
            rewriting.pay(self._engine, largest=rewriting.SMALL_BYTES, wait_ms=rewriting.WAIT_MS, only=tables)

    def scrub_all(self) -> None:
        """At night, what `scrub` left: large tables, and those that were in use. Holds up whoever reads or writes."""
        if not self.is_sqlite:  # whose log is emptied after the writes that come
            with self._never_failing():
                if rewriting.pay_all(self._engine) and rewriting.owed(self._engine):
                    _log.warning(_LEFT, "somebody is using a table of it")

    def unscrubbed(self) -> dict[str, datetime]:
        """Tables that may still have what was deleted from them in their files, each with since when."""
        return {} if self.is_sqlite else rewriting.owed(self._engine)

    @contextlib.contextmanager
    def _never_failing(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, NoneFree) as error:
            _log.warning(_LEFT, type(getattr(error, "orig", error)).__name__)

    def _empty_log(self, tries: int, wait_ms: int) -> None:
        try:
            done = any(self._emptied(wait_ms) for _ in range(tries))
            why = "somebody is reading"
        except DBAPIError as error:
            done, why = False, type(error.orig).__name__
        if not done:
            _log.warning(_LEFT, why)
            self._owed.after = time.monotonic() + SCRUB_AGAIN_SECONDS
        self._owed.is_owed = not done

    def _emptied(self, wait_ms: int) -> bool:
        """One try; False where a reader was in the way for so long."""
        turn = self._turns.one() if self._turns else contextlib.nullcontext(True)
        with turn as got, self._engine.connect() as connection:
            if not got:
                return False
            connection.exec_driver_sql(f"PRAGMA busy_timeout={wait_ms}")
            try:
                busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_MS}")
            return not busy

    def is_up_to_date(self) -> bool:
        """Whether its tables are those of this program. Raises when it does not answer."""
        with _available(), self._engine.connect() as connection:
            return schema.revision(connection) == schema.head()

    def check(self) -> None:
        """Raises when the database does not answer."""
        with self._engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def weakness(self) -> str:
        """Why the wall between owners would not hold here; empty where it does. SQLite has none to begin with."""
        if self.is_sqlite:
            return ""
        with self._engine.connect() as connection:
            return walls.weakness(connection)

    def clock_difference(self) -> timedelta:
        """Between this machine's clock and the database's, without a sign."""
        if self.is_sqlite:
            return timedelta(0)
        with self._engine.connect() as connection:
            there: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return abs(there - datetime.now(UTC))

    def close(self) -> None:
        self._engine.dispose()


@contextlib.contextmanager
def _available() -> Iterator[None]:
    try:
        yield
    except (OperationalError, NoneFree) as error:
        raise Unavailable from error
    except DBAPIError as error:  # which kind it is when a connection breaks depends on what it was busy with
        if error.connection_invalidated:
            raise Unavailable from error
        raise


def _psycopg(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else url


def _postgresql_engine(url: str) -> Engine:
    patience = {name: value for name, value in _PATIENCE.items() if f"{name}=" not in url}
    # pre_ping: after PostgreSQL was away, its connections are found broken before anything is asked of them.
    engine = create_engine(_psycopg(url), pool_pre_ping=True, hide_parameters=True, connect_args=patience)
    event.listen(engine, "begin", walls.announce)
    return engine


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        module=sqlite_module(),
        hide_parameters=True,  # what people wrote has no place in an error's text
        pool_size=32,  # at least the server's threads; an overflow connection would be thread 16's wait
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": 10},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        # secure_delete: what is deleted is overwritten, or a dropped survey file would lie in the free pages for years.
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_MS}", "foreign_keys=ON", "secure_delete=ON",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate: Turns | None = connection.get_execution_options().get(_WRITES)
        with immediate.waiting(connection) if immediate else contextlib.nullcontext():
            connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine
