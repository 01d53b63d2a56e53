"""Is what the application stands on whole: its programs, the folder it writes to, the copies that were taken?"""

import gettext
import importlib.util
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from planner import doctor_trials
from planner.charts.png import FONTS
from planner.child import Crashed, Finished, OutOfMemory, OutOfTime, Stopped, run_limited
from planner.config import Config, kept_secret_file
from planner.doctor_line import Line, judged
from planner.services import backup
from planner.store import copy_file
from planner.store.database import sqlite_module, wal_reset_fault

LITTLE_ROOM = 500 << 20
BACKUP_AGE, COPY_AGE = timedelta(days=2), timedelta(days=30)
TRANSLATIONS = Path(__file__).parent / "translations"
A_TEXT = "Fant ikke siden"
"""One that each language has its own words for."""
TRIAL_MEMORY_MB, TRIAL_SECONDS = 2048, 60.0
INSTALL = "Install the packages of requirements.lock anew."


def program(config: Config) -> Iterator[Line]:
    """The pieces that were installed."""
    if config.database_url.startswith("sqlite"):
        yield _sqlite(config)
    yield judged(
        "ortools",
        importlib.util.find_spec("ortools") is None,
        "No ortools beside the solver.",
        "ortools is installed; it and the solver HiGHS cannot share a process.",
        "Remove ortools from this environment.",
    )
    lacking = [name for name in ("nn", "en") if not _is_compiled(TRANSLATIONS / name / "LC_MESSAGES" / "messages.mo")]
    yield judged(
        "languages",
        not lacking,
        "Nynorsk and English are there beside bokmål.",
        f"The texts in {' and '.join(lacking)} are missing or broken: those pages come in bokmål.",
        "Install the program anew; in a checkout: .venv/bin/pybabel compile -d planner/translations",
    )
    yield judged(
        "letters",
        len(FONTS) >= 2,
        "The letters for pictures and PDF are there.",
        "Letters for pictures and PDF are missing: pictures come without text.",
        "Install the program anew.",
    )


def trials(_config: Config) -> Iterator[Line]:
    """What is only known by trying: in a child process with ceilings, as the application does it."""
    for about, function, well, ill in (
        ("solver", doctor_trials.solve, "A small problem was solved, and proven best.", "A problem cannot be solved"),
        ("pdf", doctor_trials.typeset, "A small PDF was made.", "A PDF cannot be made"),
    ):
        outcome = run_limited(function, memory_mb=TRIAL_MEMORY_MB, seconds=TRIAL_SECONDS, preload=())
        why = outcome.value if isinstance(outcome, Finished) else _ended(outcome)
        yield judged(about, why == "", well, f"{ill}: {why}.", INSTALL)


def folder(config: Config) -> Iterator[Line]:
    """Where the database, the secret key and the queue lie."""
    there = config.data_folder
    yield _writable(there)
    free = shutil.disk_usage(there).free
    yield judged(
        "disk",
        free >= LITTLE_ROOM,
        f"{free >> 20} MB are free in {there}.",
        f"Only {free >> 20} MB are free in {there}; below 500 MB a large survey may not find room.",
        "Make room, or move the data folder.",
        "warning",
    )
    yield judged(
        "private",
        not _mode(there) & 0o007,
        "The data folder is closed to other users of the machine.",
        f"Other users of this machine can look into {there}: it holds what people have answered.",
        f"chmod o-rwx {there}",
        "warning",
    )
    secret = kept_secret_file(there)
    if secret.exists():
        yield judged(
            "secret file",
            not _mode(secret) & 0o077,
            "The secret key's file is for its owner alone.",
            f"Others can read {secret}: whoever has it can sign in as anybody.",
            f"chmod 600 {secret}; if others use the machine, remove it too: everybody signs in anew.",
        )
    yield judged(
        "owner",
        there.stat().st_uid == os.geteuid(),
        "The data folder belongs to this user.",
        f"{there} belongs to another user than the one who runs this.",
        "Run planner as the user that the application runs as, or it makes files that one cannot write.",
        "warning",
    )


def backups(config: Config) -> Iterator[Line]:
    """The copies there should be, and those that should not be there any longer."""
    taken = backup.last(config.data_folder)
    if taken is None:
        yield Line(
            "backup",
            "warning",
            "No backup has been taken with this data folder.",
            "planner backup FOLDER, each night: docs/upgrade.md",
        )
    else:
        age = datetime.now(UTC) - taken
        yield judged(
            "backup",
            age <= BACKUP_AGE,
            f"The last backup was taken, and read back, {_ago(age)}.",
            f"The last backup was taken {_ago(age)}.",
            "planner backup FOLDER, each night: docs/upgrade.md",
            "warning",
        )
    if config.database_url.startswith("sqlite:///"):
        for copy in copy_file.kept(Path(config.database_url.removeprefix("sqlite:///"))):
            age = datetime.now(UTC) - datetime.fromtimestamp(copy.stat().st_mtime, UTC)
            yield judged(
                "copy",
                age <= COPY_AGE,
                f"{copy.name} was made before an upgrade {_ago(age)}.",
                f"{copy.name} was made {_ago(age)}, and holds what has been deleted since.",
                f"If you will not go back to the older program: rm {copy}",
                "warning",
            )


def _sqlite(config: Config) -> Line:
    version = sqlite_module().sqlite_version
    several = config.queue == "worker"
    who = "a web process and a worker write to the same file" if several else "one process alone should write"
    return judged(
        "sqlite",
        not wal_reset_fault(version),
        f"SQLite {version} is without the WAL-reset fault.",
        f"SQLite {version} can damage a file that two connections write to (WAL-reset fault); here {who}.",
        "Install the package pysqlite3 of requirements.lock, or a Python with SQLite 3.51.3 or newer.",
        "fault" if several else "warning",
    )


def _ended(outcome: Crashed | OutOfMemory | OutOfTime | Stopped) -> str:
    """How a process ended that gave no answer, in its own last line."""
    lines = outcome.text.strip().splitlines() if isinstance(outcome, Crashed) else []
    return lines[-1].rstrip(".") if lines else f"its process ended without an answer ({outcome})"


def _writable(there: Path) -> Line:
    try:
        with tempfile.NamedTemporaryFile(dir=there, prefix=".doctor-") as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return Line(
            "writable",
            "fault",
            f"Nothing can be written in {there} ({error.strerror}).",
            "Give the folder to the user that the application runs as, or make room.",
        )
    return Line("writable", "ok", f"The data folder {there} can be written.")


def _is_compiled(catalogue: Path) -> bool:
    try:
        with catalogue.open("rb") as file:
            return gettext.GNUTranslations(file).gettext(A_TEXT) != A_TEXT
    except (OSError, ValueError, UnicodeDecodeError):
        return False


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _ago(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return "within the hour"
    return f"{hours} hours ago" if hours < 48 else f"{age.days} days ago"
