"""Which styles must a Word file have for the paper to be set in it, and how does it get those it lacks?

A file has only the styles somebody has used in it. Those that are there are the municipality's look and are not
touched; those that are not are lent from our own, lists with their numbering.
"""

from copy import deepcopy
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.shared import Pt

from planner.files.saksframlegg_style import AFTER_FIGURE, CELL, FIGURE

NEEDED = ("Title", "Subtitle", "Heading 1", "Heading 2", "Caption", "List Number", "List Bullet", "List Bullet 2")
_SIZES = {"Title": 20, "Subtitle": 12, "Heading 1": 15, "Heading 2": 12, "Caption": 9.5}


def lend_styles(document: DocumentType) -> None:
    """Puts in what is lacking."""
    ours = Document()
    there = {style.name for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH}
    for name in NEEDED:
        if name not in there:
            _lend(document, ours, name)
    for name in (CELL, FIGURE, AFTER_FIGURE):
        if name not in there:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.font.size = Pt(9)
            form = style.paragraph_format
            form.space_before = form.space_after = Pt(1.5)
            form.line_spacing = 1.0
            if name == FIGURE:
                form.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if name == AFTER_FIGURE:
                form.left_indent = Pt(8)


def _lend(document: DocumentType, ours: DocumentType, name: str) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    if name in _SIZES:
        style.font.size, style.font.bold = Pt(_SIZES[name]), name != "Subtitle"
        style.paragraph_format.keep_with_next = True
    outline = ours.styles[name].element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if outline is not None:  # a heading is one to a screen reader by this
        style.element.get_or_add_pPr().append(deepcopy(outline))
    numbered = ours.styles[name].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    if numbered is not None:
        number = _lend_numbering(document, ours, numbered.get(qn("w:val")), style.style_id)
        style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number


def _lend_numbering(document: DocumentType, ours: DocumentType, number: str, style: str) -> int:
    """Copies one of our lists into the file; its number there."""
    from_, to = ours.part.numbering_part.element, _numbering(document)
    mine = next(one for one in from_.findall(qn("w:num")) if one.get(qn("w:numId")) == number)
    id_ = mine.find(qn("w:abstractNumId")).get(qn("w:val"))
    shape = deepcopy(next(one for one in from_.findall(qn("w:abstractNum")) if one.get(qn("w:abstractNumId")) == id_))
    free_shape = _free(to, "w:abstractNum", "w:abstractNumId")
    free_number = _free(to, "w:num", "w:numId")
    shape.set(qn("w:abstractNumId"), str(free_shape))
    for link in shape.iter(qn("w:pStyle")):
        link.set(qn("w:val"), style)
    numbers = to.findall(qn("w:num"))
    if numbers:  # the schema wants every shape before the first list
        numbers[0].addprevious(shape)
    else:
        to.append(shape)
    listed = deepcopy(mine)
    listed.set(qn("w:numId"), str(free_number))
    listed.find(qn("w:abstractNumId")).set(qn("w:val"), str(free_shape))
    last = to.findall(qn("w:num"))
    (last[-1] if last else shape).addnext(listed)
    return free_number


def _free(numbering: Any, tag: str, attribute: str) -> int:
    taken = [int(one.get(qn(attribute), "0")) for one in numbering.findall(qn(tag))]
    return max(taken, default=0) + 1


def _numbering(document: DocumentType) -> Any:
    """The file's lists; an empty part where it has none."""
    try:
        part: Any = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        return part.element
    except KeyError:
        theirs = Document().part.numbering_part
        element = deepcopy(theirs.element)
        for child in list(element):
            element.remove(child)
        part = NumberingPart(PackURI("/word/numbering.xml"), theirs.content_type, element, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
        return element
