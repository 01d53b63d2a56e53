"""Is it written down what becomes of two people's changes? Every command and every table has its row, and no other."""

import re
from pathlib import Path

from flask import Flask

from planner.store.tables import metadata

DOCUMENT = Path(__file__).parent.parent / "docs" / "concurrent-edits.md"
CLASSES = {"versioned", "once", "append", "same", "job", "removes, told", "removes", "replaces"}


def rows(heading: str) -> dict[str, str]:
    """The first column, and the second, of the table under a heading."""
    part = DOCUMENT.read_text(encoding="utf-8").partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^\| `([^`]+)` \| ([^|]*?) \|", part, re.MULTILINE)
    assert len(found) == len(dict(found)), "a row stands twice"
    return dict(found)


def test_every_command_is_in_a_class(app: Flask) -> None:
    commands = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or set())}
    told = rows("Commands")
    assert told.keys() == commands
    assert set(told.values()) <= CLASSES


def test_every_table_says_how_a_change_is_kept() -> None:
    assert rows("Tables").keys() == metadata.tables.keys()
