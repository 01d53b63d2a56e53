"""`planner doctor`: each fault, made in turn, is found, and told with what to do; where all is well nothing is."""

import importlib.machinery
import importlib.util
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from planner import doctor, doctor_database, doctor_machine, doctor_settings, doctor_trials
from planner.cli import main
from planner.config import Config, Oidc
from planner.doctor_line import Line
from planner.services import backup
from planner.services import plans as service
from planner.services.identity import Away, Refused
from planner.services.issuer import Issuer
from planner.store import jobs, log, plans, rewriting, schema
from planner.store.database import Database
from tests import solve_in_child
from tests.conftest import make_config

AT = datetime(2026, 11, 26, 2, 10, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path, database_url: str) -> Config:
    """Of an installation with which nothing is wrong."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    backup.note(folder, datetime.now(UTC))
    if database_url.startswith("sqlite"):
        database_url = f"sqlite:///{shutil.copy(tmp_path / 'test.db', folder / 'malrett.db')}"
    return make_config(folder, database_url=database_url, secret_key="x" * 64, access="local")


@pytest.fixture
def store(config: Config) -> Iterator[Database]:
    database = Database(config.database_url)
    yield database
    database.close()


def ill(lines: Iterator[Line] | list[Line]) -> dict[str, str]:
    """What is not well, and how; each with something to do."""
    found = [line for line in lines if line.state != "ok"]
    assert all(line.todo for line in found), found
    return {line.about: line.state for line in found}


def asked(config: Config, store: Database) -> dict[str, str]:
    """What is wrong with the database. The PostgreSQL of the tests is one that forgets, with a role that may all."""
    found = ill(doctor_database.look(config, store))
    return (
        found if store.is_sqlite else {about: how for about, how in found.items() if about not in ("durable", "role")}
    )


@pytest.mark.only_on("sqlite", "the PostgreSQL of the tests is one that forgets")
def test_a_sound_installation_is_told_so(
    config: Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the command, with the two trials."""
    monkeypatch.setenv("MALRETT_DATA", str(config.data_folder))
    assert main(["doctor", "--json"]) == 0
    lines = json.loads(capsys.readouterr().out)["lines"]
    assert [line for line in lines if line["state"] != "ok"] == []
    assert {"solver", "pdf", "languages", "disk", "durable", "tables", "logs", "worker", "backup"} <= {
        line["about"] for line in lines
    }


def test_a_fault_ends_with_1_and_a_warning_with_0(
    config: Config, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "PARTS", (doctor_machine.folder,))
    monkeypatch.setenv("MALRETT_DATA", str(config.data_folder))
    config.data_folder.chmod(0o755)
    assert main(["doctor"]) == 0
    told = capsys.readouterr().out
    assert "\nWARNING  Other users of this machine" in told and "\n         chmod o-rwx " in told
    (config.data_folder / "secret-key").chmod(0o644)
    assert main(["doctor"]) == 1
    assert "\nFAULT    Others can read " in capsys.readouterr().out


@pytest.mark.parametrize(
    "given",
    [
        {"MALRETT_PROXIES": "one"},
        {"MALRETT_ACCESS": "everybody"},
        {"MALRETT_SECRET_KEY_FILE": "/no/such/file"},
        {"MALRETT_SECRET_KEY": "x" * 64, "MALRETT_SECRET_KEY_FILE": "/no/such/file"},
    ],
)
def test_settings_that_cannot_be_used(given: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MALRETT_DATA": str(tmp_path), **given}.items():
        monkeypatch.setenv(name, value)
    assert ill(doctor.found()) == {"settings": "fault"}


def test_what_cannot_be_looked_at_hides_nothing_else(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_config: Config) -> Iterator[Line]:
        yield Line("first", "ok", "It is there.")
        raise RuntimeError("of a library")

    monkeypatch.setenv("MALRETT_DATA", str(config.data_folder))
    monkeypatch.setenv("MALRETT_DATABASE_URL", config.database_url)
    monkeypatch.setattr(doctor, "PARTS", (broken, doctor_settings.look))
    lines = doctor.found()
    assert [(line.about, line.state) for line in lines[:2]] == [("first", "ok"), ("broken", "fault")]
    assert "of a library" in lines[1].text and {"address", "tables"} <= {line.about for line in lines}


HTTPS = "https://plan.example.no"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, {}),
        ({"secret_key": "short"}, {"secret key": "fault"}),
        ({"external_url": HTTPS, "secure_cookies": True, "proxies": 1, "access": "server", "contact": "Kari"}, {}),
        (
            {"external_url": HTTPS, "secure_cookies": True, "access": "server", "contact": "Kari"},
            {"proxies": "warning"},
        ),
        ({"external_url": HTTPS, "secure_cookies": True, "proxies": 1}, {"access": "fault"}),
        (
            {"external_url": "http://plan.example.no", "proxies": 1, "access": "server", "contact": "Kari"},
            {"tls": "warning"},
        ),
        (
            {"external_url": "http://x.no", "secure_cookies": True, "access": "browser", "contact": "Kari"},
            {"cookies": "fault"},
        ),
        ({"proxies": 1}, {"address": "warning"}),
        ({"access": "server"}, {"access": "warning", "contact": "warning"}),
    ],
)
def test_settings_that_do_not_fit_together(changes: dict[str, Any], wrong: dict[str, str], config: Config) -> None:
    assert ill(doctor_settings.look(replace(config, **changes))) == wrong


def test_the_folder(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = config.data_folder
    assert ill(doctor_machine.folder(config)) == {}
    with monkeypatch.context() as patched:
        patched.setattr(doctor_machine, "LITTLE_ROOM", 1 << 60)
        assert ill(doctor_machine.folder(config)) == {"disk": "warning"}
    with monkeypatch.context() as patched:
        patched.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
        assert ill(doctor_machine.folder(config)) == {"owner": "warning"}
    with monkeypatch.context() as patched:  # root may write wherever it is told not to
        patched.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        assert ill(doctor_machine.folder(config)) == {"writable": "fault"}
    (folder / "secret-key").write_text("x" * 64)
    (folder / "secret-key").chmod(0o640)
    folder.chmod(0o705)
    assert ill(doctor_machine.folder(config)) == {"private": "warning", "secret file": "fault"}
    assert not list(folder.glob(".doctor-*"))


def test_backups(config: Config) -> None:
    assert ill(doctor_machine.backups(config)) == {}
    backup.note(config.data_folder, datetime.now(UTC) - timedelta(days=3))
    assert ill(doctor_machine.backups(config)) == {"backup": "warning"}
    (config.data_folder / "last-backup").unlink()
    assert ill(doctor_machine.backups(config)) == {"backup": "warning"}


@pytest.mark.only_on("sqlite", "PostgreSQL has no file to copy")
def test_a_copy_from_before_an_upgrade_does_not_lie_there_for_ever(config: Config) -> None:
    copy = config.data_folder / "malrett.db.revision-0009"
    copy.touch()
    assert ill(doctor_machine.backups(config)) == {}
    os.utime(copy, (time.time() - 40 * 86400,) * 2)
    assert ill(doctor_machine.backups(config)) == {"copy": "warning"}


def test_a_backup_leaves_a_note(config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (config.data_folder / "last-backup").unlink()
    monkeypatch.setenv("MALRETT_DATA", str(config.data_folder))
    monkeypatch.setenv("MALRETT_DATABASE_URL", config.database_url)
    assert main(["backup", str(tmp_path / "b.zip")]) == 0
    assert ill(doctor_machine.backups(config)) == {}


def test_the_programs(config: Config, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = replace(config, database_url="sqlite:///x")
    assert ill(doctor_machine.program(config)) == {}
    with monkeypatch.context() as patched:
        patched.setattr("planner.doctor_machine.sqlite_module", lambda: type("Old", (), {"sqlite_version": "3.40.1"}))
        assert ill(doctor_machine.program(config)) == {"sqlite": "warning"}
        assert ill(doctor_machine.program(replace(config, queue="worker"))) == {"sqlite": "fault"}
        assert ill(doctor_machine.program(replace(config, database_url="postgresql://x/y"))) == {}
    with monkeypatch.context() as patched:
        patched.setattr(importlib.util, "find_spec", lambda _: importlib.machinery.ModuleSpec("ortools", None))
        assert ill(doctor_machine.program(config)) == {"ortools": "fault"}
    with monkeypatch.context() as patched:
        shutil.copytree(doctor_machine.TRANSLATIONS, tmp_path / "translations")
        patched.setattr(doctor_machine, "TRANSLATIONS", tmp_path / "translations")
        assert ill(doctor_machine.program(config)) == {}
        (tmp_path / "translations/nn/LC_MESSAGES/messages.mo").write_bytes(b"no catalogue")
        assert ill(doctor_machine.program(config)) == {"languages": "fault"}
        (tmp_path / "translations/nn/LC_MESSAGES/messages.mo").unlink()
        assert ill(doctor_machine.program(config)) == {"languages": "fault"}
    monkeypatch.setattr(doctor_machine, "FONTS", ())
    assert ill(doctor_machine.program(config)) == {"letters": "fault"}


def test_the_trials(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_trials, "solve", solve_in_child.no_solver)
    monkeypatch.setattr(doctor_trials, "typeset", solve_in_child.no_proof)
    lines = list(doctor_machine.trials(config))
    assert ill(lines) == {"solver": "fault", "pdf": "fault"}
    assert "No module named 'highspy'" in lines[0].text and "«unknown»" in lines[1].text


def test_a_trial_holds_the_answer_against_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor_trials.solve() == ""
    monkeypatch.setattr(doctor_trials, "_BEST", frozenset("p"))
    assert doctor_trials.solve() == "the plan was ['q', 'r'], not ['p']"


def test_there_is_no_database_yet_or_it_does_not_answer(tmp_path: Path, config: Config) -> None:
    for url, wrong in (
        (f"sqlite:///{tmp_path / 'none.db'}", {"database": "warning"}),
        (f"sqlite:///{tmp_path}", {"database": "fault"}),
        ("postgresql://nobody@127.0.0.1:1/none", {"database": "fault"}),
    ):
        database = Database(url)
        assert asked(replace(config, database_url=url), database) == wrong
        database.close()
    assert not (tmp_path / "none.db").exists()


def test_tables_of_another_program(config: Config, store: Database) -> None:
    now = schema.head()
    try:
        for revision, wrong in (("0001", "warning"), ("9999", "fault")):
            said(store, f"UPDATE alembic_version SET version_num = '{revision}'")
            assert asked(config, store) == {"tables": wrong}
        said(store, "DELETE FROM alembic_version")
        assert asked(config, store) == {"tables": "warning"}
    finally:  # a database of PostgreSQL is lent to the next test
        said(store, "DELETE FROM alembic_version", f"INSERT INTO alembic_version VALUES ('{now}')")


def said(store: Database, *statements: str) -> None:
    with store.write() as session:
        for one in statements:
            session.execute(text(one))
        session.commit()


def plan(store: Database) -> str:
    made = service.new_plan("me", "Bolyst", "Prøvevik", "nb", is_sample=False)
    with store.write() as session:
        plans.add(session, made)
        session.flush()
        log.append(session, made.id, AT, "started", {"number": 1}, {"name": "Kari"})
        log.append(session, made.id, AT, "plan_kept", {"number": 1})
        session.commit()
    return made.id


@pytest.mark.only_on("postgresql", "SQLite overwrites what it deletes")
def test_what_was_deleted_and_stands_in_the_files_for_days(config: Config, store: Database) -> None:
    rewriting.owe(store._engine, ["plan"], datetime.now(UTC) - timedelta(days=2))
    assert "deleted" not in asked(config, store)
    store.scrub_all()
    rewriting.owe(store._engine, ["plan"], datetime.now(UTC) - timedelta(days=4))
    assert asked(config, store)["deleted"] == "warning"


def test_jobs_that_nobody_works_on(config: Config, store: Database) -> None:
    plan_id, now = plan(store), datetime.now(UTC)
    soon = now + timedelta(hours=1)  # so that it is no question of how fast this machine is
    with store.write() as session:
        jobs.add(session, "waits", plan_id, "try", {}, soon)
        session.commit()
    assert asked(config, store) == {}
    with store.write() as session:
        session.execute(text("UPDATE job SET queued_at = :at"), {"at": now - timedelta(minutes=5)})
        session.commit()
    assert asked(config, store) == {"queue": "fault"}
    with store.write() as session:
        jobs.add(session, "runs", plan_id, "robust", {}, soon)
        jobs.begin(session, "runs", soon)
        session.commit()
    assert asked(config, store) == {}  # one runs, and the other waits for its turn
    for queue, said in (("inside", "worked in this process"), ("worker", "worked by planner worker")):
        assert any(said in line.text for line in doctor_database.look(replace(config, queue=queue), store))
    with store.write() as session:
        jobs.beat(session, jobs.Turn("runs", 1), now - timedelta(minutes=5))
        session.commit()
    assert asked(config, store)["worker"] == "fault"


@pytest.mark.only_on("sqlite", "PostgreSQL's file is its own, and its clock is asked for: tests/store/test_database.py")
def test_a_clock_behind_what_was_written(config: Config, store: Database) -> None:
    os.utime(config.data_folder / "malrett.db", (time.time() + 3600,) * 2)
    assert asked(config, store) == {"clock": "warning"}


@pytest.mark.only_on("sqlite", "the others check as they write")
def test_a_damaged_file_and_an_unsafe_setting(config: Config, store: Database) -> None:
    plan(store)
    by_hand = store._engine.raw_connection()
    for said in ("PRAGMA foreign_keys=OFF", "DELETE FROM plan", "PRAGMA synchronous=NORMAL"):
        by_hand.driver_connection.execute(said)  # type: ignore[union-attr]
    by_hand.close()
    assert asked(config, store) == {"file": "fault", "durable": "fault"}


@pytest.mark.only_on("sqlite", "whoever has the file can take a trigger away")
def test_a_log_that_somebody_has_changed(config: Config, store: Database) -> None:
    plan_id = plan(store)
    assert asked(config, store) == {}
    by_hand = store._engine.raw_connection()
    file: Any = by_hand.driver_connection
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f"DROP TRIGGER {name}")
    file.execute("UPDATE plan_log_content SET content = ?", (json.dumps({"name": "Ola"}),))
    by_hand.close()
    lines = list(doctor_database.look(config, store))
    assert ill(lines) == {"logs": "fault"} and any(plan_id in line.text for line in lines)


@pytest.mark.only_on("postgresql", "these are settings of PostgreSQL")
def test_a_postgresql_that_forgets_and_a_role_that_sees_all(config: Config, store: Database, postgres_url: str) -> None:
    """The server of the tests has fsync=off; its own role is a superuser, theirs is not."""
    lines = list(doctor_database.look(config, store))
    assert ill(lines) == {"durable": "fault"}
    assert any("fsync = off, full_page_writes = off" in line.text for line in lines)
    database = Database(postgres_url)
    for access, wrong in (("browser", "warning"), ("server", "fault")):
        assert ill(doctor_database.look(replace(config, access=access), database))["role"] == wrong  # type: ignore[arg-type]
    database.close()


@pytest.mark.parametrize(
    ("trouble", "wrong"), [(None, {}), (Away(), {"issuer": "fault"}), (Refused("issuer"), {"issuer": "fault"})]
)
def test_the_issuer_of_sign_in(
    trouble: Exception | None, wrong: dict[str, str], config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look(_self: Issuer) -> None:
        if trouble is not None:
            raise trouble

    monkeypatch.setattr(Issuer, "look", look)
    server = {"access": "server", "contact": "Kari", "external_url": HTTPS, "secure_cookies": True, "proxies": 1}
    settings = Oidc("https://login.example.no", "id", "secret")
    assert ill(doctor_settings.look(replace(config, oidc=settings, **server))) == wrong  # type: ignore[arg-type]
