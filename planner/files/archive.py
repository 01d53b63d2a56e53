"""How do the files of a case become one package for the archive? One zip with their checksums, the same every time.

What is in it depends on nothing but the files: no clock, no name of a machine. SHA256SUMS is read by `sha256sum -c`.
"""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

SUMS = "SHA256SUMS"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can hold


@dataclass(frozen=True, slots=True)
class Part:
    """One file. name: plain letters, so that every machine can hold it. title: what an archivist reads."""

    name: str
    kind: str
    title: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def write(parts: Sequence[Part]) -> bytes:
    """The zip. Raises ValueError when two parts have one name."""
    names = [part.name for part in parts]
    if len({SUMS, *names}) <= len(names):
        raise ValueError("two parts of a package have the same name")
    sums = "".join(f"{part.sha256}  {part.name}\n" for part in parts)
    return _zip([(part.name, part.content) for part in parts] + [(SUMS, sums.encode("utf-8"))])


def steady(content: bytes) -> bytes:
    """An office file, which is a zip, without the moment it was written: equal parts then give equal bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return _zip([(name, old.read(name)) for name in old.namelist()])


def _zip(parts: Sequence[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts:
            about = zipfile.ZipInfo(name, EARLIEST)
            about.compress_type = zipfile.ZIP_DEFLATED
            about.external_attr = 0o644 << 16
            package.writestr(about, content)
    return made.getvalue()
