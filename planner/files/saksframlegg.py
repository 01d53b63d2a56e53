"""How does the council paper become a Word file? Every block of the paper as a real heading, list, table or picture.

Opens without repair, can be read aloud (language, headings, header rows, alt text) and edited. It composes no text and
computes no figure: what it writes is what the page shows.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from planner.files.saksframlegg_style import AFTER_FIGURE, CELL, FIGURE, QUIET, WIDTH_CM, dress
from planner.wording.paper import Block, Heading, Paper, Picture, Points, Row, Section, Table, Text
from planner.wording.paper import without_control as plain

HEAD_FILL, GROUP_FILL = "E0EBEC", "F3F3F4"
LINE, STRONG_LINE = "C4C7C8", "5A5E5F"
LONGEST_ALT = 2000
# A table of at most so many rows is not broken over two pages; with texts in it, its rows take more lines.
KEPT_TOGETHER, KEPT_TOGETHER_WORDY = 20, 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """What blocks are set on, one after the other. pictures: svg -> its PNG. width: centimetres between the margins."""

    document: DocumentType
    pictures: Mapping[str, bytes]
    width: float = WIDTH_CM


def write(paper: Paper, pictures: Mapping[str, bytes], created: datetime) -> bytes:
    """The file. pictures: svg -> its PNG, for every picture of the paper. created: when the plan was kept."""
    document = Document()
    dress(document, paper, created)
    document.add_paragraph(plain(paper.title), style="Title")
    document.add_paragraph(plain(paper.subtitle), style="Subtitle")
    for section in paper.sections:
        set_section(Sheet(document, pictures), section)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def set_section(sheet: Sheet, section: Section, with_heading: bool = True) -> None:
    """The section at the end of the document."""
    if with_heading:
        sheet.document.add_heading(plain(section.heading), level=1)
    for block in section.blocks:
        _block(sheet, block)


def _block(sheet: Sheet, block: Block) -> None:
    document = sheet.document
    if isinstance(block, Text):
        _paragraph(document, block.text, block.quiet)
    elif isinstance(block, Heading):
        document.add_heading(plain(block.text), level=2)
    elif isinstance(block, Points):
        _points(document, block)
    elif isinstance(block, Table):
        _table(sheet, block)
    else:
        _picture(sheet, block)


def _paragraph(document: DocumentType, text: str, quiet: bool) -> None:
    run = document.add_paragraph().add_run(plain(text))
    if quiet:
        run.font.size, run.font.color.rgb = Pt(9), QUIET


def _points(document: DocumentType, block: Points) -> None:
    for point in block.points:
        above = document.add_paragraph(plain(point.text), style="List Number" if block.numbered else "List Bullet")
        above.paragraph_format.keep_with_next = bool(point.below)
        for line in point.below:
            document.add_paragraph(plain(line), style="List Bullet 2")


def _picture(sheet: Sheet, block: Picture) -> None:
    sheet.document.add_paragraph(plain(block.caption), style="Caption")
    shape = sheet.document.add_picture(io.BytesIO(sheet.pictures[block.svg]), width=Cm(sheet.width))
    for side in ("distT", "distB", "distL", "distR"):
        shape._inline.set(side, "0")  # left out, LibreOffice moves the picture a third of a centimetre to the right
    about = shape._inline.docPr
    about.set("descr", plain(block.alt)[:LONGEST_ALT])
    about.set("title", plain(block.caption)[:LONGEST_ALT])


# --- Tables ----------------------------------------------------------------------------------------------------------


def _table(sheet: Sheet, block: Table) -> None:
    document = sheet.document
    document.add_paragraph(plain(block.caption), style="Caption")
    table = document.add_table(rows=1, cols=len(block.columns))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _frame(table, block.caption)
    styles = [_style_of(document, block, place) for place in range(len(block.columns))]
    _write(table.rows[0], [column.name for column in block.columns], styles, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for cell in table.rows[0].cells:
        _fill(cell, HEAD_FILL)
    for row, texts in zip(block.rows, block.written(), strict=True):
        _row(table.add_row(), row, texts, styles)
    _widen(table, _widths(block, sheet.width))
    for word_row, row in zip(list(table.rows)[1:], block.rows, strict=True):
        if row.role == "group":
            word_row.cells[0].merge(word_row.cells[-1])
    if len(block.rows) <= (KEPT_TOGETHER_WORDY if block.is_wordy else KEPT_TOGETHER):
        for word_row in list(table.rows)[:-1]:
            word_row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    # Word needs a paragraph between two tables; an empty one takes next to no room.
    below = document.add_paragraph()
    note = below.add_run(plain(block.note))
    note.font.size, note.font.color.rgb = Pt(9 if block.note else 2), QUIET
    below.paragraph_format.space_before, below.paragraph_format.space_after = Pt(3), Pt(7 if block.note else 0)


def _row(word_row: _Row, row: Row, texts: Sequence[str], styles: Sequence[ParagraphStyle]) -> None:
    _write(word_row, texts, styles, bold=row.role != "plain")
    if row.role == "group":
        word_row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    for cell in word_row.cells if row.role != "plain" else ():
        if row.role == "group":
            _fill(cell, GROUP_FILL)
        else:
            _border(cell)


def _write(word_row: _Row, texts: Sequence[str], styles: Sequence[ParagraphStyle], bold: bool) -> None:
    for cell, text, style in zip(word_row.cells, texts, styles, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph._p.style = style.style_id  # by name it is looked up among all styles, thirty times as slowly
        if text:  # an empty run would become a line of its own when a row is merged
            run = paragraph.add_run(plain(text))
            if bold:
                run.font.bold = True


def _style_of(document: DocumentType, block: Table, place: int) -> ParagraphStyle:
    after_figures = place > 0 and block.columns[place - 1].is_figures
    name = FIGURE if block.columns[place].is_figures else AFTER_FIGURE if after_figures else CELL
    style: ParagraphStyle = document.styles[name]
    return style


def _widen(table: WordTable, widths: Sequence[float]) -> None:
    """The width of every column and of every cell: Word reads the one, LibreOffice the other."""
    for grid, width in zip(table.columns, widths, strict=True):
        grid.width = Cm(width)
    for word_row in table.rows:
        _mark(word_row, "w:cantSplit")
        for cell, width in zip(word_row.cells, widths, strict=True):
            cell.width = Cm(width)


def _widths(block: Table, width: float) -> list[float]:
    """Centimetres; without them Word makes a narrow column of the longest text."""
    whole = sum(column.width for column in block.columns)
    return [width * column.width / whole for column in block.columns]


def _frame(table: WordTable, caption: str) -> None:
    """Thin lines between the rows, none between the columns; room inside the cells; what the table shows, in words."""
    about: Any = table._tbl.tblPr
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_line(side, LINE))
    about.append(borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "70")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = about.find(qn("w:tblLook"))
    if look is not None:
        about.remove(look)
    said = OxmlElement("w:tblCaption")
    said.set(qn("w:val"), plain(caption))
    # The schema wants them in this order: borders, layout, cell margins, look, caption.
    layout = about.find(qn("w:tblLayout"))
    if layout is not None:
        about.remove(layout)
        about.append(layout)
    about.append(margins)
    if look is not None:
        about.append(look)
    about.append(said)


def _line(side: str, colour: str) -> Any:
    line = OxmlElement(f"w:{side}")
    for name, value in (("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", colour)):
        line.set(qn(name), value)
    return line


def _border(cell: _Cell) -> None:
    """A stronger line over a sum."""
    borders = OxmlElement("w:tcBorders")
    borders.append(_line("top", STRONG_LINE))
    cell._tc.get_or_add_tcPr().append(borders)


def _fill(cell: _Cell, colour: str) -> None:
    fill = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        fill.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(fill)


def _mark(row: _Row, name: str) -> None:
    """w:tblHeader: shown again on each page. w:cantSplit: never broken over two."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))
