"""How does a pile of paper ballots look? Large type on A4, the id on every page, a tagged file that can be read aloud.

What is asked goes to typst as data, so that no text is ever read as markup.
"""

from dataclasses import asdict

from planner.files.typeset import typeset
from planner.wording.workshop_ballot import BallotSheets


def ballots_pdf(sheets: BallotSheets) -> bytes:
    return typeset("workshop_ballots.typ", "sheets", asdict(sheets))
