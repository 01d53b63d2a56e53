"""The database: migrated in one piece, written one at a time, durable, and the same on both engines."""

import contextlib
import threading
import time
from datetime import datetime, timedelta, tzinfo

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import delete, select, text

from planner.services import plans as service
from planner.store import database as module
from planner.store import plans, rewriting
from planner.store.database import Database
from planner.store.tables import PlanRow


def test_sqlite_is_one_without_the_wal_reset_bug() -> None:
    assert not module.wal_reset_fault(module.sqlite_module().sqlite_version)
    assert [
        one for one in ("3.6.23", "3.7.0", "3.40.1", "3.51.2", "3.51.3", "3.53.0") if module.wal_reset_fault(one)
    ] == [
        "3.7.0",
        "3.40.1",
        "3.51.2",
    ]


@pytest.mark.only_on("sqlite", "these are settings of SQLite; PostgreSQL's own are safe unless somebody changes them")
def test_settings_that_keep_an_acknowledged_write(database: Database) -> None:
    with database.read() as session:
        values = {
            name: session.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert values == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_nothing_is_kept_without_a_commit(store: Database) -> None:
    plan = service.new_plan("me", "Bolyst", "Prøvevik", "nb", is_sample=False)
    with store.write() as session:
        plans.add(session, plan)
    with store.read() as session:
        assert plans.find(session, plan.id) is None


def test_what_is_committed_comes_back_equal(store: Database) -> None:
    plan = service.new_plan("me", "Bolyst ÆØÅ", "Prøvevik", "nn", is_sample=True)
    with store.write() as session:
        plans.add(session, plan)
        session.commit()
    with store.read() as session:
        assert plans.find(session, plan.id) == plan
        assert plans.of_owner(session, "me") == (plan,)
        assert plans.of_owner(session, "you") == ()


def test_the_same_id_twice_is_refused(store: Database) -> None:
    plan = service.new_plan("me", "Bolyst", "Prøvevik", "nb", is_sample=False)
    with store.write() as session:
        plans.add(session, plan)
        session.commit()
    with store.write() as session, pytest.raises(IntegrityError):
        plans.add(session, plan)


@pytest.mark.only_on("sqlite", "PostgreSQL lets two write at once")
def test_two_programs_that_read_before_they_write_both_get_through(empty_url: str) -> None:
    """The lock of one process does not help here: only a transaction that begins as a writing one."""
    programs = [Database(empty_url) for _ in range(2)]
    programs[0].migrate()
    failures: list[BaseException] = []
    both_have_read = threading.Barrier(2)

    def write(database: Database) -> None:
        try:
            with database.write() as session:
                plans.of_owner(session, "crowd")
                with contextlib.suppress(threading.BrokenBarrierError):
                    both_have_read.wait(0.2)  # one waits to begin, so the other does not meet it here
                plans.add(session, service.new_plan("crowd", "Bolyst", "Prøvevik", "nb", is_sample=False))
                session.commit()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(database,)) for database in programs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with programs[0].read() as session:
        assert len(plans.of_owner(session, "crowd")) == 2
    for database in programs:
        database.close()


def test_many_writers_at_once_all_get_through(store: Database) -> None:
    failures: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(5):
                with store.write() as session:
                    plans.of_owner(session, "crowd")
                    plans.add(session, service.new_plan("crowd", "Bolyst", "Prøvevik", "nb", is_sample=False))
                    session.commit()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with store.read() as session:
        assert len(plans.of_owner(session, "crowd")) == 60


def test_tables_and_migrations_agree(store: Database) -> None:
    """Fails when a table is changed without a migration."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from planner.store.tables import metadata

    with store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_clock_that_is_off_the_databases_is_seen(store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    assert store.clock_difference() < timedelta(seconds=1)

    class Late(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Late":
            return cls.fromtimestamp(time.time() - 90, tz)

    monkeypatch.setattr("planner.store.database.datetime", Late)
    if not store.is_sqlite:  # whose clock is this machine's
        assert store.clock_difference() > timedelta(seconds=89)


@pytest.mark.only_on("sqlite", "PostgreSQL writes tables anew: tests/test_upkeep.py")
def test_a_reader_in_the_way_of_a_scrub_is_told_of_and_it_is_done_later(
    store: Database, plan_id: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Guard: the answer of the checkpoint is looked at."""
    with store.read() as reader:
        reader.exec(select(PlanRow)).all()
        with store.write() as session:
            session.exec(delete(PlanRow))
            session.commit()
        store.scrub("plan")
        assert store._owed.is_owed and "tried again" in caplog.text
    store._owed.after = 0.0
    with store.write() as session:
        session.commit()
    assert not store._owed.is_owed


def test_a_scrub_that_fails_is_no_answer_of_500(
    store: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The deletion is committed. Guards: `_empty_log` and `_never_failing` take what the database says."""

    def full(*_: object, **__: object) -> bool:
        raise OperationalError("PRAGMA", {}, OSError("disk full"))

    with monkeypatch.context() as patched:
        patched.setattr(store, "_emptied", full)
        patched.setattr(rewriting, "pay", full)
        store.scrub("plan")
    assert (store._owed.is_owed or store.unscrubbed()) and "OSError" in caplog.text
    store.scrub("plan")
    assert not store._owed.is_owed and not store.unscrubbed()
