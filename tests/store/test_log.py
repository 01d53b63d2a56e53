"""The log as rows, on both engines: it cannot be changed, and never forks."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from planner.domain.log_chain import findings
from planner.store import log, plans
from planner.store.database import Database

AT = datetime(2026, 11, 26, 2, 10, tzinfo=UTC)


def write(store: Database, plan_id: str, *what: str) -> None:
    with store.write() as session:
        for one in what:
            log.append(session, plan_id, AT, one, {"number": 1}, {"name": "Kari", "reason": ""})
        session.commit()


def test_entries_come_back_as_a_whole_chain(store: Database, plan_id: str) -> None:
    write(store, plan_id, "started", "plan_kept")
    write(store, plan_id, "decision")
    with store.read() as session:
        chain, head = log.chain(session, plan_id), log.head(session, plan_id)
        assert log.head(session, "0" * 16) is None and not log.chain(session, "0" * 16).links
    assert findings(chain) == () and [link.sequence for link in chain.links] == [1, 2, 3]
    assert head is not None and (head.sequence, head.sha256) == (3, chain.links[-1].sha256)
    assert chain.contents[1].words == {"name": "Kari"}
    assert chain.contents[1].salt != chain.contents[2].salt
    assert not any("Kari" in link.text for link in chain.links)


def test_what_people_wrote_can_be_deleted(store: Database, plan_id: str) -> None:
    write(store, plan_id, "started", "plan_kept")
    with store.write() as session:
        assert log.forget(session, plan_id, 1) and not log.forget(session, plan_id, 1)
        session.commit()
    store.scrub("plan_log_content")
    with store.read() as session:
        chain = log.chain(session, plan_id)
    assert findings(chain) == () and list(chain.contents) == [2]


FORBIDDEN = [
    "UPDATE plan_log SET entry = '{}' WHERE sequence = 1",
    "UPDATE plan_log SET sequence = 9 WHERE sequence = 2",
    "DELETE FROM plan_log WHERE sequence = 2",
    "DELETE FROM plan_log",
    "UPDATE plan_log_content SET content = '{}'",
    "INSERT INTO plan_log (plan_id, sequence, entry, sha256) SELECT plan_id, sequence, '{}', '' FROM plan_log",
]
ONLY_SQLITE = [
    "INSERT OR REPLACE INTO plan_log (plan_id, sequence, entry, sha256) SELECT plan_id, 1, '{}', '' FROM plan",
    "REPLACE INTO plan_log_content (plan_id, sequence, salt, content) SELECT plan_id, 1, '', '{}' FROM plan_log",
    "UPDATE OR REPLACE plan_log SET sequence = 1 WHERE sequence = 2",
]
ONLY_POSTGRESQL = [
    "TRUNCATE plan_log",
    "TRUNCATE plan CASCADE",
    "INSERT INTO plan_log SELECT * FROM plan_log ON CONFLICT (plan_id, sequence) DO UPDATE SET entry = '{}'",
]


def test_the_database_refuses_to_change_what_was_done(store: Database, plan_id: str) -> None:
    write(store, plan_id, "started", "plan_kept")
    for statement in FORBIDDEN + (ONLY_SQLITE if store.is_sqlite else ONLY_POSTGRESQL):
        with store.write() as session, pytest.raises(DatabaseError):
            session.execute(text(statement))
        with store.read() as session:
            chain = log.chain(session, plan_id)
        assert findings(chain) == () and len(chain.links) == 2, statement


def test_the_log_goes_with_its_plan_and_only_with_it(store: Database, plan_id: str) -> None:
    write(store, plan_id, "started")
    with store.write() as session:
        plans.remove(session, plan_id)
        session.commit()
    with store.read() as session:
        assert session.execute(text("SELECT count(*) FROM plan_log")).scalar_one() == 0
        assert log.head(session, plan_id) is None


def test_many_who_append_at_once_never_fork_the_chain(store: Database, plan_id: str) -> None:
    failures: list[BaseException] = []

    def append() -> None:
        try:
            for _ in range(5):
                with store.write() as session:
                    log.head(session, plan_id)  # seen before the lock is taken: it must be read again under it
                    log.append(session, plan_id, AT, "frame_changed")
                    session.commit()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=append) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with store.read() as session:
        chain = log.chain(session, plan_id)
    assert findings(chain) == () and [link.sequence for link in chain.links] == list(range(1, 41))
