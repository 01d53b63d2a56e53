"""What has the user confirmed about a survey file? The mapping from its columns to roles, statements and segments.

Plain values only, so that it can be stored, shown and used again on the next export. Never holds an answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from planner.domain.columns import ANSWERS, ColumnGuess, Role
from planner.domain.findings import Finding
from planner.domain.raw_table import RawTable
from planner.domain.scales import USUAL, Scale, Steps, plain
from planner.domain.segments import DEFAULT_SEGMENTS, Segment, segment_values, segments_asked_about

__all__ = ["DEFAULT_SEGMENTS", "ColumnUse", "Form", "Mapping", "Segment", "mapping_findings", "suggest_mapping"]

FORMAT = "malrett-mapping/1"
# «ask»: stop at an ambiguous label. «right»: the form said «Meget usannsynlig» on step 2, so the label means step 6.
# «misprinted»: both steps said «Meget sannsynlig», so steps 2 and 6 of likelihood count as missing.
Form = Literal["ask", "right", "misprinted"]
# Which numbers the steps of importance and likelihood are in the file. «ask»: 1–7, but stop where they may be the
# numbers of the alternatives. «dk_first»: alternative 1 was «vet ikke», so the steps are 2–8; «dk_last»: alternative 8.
Numbers = Literal["ask", "1-7", "dk_first", "dk_last", "0-6", "1-5", "1-6", "0-10", "minus3-3"]
_NUMBERS: dict[Numbers, tuple[int, int, frozenset[str]]] = {
    "ask": (1, 7, frozenset()),
    "1-7": (1, 7, frozenset()),
    "dk_first": (2, 8, frozenset({"1"})),
    "dk_last": (1, 7, frozenset({"8"})),
    "0-6": (0, 6, frozenset()),
    "1-5": (1, 5, frozenset()),
    "1-6": (1, 6, frozenset()),
    "0-10": (0, 10, frozenset()),
    "minus3-3": (-3, 3, frozenset()),
}
TURNABLE: tuple[Scale, ...] = ("importance", "likelihood")


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What one column is used as.

    index: its place in the file, from 0. statement: for importance, likelihood and drivers. values: for a segment
    column, (cell, segment id) for each cell that says something about a segment; other cells say nothing.
    """

    index: int
    heading: str
    role: Role
    statement: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.role not in get_args(Role):
            raise ValueError(f"unknown role {self.role!r}")
        if (self.role in ANSWERS) != bool(self.statement):
            raise ValueError("answers belong to a statement, and other columns to none")
        object.__setattr__(self, "values", tuple((plain(cell), segment) for cell, segment in self.values))


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the user confirmed.

    segments: in order of precedence; a respondent belongs to the first that any segment column gives, else to
    default_segment. declared_missing: cells that mean «vet ikke» in this file («8», «0»). form: see Form.
    numbers: see Numbers. turned: scales on which the lowest number means most. template: the name of the earlier
    mapping that this one was started from, and recalled the columns that are still as it says.
    """

    columns: tuple[ColumnUse, ...]
    segments: tuple[Segment, ...] = DEFAULT_SEGMENTS
    default_segment: str = "voksne"
    declared_missing: tuple[str, ...] = ()
    form: Form = "ask"
    numbers: Numbers = "ask"
    turned: tuple[Scale, ...] = ()
    template: str = ""
    recalled: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        ids = [segment.id for segment in self.segments]
        if len(set(ids)) != len(ids) or self.default_segment not in ids:
            raise ValueError("segments are distinct and hold the default")
        if self.form not in get_args(Form):
            raise ValueError(f"unknown form {self.form!r}")
        if self.numbers not in _NUMBERS or not set(self.turned) <= set(TURNABLE):
            raise ValueError(f"unknown numbers {self.numbers!r} or scales {self.turned!r}")
        strangers = {segment for use in self.columns for _, segment in use.values} - set(ids)
        if strangers:
            raise ValueError(f"unknown segments {sorted(strangers)}")
        object.__setattr__(self, "declared_missing", tuple(plain(cell) for cell in self.declared_missing))

    def steps(self, scale: Scale) -> Steps:
        """Which numbers in the file the steps of a scale are."""
        if scale == "agreement":
            return USUAL
        low, high, _ = _NUMBERS[self.numbers]
        return Steps(low, high, scale in self.turned)

    def missing(self, scale: Scale) -> frozenset[str]:
        """The cells that mean «vet ikke» on a scale."""
        told = frozenset(self.declared_missing)
        return told if scale == "agreement" else told | _NUMBERS[self.numbers][2]

    def with_role(self, role: Role) -> tuple[ColumnUse, ...]:
        return tuple(use for use in self.columns if use.role == role)

    def pairs(self) -> dict[str, tuple[int, int]]:
        """Statement id → (importance column, likelihood column), for statements that have both."""
        likelihood = {use.statement: use.index for use in self.with_role("likelihood")}
        return {
            use.statement: (use.index, likelihood[use.statement])
            for use in self.with_role("importance")
            if use.statement in likelihood
        }

    def to_document(self) -> dict[str, Any]:
        """A plain dict for JSON; `from_document` gives back an equal mapping."""
        return {
            "format": FORMAT,
            "columns": [
                {"index": use.index, "heading": use.heading, "role": use.role}
                | ({"statement": use.statement} if use.statement else {})
                | ({"values": [list(pair) for pair in use.values]} if use.values else {})
                for use in self.columns
            ],
            "segments": [{"id": segment.id, "name": segment.name} for segment in self.segments],
            "default_segment": self.default_segment,
            "declared_missing": list(self.declared_missing),
            "form": self.form,
            "numbers": self.numbers,
            "turned": list(self.turned),
            "template": self.template,
            "recalled": list(self.recalled),
        }

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Mapping":
        """Raises ValueError (KeyError and TypeError included) when the document is not a mapping."""
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"not a {FORMAT} document")
        try:
            return cls(
                columns=tuple(
                    ColumnUse(
                        int(use["index"]),
                        str(use["heading"]),
                        cast(Role, use["role"]),
                        str(use.get("statement", "")),
                        tuple((str(cell), str(segment)) for cell, segment in use.get("values", ())),
                    )
                    for use in document["columns"]
                ),
                segments=tuple(Segment(str(s["id"]), str(s["name"])) for s in document["segments"]),
                default_segment=str(document["default_segment"]),
                declared_missing=tuple(str(cell) for cell in document.get("declared_missing", ())),
                form=cast(Form, document.get("form", "ask")),
                numbers=cast(Numbers, document.get("numbers", "ask")),
                turned=tuple(cast(Scale, scale) for scale in document.get("turned", ())),
                template=str(document.get("template", "")),
                recalled=tuple(int(index) for index in document.get("recalled", ())),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a whole mapping: {error}") from error


def suggest_mapping(
    table: RawTable,
    guesses: Sequence[ColumnGuess],
    segments: Sequence[Segment] | None = None,
    default_segment: str = "",
) -> Mapping:
    """The mapping the guesses amount to: the start of the page where the user confirms.

    segments: when not given, those of the usual four that the file asks about (a file without a question about birth
    cannot say who is missing), or the file's own groups where one column names them. default_segment: the last.
    """
    chosen = tuple(segments) if segments is not None else segments_asked_about(table, guesses)
    return Mapping(
        columns=tuple(
            ColumnUse(g.index, g.heading, g.role, g.statement, segment_values(table, g, chosen)) for g in guesses
        ),
        segments=chosen,
        default_segment=default_segment or chosen[-1].id,
    )


def mapping_findings(mapping: Mapping, table: RawTable) -> list[Finding]:
    """What keeps a mapping from being used on this table."""
    found: list[Finding] = []
    for use in mapping.columns:
        if not 0 <= use.index < len(table.columns) or table.headings[use.index] != use.heading:
            where = f"kolonne {use.heading}"
            found.append(Finding("mapping_other_file", where=where, details={"heading": use.heading}))
    once: tuple[Role, ...] = ("weight", "respondent", "stay", "submitted")
    for role in once:
        uses = mapping.with_role(role)
        if len(uses) > 1:
            headings = ", ".join(use.heading for use in uses)
            found.append(Finding(f"two_{role}_columns", where=f"kolonne {headings}", details={"headings": headings}))
    for scale in ANSWERS:
        seen: dict[str, str] = {}
        for use in mapping.with_role(scale):
            if use.statement in seen:
                details = {"statement": use.statement, "heading": use.heading, "other": seen[use.statement]}
                found.append(Finding("statement_mapped_twice", where=f"kolonne {use.heading}", details=details))
            seen.setdefault(use.statement, use.heading)
    answered = {use.statement for use in (*mapping.with_role("importance"), *mapping.with_role("likelihood"))}
    paired = set(mapping.pairs())
    if not paired:
        found.append(Finding("no_statement_pairs"))
    for statement in sorted(answered - paired) if paired else ():
        found.append(Finding("statement_half_mapped", "warning", details={"statement": statement}))
    return found
