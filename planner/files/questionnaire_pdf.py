"""How does the questionnaire look on paper? A form to print: a box to tick for each step, each scale told in words.

What is asked goes to typst as data, so that no text is ever read as markup. The file is PDF/UA: a screen reader
follows it.
"""

import json
from dataclasses import asdict
from pathlib import Path

import typst

from planner.domain.questionnaire import Questionnaire

HERE = Path(__file__).parent
FONTS = HERE.parent / "charts" / "fonts"
LAYOUT = HERE / "questionnaire.typ"


def pdf_file(form: Questionnaire) -> bytes:
    made = typst.compile(
        LAYOUT.read_bytes(),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"form": json.dumps(asdict(form))},
        pdf_standards=["ua-1"],
    )
    return bytes(made)
