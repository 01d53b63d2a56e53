"""On PostgreSQL the database itself keeps owners apart, whatever the program asks for. Guard: migration 0018."""

import contextlib
import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy import Table, select
from sqlalchemy.exc import ProgrammingError

from planner.app import create_app
from planner.services import backup
from planner.services.backup import Refused
from planner.store import walls
from planner.store.database import Database
from planner.store.tables import metadata
from tests.conftest import make_config
from tests.postgres import Server

pytestmark = pytest.mark.only_on("postgresql", "SQLite knows of no roles and no policies")

PEOPLES = {"municipality", "account", "membership", "invitation", "signin"}
"""On purpose: `planner/store/walls.py` says why."""
OUTSIDE = PEOPLES | {"wrong_try", "rewriting"}
"""And those of the installation's own upkeep, which are of nobody. Any other table must have a policy."""
INSIDE = [table for table in metadata.sorted_tables if table.name not in OUTSIDE]
AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
OF_KIND: dict[type, Any] = {
    sa.DateTime: AT, sa.Date: date(2026, 11, 26), sa.LargeBinary: b"x", sa.Boolean: False, sa.Integer: 1,
}  # fmt: skip


def row(table: Table, owner: str) -> dict[str, Any]:
    """Something in every column, alike but for whose it is."""
    known = {"owner": owner, "plan_id": f"plan-{owner}", "workshop_id": f"workshop-{owner}"}
    if not isinstance(table.c.get("id", table.c[0]).type, sa.Integer):
        known["id"] = f"{table.name}-{owner}"
    return {
        column.name: known.get(column.name) or _of_kind(column.type, owner)
        for column in table.columns
        if column.name != "id" or "id" in known
    }


def _of_kind(kind: Any, owner: str) -> Any:
    plain = getattr(kind, "impl_instance", kind)
    return next((value for one, value in OF_KIND.items() if isinstance(plain, one)), owner)


@pytest.fixture(scope="module")
def filled(postgres: Server, engine: str) -> Iterator[Database]:
    """A row in every table, mine and theirs."""
    database = Database(postgres.migrated())
    with contextlib.closing(database), database.write() as session:
        for owner in ("mine", "them"):
            for table in INSIDE:
                session.execute(table.insert(), row(table, owner))
        session.commit()
        yield database


def test_every_table_has_a_policy_or_stands_outside_by_name(filled: Database) -> None:
    with filled.read() as session:
        forced = (
            "SELECT tablename FROM pg_policies p JOIN pg_class c ON c.relname = p.tablename AND c.relforcerowsecurity"
        )
        walled = set(session.execute(sa.text(f"{forced} WHERE policyname = '{walls.POLICY}'")).scalars())
    assert walled == {table.name for table in INSIDE} and set(metadata.tables) == walled | OUTSIDE


def test_each_sees_and_changes_only_their_own(filled: Database) -> None:
    with filled.of("mine").write() as session:
        for table in INSIDE:
            found = session.execute(select(table)).mappings().all()
            assert len(found) == 1 and "them" not in str(found), table.name
            column = next(one for one in table.columns if not one.primary_key)
            assert session.execute(table.update().values({column.name: table.c[column.name]})
                                   if table.name not in ("plan_log", "plan_log_content", "decision")
                                   else select(table)).rowcount == 1, table.name  # fmt: skip
    for table in INSIDE:
        with pytest.raises(ProgrammingError, match="row-level security"), filled.of("mine").write() as session:
            session.execute(table.insert(), row(table, "them") | another_key(table))


def another_key(table: Table) -> dict[str, Any]:
    """So that nothing but the policy refuses the row."""
    free = [one for one in table.primary_key if one.name not in ("id", "plan_id", "workshop_id")]
    return {one.name: True if isinstance(one.type, sa.Boolean) else _of_kind(one.type, "7") for one in free[:1]}


def test_who_has_not_said_for_whom_sees_nothing_and_removes_nothing(filled: Database) -> None:
    url = str(filled._engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
    with psycopg.connect(url) as connection:
        for table in INSIDE:
            assert connection.execute(f"SELECT * FROM {table.name}".encode()).fetchall() == [], table.name
            assert connection.execute(f"DELETE FROM {table.name}".encode()).rowcount == 0, table.name
    with filled.of(walls.NOBODY).read() as session:
        assert session.execute(select(INSIDE[0])).all() == []
    with filled.read() as session:
        assert {table.name: len(session.execute(select(table)).all()) for table in INSIDE} == {
            table.name: 2 for table in INSIDE
        }


def test_for_whom_is_forgotten_with_the_transaction(filled: Database) -> None:
    """The next request may get the same connection."""
    asked = sa.text("SELECT current_setting('malrett.owner', true), pg_backend_pid()")
    with filled.of("mine").read() as session:
        assert session.execute(asked).one()[0] == "mine"
    with filled.of("them").read() as session:
        assert session.execute(asked).one()[0] == "them"
    with filled._engine.connect() as connection:
        assert connection.execute(asked).one()[0] == walls.NOBODY


def test_it_is_said_where_no_policy_holds(
    store: Database, postgres: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = str(store._engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
    assert store.weakness() == ""
    with store.altering() as connection:
        connection.exec_driver_sql("ALTER TABLE job NO FORCE ROW LEVEL SECURITY")
    assert "job" in store.weakness()
    app = create_app(make_config(tmp_path, database_url=postgres.as_superuser(url), access="server"))
    app.extensions["planner"].close()
    assert "is a superuser" in caplog.text
    assert [one.levelno for one in caplog.records if "apart" in one.message] == [logging.WARNING]


def test_a_role_that_walks_past_policies_without_being_a_superuser_is_told_of(
    filled: Database, postgres: Server
) -> None:
    url = str(filled._engine.url.set(drivername="postgresql").render_as_string(hide_password=False))
    with contextlib.closing(Database(postgres.as_superuser(url))) as database, database._engine.connect() as connection:
        # Both are gone with the transaction, which nobody commits.
        connection.exec_driver_sql("CREATE ROLE walks_past BYPASSRLS")
        connection.exec_driver_sql("SET ROLE walks_past")
        assert walls.weakness(connection) == "the role walks_past has BYPASSRLS, whom no policy holds"


def test_a_backup_is_refused_where_a_policy_might_leave_rows_out(store: Database, tmp_path: Path) -> None:
    with store.altering() as connection:
        connection.exec_driver_sql("CREATE POLICY other ON plan AS RESTRICTIVE USING (false)")
    with pytest.raises(Refused, match="policies on plan"):
        backup.take(store, tmp_path / "b.zip", AT)
