"""What does a saksframlegg look like, and in which language is it read aloud? Page, styles, header, footer, properties.

Only real styles are used, so that headings are headings to a screen reader and a municipality can lay its own template
over them. Nothing here knows what the paper says.
"""

from datetime import UTC, datetime
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from planner.wording.paper import Paper, without_control

LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
FONT = "Arial"
ACCENT, INK, QUIET = RGBColor(0x06, 0x30, 0x36), RGBColor(0x27, 0x2C, 0x2E), RGBColor(0x5A, 0x5E, 0x5F)
WARNING = RGBColor(0x8A, 0x3A, 0x14)
WIDTH_CM = 16.6  # A4 less its margins

# name, size, bold, colour, space before and after, kept with what follows
_STYLES: tuple[tuple[str, float, bool, RGBColor, float, float, bool], ...] = (
    ("Normal", 10.5, False, INK, 0, 7, False),
    ("Title", 22, True, ACCENT, 0, 4, True),
    ("Subtitle", 12, False, QUIET, 0, 14, True),
    ("Heading 1", 15, True, ACCENT, 20, 6, True),
    ("Heading 2", 11.5, True, ACCENT, 13, 4, True),
    ("Caption", 9.5, True, INK, 10, 4, True),
    ("List Number", 10.5, False, INK, 0, 5, False),
    ("List Bullet", 10.5, False, INK, 0, 3, False),
    ("List Bullet 2", 10, False, INK, 0, 3, False),
    ("Header", 8.5, True, WARNING, 0, 0, False),
    ("Footer", 8.5, False, QUIET, 0, 0, False),
)


CELL, FIGURE, AFTER_FIGURE = "Tabelltekst", "Tabelltall", "Tabelltekst etter tall"
"""Styles of our own for what stands in tables: one place for a municipality to change them."""


def dress(document: Document, paper: Paper, created: datetime) -> None:
    """Page size, styles, language, header with the sample's notice, footer with page numbers, properties."""
    _page(document)
    for name, size, bold, colour, before, after, keep in _STYLES:
        _style(document.styles[name], size, bold, colour, before, after, keep)
    for name in (CELL, FIGURE, AFTER_FIGURE):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _style(style, 9, False, INK, 1.5, 1.5, False)
        style.paragraph_format.line_spacing = 1.0
    document.styles[FIGURE].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    # A text beside a figure set to the right would touch it.
    document.styles[AFTER_FIGURE].paragraph_format.left_indent = Pt(8)
    speak(document, LANGUAGES.get(paper.language, "nb-NO"))
    _header_and_footer(document, paper)
    properties(document, paper, created)


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)


def _style(
    style: ParagraphStyle, size: float, bold: bool, colour: RGBColor, before: float, after: float, keep: bool
) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = colour
    wide = style.element.get_or_add_rPr().find(qn("w:spacing"))
    if wide is not None:
        style.element.rPr.remove(wide)  # the template spreads the letters of its subtitle
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]  # a theme font would win over ours
    for name in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), FONT)
    form = style.paragraph_format
    form.space_before, form.space_after, form.keep_with_next = Pt(before), Pt(after), keep
    form.line_spacing = 1.0 if style.name in ("Title", "Header", "Footer") else 1.15
    borders = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is not None:
        style.element.pPr.remove(borders)  # the template draws a line under its title


def speak(document: Document, language: str) -> None:
    """The language a reader aloud uses: as the document's default, and in what the file says of itself."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    spoken = defaults.find(qn("w:lang"))
    if spoken is None:
        spoken = OxmlElement("w:lang")
        defaults.append(spoken)
    for name in ("w:val", "w:eastAsia"):
        spoken.set(qn(name), language)
    settings = document.settings.element
    theme = settings.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), language)
    # Without this, Word opens the file in compatibility mode and says so in its title bar.
    compat = settings.find(qn("w:compat"))
    if compat is not None:
        mode = OxmlElement("w:compatSetting")
        for name, value in (
            ("w:name", "compatibilityMode"),
            ("w:uri", "http://schemas.microsoft.com/office/word"),
            ("w:val", "15"),
        ):
            mode.set(qn(name), value)
        compat.append(mode)


def _header_and_footer(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    if paper.synthetic:
        section.header.paragraphs[0].add_run(without_control(paper.synthetic))
    foot = section.footer.paragraphs[0]
    stops = foot.paragraph_format.tab_stops
    stops.add_tab_stop(Cm(WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
    # The style's own stops, made for letter paper, would stand in the way.
    for style_stop in list(foot.style.paragraph_format.tab_stops):
        stops.add_tab_stop(style_stop.position, WD_TAB_ALIGNMENT.CLEAR)
    foot.add_run(without_control(paper.footer) + "\t" + paper.page_word + " ")
    _field(foot, "PAGE")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, instruction: str) -> None:
    """A number Word counts itself; until it has, 1 stands there."""
    for kind in ("begin", None, "separate", "text", "end"):
        run: Any = paragraph.add_run()
        if kind is None:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = instruction
            run._r.append(code)
        elif kind == "text":
            run.text = "1"
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def properties(document: Document, paper: Paper, created: datetime) -> None:
    """What the file says of itself."""
    about = document.core_properties
    about.title, about.subject = _short(paper.title), _short(paper.subject)
    about.author = about.last_modified_by = _short(paper.author)
    about.language, about.comments, about.keywords = LANGUAGES.get(paper.language, "nb-NO"), paper.synthetic, ""
    about.created = about.modified = created.astimezone(UTC).replace(tzinfo=None)
    about.revision = 1


def _short(text: str) -> str:
    """Properties hold 255 characters at most."""
    return without_control(text)[:255]
