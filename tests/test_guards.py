"""Does the list of guards fit the source? `python -m bench.guards` takes each away in turn and is run by hand."""

import re

from bench.guards import GUARDS, ROOT, Copy, troubles


def test_each_edit_fits_and_each_test_is_there() -> None:
    assert troubles() == []
    assert len(GUARDS) >= 30


def test_each_guard_stands_in_the_table_with_a_test_that_fails_without_it() -> None:
    table = (ROOT / "docs" / "guards.md").read_text(encoding="utf-8")
    rows = {row[1].strip(): row[3] for row in re.finditer(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|", table, re.MULTILINE)}
    for guard in GUARDS:
        assert rows.get(guard.name, "").count("`test_"), guard.name


def test_an_edit_of_the_source_is_undone(tmp_path, monkeypatch) -> None:
    copy = Copy(tmp_path)
    seen = []
    monkeypatch.setattr(copy, "run", lambda guard, *_: seen.append((tmp_path / guard.edits[0].file).read_text("utf-8")))
    for guard in GUARDS[:3]:
        copy.without(guard)
        now = (tmp_path / guard.edits[0].file).read_text("utf-8")
        assert now == (ROOT / guard.edits[0].file).read_text("utf-8") != seen.pop()
