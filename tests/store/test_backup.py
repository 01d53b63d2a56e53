"""A backup: taken while others write, of one moment, put back on either engine, and nothing crafted gets in."""

import json
import stat
import threading
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from planner.domain.backup import NotABackup
from planner.domain.log_chain import findings
from planner.services import backup, installation, invitation, signin
from planner.services import plans as service
from planner.services.backup import Refused
from planner.store import copying, log, plans
from planner.store.database import Database
from planner.store.frozen_tables import DecisionRow
from planner.store.tables import SurveyAnswersRow, SurveyCommentRow

AT = datetime(2026, 11, 26, 2, 10, tzinfo=UTC)
SECRET = "det ingen lenger skal kunne lese"


def fill(store: Database, name: str = "Bolyst ÆØÅ \u2028") -> str:
    plan = service.new_plan("me", name, "Prøvevik", "nb", is_sample=False)
    with store.write() as session:
        plans.add(session, plan)
        session.flush()
        session.add(SurveyAnswersRow(plan_id=plan.id, content=bytes(range(256)), stored_at=AT))
        session.add(SurveyCommentRow(plan_id=plan.id, text=SECRET, statements="[]", is_read=True))
        decided = {"document": "{}", "sha256": "0" * 64, "decided_on": date(2026, 11, 26), "stored_at": AT}
        session.add(DecisionRow(plan_id=plan.id, number=1, **decided))
        log.append(session, plan.id, AT, "started", {"number": 1}, {"name": "Kari"})
        log.append(session, plan.id, AT, "plan_kept", {"number": 1})
        session.commit()
    return plan.id


def everything(store: Database) -> dict[str, list[Any]]:
    from planner.store import schema

    with store.snapshot() as connection:
        return {table.name: list(copying.rows(connection, table)) for table in schema.tables(connection)}


@pytest.mark.parametrize("into", ["sqlite", "postgresql"])
def test_everything_comes_back_equal_on_either_engine(
    store: Database, into: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    plan_id = fill(store)
    backup.take(store, tmp_path / "b.zip", AT)
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    other = Database(
        f"sqlite:///{tmp_path / 'fresh.db'}" if into == "sqlite" else request.getfixturevalue("postgres").empty()
    )
    try:
        done = backup.restore(other, tmp_path / "b.zip", AT)
        assert (done.logs, done.broken_logs, done.kept) == (1, (), None)
        assert everything(other) == everything(store)
        with other.write() as session:  # numbers go on, and what was frozen is
            session.add(SurveyCommentRow(plan_id=plan_id, text="ny", statements="[]", is_read=False))
            log.append(session, plan_id, AT, "more")
            session.commit()
        with other.read() as session:
            assert findings(log.chain(session, plan_id)) == ()
        with pytest.raises(Exception, match="never changed"), other.write() as session:
            session.execute(text("UPDATE decision SET document = 'x'"))
    finally:
        other.close()


def test_while_others_write_it_is_one_moment(store: Database, tmp_path: Path) -> None:
    plan_id = fill(store)
    done, written = threading.Event(), [0]

    def write() -> None:
        while not done.is_set():
            with store.write() as session:
                session.add(SurveyCommentRow(plan_id=plan_id, text="x", statements="[]", is_read=False))
                log.append(session, plan_id, AT, "said")
                session.commit()
            written[0] += 1

    writers = [threading.Thread(target=write) for _ in range(3)]
    for one in writers:
        one.start()
    while written[0] < 5:
        done.wait(0.01)
    before = everything(store)
    manifest = backup.take(store, tmp_path / "b.zip", AT)
    after = everything(store)
    done.set()
    for one in writers:
        one.join()
    rows = {table.name: table.rows for table in manifest.tables}
    for name in ("survey_comment", "plan_log"):
        assert len(before[name]) <= rows[name] <= len(after[name])
    assert rows["survey_comment"] - 1 == rows["plan_log"] - 2  # two tables, one moment
    fresh = Database(f"sqlite:///{tmp_path / 'fresh.db'}")
    assert backup.restore(fresh, tmp_path / "b.zip", AT).broken_logs == ()
    fresh.close()


def test_nobody_is_signed_in_by_what_was_so_when_it_was_made(store: Database, tmp_path: Path) -> None:
    path = installation.add_municipality(store, "Prøvevik", "nb", "leder@x.no")
    assert path is not None
    word = "blå hest under bordet"
    opened = invitation.accept(store, path.removeprefix("/invitation/"), None, "Kari", word, word)
    assert isinstance(opened, str) and signin.who(store, opened) is not None
    unused = installation.add_municipality(store, "Annenvik", "nb", "to@x.no")
    assert unused is not None
    backup.take(store, tmp_path / "b.zip", AT)
    fresh = Database(f"sqlite:///{tmp_path / 'fresh.db'}")
    backup.restore(fresh, tmp_path / "b.zip", AT)
    assert signin.who(fresh, opened) is None
    assert invitation.page(fresh, unused.removeprefix("/invitation/"), None) is None
    assert isinstance(signin.by_password(fresh, "key", "leder@x.no", word, ""), str)
    fresh.close()


def test_what_was_deleted_is_not_in_it(store: Database, tmp_path: Path) -> None:
    fill(store)
    with store.write() as session:
        session.execute(text("DELETE FROM survey_comment"))
        session.commit()
    backup.take(store, tmp_path / "b.zip", AT)
    with zipfile.ZipFile(tmp_path / "b.zip") as package:
        assert not any(SECRET.encode() in package.read(name) for name in package.namelist())


def test_a_filled_database_is_left_alone_unless_told_and_then_kept_first(store: Database, tmp_path: Path) -> None:
    fill(store, "Den gamle")
    backup.take(store, tmp_path / "old.zip", AT)
    old = everything(store)
    fill(store, "Den nye")
    new = everything(store)
    with pytest.raises(Refused, match="--replace"):
        backup.restore(store, tmp_path / "old.zip", AT)
    assert everything(store) == new
    done = backup.restore(store, tmp_path / "old.zip", AT, replace_into=tmp_path / "kept.zip")
    assert everything(store) == old and done.kept == tmp_path / "kept.zip"
    backup.restore(store, done.kept, AT, replace_into=tmp_path / "again.zip")
    assert everything(store) == new
    with pytest.raises(FileExistsError):
        backup.take(store, tmp_path / "old.zip", AT)


def remade(path: Path, change: Callable[[dict[str, Any]], None] = lambda _: None, **parts: bytes) -> Path:
    """A backup with its manifest changed, and parts more or instead."""
    made = path.with_name("crafted.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        change(manifest)
        new.writestr("manifest.json", json.dumps(manifest))
        for name in old.namelist():
            if name != "manifest.json":
                new.writestr(name, parts.pop(name, old.read(name)))
        for name, content in parts.items():
            about = zipfile.ZipInfo(name)
            about.external_attr = ((stat.S_IFLNK if name == "link" else stat.S_IFREG) | 0o644) << 16
            new.writestr(about, content)
    return made


def test_a_crafted_file_is_refused_before_anything_is_touched(store: Database, tmp_path: Path) -> None:
    fill(store)
    good = tmp_path / "b.zip"
    backup.take(store, good, AT)
    before = everything(store)

    def named(name: str) -> Callable[[dict[str, Any]], None]:
        return lambda manifest: manifest["tables"][0].update(name=name)

    comment = "tables/survey_comment.jsonl"
    crafted: list[Callable[[], Path]] = [
        lambda: remade(good, link=b"/etc/passwd"),
        lambda: remade(good, **{"../evil": b"x"}),
        lambda: remade(good, **{"tables/x.shell": b".shell id"}),
        lambda: remade(good, **{comment: b".shell id\n"}),
        lambda: remade(good, **{"tables/plan.jsonl": other_letters(good)}),
        lambda: remade(good, named("../../evil")),
        lambda: remade(good, named('plan"; DROP TABLE plan; --')),
        lambda: remade(good, lambda manifest: manifest.update(format="malrett-backup/9")),
        lambda: remade(good, lambda manifest: manifest.pop("tables")),
        lambda: remade(good, lambda manifest: manifest["tables"][0].update(rows=-1)),
        lambda: cut(good),
    ]
    for make in crafted:
        with pytest.raises(NotABackup):
            backup.restore(store, make(), AT, replace_into=tmp_path / "kept.zip")
    with pytest.raises(Refused, match="newer program"):
        newer = remade(good, lambda manifest: manifest.update(revision="9999"))
        backup.restore(store, newer, AT, replace_into=tmp_path / "kept.zip")
    assert everything(store) == before and not (tmp_path / "kept.zip").exists()


def other_letters(path: Path) -> bytes:
    """The plans of a backup, as large as they were, with a letter changed in a name."""
    with zipfile.ZipFile(path) as package:
        there = package.read("tables/plan.jsonl")
    changed = there.replace(b"Bolyst", b"Bolysk")
    assert changed != there
    return changed


def cut(path: Path) -> Path:
    made = path.with_name("cut.zip")
    made.write_bytes(path.read_bytes()[:-200])
    return made


def test_one_that_fails_in_the_middle_leaves_what_was_there(store: Database, tmp_path: Path) -> None:
    fill(store)
    backup.take(store, tmp_path / "b.zip", AT)
    before = everything(store)
    other_heads = remade(tmp_path / "b.zip", lambda manifest: manifest.update(log_heads={}))
    with pytest.raises(NotABackup, match="logs"):
        backup.restore(store, other_heads, AT, replace_into=tmp_path / "kept.zip")
    assert everything(store) == before
