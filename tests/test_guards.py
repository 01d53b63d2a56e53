"""Does the list of guards fit the source? `python -m bench.guards` takes each away in turn and is run by hand."""

import re

from bench.guard import Guard
from bench.guards import GUARDS, ROOT, TESTS_FAILED, Copy, Outcome, troubles


def test_each_edit_fits_and_each_test_is_there() -> None:
    assert troubles() == []
    assert len(GUARDS) >= 30


def test_each_guard_stands_in_the_table_with_all_the_tests_that_fail_without_it() -> None:
    table = (ROOT / "docs" / "guards.md").read_text(encoding="utf-8")
    rows = {row[1].strip(): row[3] for row in re.finditer(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|", table, re.MULTILINE)}
    for guard in GUARDS:
        told = re.findall(r"`(test_\w+)`", rows.get(guard.name, ""))
        assert sorted(told) == sorted(test.partition("::")[2] for test in guard.tests), guard.name


def test_a_guard_is_held_where_every_one_of_its_tests_fails() -> None:
    guard = Guard("a", "b", (), ("tests/x.py::test_one", "tests/y.py::test_two"))
    assert Outcome(guard, TESTS_FAILED, ("test_two", "test_one"), 1.0, "").is_held
    assert Outcome(guard, TESTS_FAILED, ("test_one",), 1.0, "").green == ("test_two",)
    assert not Outcome(guard, TESTS_FAILED, ("test_one",), 1.0, "").is_held
    assert not Outcome(guard, 2, ("test_two", "test_one"), 1.0, "").is_held


def test_an_edit_of_the_source_is_undone(tmp_path, monkeypatch) -> None:
    copy = Copy(tmp_path)
    seen = []
    monkeypatch.setattr(copy, "run", lambda guard, *_: seen.append((tmp_path / guard.edits[0].file).read_text("utf-8")))
    for guard in GUARDS[:3]:
        copy.without(guard)
        now = (tmp_path / guard.edits[0].file).read_text("utf-8")
        assert now == (ROOT / guard.edits[0].file).read_text("utf-8") != seen.pop()
