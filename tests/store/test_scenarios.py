"""Plans set aside: named, renamed, removed, and never mixed with another plan's or with the kept ones."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from planner.domain.problem_file import canonical, problem_sha256
from planner.store import portfolio, scenarios
from planner.store.database import Database
from planner.store.scenarios import Scenario
from tests import report_case

PROBLEM = report_case.problem()
ASIDE = Scenario(
    number=1,
    name="Mer til bolig på Ørland",
    problem=canonical(PROBLEM),
    problem_sha256=problem_sha256(PROBLEM),
    result=report_case.result(PROBLEM),
    basis=report_case.BASIS,
    saved_at=datetime(2026, 11, 23, tzinfo=UTC),
)


def test_they_come_back_equal_are_renamed_and_removed(store: Database, plan_id: str) -> None:
    with store.write() as session:
        assert scenarios.next_number(session, plan_id) == 1 and scenarios.all_of(session, plan_id) == ()
        scenarios.add(session, plan_id, ASIDE)
        scenarios.add(session, plan_id, replace(ASIDE, number=2))
        assert scenarios.rename(session, plan_id, 2, "Uten bolig", was=ASIDE.name) == "Uten bolig"
        assert scenarios.rename(session, plan_id, 2, "Med bolig", was=ASIDE.name) == "Uten bolig"
        assert scenarios.rename(session, plan_id, 3, "x", was="x") is None
        session.commit()
    with store.read() as session:
        assert scenarios.find(session, plan_id, 1) == ASIDE and scenarios.find(session, "another", 1) is None
        assert [one.name for one in scenarios.all_of(session, plan_id)] == ["Uten bolig", ASIDE.name]
        assert scenarios.next_number(session, plan_id) == 3 and portfolio.headings(session, plan_id) == ()
    with store.write() as session:
        scenarios.remove(session, "another", 1)
        scenarios.remove(session, plan_id, 2)
        scenarios.remove(session, plan_id, 2)
        session.commit()
    with store.read() as session:
        assert scenarios.all_of(session, plan_id) == (ASIDE,)


def test_a_number_is_taken_once(store: Database, plan_id: str) -> None:
    with store.write() as session:
        scenarios.add(session, plan_id, ASIDE)
        with pytest.raises(IntegrityError):
            scenarios.add(session, plan_id, ASIDE)
