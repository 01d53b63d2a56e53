"""How is an SQLite file kept as it was, before its tables are changed?

By a copy beside it that SQLite writes in one moment (VACUUM INTO: without the pages of what was deleted), looked
through and on the disk before anything is changed. The copy of the change before is then removed: what is deleted from
the database shall not live on beside it for longer than it must.
"""

import os
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from types import ModuleType

from planner.store.schema import CannotMigrate

_UNDONE = "Nothing has been changed."


def name(file: Path, revision: str) -> Path:
    """Where the copy of a file at a revision lies."""
    return file.with_name(f"{file.name}.revision-{revision}")


def kept(file: Path) -> tuple[Path, ...]:
    """The copies there are."""
    return tuple(sorted(file.parent.glob(f"{file.name}.revision-*")))


def keep(module: ModuleType, file: Path, revision: str, counts: Mapping[str, int]) -> Path:
    """Copy, look through, and put it beside. module: SQLite's. counts: of each table, while nobody writes."""
    copy = name(file, revision)
    unfinished = copy.with_name(f".{copy.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(module.connect(file, isolation_level=None)) as source:
            source.execute("VACUUM INTO ?", (str(unfinished),))
        _look_through(module, unfinished, counts)
        _sync(unfinished)
        os.replace(unfinished, copy)
        _sync(file.parent)
    except (module.Error, OSError) as error:
        raise CannotMigrate(
            f"The database could not be copied before its tables are changed: {error}. {_UNDONE} "
            f"Is there room on the disk for another {file.name}?"
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)
    for older in kept(file):
        if older != copy:
            older.unlink()
    return copy


def _look_through(module: ModuleType, copy: Path, counts: Mapping[str, int]) -> None:
    with closing(module.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise CannotMigrate(f"The database is damaged, by its own check. {_UNDONE} Restore a backup.")
        for table, rows in counts.items():
            if connection.execute(f'SELECT count(*) FROM "{table}"').fetchone() != (rows,):
                raise CannotMigrate(f"The copy of the database lacks rows of {table}. {_UNDONE} Try again.")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
