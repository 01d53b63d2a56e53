"""What do people write into the council paper themselves? The few places no figure can fill, as they were typed.

What the councils for the young, the old and people with disabilities said, who took part, and what else staff must
weigh. Plain text in paragraphs; nothing here is read as markup, and nothing is made up where nothing was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from planner.domain.findings import Finding
from planner.domain.typed import read_words

LONGEST_LINE, LONGEST_TEXT = 200, 6000
LINES = ("officer", "case_number")
COUNCILS = ("youth_council", "elders_council", "disability_council")
"""Those the law says are to be heard (kommuneloven § 5-12)."""
LEFT_OPEN = ("officer", "case_number", "children", *COUNCILS)
"""Those whose place in the paper stays open until somebody writes there. The others are only added to what is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTexts:
    """Each «» until somebody writes it; paragraphs are parted by line breaks. The names are the form's.

    officer: saksbehandler. case_number: of the archive. involvement: who took part besides those the program knows.
    others: climate, public health, universal design, equality, preparedness.
    """

    officer: str = ""
    case_number: str = ""
    involvement: str = ""
    youth_council: str = ""
    elders_council: str = ""
    disability_council: str = ""
    children: str = ""
    others: str = ""
    risk: str = ""

    def paragraphs(self, name: str) -> tuple[str, ...]:
        return tuple(line for line in str(getattr(self, name)).split("\n") if line)

    @property
    def open(self) -> tuple[str, ...]:
        """The names of those the paper has an open place for."""
        return tuple(name for name in LEFT_OPEN if not getattr(self, name))

    def differing(self, other: "PaperTexts") -> tuple[str, ...]:
        """The names of those that say something else."""
        return tuple(name for name in NAMES if getattr(self, name) != getattr(other, name))

    def to_document(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in NAMES}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "PaperTexts":
        return cls(**{name: str(document.get(name, "")) for name in NAMES})


NAMES: tuple[str, ...] = tuple(one.name for one in fields(PaperTexts))
NOTHING_WRITTEN = PaperTexts()


def read_texts(form: Mapping[str, str]) -> tuple[PaperTexts, tuple[Finding, ...]]:
    """What was typed, and what is too long. A field that was not sent is empty."""
    texts = PaperTexts(**{name: _read(name, form.get(name, "")) for name in NAMES})
    findings = []
    for name in NAMES:
        limit = LONGEST_LINE if name in LINES else LONGEST_TEXT
        if len(getattr(texts, name)) > limit:
            details: dict[str, str | int | float] = {"limit": limit, "count": len(getattr(texts, name))}
            findings.append(Finding("paper_text_too_long", where=name, details=details))
    return texts, tuple(findings)


def _read(name: str, raw: str) -> str:
    if name in LINES:
        return read_words(raw)
    return "\n".join(line for line in map(read_words, raw.splitlines()) if line)
