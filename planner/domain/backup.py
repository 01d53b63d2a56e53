"""What does a backup say of itself, and is it one that this program can put back?

The manifest: by which program it was made, how its tables looked (the revision), and of each table its columns, how
many rows, and the SHA-256 of the bytes they are written in. heads: where each plan's log ended. It never reads a file:
`planner/files/backup.py` does, and holds what it finds against this.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.log_chain import Head

FORMAT = "malrett-backup/1"
_TABLE = re.compile(r"[a-z][a-z0-9_]{0,62}")
_REVISION = re.compile(r"[0-9a-z_]{1,40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class NotABackup(Exception):
    """The file is not a backup, or not whole; the text says in what, for whoever runs the installation."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table as it was written. size: of its lines, in bytes."""

    name: str
    columns: tuple[str, ...]
    rows: int
    size: int
    sha256: str

    def __post_init__(self) -> None:
        for word in (self.name, *self.columns):
            if not _TABLE.fullmatch(word):
                raise NotABackup(f"{word!r} is no name of a table or column")
        if not self.columns or len(set(self.columns)) < len(self.columns):
            raise NotABackup(f"the columns of {self.name} are not told apart")
        if min(self.rows, self.size) < 0 or not _SHA256.fullmatch(self.sha256):
            raise NotABackup(f"the figures of {self.name} cannot be right")

    @property
    def part(self) -> str:
        """The name of its part in the file."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True, slots=True)
class Manifest:
    """program: its version. made_at: UTC, ISO. heads: plan -> the end of its log."""

    program: str
    revision: str
    made_at: str
    tables: tuple[Table, ...]
    heads: Mapping[str, Head]

    def __post_init__(self) -> None:
        if not _REVISION.fullmatch(self.revision):
            raise NotABackup("it does not say how its tables look")
        if len({table.name for table in self.tables}) < len(self.tables):
            raise NotABackup("a table stands twice in it")

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


def document(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "program": manifest.program,
        "revision": manifest.revision,
        "made_at": manifest.made_at,
        "tables": [
            {"name": one.name, "columns": list(one.columns), "rows": one.rows, "size": one.size, "sha256": one.sha256}
            for one in manifest.tables
        ],
        "log_heads": {
            plan: {"sequence": head.sequence, "sha256": head.sha256} for plan, head in sorted(manifest.heads.items())
        },
    }


def read(found: Any) -> Manifest:
    """The manifest of a JSON document. Raises NotABackup."""
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NotABackup(f"its manifest is not of the form {FORMAT}")
    try:
        return Manifest(
            _text(found["program"]),
            _text(found["revision"]),
            _text(found["made_at"]),
            tuple(_table(one) for one in found["tables"]),
            {_text(plan): Head(_whole(one["sequence"]), _text(one["sha256"])) for plan, one in
             found["log_heads"].items()},
        )  # fmt: skip
    except (KeyError, TypeError, AttributeError):
        raise NotABackup("its manifest lacks something, or holds something else than it should") from None


def _table(one: Any) -> Table:
    columns = tuple(_text(column) for column in one["columns"])
    return Table(_text(one["name"]), columns, _whole(one["rows"]), _whole(one["size"]), _text(one["sha256"]))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value
