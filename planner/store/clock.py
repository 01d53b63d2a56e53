"""What time is it, for all processes on one database together? That of the database.

A lease on a job is told and read by it, so that no machine's own clock can make another seem gone.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlmodel import Session, text

Clock = Callable[[Session], datetime]


def now(session: Session) -> datetime:
    """SQLite: this machine's own, which every process on the file shares."""
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    moment: datetime = session.connection().execute(text("SELECT clock_timestamp()")).scalar_one()
    return moment
