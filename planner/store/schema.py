"""Which revision of the tables does a database have, and how is it brought to another?

Everything here runs on a connection and in the transaction that the caller has opened, so that a step that fails
takes all of them back. Going back to an earlier revision is done by restoring a copy, never by steps.
"""

from collections.abc import Iterator
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, inspect

VERSION = "alembic_version"
QUEUE = "malrett_queue"
"""Of huey, beside ours on PostgreSQL: it says only that there is work to look at, and is made anew."""


class CannotMigrate(Exception):
    """The tables cannot be brought up to date; the text says why and what to do. The database is as it was."""


def head() -> str:
    """The newest revision that this program knows."""
    return str(_scripts().get_current_head())


def known() -> frozenset[str]:
    return frozenset(script.revision for script in _scripts().walk_revisions())


def revision(connection: Connection) -> str | None:
    """None: no tables yet."""
    return MigrationContext.configure(connection).get_current_revision()


def refuse_newer(connection: Connection) -> str | None:
    """The revision. Raises CannotMigrate when a newer program has been here."""
    there = revision(connection)
    if there is not None and there not in known():
        raise CannotMigrate(
            f"The database is of a newer program (its tables are at {there}, this program knows up to {head()}). "
            "Start the newer program, or restore a backup that was made before: docs/upgrade.md."
        )
    return there


def upgrade(connection: Connection, to: str = "head") -> None:
    alembic = AlembicConfig()
    alembic.set_main_option("script_location", _folder())
    alembic.attributes["connection"] = connection
    command.upgrade(alembic, to)
    sqlite = connection.dialect.name == "sqlite"
    if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise CannotMigrate("The change of the tables left rows without their parent. Nothing has been changed.")


def tables(connection: Connection) -> tuple[Table, ...]:
    """As they stand in the database, each after those it points to; the version and the queue are no part of it."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != VERSION and not name.startswith(QUEUE))
    return tuple(found.sorted_tables)


def hold(connection: Connection) -> None:
    """Nobody else reads or writes until the transaction ends. SQLite's has the whole file already."""
    names = [table.name for table in tables(connection)]
    if names and connection.dialect.name != "sqlite":
        connection.exec_driver_sql("LOCK TABLE " + ", ".join(f'"{name}"' for name in names))


def clear(connection: Connection) -> None:
    """Take everything of ours away, the functions that triggers and policies call among it."""
    names = [name for name in inspect(connection).get_table_names() if not name.startswith(QUEUE)]
    after = "" if connection.dialect.name == "sqlite" else " CASCADE"
    for name in names:
        connection.exec_driver_sql(f'DROP TABLE "{name}"{after}')
    if connection.dialect.name != "sqlite":
        for signature in list(_functions(connection)):
            connection.exec_driver_sql(f"DROP FUNCTION {signature} CASCADE")


def _functions(connection: Connection) -> Iterator[str]:
    """Of this schema, made by us and not by an extension."""
    yield from connection.exec_driver_sql(
        "SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace "
        "AND p.proowner = current_user::regrole AND p.prokind = 'f' "
        "AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
    ).scalars()


def _folder() -> str:
    return str(Path(__file__).parent / "migrations")


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(_folder())
