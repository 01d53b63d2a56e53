"""How does the questionnaire look as text that Microsoft Forms can start from? Numbered questions, lettered answers.

Forms' quick import reads a question as a numbered line and its choices as the lines under it, one choice question each.
So each scale is told once above, and each statement stands as two questions. No table: those are not read as questions.
"""

import io
from itertools import count

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from planner.domain.questionnaire import Questionnaire

SPOKEN = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
LETTERS = "abcdefgh"


def docx_file(form: Questionnaire) -> bytes:
    document = Document()
    _dress(document, form)
    document.add_heading(form.title, 0)
    for text in form.information:
        document.add_paragraph(text)
    numbers = count(1)
    document.add_heading(form.introduction, 1)
    for scale in (form.importance, form.likelihood):
        for one in form.statements:
            _ask(document, next(numbers), f"{scale.question} {one.text}", (*scale.steps, form.dont_know))
    document.add_heading(form.stay_heading, 1)
    _ask(document, next(numbers), form.stay.text, form.stay.options)
    for one in form.drivers:
        _ask(
            document,
            next(numbers),
            f"{form.agreement.question} {one.text}",
            (*form.agreement.steps, form.dont_know),
        )
    document.add_heading(form.background_heading, 1)
    document.add_paragraph(form.background_note)
    for choice in form.background:
        _ask(document, next(numbers), choice.text, choice.options)
    document.add_paragraph(form.thanks)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _ask(document: DocumentType, number: int, text: str, options: tuple[str, ...]) -> None:
    """Numbers and letters are text: what reads the file sees them, whatever it makes of Word's own lists."""
    asked = document.add_paragraph(f"{number}. {text}")
    asked.paragraph_format.space_before, asked.paragraph_format.keep_with_next = Pt(10), True
    asked.runs[0].bold = True
    for place, (letter, option) in enumerate(zip(LETTERS, options, strict=False), start=1):
        answer = document.add_paragraph(f"{letter}) {option}")
        answer.paragraph_format.left_indent, answer.paragraph_format.space_after = Cm(0.8), Pt(0)
        answer.paragraph_format.keep_with_next = place < len(options)


def _dress(document: DocumentType, form: Questionnaire) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(10.5)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), SPOKEN[form.language])
    document.core_properties.title = form.title
    document.core_properties.language = SPOKEN[form.language]
    document.core_properties.author = ""
    document.core_properties.comments = ""
