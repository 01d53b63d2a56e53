"""How does a template of docs/duties become a Word file? The few marks of Markdown that they are written with.

Headings, paragraphs, points, tables whose first line is their head, and **bold**, *slanted* and `code` in a line. Only
real styles, so that a heading is a heading to whoever has it read aloud. The texts are ours: nothing that people write.
"""

import io
import re
from collections.abc import Sequence
from itertools import groupby

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from planner.files.shipped import shipped

NAMES = ("tilgjengelighet", "personvern", "dpia", "protokoll", "databehandler")
SPOKEN = {"nb": "nb-NO", "nn": "nn-NO"}
_MARKED = re.compile(r"(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)")


def read_template(name: str, language: str) -> str | None:
    """The text of one of the templates; None where there is none of this name in this language."""
    if name not in NAMES or language not in SPOKEN:
        return None
    return (shipped("docs") / "duties" / language / f"{name}.md").read_text(encoding="utf-8")


def docx_file(text: str, language: str) -> bytes:
    document = Document()
    _dress(document, language)
    blocks = (list(lines) for is_empty, lines in groupby(text.splitlines(), key=lambda line: not line) if not is_empty)
    for lines in blocks:
        _block(document, lines)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _block(document: DocumentType, lines: Sequence[str]) -> None:
    if lines[0].startswith("#"):
        marks, _, title = lines[0].partition(" ")
        document.add_heading(title, len(marks) - 1)
        if len(marks) == 1:
            document.core_properties.title = title
    elif lines[0].startswith("|"):
        _table(document, [[cell.strip() for cell in line.strip("|").split("|")] for line in lines])
    elif lines[0].startswith("- "):
        for line in lines:
            _write(document.add_paragraph(style="List Bullet"), line.removeprefix("- "))
    else:
        _write(document.add_paragraph(), " ".join(lines))


def _table(document: DocumentType, rows: Sequence[Sequence[str]]) -> None:
    """The second row is the line under the head; a head without a word is left out."""
    head, _line, *rest = rows
    has_head = any(head)
    told = [head, *rest] if has_head else rest
    table = document.add_table(0, len(head), style="Table Grid")
    for number, row in enumerate(told):
        line = table.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # no row begins on one page and ends on the next
        for cell, text in zip(line.cells, row, strict=True):
            _write(cell.paragraphs[0], f"**{text}**" if has_head and number == 0 and text else text)
            _space(cell.paragraphs[0])
    if has_head:
        properties = table.rows[0]._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:tblHeader"))  # repeated on the next page, and read aloud as a head
    document.add_paragraph()


def _space(paragraph: Paragraph) -> None:
    """Air around what stands in a cell, and letters small enough for its words."""
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(3)
    for run in paragraph.runs:
        run.font.size = Pt(9)


def _write(paragraph: Paragraph, text: str) -> None:
    for part in filter(None, _MARKED.split(text)):
        if part.startswith("**"):
            paragraph.add_run(part[2:-2]).bold = True
        elif part.startswith("*"):
            paragraph.add_run(part[1:-1]).italic = True
        elif part.startswith("`"):
            paragraph.add_run(part[1:-1]).font.name = "Consolas"
        else:
            paragraph.add_run(part)


def _dress(document: DocumentType, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    tabs = document.settings.element.find(qn("w:defaultTabStop"))
    tabs.addnext(OxmlElement("w:autoHyphenation"))  # long words, narrow cells; it has its place in the order
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10)
    spoken = document.styles.element.find(f".//{qn('w:lang')}")
    spoken.set(qn("w:val"), SPOKEN[language])
    properties = document.core_properties
    properties.language, properties.author, properties.comments = SPOKEN[language], "", ""
