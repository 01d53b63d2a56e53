"""Drafts and confirmed surveys, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from planner.domain.examination import Examination, examine
from planner.domain.raw_table import RawTable
from planner.domain.statements import Statement
from planner.store import plans
from planner.store import survey as surveys
from planner.store.database import Database
from planner.store.plans import StoredPlan

MOMENT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ASKED = (Statement("s01", "Lett tilgang til naturen", "natur"),)


def seen(rows: int = 3) -> Examination:
    table = RawTable.of_rows(("s01 viktig", "s01 sannsynlig"), tuple(("6", str(1 + n % 5)) for n in range(rows)))
    return examine(table, ASKED)


@pytest.fixture
def plan(store: Database) -> str:
    with store.write() as session:
        for name in ("a" * 16, "b" * 16):
            plans.add(session, StoredPlan(name, "o", "Bolyst", "Prøvevik", "nb", False, MOMENT, MOMENT))
        session.commit()
    return "a" * 16


def put_draft(store: Database, plan_id: str, at: datetime = MOMENT, content: bytes = b"\x00svar\xff") -> None:
    with store.write() as session:
        surveys.put_draft(session, plan_id, surveys.Draft("svar.csv", seen(), 1, at), content)
        session.commit()


def test_a_draft_comes_back_with_its_bytes_and_only_to_its_plan(store: Database, plan: str) -> None:
    put_draft(store, plan)
    with store.read() as session:
        draft = surveys.find_draft(session, plan, MOMENT)
        assert draft is not None
        assert (draft.filename, draft.version, draft.uploaded_at) == ("svar.csv", 1, MOMENT)
        assert draft.examination.to_document() == seen().to_document()
        assert surveys.draft_content(session, plan) == b"\x00svar\xff"
        assert surveys.find_draft(session, "b" * 16, MOMENT) is None
        assert surveys.find_draft(session, plan, MOMENT + timedelta(seconds=1)) is None


def test_a_second_file_takes_the_place_of_the_first(store: Database, plan: str) -> None:
    put_draft(store, plan)
    put_draft(store, plan, content=b"ny")
    with store.read() as session:
        assert surveys.draft_content(session, plan) == b"ny"


def test_only_the_version_one_saw_can_be_changed(store: Database, plan: str) -> None:
    put_draft(store, plan)
    with store.write() as session:
        assert surveys.change_draft(session, plan, 1, seen(5))
        assert not surveys.change_draft(session, plan, 1, seen(7))
        assert not surveys.change_draft(session, "b" * 16, 2, seen(7))
        session.commit()
    with store.read() as session:
        draft = surveys.find_draft(session, plan, MOMENT)
    assert draft is not None and (draft.version, draft.examination.rows_in) == (2, 5)


def test_removing_one_draft_and_all_old_ones(store: Database, plan: str) -> None:
    put_draft(store, plan, MOMENT - timedelta(days=2))
    put_draft(store, "b" * 16, MOMENT)
    with store.write() as session:
        surveys.remove_drafts_before(session, MOMENT - timedelta(days=1))
        session.commit()
    with store.read() as session:
        assert surveys.find_draft(session, plan, MOMENT - timedelta(days=9)) is None
        assert surveys.find_draft(session, "b" * 16, MOMENT) is not None
    with store.write() as session:
        surveys.remove_draft(session, "b" * 16)
        session.commit()
    with store.read() as session:
        assert surveys.find_draft(session, "b" * 16, MOMENT) is None


def test_a_survey_comes_back_whole_and_the_next_replaces_it(store: Database, plan: str) -> None:
    for rows in (3, 4):
        examination = seen(rows)
        assert examination.summary is not None
        kept = surveys.StoredSurvey(
            "svar.csv", "0" * 64, examination.summary, examination.mapping, examination.findings, MOMENT
        )
        with store.write() as session:
            surveys.put(session, plan, kept)
            session.commit()
        with store.read() as session:
            back = surveys.latest(session, plan)
            summary = surveys.latest_summary(session, plan)
            facts = plans.facts(session, plan)
            assert surveys.latest(session, "b" * 16) is None
        assert back is not None and summary is not None
        assert back.summary.to_document() == summary.to_document() == examination.summary.to_document()
        assert (back.mapping, back.findings, back.stored_at) == (kept.mapping, kept.findings, MOMENT)
        assert facts.survey_rows_used == rows
