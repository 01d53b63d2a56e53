"""How is nothing of what was deleted left in PostgreSQL's files? The tables it was in are written anew (VACUUM FULL).

Nobody reads or writes a table meanwhile, so only a small one is written anew at once, and only where it is free within
a moment. What is large or in use is noted in a table of its own (`RewritingRow`), which outlives the program, and done
at night (`planner/upkeep.py`). PostgreSQL's write-ahead log has the old rows until it is written over, as backups have.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from planner.store.advisory import Lock

SMALL_BYTES = 4 * 1024 * 1024
WAIT_MS, WAIT_AT_NIGHT_MS = 100, 2000
_LOCK_NOT_AVAILABLE = "55P03"


def owe(engine: Engine, tables: Iterable[str], now: datetime) -> None:
    """Something was deleted from these."""
    noted = text(
        "INSERT INTO rewriting (name, since, asked) VALUES (:name, :now, :now) "
        "ON CONFLICT (name) DO UPDATE SET asked = excluded.asked"
    )
    with engine.begin() as connection:
        connection.execute(noted, [{"name": name, "now": now} for name in sorted(tables)])


def owed(engine: Engine) -> dict[str, datetime]:
    """What is to be written anew, each with since when."""
    with engine.connect() as connection:
        return {name: since for name, since in connection.execute(text("SELECT name, since FROM rewriting"))}


def pay_all(engine: Engine) -> bool:
    """At night, all that is owed; False where another process of the installation is at it."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({Lock.AT_NIGHT})").scalar_one():
            return False
        try:
            pay(engine, largest=None, wait_ms=WAIT_AT_NIGHT_MS)
        finally:
            connection.exec_driver_sql(f"SELECT pg_advisory_unlock({Lock.AT_NIGHT})")
    return True


def pay(engine: Engine, *, largest: int | None, wait_ms: int, only: Iterable[str] | None = None) -> None:
    """Write anew what is owed. largest: leave tables of more bytes. only: of these tables.

    What is in use for so long, or is still seen by a transaction that began before the deletion, is owed still.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Of a table that a migration has taken away there is no file left.
        size_of = "coalesce(pg_total_relation_size(to_regclass(quote_ident(name))), 0)"
        found = connection.execute(text(f"SELECT name, asked, {size_of} FROM rewriting ORDER BY name"))
        for name, asked, size in found.all():
            wanted = (only is None or name in only) and (largest is None or size <= largest)
            if wanted and (size == 0 or _write_anew(connection, name, wait_ms)):
                # Unless more was deleted since.
                done = text("DELETE FROM rewriting WHERE name = :name AND asked = :asked")
                connection.execute(done, {"name": name, "asked": asked})


def _write_anew(connection: Connection, name: str, wait_ms: int) -> bool:
    """Whether nothing of what was deleted is left. A role that does not own the table is only warned, and told of no
    rows at all."""
    left = list[int]()

    def heard(told: Any) -> None:
        """VERBOSE says it of the table: «3 dead row versions cannot be removed yet.»"""
        left.extend(map(int, re.findall(r"^\d+", told.message_detail or "")[:1]))

    driver: Any = connection.connection.dbapi_connection
    driver.add_notice_handler(heard)
    connection.exec_driver_sql(f"SET lock_timeout = {wait_ms}")
    try:
        connection.exec_driver_sql(f'VACUUM (FULL, VERBOSE) "{name}"')
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") == _LOCK_NOT_AVAILABLE:
            return False
        raise
    finally:
        connection.exec_driver_sql("RESET lock_timeout")
        driver.remove_notice_handler(heard)
    return bool(left) and not any(left)
