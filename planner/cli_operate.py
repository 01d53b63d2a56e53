"""`planner backup` and `planner restore`: all that an installation holds, in one file and back.

Both are for whoever runs the installation, who reads English; they say in a sentence what is wrong, and what to do.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.services import backup

BACKUP = """\
Writes everything in the database to one file, as it was at one moment, while the application is in use. FILE may be a
folder: the file is then named by the time. The file holds all that the database holds, free texts and what people wrote
among it, but nothing that has been deleted. It does not hold the secret key (see docs/upgrade.md).
"""
RESTORE = """\
Reads the whole file and holds it against its manifest before anything is touched; then puts it into an empty database
(SQLite or PostgreSQL, whichever the settings name, whichever it came from), checks counts, logs and the database, and
commits only then. Stop the application first where it runs on that database.
"""


def add_backup(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("backup", help="write everything to one file, while in use", description=BACKUP)
    parser.add_argument("file", metavar="FILE", type=Path, help="a new file, or a folder to put one into")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    parser.set_defaults(run=_backup)


def add_restore(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("restore", help="put a backup into an empty database", description=RESTORE)
    parser.add_argument("file", metavar="FILE", type=Path, help="what `planner backup` has written")
    parser.add_argument(
        "--replace", action="store_true", help="also into a database with something in it, after a backup of that"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output, nothing else")
    parser.set_defaults(run=_restore)


def _backup(args: argparse.Namespace) -> int:
    from planner.config import from_environment
    from planner.services import backup
    from planner.store.database import Database, Unavailable

    config, at = from_environment(), datetime.now(UTC)
    path = args.file / f"malrett-{at:%Y-%m-%dT%H%M%SZ}.zip" if args.file.is_dir() else args.file
    database = Database(config.database_url)
    try:
        manifest = backup.take(database, path, at)
    except (backup.Refused, OSError) as error:
        return _refuse(str(error))
    except Unavailable as error:
        return _refuse(f"The database does not answer: {error.__cause__ or error}")
    finally:
        database.close()
    try:
        backup.note(config.data_folder, at)
    except OSError as error:  # the backup is whole all the same
        print(f"`planner doctor` will not know of it: {error}", file=sys.stderr)
    facts = {"file": str(path), "rows": manifest.rows, "tables": len(manifest.tables), "logs": len(manifest.heads)}
    if args.json:
        print(json.dumps(facts))
    else:
        print(f"{path}: {manifest.rows} rows of {len(manifest.tables)} tables, {len(manifest.heads)} logs, read back")
    return 0


def _restore(args: argparse.Namespace) -> int:
    from planner.config import from_environment
    from planner.domain.backup import NotABackup
    from planner.services import backup
    from planner.store.database import Database, Unavailable

    config, at = from_environment(), datetime.now(UTC)
    into = config.data_folder / f"before-restore-{at:%Y-%m-%dT%H%M%SZ}.zip" if args.replace else None
    database = Database(config.database_url)
    try:
        done = backup.restore(database, args.file, at, replace_into=into)
    except NotABackup as error:
        return _refuse(f"{args.file} cannot be restored: {error}. Nothing has been changed.")
    except (backup.Refused, OSError) as error:
        return _refuse(str(error))
    except Unavailable as error:
        return _refuse(
            f"The database cannot be used just now: {error.__cause__ or error}. Is the application still running?"
        )
    finally:
        database.close()
    _tell(args, done)
    return 1 if done.broken_logs else 0


def _tell(args: argparse.Namespace, done: "backup.Restored") -> None:
    if args.json:
        facts = {"rows": done.manifest.rows, "made_at": done.manifest.made_at, "logs": done.logs}
        print(json.dumps(facts | {"broken_logs": done.broken_logs, "kept": str(done.kept) if done.kept else None}))
        return
    made = f"made {done.manifest.made_at} by {done.manifest.program}"
    print(
        f"Restored {done.manifest.rows} rows of {len(done.manifest.tables)} tables, {made}; {done.logs} logs checked."
    )
    for plan in done.broken_logs:
        print(f"The log of plan {plan} is not whole. It was not when the backup was made.", file=sys.stderr)
    if done.kept:
        print(f"What was there before lies in {done.kept}")
    print("Everybody signs in again, and links that were not used have to be made anew.")
    print("The secret key is not in a backup: without it a browser's own plans (MALRETT_ACCESS=browser) are not found.")


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2
