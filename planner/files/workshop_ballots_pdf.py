"""How does a pile of paper ballots look? Large type on A4, the id on every page, a tagged file that can be read aloud.

What is asked goes to typst as data, so that no text is ever read as markup.
"""

import json
from dataclasses import asdict
from pathlib import Path

import typst

from planner.wording.workshop_paper import BallotSheets

HERE = Path(__file__).parent
FONTS = HERE.parent / "charts" / "fonts"
LAYOUT = HERE / "workshop_ballots.typ"


def ballots_pdf(sheets: BallotSheets) -> bytes:
    made = typst.compile(
        LAYOUT.read_bytes(),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"sheets": json.dumps(asdict(sheets))},
        pdf_standards=["ua-1"],
    )
    return bytes(made)
