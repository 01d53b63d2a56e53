"""What must be worked out while the answers are there, so that it is still known when they are deleted?

A plain document by name of analysis. Never holds what one respondent said.
"""

from typing import Any

from planner.domain.answers import Answers
from planner.domain.drivers import analyse_stay


def analyse(answers: Answers) -> dict[str, Any]:
    """The document; an analysis that the answers cannot carry is None."""
    stay = analyse_stay(answers)
    return {"stay": stay.to_document() if stay is not None else None}
