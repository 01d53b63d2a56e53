"""How is the council paper set into a municipality's own Word file? At its named places, in its own styles.

`examine` says what is wrong with a file before it is kept, `fill` makes the paper of it; both are to be run in a child
process, since the file is a stranger's. Its own texts, header, footer and styles stand; what it lacks is put in.
"""

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from planner.domain.findings import Finding
from planner.files.docx_safety import TEMPLATE_LINK, unsafe
from planner.files.kind import kind_of
from planner.files.saksframlegg import Sheet, set_section
from planner.files.saksframlegg_lacking import lend_styles
from planner.files.saksframlegg_places import DECIDED, INLINE, MUST, PLACE, REST, SECTIONS, Place, place
from planner.files.saksframlegg_style import LANGUAGES, dress, properties, speak
from planner.wording.paper import Paper, Section
from planner.wording.paper import without_control as plain

MOST_BYTES = 10_000_000
NARROWEST_CM = 8.0


def examine(data: bytes) -> tuple[Finding, ...]:
    """What is wrong with a file (error) or should be known (warning, info); where: the place, as it is written."""
    if len(data) > MOST_BYTES:
        return (Finding("paper_template_too_large", details={"limit": MOST_BYTES // 1_000_000}),)
    if kind_of(data) != "word" or not data.startswith(b"PK"):
        return (Finding("paper_template_not_docx"),)
    found = unsafe(data)
    if found:
        return found
    try:
        document = Document(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception:
        # Not a document but a template with the ending changed, or damaged: python-docx raises what its parts raise.
        return (Finding("paper_template_not_docx"),)
    return tuple(_findings(document))


def _findings(document: DocumentType) -> Iterator[Finding]:
    alone = [one for _, one in _blocks(document)]
    named = [place(text) for element in _texts(document) for text in PLACE.findall(_text(element))]
    for one in dict.fromkeys(named):
        if one.kind == "unknown":
            yield Finding("paper_template_unknown", where=f"{{{{{one.name}}}}}")
        elif one.is_block and sum(other == one for other in named) > sum(other == one for other in alone):
            yield Finding("paper_template_not_alone", where=f"{{{{{one.name}}}}}")
    there = {one.name for one in (*alone, *named)}
    missing = [name for name in SECTIONS if name not in there]
    if REST not in there:
        if MUST in missing:
            yield Finding("paper_template_no_decision", where=f"{{{{{MUST}}}}}")
        for name in missing:
            if name not in (MUST, DECIDED):
                yield Finding("paper_template_missing", "warning", f"{{{{{name}}}}}")
    if "tittel" not in there:
        yield Finding("paper_template_missing", "warning", "{{tittel}}")


def fill(data: bytes, paper: Paper, pictures: Mapping[str, bytes], created: datetime) -> bytes | tuple[Finding, ...]:
    """The paper in the file; or why it cannot be used any longer."""
    found = tuple(one for one in examine(data) if one.severity == "error")
    if found:
        return found
    document = Document(io.BytesIO(data))
    _forget_where_it_came_from(document)
    lend_styles(document)
    speak(document, LANGUAGES.get(paper.language, "nb-NO"))
    properties(document, paper, created)
    places = _blocks(document)  # before any word of the paper is written: a name may look like a place
    _write_inline(document, paper)
    sheet = Sheet(document, pictures, _width(document))
    own = {SECTIONS[one.name] for _, one in places if one.kind == "section"}
    if SECTIONS[DECIDED] not in own and places:
        own.add(SECTIONS[DECIDED])
        first = [section for section in paper.sections if section.id == SECTIONS[DECIDED]]
        _before(sheet, places[0][0], first, with_heading=True)
    for element, one in places:
        sections = [section for section in paper.sections if _goes(section, one, own)]
        _replace(sheet, element, sections, with_heading=not one.bare)
    if paper.synthetic:
        _warn(document, paper)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _forget_where_it_came_from(document: DocumentType) -> None:
    """The template on somebody's disk or server that the file was made from: Word would look for it."""
    settings: Any = document.settings.element
    for link in settings.findall(qn("w:attachedTemplate")):
        settings.remove(link)
    relations = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels
    for id_ in [id_ for id_, one in relations.items() if one.reltype.endswith(f"/{TEMPLATE_LINK}")]:
        del relations[id_]


def example(paper: Paper, created: datetime) -> bytes:
    """A file to begin with: our own look, with every place named, and a sentence for each."""
    document = Document()
    dress(document, paper, created)
    document.add_paragraph("{{tittel}}", style="Title")
    document.add_paragraph("{{undertittel}}", style="Subtitle")
    for name in SECTIONS:
        document.add_paragraph(f"{{{{{name}}}}}")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _goes(section: Section, one: Place, own: set[str]) -> bool:
    return section.id not in own if one.kind == "rest" else section.id == SECTIONS[one.name]


# --- Where places are ------------------------------------------------------------------------------------------------


def _blocks(document: DocumentType) -> list[tuple[Any, Place]]:
    """Paragraphs of the body that are a place and nothing else, and content controls with a place as their tag."""
    found = []
    for element in document.element.body:
        named = ""
        if element.tag == qn("w:p"):
            match = PLACE.fullmatch(_text(element).strip())
            named = match[1] if match else ""
        elif element.tag == qn("w:sdt"):
            tag = element.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
            named = "" if tag is None else tag.get(qn("w:val"), "")
        if named and place(named).is_block:
            found.append((element, place(named)))
    return found


def _texts(document: DocumentType) -> Iterator[Any]:
    """Every paragraph of the body, of its tables and boxes, and of headers and footers."""
    roots = [document.element.body]
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] in ("header", "footer"):
            roots.append(relation.target_part.element)  # both kinds hold XML
    for root in roots:
        yield from root.iter(qn("w:p"))


def _pieces(paragraph: Any) -> list[Any]:
    """The texts of a paragraph, not those of paragraphs in a box inside it."""
    return [one for one in paragraph.iter(qn("w:t")) if next(one.iterancestors(qn("w:p"))) is paragraph]


def _text(paragraph: Any) -> str:
    return "".join(one.text or "" for one in _pieces(paragraph))


# --- Setting ---------------------------------------------------------------------------------------------------------


def _write_inline(document: DocumentType, paper: Paper) -> None:
    """The words go where a place begins, in its look; Word may have spread the place over several pieces."""
    words = dict(zip(INLINE, (paper.title, paper.subtitle, paper.author, paper.subject, paper.synthetic), strict=True))
    for paragraph in _texts(document):
        for match in reversed(list(PLACE.finditer(_text(paragraph)))):
            one = place(match[1])
            if one.kind == "inline":
                _put(_pieces(paragraph), *match.span(), plain(words[one.name]))


def _put(pieces: list[Any], start: int, end: int, words: str) -> None:
    at = 0
    for piece in pieces:
        text = piece.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            piece.text = text[:first] + words + text[last:]
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            words = ""
        at += len(text)


def _replace(sheet: Sheet, element: Any, sections: list[Section], with_heading: bool) -> None:
    """The sections in place of the element."""
    body = sheet.document.element.body
    _before(sheet, element, sections, with_heading)
    ends = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") if element.tag == qn("w:p") else None
    if ends is None:
        body.remove(element)
    else:  # the paragraph also ends a part of the document, with a page size of its own
        for child in [one for one in element if one.tag != qn("w:pPr")]:
            element.remove(child)


def _before(sheet: Sheet, element: Any, sections: list[Section], with_heading: bool) -> None:
    """Set at the end, where python-docx sets things, and moved."""
    body = sheet.document.element.body
    there = set(body)
    for section in sections:
        set_section(sheet, section, with_heading)
    for new in [one for one in body if one not in there]:
        element.addprevious(new)


def _width(document: DocumentType) -> float:
    """Between the margins, where they leave the least."""
    widths = [
        (one.page_width - (one.left_margin or 0) - (one.right_margin or 0)) / 360_000
        for one in document.sections
        if one.page_width
    ]
    return max(NARROWEST_CM, min(widths, default=16.0))


def _warn(document: DocumentType, paper: Paper) -> None:
    """A sample says so on every page, whatever the file's own header holds."""
    for number, section in enumerate(document.sections):
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            if number == 0 or not header.is_linked_to_previous:
                header.add_paragraph(plain(paper.synthetic))
