"""How is everything an installation holds taken out into one file, and put back? While it is in use, on either engine.

Taken from one moment of the database. Put back in one transaction: the tables as they were when the backup was made,
its rows, everything checked, and only then the steps up to today's tables; whatever is wrong leaves what was there.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from planner import __version__
from planner.domain.backup import Manifest, NotABackup, Table
from planner.files import backup as files
from planner.store import copying, schema, walls
from planner.store.database import Database

_LAST = "last-backup"
"""In the data folder."""


class Refused(Exception):
    """Nothing has been changed; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Restored:
    """kept: where what was there before now lies. broken_logs: plans whose log was not whole in the backup."""

    manifest: Manifest
    kept: Path | None
    logs: int
    broken_logs: tuple[str, ...]


def take(database: Database, path: Path, at: datetime) -> Manifest:
    """Write a backup and read it through. Raises Refused, FileExistsError, OSError."""
    with database.snapshot() as connection:
        manifest = _write(connection, path, at)
    files.Backup(path).close()
    return manifest


def note(folder: Path, at: datetime) -> None:
    """Have the data folder tell when a backup was last taken, and read back."""
    (folder / _LAST).write_text(at.isoformat(timespec="seconds"), encoding="ascii")


def last(folder: Path) -> datetime | None:
    """When that was; None where none has been taken with this folder."""
    try:
        return datetime.fromisoformat((folder / _LAST).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None


def restore(database: Database, path: Path, at: datetime, *, replace_into: Path | None = None) -> Restored:
    """Put a backup into an empty database; into another only with `replace_into`, the file that first takes what is
    there. Raises Refused, NotABackup."""
    backup = files.Backup(path)
    try:
        if backup.manifest.revision not in schema.known():
            raise Refused(
                f"The backup is of a newer program ({backup.manifest.program}, tables {backup.manifest.revision}; this "
                f"is {__version__}, which knows up to {schema.head()}). Restore it with that program."
            )
        with database.altering() as connection:
            kept = _make_room(connection, replace_into, at)
            _put(connection, backup)
            schema.upgrade(connection)
            copying.end_ways_in(connection)
            if not copying.whole(connection):
                raise Refused(
                    "The database engine finds its own file damaged after restoring. Nothing has been changed."
                )
            broken = copying.broken_logs(connection)
        return Restored(backup.manifest, kept, len(backup.manifest.heads), broken)
    finally:
        backup.close()


def _make_room(connection: Any, replace_into: Path | None, at: datetime) -> Path | None:
    schema.hold(connection)
    filled = any(copying.counts(connection).values())
    if filled and replace_into is None:
        raise Refused(
            "There is something in this database already. Restore into a fresh data folder or an empty database, or "
            "say --replace: what is there is then first written to a backup of its own."
        )
    if filled and replace_into is not None:
        _write(connection, replace_into, at)
        files.Backup(replace_into).close()
    schema.clear(connection)
    return replace_into if filled else None


def _put(connection: Any, backup: files.Backup) -> None:
    """The rows, in tables of the revision they come from."""
    schema.upgrade(connection, backup.manifest.revision)
    here = {table.name: table for table in schema.tables(connection)}
    there = {table.name: table for table in backup.manifest.tables}
    if here.keys() != there.keys():
        raise NotABackup(f"its tables are not those of revision {backup.manifest.revision}")
    copying.empty(connection)  # of what a revision itself puts in
    for name, table in here.items():
        if set(there[name].columns) != set(copying.columns(table)):
            raise NotABackup(f"the columns of {name} are not those of revision {backup.manifest.revision}")
        copying.put(connection, table, there[name].columns, backup.rows(there[name]))
    copying.after(connection)
    if copying.counts(connection) != {name: table.rows for name, table in there.items()}:
        raise Refused("Not all rows came into the database. Nothing has been changed.")
    if copying.heads(connection) != backup.manifest.heads:
        raise NotABackup("the ends of its logs are not those its manifest names")


def _write(connection: Any, path: Path, at: datetime) -> Manifest:
    revision = schema.revision(connection)
    if revision is None:
        raise Refused("There are no tables in this database yet, so there is nothing to take a backup of.")
    if revision not in schema.known():
        raise Refused(f"The database is of a newer program (tables {revision}). Take the backup with that program.")
    if hidden := walls.foreign(connection):
        raise Refused(
            f"There are policies on {', '.join(hidden)} that this program has not made; they may leave rows out of the "
            "backup. Drop them, or take it with a role that they do not hold."
        )
    heads = copying.heads(connection)

    def described(written: tuple[Table, ...]) -> Manifest:
        return Manifest(__version__, revision, at.isoformat(timespec="seconds"), written, heads)

    sources = (
        (table.name, copying.columns(table), copying.rows(connection, table)) for table in schema.tables(connection)
    )
    return files.write(path, sources, described)
