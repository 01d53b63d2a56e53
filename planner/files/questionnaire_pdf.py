"""How does the questionnaire look on paper? A form to print: a box to tick for each step, each scale told in words.

What is asked goes to typst as data, so that no text is ever read as markup. The file is PDF/UA: a screen reader
follows it.
"""

from dataclasses import asdict

from planner.domain.questionnaire import Questionnaire
from planner.files.typeset import typeset


def pdf_file(form: Questionnaire) -> bytes:
    return typeset("questionnaire.typ", "form", asdict(form))
