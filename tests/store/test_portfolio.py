"""The frame and the kept plans as rows, on both engines."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from planner.domain.problem_file import canonical, problem_sha256
from planner.store import portfolio
from planner.store.database import Database
from planner.store.portfolio import KeptPlan
from tests import report_case
from tests.portfolio_case import SETTINGS

PROBLEM = report_case.problem()
KEPT = KeptPlan(
    number=1,
    name="Forslag på Ørland",
    problem=canonical(PROBLEM),
    problem_sha256=problem_sha256(PROBLEM),
    result=report_case.result(PROBLEM),
    basis=report_case.BASIS,
    kept_at=datetime(2026, 11, 23, tzinfo=UTC),
)


def test_the_frame_comes_back_equal_with_a_version_for_each_change(store: Database, plan_id: str) -> None:
    with store.write() as session:
        assert portfolio.settings(session, plan_id) is None
        assert portfolio.save_settings(session, plan_id, SETTINGS) == 1
        assert portfolio.save_settings(session, plan_id, SETTINGS) == 1
        assert portfolio.save_settings(session, plan_id, replace(SETTINGS, follows=False)) == 2
        session.commit()
    with store.read() as session:
        stored = portfolio.settings(session, plan_id)
    assert stored is not None and (stored.settings, stored.version) == (replace(SETTINGS, follows=False), 2)


def test_a_kept_plan_comes_back_equal(store: Database, plan_id: str) -> None:
    with store.write() as session:
        assert portfolio.next_number(session, plan_id) == 1
        portfolio.keep(session, plan_id, KEPT)
        portfolio.keep(session, plan_id, replace(KEPT, number=2, name="Nummer to"))
        assert portfolio.next_number(session, plan_id) == 3
        session.commit()
    with store.read() as session:
        assert portfolio.find_kept(session, plan_id, 1) == KEPT
        assert [heading.name for heading in portfolio.headings(session, plan_id)] == ["Nummer to", KEPT.name]
        assert portfolio.find_kept(session, "0" * 16, 1) is None
        assert portfolio.headings(session, "0" * 16) == ()


def test_a_number_is_never_given_twice(store: Database, plan_id: str) -> None:
    with store.write() as session:
        portfolio.keep(session, plan_id, KEPT)
        with pytest.raises(IntegrityError):
            portfolio.keep(session, plan_id, KEPT)


def test_nothing_here_changes_a_kept_plan() -> None:
    """Only `keep` writes it, and it adds a row."""
    import inspect

    source = inspect.getsource(portfolio)
    assert source.count("KeptPlanRow(") == 1
    assert "update(" not in source and "delete(" not in source
