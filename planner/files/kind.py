"""What kind of file is this really? The first bytes tell; the name of a file never does.

Never reads further than it takes to know, and never opens what it recognises as something we do not read.
"""

import io
import zipfile
from typing import Literal

Kind = Literal[
    "empty", "text", "xlsx", "pdf", "word", "archive", "old_excel", "ods", "html", "spss", "protected", "image",
    "binary",
]  # fmt: skip

_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"$FL2", "spss"),
    (b"$FL3", "spss"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "word"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!", "archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NOTHING = b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"
_HEAD = 4096


def kind_of(data: bytes) -> Kind:
    """The kind of a whole file, from its content alone."""
    head = data[:_HEAD]
    if not head.strip(_NOTHING) and not data.strip(_NOTHING):
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        return _inside_ole(data)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_zip(data)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if _is_portable_spss(head):
        return "spss"
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if opening.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<script")):
        return "html"
    return "text" if _reads_as_text(head) else "binary"


def _is_portable_spss(head: bytes) -> bool:
    """POR, the old format for moving between machines: lines of 80, its name after 456 letters of tables."""
    return head.replace(b"\r", b"").replace(b"\n", b"")[456:464] == b"SPSSPORT"


def _inside_ole(data: bytes) -> Kind:
    """The container of Office files before 2007, and of newer ones locked with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "protected"
    return "word" if "WordDocument".encode("utf-16-le") in data else "old_excel"


def _inside_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "archive"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "old_excel"
    if any(name.startswith("word/") for name in names):
        return "word"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    return "archive"


def _reads_as_text(head: bytes) -> bool:
    """Text has few control characters. UTF-16 without a mark is half NUL, always on the same side."""
    if head.startswith(_UTF16_MARKS) or looks_like_utf16(head):
        return True
    odd = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return odd <= len(head) * 0.05


def looks_like_utf16(head: bytes) -> Literal["utf-16-le", "utf-16-be", ""]:
    """UTF-16 without its mark, by where the NULs of ordinary letters stand."""
    head = head[: len(head) // 2 * 2]
    if len(head) < 8:
        return ""
    low, high = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if high > 0.6 * half and low < 0.05 * half:
        return "utf-16-le"
    if low > 0.6 * half and high < 0.05 * half:
        return "utf-16-be"
    return ""
