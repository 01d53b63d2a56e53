"""What must come out of a file: who is stored, which rows are named and why, and what somebody must be asked."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SurveyFile:
    """A file and its outcome.

    stored: row in the file, as the user sees it → number of the person. reported: row → why it is not used.
    findings: the codes shown once everything is answered, sorted, each once. asked: codes that stop it before that.
    roles: heading → what the user says the column is. cells: (heading, cell) → segment. missing, numbers: what the
    user says of codes. weighted, segmented, driven, stays: what the file can tell.
    """

    name: str
    data: bytes
    stored: dict[int, int]
    findings: tuple[str, ...]
    reported: dict[int, str] = field(default_factory=dict)
    asked: tuple[str, ...] = ()
    roles: dict[str, str] = field(default_factory=dict)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)
    missing: tuple[str, ...] | None = None
    numbers: str | None = None
    weighted: bool = False
    segmented: bool = True
    driven: bool = True
    stays: bool = True
    rows_in: int | None = None
