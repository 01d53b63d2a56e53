"""What is wrong with what a person gave us, and where? Trouble the user can mend is a value.

Findings are collected and shown together. This module never makes a sentence: `planner.wording`
turns a code and its details into text in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

Detail = str | int | float


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend (error), look at (warning) or know (info).

    code: which sentence; every code used has one in `planner.wording`.
    where: the place in the user's own terms: «rad 14, kolonne vekt», or a JSON pointer in a problem file.
    details: what the sentence needs, by name; plain text and numbers only.
    """

    code: str
    severity: Severity = "error"
    where: str = ""
    details: Mapping[str, Detail] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"unknown severity {self.severity!r}")
        object.__setattr__(self, "details", MappingProxyType(dict(self.details)))

    def __reduce__(self) -> tuple[type["Finding"], tuple[object, ...]]:
        """So that findings can come back from a child process: a mapping proxy does not pickle."""
        return Finding, (self.code, self.severity, self.where, dict(self.details))

    def __hash__(self) -> int:
        return hash((self.code, self.severity, self.where, tuple(sorted(self.details.items()))))


def blocking(findings: tuple[Finding, ...] | list[Finding]) -> bool:
    """True when at least one finding must be mended before going on."""
    return any(finding.severity == "error" for finding in findings)
