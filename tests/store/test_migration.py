"""Tables are changed after a copy that has been looked through; whatever goes wrong leaves the old ones."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from planner.services import plans as service
from planner.store import copy_file, copying, plans, schema
from planner.store.database import Database, sqlite_module
from planner.store.schema import CannotMigrate

OLD = "0014"


def old_database(url: str) -> Database:
    """One that a program of some time ago has made, with three plans in it."""
    database = Database(url)
    with database.altering() as connection:
        schema.upgrade(connection, OLD)
    with database.write() as session:
        for _ in range(3):
            plans.add(session, service.new_plan("me", "Bolyst", "Prøvevik", "nb", is_sample=False))
        session.commit()
    return database


def revision(database: Database) -> str | None:
    with database.snapshot() as connection:
        return schema.revision(connection)


def test_the_copy_is_what_was_there_and_old_copies_go(tmp_path: Path) -> None:
    file = tmp_path / "malrett.db"
    copy_file.name(file, "0001").write_bytes(b"of the change before")
    database = old_database(f"sqlite:///{file}")
    database.migrate()
    assert revision(database) == schema.head()
    database.close()
    assert copy_file.kept(file) == (copy_file.name(file, OLD),)
    copy = Database(f"sqlite:///{copy_file.name(file, OLD)}")
    assert revision(copy) == OLD
    with copy.snapshot() as connection:
        assert copying.counts(connection)["plan"] == 3
    copy.close()


def test_up_to_date_or_new_there_is_no_copy(tmp_path: Path) -> None:
    for _ in range(2):
        database = Database(f"sqlite:///{tmp_path / 'malrett.db'}")
        database.migrate()
        database.close()
    assert copy_file.kept(tmp_path / "malrett.db") == ()


def test_a_step_that_fails_takes_the_others_back(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = old_database(empty_url)
    upgrade = command.upgrade

    def second_fails(config: object, to: str) -> None:
        upgrade(config, "0015")  # type: ignore[arg-type]
        raise RuntimeError("the step after it")

    monkeypatch.setattr("planner.store.schema.command.upgrade", second_fails)
    with pytest.raises(RuntimeError, match="the step after"):
        database.migrate()
    assert revision(database) == OLD
    monkeypatch.undo()
    database.migrate()
    assert revision(database) == schema.head()
    database.close()


def test_one_of_a_newer_program_is_left_alone(empty_url: str) -> None:
    database = Database(empty_url)
    database.migrate()
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.commit()
    with pytest.raises(CannotMigrate, match="newer program"):
        database.migrate()
    assert revision(database) == "9999"
    database.close()


def test_a_copy_that_lacks_something_stops_the_change(tmp_path: Path) -> None:
    file = tmp_path / "malrett.db"
    old_database(f"sqlite:///{file}").close()
    with pytest.raises(CannotMigrate, match="lacks rows of plan"):
        copy_file.keep(sqlite_module(), file, OLD, {"plan": 4})
    assert list(tmp_path.glob("*unfinished*")) == [] and copy_file.kept(file) == ()


KILLED = """
import os, signal, sys
from alembic import command
from planner.store.database import Database
upgrade = command.upgrade
def killed(config, to):
    if sys.argv[2] == "after":
        upgrade(config, to)
    os.kill(os.getpid(), signal.SIGKILL)
command.upgrade = killed
Database(sys.argv[1]).migrate()
"""


@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_in_the_middle_it_is_the_old_one(tmp_path: Path, when: str) -> None:
    url = f"sqlite:///{tmp_path / 'malrett.db'}"
    old_database(url).close()
    ended = subprocess.run([sys.executable, "-c", KILLED, url, when], env=dict(os.environ), check=False)
    assert ended.returncode == -signal.SIGKILL
    database = Database(url)
    assert revision(database) == OLD
    with database.snapshot() as connection:
        assert copying.whole(connection) and copying.counts(connection)["plan"] == 3
    database.migrate()
    assert revision(database) == schema.head()
    database.close()
