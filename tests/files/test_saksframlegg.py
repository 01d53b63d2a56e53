"""The Word file: real headings, lists and tables, read aloud in the right language, opened without repair."""

import io
import re
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn

from planner.wording.paper import Paper, Picture, Points, Table
from tests.files.paper_case import PAYLOADS, as_pdf, make, read_pdf, word
from tests.report_case import BASIS, with_text


@pytest.fixture(scope="module")
def paper() -> Paper:
    return make()


@pytest.fixture(scope="module")
def content(paper: Paper) -> bytes:
    return word(paper)


@pytest.fixture(scope="module")
def document(content: bytes) -> DocumentType:
    return Document(io.BytesIO(content))


def test_every_section_is_a_heading_in_the_papers_order(paper: Paper, document: DocumentType) -> None:
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [section.heading for section in paper.sections]
    assert headings[:2] == ["Saksgang", "Kommunedirektørens innstilling"]
    assert document.paragraphs[0].style is not None and document.paragraphs[0].style.name == "Title"


def test_the_recommendation_is_numbered_and_carries_amounts_and_years(paper: Paper, document: DocumentType) -> None:
    points = next(b for s in paper.sections if s.id == "decision" for b in s.blocks if isinstance(b, Points))
    numbered = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "List Number"]
    assert numbered == [point.text for point in points.points]
    text = "\n".join(numbered).replace("\u202f", " ").replace("\xa0", " ")
    # 300 + 420 + 645 + 768 = 2 133; gross 2 333, of which Husbanken pays 200.
    assert "2 133 000 kr netto til drift: 300 000 kr i 2027, 420 000 kr i 2028, 645 000 kr i 2029 og 768 000" in text
    assert "Brutto er det 2 333 000 kr. Tilskudd det er gitt tilsagn om, dekker 200 000 kr." in text
    assert "763 000 kr netto til drift i 2031" in text
    below = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "List Bullet 2"]
    assert below[:2] == ["2027: A Boligveileder", "2028: B Møteplass på torget"]


def test_tables_are_the_papers_with_header_rows_and_widths(paper: Paper, document: DocumentType) -> None:
    blocks = [block for section in paper.sections for block in section.blocks if isinstance(block, Table)]
    assert len(document.tables) == len(blocks) >= 9
    for table, block in zip(document.tables, blocks, strict=True):
        assert [cell.text for cell in table.rows[0].cells] == [column.name for column in block.columns]
        assert table.rows[0]._tr.trPr is not None and table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == block.caption
        widths = [column.width for column in table.columns]
        assert all(width and width > 300_000 for width in widths) and sum(widths) <= 16.61 * 360_000
        for row, texts in zip(list(table.rows)[1:], block.written(), strict=True):
            assert row.cells[0].text == texts[0]
            assert "\n" not in row.cells[0].text  # a merged row must not gather empty lines


def test_pictures_can_be_heard(paper: Paper, content: bytes, document: DocumentType) -> None:
    drawn = [block for section in paper.sections for block in section.blocks if isinstance(block, Picture)]
    about = [shape._inline.docPr for shape in document.inline_shapes]
    assert [one.get("descr") for one in about] == [picture.alt for picture in drawn]
    assert "Å finne en egnet bolig: 40\xa0%" in drawn[0].alt
    assert len([name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "media/image" in name]) == 2


@pytest.mark.parametrize(("language", "spoken"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_the_file_says_which_language_it_is_read_in(paper: Paper, language: str, spoken: str) -> None:
    file = zipfile.ZipFile(io.BytesIO(word(replace(paper, language=language))))
    styles = ElementTree.fromstring(file.read("word/styles.xml"))
    default = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}")
    assert default is not None and default.get(qn("w:val")) == spoken
    assert f"<dc:language>{spoken}</dc:language>" in file.read("docProps/core.xml").decode()


def test_properties_and_page_numbers(document: DocumentType) -> None:
    about = document.core_properties
    assert about.title == "Bolyst i Prøvevik, handlingsplan 2027–2030" and about.author == "Prøvevik kommune"
    assert about.created is not None and about.created.year == 2026
    foot = document.sections[0].footer._element.xml
    assert "PAGE" in foot and "NUMPAGES" in foot


def test_only_a_sample_says_on_every_page_that_it_is_one() -> None:
    plain = Document(io.BytesIO(word(make())))
    sample = Document(io.BytesIO(word(make(replace(BASIS, is_sample=True)))))
    assert plain.sections[0].header.paragraphs[0].text == ""
    assert "Svarene er laget av et program" in sample.sections[0].header.paragraphs[0].text


@pytest.mark.parametrize("text", [*PAYLOADS, "a\x00b\x0bc\ufffe", "&<>\"'", "]]>", "x" * 60])
def test_any_text_is_text_and_nothing_breaks(text: str) -> None:
    basis = with_text(text)
    document = Document(io.BytesIO(word(make(basis))))
    whole = "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    kept = re.sub(r"[\x00\x0b\ufffe]", "", text).replace("\t", " ").replace("\r", " ")
    assert f"A {kept}" in whole
    relations = document.part.rels.values()
    assert not [rel for rel in relations if rel.is_external], "a link was made of somebody's text"


@pytest.mark.xdist_group("soffice")
def test_libreoffice_prints_it_with_its_words_figures_and_pictures(content: bytes, tmp_path: Path) -> None:
    pdf = as_pdf(content, "sak.docx", tmp_path)
    text = " ".join(read_pdf(pdf).replace("\u202f", " ").replace("\xa0", " ").split())
    for sentence in (
        "Kommunedirektøren rår kommunestyret til å gjøre slikt vedtak:",
        "Det settes av 3 000 000 kr netto til investering: 1 500 000 kr i 2028 og 1 500 000 kr i 2029.",
        "Uten planen lukkes ingen av de 100 behovspoengene.",
        "Også med planen står 86 av 100 behovspoeng igjen.",
        "Kommunen har bestemt på forhånd at det ikke skal med.",
        "Side 1 /",
    ):
        assert sentence in text
    rows = read_pdf(pdf, "-layout").replace("\u202f", " ")
    assert re.search(r"Netto for kommunen\s+300\s+420\s+645\s+768\s+2 133\s+763", rows)
    assert re.search(r"Igjen av rammen\s+240\s+210\s+75\s+42\s+567", rows)
    pictures = subprocess.run(["pdfimages", "-list", str(pdf)], capture_output=True, text=True, check=True).stdout
    assert len(pictures.splitlines()) - 2 >= 2
