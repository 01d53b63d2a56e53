"""May a Word file from a stranger be used as a template? Nothing in it may run, fetch, or hide another file.

To be run in a child process: the caps here stop what they can count, and the child's limits stop the rest. It looks at
every part of the file and changes none; a link that a reader clicks on is the only thing allowed to point outside.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from planner.domain.findings import Finding

MOST_ENTRIES, MOST_INSIDE_MB, MOST_RATIO = 500, 60, 300
TEMPLATE_LINK = "attachedTemplate"
"""Word writes which template a file came from into nearly every file: allowed here, and taken out when it is used."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CLICKED = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_MACRO = re.compile(r"vba|macro", re.IGNORECASE)
_PICTURES_AND_LETTERS = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".ttf", ".odttf")
_XML = (".xml", ".rels", ".vml")
_WITHIN = ("oleObject", "package", "control", "aFChunk", "subDocument", "frame", "mailMergeSource")
"""Kinds of relations that put another file in, or let something run."""
_FIELDS = frozenset({
    "PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "TITLE",
    "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "LASTSAVEDBY", "FILENAME", "DOCPROPERTY", "STYLEREF", "REF", "PAGEREF",
    "NOTEREF", "TOC", "TC", "HYPERLINK", "SEQ", "SYMBOL", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN",
})  # fmt: skip
"""Fields that only count, repeat or link. Others fetch files, ask questions or run programs when they are updated."""


def unsafe(data: bytes) -> tuple[Finding, ...]:
    """Everything that keeps the file from being used."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            large = _too_large(entries, len(data))
            return (large,) if large else tuple(dict.fromkeys(_look(archive, entries)))
    except DefusedXmlException:
        return (Finding("paper_template_refused"),)
    except MemoryError:
        raise
    except Exception:
        # A damaged file makes the reader raise whatever its parts raise.
        return (Finding("paper_template_broken"),)


def _too_large(entries: list[zipfile.ZipInfo], size: int) -> Finding | None:
    """By the sizes the archive states; a member that is larger than it states fails when read."""
    inside = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or inside > MOST_INSIDE_MB * 1_000_000 or inside > MOST_RATIO * max(size, 20_000):
        return Finding("paper_template_large_inside")
    return None


def _look(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    for entry in entries:
        name = entry.filename.lower()
        if entry.flag_bits & 1:
            yield Finding("paper_template_broken")
        elif _MACRO.search(name):
            yield Finding("paper_template_macros")
        elif name.endswith(_XML):
            root = ElementTree.fromstring(archive.read(entry), forbid_dtd=True)
            if name == "[content_types].xml":
                yield from _kinds(root)
            yield from _relations(root) if name.endswith(".rels") else _fields(root)
        elif not name.endswith((*_PICTURES_AND_LETTERS, "/")):
            yield Finding("paper_template_embedded", where=entry.filename.rsplit("/", 1)[-1][:80])


def _kinds(root: Element) -> Iterator[Finding]:
    """What is read as text of the document must be called so, or it would not have been looked at."""
    for one in root:
        kind = one.get("ContentType", "").lower()
        name = one.get("PartName") or f".{one.get('Extension', '')}"
        if _MACRO.search(kind):
            yield Finding("paper_template_macros")
        elif kind.endswith("xml") and not name.lower().endswith(_XML):
            yield Finding("paper_template_broken")


def _relations(root: Element) -> Iterator[Finding]:
    for one in root:
        kind, target = one.get("Type", "").rsplit("/", 1)[-1], one.get("Target", "")
        if kind in _WITHIN:
            yield Finding("paper_template_embedded", where=target[:80])
        elif one.get("TargetMode") == "External" and kind != TEMPLATE_LINK and not _is_clicked(kind, target):
            yield Finding("paper_template_outside", where=target[:80])


def _is_clicked(kind: str, target: str) -> bool:
    return kind == "hyperlink" and bool(_CLICKED.match(target))


def _fields(root: Element) -> Iterator[Finding]:
    """The words of a field may be spread over pieces, and a field may stand inside another."""
    said = [one.get(f"{_W}instr", "") for one in root.iter(f"{_W}fldSimple")]
    open_: list[list[str]] = []
    for one in root.iter():
        if one.tag == f"{_W}fldChar" and one.get(f"{_W}fldCharType") == "begin":
            open_.append([])
        elif one.tag == f"{_W}fldChar" and one.get(f"{_W}fldCharType") == "end" and open_:
            said.append("".join(open_.pop()))
        elif one.tag == f"{_W}instrText":
            (open_[-1] if open_ else said).append(one.text or "")
    said += ["".join(words) for words in open_]
    for words in said:
        word = (words.split() or [""])[0].upper()
        if word not in _FIELDS and words.strip():
            yield Finding("paper_template_field", where=word[:40])
