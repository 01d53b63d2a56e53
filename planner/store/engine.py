"""What does the database engine itself say of how it keeps what is written?

Each function is asked on an open connection, and changes nothing.
"""

from collections.abc import Mapping

from sqlalchemy import Connection

# What must hold for an answered write to outlive the machine's losing its power.
SQLITE: Mapping[str, tuple[str, ...]] = {"journal_mode": ("wal",), "synchronous": ("2", "3")}
POSTGRESQL: Mapping[str, tuple[str, ...]] = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
}


def not_durable(connection: Connection) -> dict[str, str]:
    """The settings by which an answered write may be lost, with their values; empty where none may."""
    if connection.dialect.name == "sqlite":
        wanted, ask = SQLITE, "PRAGMA"
    else:
        wanted, ask = POSTGRESQL, "SHOW"
    found = {name: str(connection.exec_driver_sql(f"{ask} {name}").scalar_one()) for name in wanted}
    return {name: value for name, value in found.items() if value not in wanted[name]}
