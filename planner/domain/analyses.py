"""What must be worked out while the answers are there, so that it is still known when they are deleted?

A plain document by name of analysis. Never holds what one respondent said.
"""

from dataclasses import dataclass
from typing import Any

from planner.domain.answers import Answers
from planner.domain.doubtful import WithAndWithout, with_and_without
from planner.domain.drivers import StayAnalysis, analyse_stay

FORMAT = "malrett-analyses/1"


@dataclass(frozen=True, slots=True)
class Analyses:
    """An analysis that the answers cannot carry is None. stay: what goes with staying. doubtful: with and without."""

    stay: StayAnalysis | None = None
    doubtful: WithAndWithout | None = None

    def to_document(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "stay": self.stay.to_document() if self.stay is not None else None,
            "doubtful": self.doubtful.to_document() if self.doubtful is not None else None,
        }

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Analyses":
        """Raises ValueError when the document is none such."""
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"not a {FORMAT} document")
        try:
            stay, doubtful = document["stay"], document["doubtful"]
            return cls(
                StayAnalysis.from_document(stay) if stay is not None else None,
                WithAndWithout.from_document(doubtful) if doubtful is not None else None,
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not whole analyses") from error


NOT_ANALYSED = Analyses()


def analyse(answers: Answers) -> Analyses:
    """Everything there is to say, by the weights in the answers."""
    return Analyses(analyse_stay(answers), with_and_without(answers))
