"""The package for the archive: whole, checked by its own sums, described for an archive, and the same every time."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

import pytest
from flask import Flask

from planner.domain.problem_file import problem_sha256, read_problem
from planner.files.archive import Part, steady, write
from planner.files.package import Order, make
from planner.services import archive
from planner.store import decisions
from planner.store.database import Database
from planner.wording import archive as words
from planner.wording.in_language import speaking
from tests import decision_case
from tests.report_case import problem, with_text
from tests.services.test_report import KEPT_AT, keep

NOARK = "{http://www.arkivverket.no/standarder/noark5/arkivmelding}"


def made(app: Flask, database: Database, plan_id: str) -> bytes:
    """The zip, made as in a child."""
    with speaking("nb"):
        order = archive.gather(database, plan_id, 1)
    assert isinstance(order, Order) and archive.name(order).startswith("Arkivpakke")
    content, stages = b"", list[str]()
    with speaking("nb"):
        content = cast(bytes, make(order, stages.append))
    assert ["read", *stages] == list(words.STAGES)
    return content


def test_it_is_whole_and_its_own_sums_and_programs_say_so(
    app: Flask, database: Database, plan_id: str, tmp_path: Path
) -> None:
    keep(database, plan_id)
    folder = tmp_path / "pakke"
    with zipfile.ZipFile(io.BytesIO(made(app, database, plan_id))) as opened:
        opened.extractall(folder)
    names = {path.name for path in folder.iterdir()}
    assert names >= {"saksframlegg.pdf", "saksframlegg.docx", "handlingsdel.xlsx", "offentlig-vedlegg.html"}
    for command in (["sha256sum", "-c", "SHA256SUMS"], [sys.executable, "verify_log.py", "malrett-logg.json"]):
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    listed = [line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()]
    assert {*listed, "SHA256SUMS"} == names
    asked = read_problem((folder / "regnestykke.json").read_bytes()).problem
    assert asked is not None and problem_sha256(asked) == problem_sha256(problem())
    assert json.loads((folder / "svar.json").read_text())["value"] == pytest.approx(14)
    read_me = (folder / "LES-MEG.txt").read_text(encoding="utf-8")
    assert problem_sha256(problem()) in read_me and all(name in read_me for name in {*listed} - {"LES-MEG.txt"})


def test_what_was_decided_of_this_plan_lies_in_it(app: Flask, database: Database, plan_id: str) -> None:
    keep(database, plan_id)
    keep(database, plan_id, "En annen")
    with database.write() as session:
        for number, kept in ((1, 1), (2, 2), (3, 1)):
            document = decision_case.document(number=number, kept=kept)
            decisions.add(session, plan_id, document, date(2026, 11, 24), KEPT_AT)
        session.commit()
    with zipfile.ZipFile(io.BytesIO(made(app, database, plan_id))) as opened:
        found = [name for name in opened.namelist() if name.startswith("vedtak")]
        assert found == ["vedtak-1.json", "vedtak-3.json"]
        with database.read() as session:
            stored = decisions.find(session, plan_id, 3)
        assert stored is not None and sha256(opened.read("vedtak-3.json")).hexdigest() == stored.sha256


def test_the_archive_is_told_of_each_file(app: Flask, database: Database, plan_id: str) -> None:
    keep(database, plan_id, basis=with_text("<a>&\x00 ]]>"))
    with zipfile.ZipFile(io.BytesIO(made(app, database, plan_id))) as opened:
        root = ElementTree.fromstring(opened.read("arkivmelding.xml"))
        names = [one for one in opened.namelist() if one not in ("SHA256SUMS", "arkivmelding.xml")]
        described = {}
        for document in root.iter(f"{NOARK}dokumentbeskrivelse"):
            told = {one.tag.removeprefix(NOARK): one.text for one in document.iter()}
            described[told["referanseDokumentfil"]] = told
            assert told["sjekksum"] == sha256(opened.read(told["referanseDokumentfil"] or "")).hexdigest()
        assert list(described) == names and root.findtext(f"{NOARK}antallFiler") == str(len(names))
    assert described["saksframlegg.pdf"]["tilknyttetRegistreringSom"] == "Hoveddokument"
    assert described["handlingsdel.xlsx"]["tilknyttetRegistreringSom"] == "Vedlegg"
    assert root.findtext(f"{NOARK}mappe/{NOARK}tittel") == "<a>& ]]>"
    assert root.findtext(f"{NOARK}tidspunkt") == "2026-11-23T09:00:00Z"


def test_the_same_case_gives_the_same_bytes(
    app: Flask, database: Database, plan_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(database, plan_id)
    first = made(app, database, plan_id)
    # A zip tells the moment of each file to two seconds: an hour later none of it may be seen.
    monkeypatch.setattr("time.time", lambda: 4_000_000_000.0)
    assert made(app, database, plan_id) == first


def test_what_does_not_agree_does_not_go_out(app: Flask, database: Database, plan_id: str) -> None:
    keep(database, plan_id, value=15.0)
    with speaking("nb"):
        refused = archive.gather(database, plan_id, 1)
        assert refused is not None and not isinstance(refused, Order) and refused.findings
        assert archive.gather(database, plan_id, 2) is None


def test_two_parts_never_share_a_name_and_an_office_file_keeps_its_parts() -> None:
    one = Part("a.txt", "text/plain", "A", b"1")
    with pytest.raises(ValueError, match="same name"):
        write([one, one])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as office:
        office.writestr("[Content_Types].xml", "x")
        office.writestr("word/document.xml", "y")
    with zipfile.ZipFile(io.BytesIO(steady(made.getvalue()))) as kept:
        assert (
            kept.namelist() == ["[Content_Types].xml", "word/document.xml"] and kept.read("word/document.xml") == b"y"
        )
