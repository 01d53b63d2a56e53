"""Is the database reached, of this program, safe and whole, and is the work that lies in it being done?"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from planner.config import Config
from planner.doctor_line import Line, judged, said
from planner.job_queue import described
from planner.store import clock, copying, engine, jobs, schema
from planner.store.database import CLOCKS_AGREE, Database

WAITS_TOO_LONG = timedelta(minutes=1)
WRITTEN_AHEAD = timedelta(minutes=2)
NIGHTS = timedelta(days=3)
RESTORE = "Stop, keep a copy of what there is, and restore a backup: docs/upgrade.md"


def look(config: Config, database: Database) -> Iterator[Line]:
    file = Path(config.database_url.removeprefix("sqlite:///")) if database.is_sqlite else None
    if file is not None and not file.exists():
        yield Line("database", "warning", f"There is no database in {file} yet.", "The first start makes it.")
        return
    try:
        database.check()
    except Exception as error:  # whatever the driver raises
        yield Line(
            "database",
            "fault",
            f"The database does not answer: {said(error)}.",
            "Is MALRETT_DATABASE_URL right, and the server up?",
        )
        return
    yield Line("database", "ok", "The database answers.")
    yield _clock(database, file)
    with database.snapshot() as connection:
        yield from _engine(connection)
        there = schema.revision(connection)
        yield _revision(there)
        if there == schema.head():
            yield _logs(connection)
    if there == schema.head():
        yield from _work(config, database)
        yield _scrubbed(database)
    if not database.is_sqlite:
        yield _wall(config, database.weakness())


def _clock(database: Database, file: Path | None) -> Line:
    if file is None:
        difference = database.clock_difference()
        ill = f"This machine's clock and the database's are {difference.total_seconds():.0f} seconds apart."
        return judged(
            "clock",
            difference <= CLOCKS_AGREE,
            "This machine's clock agrees with the database's.",
            ill,
            "Set both by NTP: what was asked last, and until when a link holds, is told by it.",
        )
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return judged(
        "clock",
        written <= datetime.now(UTC) + WRITTEN_AHEAD,
        "The clock is not behind what was written.",
        f"The database was written at {written:%Y-%m-%d %H:%M} UTC, which this clock has not reached.",
        "Set the clock by NTP.",
        "warning",
    )


def _engine(connection: Connection) -> Iterator[Line]:
    unsafe = engine.not_durable(connection)
    told = ", ".join(f"{name} = {value}" for name, value in unsafe.items())
    yield judged(
        "durable",
        not unsafe,
        "What is answered as stored outlives a power cut.",
        f"What is answered as stored may be lost in a power cut ({told}).",
        "Set these back in postgresql.conf, or for the role or the database (ALTER ROLE, ALTER DATABASE).",
    )
    yield judged(
        "file",
        copying.whole(connection),
        "The engine finds nothing wrong with its own file.",
        "The engine finds its own file damaged.",
        RESTORE,
    )


def _wall(config: Config, weakness: str) -> Line:
    return judged(
        "role",
        not weakness,
        "PostgreSQL keeps the municipalities apart.",
        f"PostgreSQL does not keep the municipalities apart: {weakness}.",
        "Use a role of its own, without SUPERUSER and BYPASSRLS, that owns the database: docs/postgresql.md",
        "fault" if config.access == "server" else "warning",
    )


def _scrubbed(database: Database) -> Line:
    late = datetime.now(UTC) - NIGHTS
    waiting = sorted(name for name, since in database.unscrubbed().items() if since < late)
    return judged(
        "deleted",
        not waiting,
        "Nothing that was deleted has stood in the database's files for long.",
        f"What was deleted still stands in the database's files, in {', '.join(waiting)}, after three nights.",
        "Does something hold these tables all night? The log says; docs/privacy-and-archive.md",
        "warning",
    )


def _revision(there: str | None) -> Line:
    if there is None:
        return Line("tables", "warning", "There are no tables in the database yet.", "The first start makes them.")
    if there not in schema.known():
        return Line(
            "tables",
            "fault",
            f"The database is of a newer program: its tables are at {there}, this program knows up to {schema.head()}.",
            "Start the newer program: docs/upgrade.md",
        )
    return judged(
        "tables",
        there == schema.head(),
        f"The tables are those of this program ({there}).",
        f"The tables are at {there}, this program's are at {schema.head()}.",
        "The next start brings them up to date. Take a backup first: docs/upgrade.md",
        "warning",
    )


def _work(config: Config, database: Database) -> Iterator[Line]:
    with database.read() as session:
        now = clock.now(session)
        silent, running = jobs.any_silent(session, now), jobs.by_state(session).get("running", 0)
        since = jobs.waits_since(session)
    how = f"Jobs are worked {described(config)}, at most {config.solve_workers} at once."
    start = (
        "Start planner worker, with the settings of the web application." if config.queue == "worker" else "Start it."
    )
    yield judged("worker", not silent, how, f"{how} But one is not heard from: whoever worked on it is gone.", start)
    left = since is not None and now - since > WAITS_TOO_LONG and not running
    waited = int((now - since).total_seconds() // 60) if since else 0
    yield judged(
        "queue",
        not left,
        "No job waits in vain.",
        f"A job has waited for {waited} minutes, and none is worked on.",
        start,
    )


def _logs(connection: Connection) -> Line:
    broken = copying.broken_logs(connection)
    return judged(
        "logs",
        not broken,
        f"The logs of {len(copying.heads(connection))} plans are whole.",
        f"The log is not whole in {len(broken)} plans: {', '.join(broken)}. Somebody has changed it.",
        "The page Logg of the plan says where. Hold it against the last backup and the printed papers.",
    )
