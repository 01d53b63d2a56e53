"""How does a whole database leave and come back as rows, whatever engine holds it?

Out of one snapshot, table by table in the order of the keys, so that neither when a row was written nor what was
deleted before is told. Moments leave in UTC. In again by the database's own rules: keys, parents and triggers hold.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, text
from sqlmodel import Session

from planner.domain import log_chain
from planner.domain.log_chain import Head
from planner.store import log, schema
from planner.store.people_tables import InvitationRow, SigninRow

Value = None | bool | int | float | str | bytes | date | datetime
Row = Sequence[Value]
_AT_ONCE = 200


def columns(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)


def rows(connection: Connection, table: Table) -> Iterator[Row]:
    """All rows, in the order of their keys."""
    in_order = select(table).order_by(*(table.primary_key.columns or table.columns))
    for row in connection.execute(in_order.execution_options(yield_per=_AT_ONCE)):
        yield tuple(_in_utc(value) for value in row)


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in schema.tables(connection)
    }


def heads(connection: Connection) -> dict[str, Head]:
    """Where each plan's log ends, by plan; none in a database from before there were logs."""
    table = next((one for one in schema.tables(connection) if one.name == "plan_log_head"), None)
    if table is None:
        return {}
    found = connection.execute(select(table.c.plan_id, table.c.sequence, table.c.sha256))
    return {plan: Head(sequence, sha256) for plan, sequence, sha256 in found}


def broken_logs(connection: Connection) -> tuple[str, ...]:
    """The plans whose log is not whole; asked of a database whose tables are up to date."""
    with Session(bind=connection) as session:
        return tuple(plan for plan in sorted(heads(connection)) if log_chain.findings(log.chain(session, plan)))


def end_ways_in(connection: Connection) -> None:
    """No signing-in and no link of a backup stands: either may have been ended since it was made."""
    for table in (SigninRow, InvitationRow):
        connection.execute(delete(table))


def put(connection: Connection, table: Table, names: Sequence[str], found: Iterable[Row]) -> None:
    """Write rows whose values stand in the order of `names`."""
    aware = connection.dialect.name != "sqlite"  # which has no type for moments, and holds them in UTC as text
    left = iter(found)
    while some := list(islice(left, _AT_ONCE)):
        values = [
            dict(zip(names, (value if aware else _without_zone(value) for value in row), strict=True)) for row in some
        ]
        connection.execute(table.insert(), values)


def empty(connection: Connection) -> None:
    """Delete all rows."""
    for table in reversed(schema.tables(connection)):
        connection.execute(table.delete())


def after(connection: Connection) -> None:
    """Have the numbers that grow go on after the highest that came."""
    if connection.dialect.name == "sqlite":
        return  # counts on from the highest by itself
    for table in schema.tables(connection):
        for column in table.columns:
            name = {"table": f'"{table.name}"', "column": column.name}
            sequence = connection.execute(text("SELECT pg_get_serial_sequence(:table, :column)"), name).scalar_one()
            if sequence is not None:
                highest = connection.execute(select(func.max(column))).scalar_one()
                if highest is not None:
                    connection.execute(text("SELECT setval(:name, :value)"), {"name": sequence, "value": highest})


def whole(connection: Connection) -> bool:
    """Whether the engine itself finds nothing wrong with its file."""
    if connection.dialect.name != "sqlite":
        return True  # PostgreSQL checks as it writes
    found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return list(found) == ["ok"] and not connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()


def _in_utc(value: Any) -> Value:
    if not isinstance(value, datetime):
        return value  # type: ignore[no-any-return]
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _without_zone(value: Value) -> Value:
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
