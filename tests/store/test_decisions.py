"""Decisions as rows, on both engines: written once, and the database refuses to change them."""

from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError

from planner.domain import decision_document
from planner.store import decisions, plans
from planner.store.database import Database
from tests.decision_case import AT, DAY, document

FORBIDDEN = [
    "UPDATE decision SET document = '{}'",
    "UPDATE decision SET decided_on = '2020-01-01'",
    "UPDATE decision SET number = 7 WHERE number = 1",
    "DELETE FROM decision",
    "DELETE FROM decision WHERE number = 1",
]
ONLY_SQLITE = [
    "INSERT OR REPLACE INTO decision (plan_id, number, document, sha256, decided_on, stored_at) "
    "SELECT plan_id, number, '{}', '', decided_on, stored_at FROM decision",
]
ONLY_POSTGRESQL = ["TRUNCATE decision", "TRUNCATE plan CASCADE"]


def test_a_decision_comes_back_byte_for_byte(store: Database, plan_id: str) -> None:
    with store.write() as session:
        first = decisions.add(session, plan_id, document(), DAY, AT)
        decisions.add(session, plan_id, document(number=2), date(2027, 1, 5), AT)
        session.commit()
    with store.read() as session:
        found = decisions.find(session, plan_id, 1)
        assert found == first and found is not None and found.is_sound
        assert (
            found.text == decision_document.canonical(document())
            and decision_document.read(found.document).by == "Kommunestyret"
        )
        assert [(one.number, one.on) for one in decisions.marks(session, plan_id)] == [
            (2, date(2027, 1, 5)),
            (1, DAY),
        ]
        newest = decisions.latest(session, plan_id)
        assert newest is not None and newest.number == 2
        assert decisions.find(session, plan_id, 3) is None and decisions.latest(session, "0" * 16) is None


def test_the_database_refuses_to_change_what_was_decided(store: Database, plan_id: str) -> None:
    with store.write() as session:
        first = decisions.add(session, plan_id, document(), DAY, AT)
        session.commit()
    for statement in FORBIDDEN + (ONLY_SQLITE if store.is_sqlite else ONLY_POSTGRESQL):
        with store.write() as session, pytest.raises(DatabaseError):
            session.execute(text(statement))
        with store.read() as session:
            assert decisions.find(session, plan_id, 1) == first, statement
    with store.write() as session, pytest.raises(IntegrityError):
        decisions.add(session, plan_id, document(), DAY, AT)


def test_a_decision_goes_with_its_plan_and_only_with_it(store: Database, plan_id: str) -> None:
    with store.write() as session:
        decisions.add(session, plan_id, document(), DAY, AT)
        session.commit()
    with store.write() as session:
        plans.remove(session, plan_id)
        session.commit()
    with store.read() as session:
        assert session.execute(text("SELECT count(*) FROM decision")).scalar_one() == 0
