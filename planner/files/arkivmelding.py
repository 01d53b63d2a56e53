"""What does an archive have to be told of the files of a case? An arkivmelding with case, entry and documents.

Made for an archive system to read and an archivist to finish: it holds what the program knows, and sets neither series,
class, shielding nor who signs. Elements, their order and the fixed words are those of Noark 5; it is no message of any
one archive's own interface, and no schema is read here.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from xml.etree import ElementTree as xml

from planner.files.archive import Part
from planner.wording.paper import without_control

NAMESPACE = "http://www.arkivverket.no/standarder/noark5/arkivmelding"
TYPES = "http://www.w3.org/2001/XMLSchema-instance"
ARCHIVED = frozenset({"pdf", "xml", "json", "txt"})  # the rest are formats that are still worked in
SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")  # of names that are addresses (RFC 9562)


@dataclass(frozen=True, slots=True)
class Case:
    """title: of the case. entry: of the journal entry. by: the municipality. at: when the plan was kept."""

    title: str
    entry: str
    by: str
    at: datetime
    system: str


def write(case: Case, parts: Sequence[Part]) -> bytes:
    """The XML. The first part is the main document, the others its annexes. The same case gives the same bytes."""
    xml.register_namespace("", NAMESPACE)
    xml.register_namespace("xsi", TYPES)
    at = case.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    name = "|".join((case.title, case.by, *(part.sha256 for part in parts)))
    root = xml.Element(f"{{{NAMESPACE}}}arkivmelding")
    _add(root, system=case.system, meldingId=str(uuid.uuid5(SPACE, name)), tidspunkt=at, antallFiler=len(parts))
    folder = _typed(root, "mappe", "saksmappe")
    _add(folder, tittel=case.title, opprettetDato=at, opprettetAv=case.by)
    entry = _typed(folder, "registrering", "journalpost")
    _add(entry, opprettetDato=at, opprettetAv=case.by)
    for number, part in enumerate(parts, start=1):
        _document(entry, case, part, number, at)
    _add(entry, tittel=case.entry, journalposttype="Saksframlegg", journalstatus="Ferdigstilt fra saksbehandler",
         journaldato=at[:10])  # fmt: skip
    _add(folder, saksdato=at[:10], administrativEnhet=case.by, saksansvarlig=case.by, saksstatus="Under behandling")
    xml.indent(root)
    return bytes(xml.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _document(entry: xml.Element, case: Case, part: Part, number: int, at: str) -> None:
    about = _add(entry, dokumentbeskrivelse="")
    _add(
        about,
        dokumenttype="Saksframlegg" if number == 1 else "Vedlegg",
        dokumentstatus="Dokumentet er ferdigstilt",
        tittel=part.title,
        opprettetDato=at,
        opprettetAv=case.by,
        tilknyttetRegistreringSom="Hoveddokument" if number == 1 else "Vedlegg",
        dokumentnummer=number,
        tilknyttetDato=at,
        tilknyttetAv=case.by,
    )
    ending = PurePosixPath(part.name).suffix.removeprefix(".")
    _add(
        _add(about, dokumentobjekt=""),
        versjonsnummer=1,
        variantformat="Arkivformat" if ending in ARCHIVED else "Produksjonsformat",
        format=ending,
        formatDetaljer=part.kind,
        opprettetDato=at,
        opprettetAv=case.by,
        referanseDokumentfil=part.name,
        sjekksum=part.sha256,
        sjekksumAlgoritme="SHA-256",
        filstoerrelse=len(part.content),
    )


def _typed(parent: xml.Element, name: str, kind: str) -> xml.Element:
    return xml.SubElement(parent, f"{{{NAMESPACE}}}{name}", {f"{{{TYPES}}}type": kind})


def _add(parent: xml.Element, **texts: str | int) -> xml.Element:
    """One element for each; the last of them."""
    for name, text in texts.items():
        made = xml.SubElement(parent, f"{{{NAMESPACE}}}{name}")
        made.text = without_control(str(text)) or None
    return made
