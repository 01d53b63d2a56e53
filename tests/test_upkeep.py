"""What is done by the clock. On PostgreSQL what was deleted is written over: at once where that holds up nobody, else
at night; nothing of that is forgotten meanwhile."""

import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from sqlalchemy import text
from sqlmodel import Session, delete, select

from planner import serving, upkeep, worker
from planner.config import Config
from planner.services import plans
from planner.store import job_turns, rewriting
from planner.store.advisory import Lock
from planner.store.database import Database, Unavailable
from planner.store.people_tables import AccountRow, SigninRow
from planner.store.tables import PackageRow, PlanRow, StatedNeedsRow, SurveyDraftRow
from planner.store.upkeep_tables import WrongTryRow
from planner.upkeep import NO_NIGHT, Upkeep
from tests.in_files import holding

IN_FILES = pytest.mark.only_on("postgresql", "SQLite overwrites what it deletes, and empties its log")
MARK = b"Dette-skal-ingen-finne"
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


@pytest.fixture
def deleted(superuser_url: str, database: Database, plan_id: str) -> Iterator[Database]:
    """A plan of that name was there, and its row was deleted. superuser_url: cleans what was there before that."""
    with database.write() as session:
        session.connection().execute(text("UPDATE plan SET name = :name"), {"name": MARK.decode()})
        session.commit()
    with database.write() as session:
        session.exec(delete(PlanRow))
        session.commit()
    yield database


def in_files(tmp_path, superuser_url: str) -> bool:
    return "plan" in holding(tmp_path, superuser_url, MARK)


@IN_FILES
def test_a_small_table_is_written_anew_at_once(deleted: Database, tmp_path, superuser_url: str) -> None:
    """Guard: `VACUUM FULL` in `rewriting._write_anew`."""
    assert in_files(tmp_path, superuser_url)
    deleted.scrub("plan")
    assert not in_files(tmp_path, superuser_url) and not deleted.unscrubbed()


@IN_FILES
@pytest.mark.parametrize("why", ["large", "read", "seen by an older transaction"])
def test_what_cannot_be_done_at_once_is_done_at_night_by_any_process(
    deleted: Database, monkeypatch: pytest.MonkeyPatch, tmp_path, superuser_url: str, why: str
) -> None:
    """Guards: `largest`, `lock_timeout`, `_write_anew` listens to what VACUUM says, and what is owed is a row."""
    hour, size = 0, rewriting.SMALL_BYTES
    night = Upkeep(deleted, now=lambda: NOON + timedelta(hours=hour))
    with psycopg.connect(superuser_url) as other:
        if why == "large":
            size = 0
        elif why == "read":
            other.execute("SELECT * FROM plan")
        else:  # as a backup that has just begun
            other.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            other.execute("SELECT * FROM account")
            with deleted.write() as session:
                _once_more(session)
        monkeypatch.setattr(rewriting, "SMALL_BYTES", size)
        deleted.scrub("plan")
        assert list(deleted.unscrubbed()) == ["plan"] and in_files(tmp_path, superuser_url)
    night.round()
    assert in_files(tmp_path, superuser_url), "nobody is held up in the middle of the day"
    hour = 14
    night.round()
    assert not in_files(tmp_path, superuser_url) and not deleted.unscrubbed()


def _once_more(session: Session) -> None:
    moment = NOON.isoformat()
    for statement in (
        f"INSERT INTO plan VALUES ('p9', 'o', '{MARK.decode()}', 'Prøvevik', 'nb', false, '{moment}', '{moment}')",
        "DELETE FROM plan",
    ):
        session.connection().execute(text(statement))
        session.commit()


@IN_FILES
def test_where_there_is_no_night_it_is_done_by_day(deleted: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    rewriting.owe(deleted._engine, ["plan"], NOON)
    day = Upkeep(deleted, now=lambda: NOON + NO_NIGHT + timedelta(minutes=1))
    monkeypatch.setattr(upkeep.package, "forget_old", lambda _: None)
    assert deleted.unscrubbed() == {"plan": NOON}
    day.round()
    assert not deleted.unscrubbed()


@IN_FILES
def test_a_table_that_a_migration_took_away_holds_up_no_other(deleted: Database) -> None:
    """Guard: `to_regclass`, without which nothing at all is written anew from then on."""
    rewriting.owe(deleted._engine, ["gone", "plan"], NOON)
    deleted.scrub_all()
    assert not deleted.unscrubbed()


@IN_FILES
def test_of_many_processes_one_does_the_work_of_the_night(deleted: Database, superuser_url: str) -> None:
    """Guard: the advisory lock, without which each writes large tables anew, one after the other."""
    rewriting.owe(deleted._engine, ["plan"], NOON)
    with psycopg.connect(superuser_url) as at_work:
        at_work.execute("SELECT pg_advisory_lock(%s)", (int(Lock.AT_NIGHT),))
        deleted.scrub_all()
        assert deleted.unscrubbed()
        with deleted.write() as session:
            session.connection().execute(text("SET LOCAL lock_timeout = 2000"))
            assert job_turns.take(session, NOON, (), (), 1) is None, "workers do not wait for it"
    deleted.scrub_all()
    deleted.scrub_all()
    assert not deleted.unscrubbed()


@IN_FILES
def test_what_is_deleted_while_a_table_is_written_anew_is_still_owed(
    deleted: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guard: `asked` is compared when it is taken off the list."""
    real = rewriting._write_anew

    def meanwhile(connection, name, wait_ms):
        done = real(connection, name, wait_ms)
        rewriting.owe(deleted._engine, [name], NOON + timedelta(minutes=1))
        return done

    with monkeypatch.context() as patched:
        patched.setattr(rewriting, "_write_anew", meanwhile)
        deleted.scrub("plan")
    assert list(deleted.unscrubbed()) == ["plan"]


def test_what_has_lain_its_time_is_removed_while_the_program_runs(
    database: Database, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards: the thread goes its rounds, also after one that fails; `round` asks for each of the things."""
    old = plans.now() - timedelta(days=8)
    said: dict[str, Any] = {"plan_id": plan_id, "filename": "svar.csv"}
    lain = (
        SurveyDraftRow(**said, content=b"x", file_sha256="", examination="{}", version=1, uploaded_at=old),
        StatedNeedsRow(**said, waiting=True, document="{}", findings="[]", version="1", stored_at=old),
        PackageRow(**said, number=1, content=b"x", size=1, of=old, made_at=old),
        SigninRow(token="t", account_id="a", municipality_id="m", made_at=old, seen_at=old),
        WrongTryRow(whose="w", until=old),
    )
    with database.write() as session:
        account = {"email": "e@x.no", "name": "", "password": "", "language": ""}
        session.add(AccountRow(id="a", made_at=old, **account))
        session.flush()
        session.add_all(lain)
        session.commit()
    done, fails = threading.Event(), [True]

    def last(_: Database) -> dict[str, datetime]:
        if fails:
            fails.pop()
            raise Unavailable
        done.set()
        return {}

    monkeypatch.setattr(upkeep, "ROUND_SECONDS", 0.001)
    monkeypatch.setattr(Database, "unscrubbed", last)
    going = Upkeep(database)
    going.start()
    assert done.wait(30)
    going.close()
    with database.read() as session:
        assert [type(one).__name__ for one in lain if session.exec(select(type(one))).first() is not None] == []


@pytest.mark.parametrize("what", ["serve", "worker"])
def test_web_and_workers_go_their_rounds(config: Config, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Guards: `Upkeep.start` in `serving.serve` and `worker.work`."""
    going = list[str]()

    class Told(Upkeep):
        def start(self) -> None:
            going.append("started")
            signal.raise_signal(signal.SIGTERM) if what == "worker" else None

        def close(self) -> None:
            going.append("closed")

    module: Any = serving if what == "serve" else worker
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    monkeypatch.setattr(module, "Upkeep", Told)
    monkeypatch.setattr(module.logs, "set_up", lambda _: None)
    monkeypatch.setattr(serving, "answer_with_pages", lambda: None)
    monkeypatch.setattr(serving, "server_of", lambda *_: SimpleNamespace(effective_port=1, run=int, close=int))
    monkeypatch.setattr(worker.child, "warm", lambda: None)
    try:
        assert (serving.serve(config, "127.0.0.1", 0) if what == "serve" else worker.work(config)) == 0
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    assert going == ["started", "closed"]
