"""Survey files as the services treat them: what is kept when, and what no outcome of a child may leave behind."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from planner.child import Crashed, Finished, OutOfMemory, OutOfTime, Stopped
from planner.config import Config
from planner.domain.candidate_links import Terms
from planner.domain.examination import Examination
from planner.domain.findings import Finding
from planner.domain.mapping_choices import Choices
from planner.files.seed_data import read_seed
from planner.files.survey import ToKeep, read_upload
from planner.services import (
    initiative_intake,
    report_template,
    survey,
    survey_reading,
    survey_upload,
    workshop_paper_table,
)
from planner.store import survey as store
from planner.store.database import Database
from tests.in_files import holding, keep_unpacked

SAMPLE = read_seed("innbyggerundersokelse.csv")


@pytest.fixture
def here(app: Flask, plan_id: str) -> tuple[Database, Config, str]:
    place = app.extensions["planner"]
    return place.database, place.config, plan_id


def seen_in(data: bytes) -> Examination:
    read = read_upload(data, "svar.csv")
    assert isinstance(read[1], Examination)
    return read[1]


def upload(database: Database, config: Config, plan_id: str, filename: str, data: bytes) -> tuple[Finding, ...]:
    return survey_upload.receive(database, config, plan_id, filename, data).findings


def waiting(database: Database, plan_id: str) -> store.Draft | None:
    with database.read() as session:
        return store.find_draft(session, plan_id, datetime(2000, 1, 1, tzinfo=UTC))


def test_what_is_stored_is_what_the_file_says_when_read_at_once(here: tuple[Database, Config, str]) -> None:
    database, config, plan_id = here
    assert upload(database, config, plan_id, "svar.csv", SAMPLE) == ()
    assert survey.confirm(database, config, plan_id, 1) == ()
    with database.read() as session:
        kept = store.latest(session, plan_id)
    seen = seen_in(SAMPLE)
    assert kept is not None and seen.summary is not None
    assert kept.summary.to_document() == seen.summary.to_document()
    assert (kept.mapping, kept.findings) == (seen.mapping, seen.findings)
    assert kept.summary.rows_in == kept.summary.rows_used + sum(rows for _, rows in kept.summary.set_aside) == 420


@pytest.mark.parametrize("how", ["confirm", "cancel"])
def test_what_one_person_wrote_is_nowhere_in_the_database_files_afterwards(
    here: tuple[Database, Config, str], superuser_url: str, how: str
) -> None:
    """Not in free pages and not in SQLite's write-ahead log: deleted rows stay there unless told otherwise."""
    database, config, plan_id = here
    keep_unpacked(database)
    mark = b"bare-ett-menneske-skrev-dette"
    data = SAMPLE.replace(b"\n7;ja;", b"\n7;" + mark + b";", 1)
    assert mark in data
    assert upload(database, config, plan_id, "svar.csv", data) == ()
    assert holding(config.data_folder, superuser_url, mark)
    if how == "confirm":
        assert survey.confirm(database, config, plan_id, 1) == ()
    else:
        survey.cancel(database, plan_id)
    assert holding(config.data_folder, superuser_url, mark) == []


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (OutOfMemory(1024), "file_out_of_memory"),
        (OutOfTime(60.0), "file_out_of_time"),
        (Crashed("", 11), "file_crashed"),
        (Stopped(), "file_crashed"),
        (Crashed('  File "/x/survey.py", line 7, in f\nValueError: Kari Nordmann svarte 7'), "file_crashed"),
    ],
)
def test_every_way_a_child_can_end_is_a_finding_and_the_log_quotes_nobody(
    here: tuple[Database, Config, str],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    outcome: object,
    code: str,
) -> None:
    database, config, plan_id = here
    monkeypatch.setattr(survey_reading, "run_limited", lambda *args, **kwargs: outcome)
    with caplog.at_level(logging.DEBUG):
        found = upload(database, config, plan_id, "svar.csv", SAMPLE)
    assert [one.code for one in found] == [code]
    assert waiting(database, plan_id) is None
    assert "Nordmann" not in caplog.text
    if isinstance(outcome, Crashed) and outcome.text:
        assert "survey.py:7" in caplog.text


def test_no_file_of_any_kind_is_opened_out_of_turn(
    here: tuple[Database, Config, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each may take as much memory as the limit says: workbooks, ballots and Word files wait as surveys do."""
    database, config, plan_id = here
    monkeypatch.setattr(survey_reading, "_AT_ONCE", threading.Semaphore(0))
    monkeypatch.setattr(survey_reading, "WAITS_FOR_TURN", 0.0)
    monkeypatch.setattr(survey_reading, "run_limited", lambda *args, **kwargs: pytest.fail("opened"))
    busy = (Finding("file_busy"),)
    assert upload(database, config, plan_id, "svar.csv", SAMPLE) == busy
    assert initiative_intake._read(config, b"PK", Terms({}, {}, ())).findings == busy
    assert workshop_paper_table._read(config, b"PK") == ((), busy)
    assert report_template.upload(database, config, plan_id, "mal.docx", b"PK", "") == busy


def test_a_failed_reading_leaves_the_file_that_waited(
    here: tuple[Database, Config, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, config, plan_id = here
    upload(database, config, plan_id, "svar.csv", SAMPLE)
    assert upload(database, config, plan_id, "tom.csv", b"")[0].code == "file_empty"
    monkeypatch.setattr(survey_reading, "run_limited", lambda *args, **kwargs: OutOfTime(60.0))
    assert survey.choose(database, config, plan_id, 1, Choices(missing=("8",)))[0].code == "file_out_of_time"
    assert survey.confirm(database, config, plan_id, 1)[0].code == "file_out_of_time"
    draft = waiting(database, plan_id)
    assert draft is not None and (draft.filename, draft.version) == ("svar.csv", 1)


def test_a_renewed_program_that_reads_otherwise_shows_it_before_anything_is_stored(
    here: tuple[Database, Config, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, config, plan_id = here
    upload(database, config, plan_id, "svar.csv", SAMPLE)
    other = seen_in(b"\n".join(SAMPLE.split(b"\n")[:200]))
    monkeypatch.setattr(survey_reading, "run_limited", lambda *args, **kwargs: Finished(ToKeep(other, ())))
    assert survey.confirm(database, config, plan_id, 1) == (survey.REREAD,)
    with database.read() as session:
        assert store.latest(session, plan_id) is None
    draft = waiting(database, plan_id)
    assert draft is not None and (draft.version, draft.examination.rows_in) == (2, 199)
    assert survey.confirm(database, config, plan_id, 2) == ()


def test_a_draft_of_another_program_version_is_as_good_as_gone(here: tuple[Database, Config, str]) -> None:
    database, config, plan_id = here
    upload(database, config, plan_id, "svar.csv", SAMPLE)
    with database.write() as session:
        older = '{"format": "malrett-examination/0"}'
        session.connection().exec_driver_sql(f"UPDATE survey_draft SET examination = '{older}'")
        session.commit()
    assert waiting(database, plan_id) is None
    assert survey.check(database, plan_id) is None


def test_a_choice_that_changes_nothing_reads_nothing(
    here: tuple[Database, Config, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, config, plan_id = here
    upload(database, config, plan_id, "svar.csv", SAMPLE)
    monkeypatch.setattr(survey_reading, "run_limited", lambda *args, **kwargs: pytest.fail("read again"))
    assert survey.choose(database, config, plan_id, 1, Choices()) == ()


def test_old_files_of_every_plan_are_forgotten(here: tuple[Database, Config, str]) -> None:
    database, config, plan_id = here
    upload(database, config, plan_id, "svar.csv", SAMPLE)
    survey.forget_old_drafts(database)
    assert waiting(database, plan_id) is not None
    draft = waiting(database, plan_id)
    assert draft is not None
    with database.write() as session:
        old = store.Draft(draft.filename, draft.examination, 1, datetime.now(UTC) - timedelta(hours=25))
        store.put_draft(session, plan_id, old, SAMPLE)
        session.commit()
    survey.forget_old_drafts(database)
    assert waiting(database, plan_id) is None


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("svar.csv", "svar.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\kari\\svar.csv", "svar.csv"),
        ("a\x00b\r\nc\u202e.csv", "abc.csv"),
        ("x" * 300, "x" * 200),
        ("/", "fil"),
    ],
)
def test_a_name_is_shown_without_its_path_and_without_tricks(
    here: tuple[Database, Config, str], given: str, shown: str
) -> None:
    database, config, plan_id = here
    upload(database, config, plan_id, given, b"id;s01 viktig;s01 sannsynlig\n1;6;3\n")
    draft = waiting(database, plan_id)
    assert draft is not None and draft.filename == shown
