"""The PDF: tagged, in the paper's order and language, with its pictures told in words; any text is only text."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from planner.wording.paper import Column, Paper, Points, Row, Section, Table, Text
from tests.files.paper_case import make, pdf, read_pdf
from tests.report_case import BASIS, with_text


@pytest.fixture(scope="module")
def paper() -> Paper:
    return make(replace(BASIS, is_sample=True))


@pytest.fixture(scope="module")
def file(paper: Paper, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pdf") / "sak.pdf"
    made.write_bytes(pdf(paper))
    return made


def info(file: Path, *options: str) -> str:
    told = subprocess.run(["pdfinfo", *options, str(file)], capture_output=True, check=True).stdout
    return told.decode(errors="replace")


def words(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\xa0", " ").replace("\xad", "").split())


def test_it_is_tagged_and_says_what_it_is(paper: Paper, file: Path) -> None:
    told = info(file)
    assert re.search(r"Tagged: +yes", told) and re.search(r"JavaScript: +no", told)
    assert f"Title:           {paper.title}" in told and "Author:          Prøvevik kommune" in told
    assert b"/Lang(nb-NO)" in file.read_bytes()
    assert "pdfuaid:part" in info(file, "-meta")


def test_headings_tables_lists_and_pictures_are_what_they_look_like(paper: Paper, file: Path) -> None:
    structure = info(file, "-struct")
    assert len(re.findall(r"^ *H1 ", structure, re.M)) == len(paper.sections)
    blocks = [block for section in paper.sections for block in section.blocks]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len(re.findall(r"^ *Table ", structure, re.M)) == len(tables)
    assert len(re.findall(r"^ *TH[ :]", structure, re.M)) == sum(len(table.columns) for table in tables)
    lists = [block for block in blocks if isinstance(block, Points)]
    assert len(re.findall(r"^ *L[ :(]", structure, re.M)) >= len(lists)
    assert len(re.findall(r"^ *Figure", structure, re.M)) == len(paper.pictures) == 2


def test_it_reads_in_the_papers_order_with_its_figures(paper: Paper, file: Path) -> None:
    text = words(read_pdf(file))
    places = [text.index(words(section.heading)) for section in paper.sections]
    assert places == sorted(places)
    assert "2 133 000 kr netto til drift: 300 000 kr i 2027, 420 000 kr i 2028, 645 000 kr i 2029 og 768 000" in text
    assert "Områdene teller slik kommunen har bestemt: Bolig 2 og Arbeid 0,5." in text
    assert re.search(r"Netto for kommunen +300 +420 +645 +768 +2 133 +763", words(read_pdf(file, "-layout")))
    pages = int(re.search(r"Pages: +(\d+)", info(file))[1])  # type: ignore[index]
    assert text.count(words(paper.synthetic)) == pages and f"Side {pages} / {pages}" in text


@pytest.mark.parametrize(("language", "spoken"), [("nn", b"/Lang(nn-NO)"), ("en", b"/Lang(en-GB)")])
def test_it_speaks_the_papers_language(language: str, spoken: bytes) -> None:
    assert spoken in pdf(make(language=language))


def test_the_same_paper_is_the_same_file(paper: Paper, file: Path) -> None:
    assert pdf(paper) == file.read_bytes()


HOSTILE = (
    '#read("/etc/passwd") #panic() $x$ *b* `c` \\u{41} @x <y> ]',
    "https://evil.example/" + "x" * 39,
    "a\x00b\x0bc\ufffe\u202e \u200b \u00ad אבג 漢字 👩‍👩‍👧",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_text_and_nothing_breaks(text: str, tmp_path: Path) -> None:
    made = tmp_path / "sak.pdf"
    made.write_bytes(pdf(make(with_text(text))))
    assert b"/URI" not in made.read_bytes()
    read = "".join(read_pdf(made).split())
    if "\x00" not in text and text.isascii():
        assert "".join(text.split()) in read
    if "漢字" in text:
        assert "□□□" in read and "漢" not in read


def test_every_letter_there_is_can_be_printed(paper: Paper, tmp_path: Path) -> None:
    """One that the font lacks stopped the whole file; the paper is read on, with a box in its place."""
    everything = Section("all", "Alt", (Text(" ".join(map(chr, range(0x20, 0x3100)))), Text("\U0001f469\ud800\uffff")))
    made = tmp_path / "sak.pdf"
    made.write_bytes(pdf(replace(paper, sections=(everything,))))
    assert {"æ", "ŋ", "Ж", "□"} <= set(read_pdf(made))


def test_long_texts_and_empty_ones_fit_on_pages(paper: Paper, tmp_path: Path) -> None:
    cells = Table("Lang", (Column("a"), Column("b")), (Row(("z" * 500, "ord " * 900)),))
    long = Section("long", " ", (Text("ord " * 1500), Text(""), Text("y" * 6000), cells))
    made = tmp_path / "sak.pdf"
    made.write_bytes(pdf(replace(paper, sections=(long, *paper.sections))))
    read = read_pdf(made)
    assert read.count("y") >= 6000 and read.count("z") >= 500 and read.count("ord") >= 2400
