"""How does a backup lie in a file? One zip: a manifest and, for each table, its rows as lines of JSON.

Nothing in it is ever run, unpacked to a path or given to another program. Before anything else is done with a file, all
of it is read once and held against its manifest. Written under another name first, so that a name stands for a whole
backup; readable by its owner only.
"""

import base64
import hashlib
import json
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from planner.domain.backup import Manifest, NotABackup, Table, document, read

MANIFEST = "manifest.json"
_MANIFEST_BYTES = 64 << 20
_LINE_BYTES = 1 << 30

Row = Sequence[Any]
Source = tuple[str, tuple[str, ...], Iterable[Row]]


def write(path: Path, sources: Iterable[Source], describe: Callable[[tuple[Table, ...]], Manifest]) -> Manifest:
    """Write a backup; the manifest is made when all rows are written. Raises FileExistsError."""
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
                manifest = describe(tuple(_table(package, *source) for source in sources))
                package.writestr(MANIFEST, json.dumps(document(manifest), indent=1))
            file.flush()
            os.fsync(file.fileno())
        os.rename(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)
    return manifest


def sync_folder(path: Path) -> None:
    """Have the names in a folder survive the machine's stopping."""
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Backup:
    """A backup that has been read through and is what its manifest says. Raises NotABackup."""

    def __init__(self, path: Path) -> None:
        try:
            self._package = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError):
            raise NotABackup("it is not a zip file, or not a whole one") from None
        try:
            self.manifest = self._manifest()
            self._hold_names()
            for table in self.manifest.tables:
                self._hold(table)
        except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, OSError, zlib.error) as error:
            self.close()
            raise NotABackup(f"it is damaged: {error}") from None
        except NotABackup:
            self.close()
            raise

    def close(self) -> None:
        self._package.close()

    def rows(self, table: Table) -> Iterator[Row]:
        width = len(table.columns)
        for line in self._lines(table):
            try:
                row = [_value(cell) for cell in json.loads(line)]
            except (ValueError, TypeError, KeyError, RecursionError):
                raise NotABackup(f"a row of {table.name} cannot be read") from None
            if len(row) != width:
                raise NotABackup(f"a row of {table.name} has another number of columns")
            yield row

    def _manifest(self) -> Manifest:
        names = self._package.namelist()
        if names.count(MANIFEST) != 1:
            raise NotABackup("it has no manifest")
        if self._package.getinfo(MANIFEST).file_size > _MANIFEST_BYTES:
            raise NotABackup("its manifest is too large")
        try:
            return read(json.loads(self._package.read(MANIFEST)))
        except (ValueError, RecursionError):
            raise NotABackup("its manifest is not JSON") from None

    def _hold_names(self) -> None:
        """Only what the manifest names, once each, as plain files."""
        parts = self._package.infolist()
        if sorted(part.filename for part in parts) != sorted(
            [MANIFEST, *(table.part for table in self.manifest.tables)]
        ):
            raise NotABackup("it holds other parts than its manifest names")
        for part in parts:
            kind = stat.S_IFMT(part.external_attr >> 16)
            if part.is_dir() or kind not in (0, stat.S_IFREG):
                raise NotABackup(f"{part.filename} is no plain file")
            if part.flag_bits & 0x1:
                raise NotABackup(f"{part.filename} is encrypted")

    def _hold(self, table: Table) -> None:
        if self._package.getinfo(table.part).file_size != table.size:
            raise NotABackup(f"{table.part} is of another size than its manifest says")
        found, rows = hashlib.sha256(), 0
        for line in self._lines(table):
            found.update(line)
            rows += 1
        if (found.hexdigest(), rows) != (table.sha256, table.rows):
            raise NotABackup(f"{table.part} is not what its manifest says")

    def _lines(self, table: Table) -> Iterator[bytes]:
        with self._package.open(table.part) as lines:
            while line := lines.readline(_LINE_BYTES):
                yield line


def _table(package: zipfile.ZipFile, name: str, columns: tuple[str, ...], rows: Iterable[Row]) -> Table:
    found, count, size = hashlib.sha256(), 0, 0
    about = zipfile.ZipInfo(f"tables/{name}.jsonl")
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = (stat.S_IFREG | 0o600) << 16
    with package.open(about, "w", force_zip64=True) as part:
        for row in rows:
            line = json.dumps([_cell(value) for value in row], ensure_ascii=False, separators=(",", ":"))
            written = line.encode("utf-8", "surrogatepass") + b"\n"
            part.write(written)
            found.update(written)
            count, size = count + 1, size + len(written)
    return Table(name, columns, count, size, found.hexdigest())


def _cell(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"a {type(value).__name__} has no place in a backup")


def _value(cell: Any) -> Any:
    if not isinstance(cell, dict):
        if isinstance(cell, list):
            raise TypeError
        return cell
    ((kind, text),) = cell.items()
    if kind == "bytes":
        return base64.b64decode(text, validate=True)
    return datetime.fromisoformat(text) if kind == "at" else {"on": date.fromisoformat}[kind](text)
