"""What came of looking at a survey file, before anything of it is kept? All that the confirming pages show.

Holds counts, the mapping and the findings; the answers stay in the file. The summary of the answers is made in the same
go, so that what was shown is what is stored.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from planner.domain.anonymity import Coarser, coarsened
from planner.domain.answers import Answers
from planner.domain.columns import ANSWERS, SHOWN_VALUES, ColumnGuess, Role, count_codes, guess_columns, spoken
from planner.domain.directions import Direction, directions
from planner.domain.findings import Finding, Severity
from planner.domain.mapping import ColumnUse, Mapping, suggest_mapping
from planner.domain.mapping_recall import recall
from planner.domain.raw_table import RawTable
from planner.domain.scales import Scale
from planner.domain.segments import segment_values
from planner.domain.statements import Statement, StayStatement
from planner.domain.summary import SurveySummary, summarise
from planner.domain.survey import read_answers

FORMAT = "malrett-examination/3"
# Who took the column for what it is: the guess was certain, was not, knew nothing, or was overruled by the user; or it
# is as somebody said of an earlier file with the same headings.
Certainty = Literal["sure", "unsure", "unknown", "chosen", "recalled"]
# An unused column with more kinds of cells than this may hold names or free text; its cells are not repeated.
FEW_VALUES = 12
SCALE_OF: dict[Role, Scale] = {"importance": "importance", "likelihood": "likelihood", "driver": "agreement"}


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """One column as it is used now.

    counts: answers per code in CODE_NAMES order, for columns of answers. unknown: examples of cells not understood.
    values: cells with how many rows have each, most first, where they may be shown. distinct: how many kinds of cells.
    """

    use: ColumnUse
    certainty: Certainty
    counts: tuple[int, ...]
    unknown: tuple[str, ...]
    values: tuple[tuple[str, int], ...]
    distinct: int


@dataclass(frozen=True, slots=True)
class Examination:
    """set_aside: (reason, rows). respondents: (segment id, used rows). paired: statements with both questions.

    rows_used is 0 as long as a finding must be mended, and rows_used + rows set aside == rows_in when none must.
    coarser: what would be done to the background columns if the answers were kept. directions: the largest needs with
    the scales read either way, where that is in doubt. answers: only where they were asked for, when the survey is
    about to be kept; with the coarser background.
    """

    columns: tuple[ColumnFacts, ...]
    mapping: Mapping
    findings: tuple[Finding, ...]
    rows_in: int
    rows_used: int
    set_aside: tuple[tuple[str, int], ...]
    respondents: tuple[tuple[str, int], ...]
    paired: tuple[str, ...]
    coarser: Coarser | None = None
    directions: tuple[Direction, ...] = ()
    summary: SurveySummary | None = None
    answers: Answers | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.rows_used and self.rows_used + sum(rows for _, rows in self.set_aside) != self.rows_in:
            raise ValueError("every row is used or set aside")

    def to_document(self) -> dict[str, Any]:
        """A plain dict for JSON, without the summary."""
        return {
            "format": FORMAT,
            "mapping": self.mapping.to_document(),
            "columns": [
                [one.certainty, list(one.counts), list(one.unknown), [list(v) for v in one.values], one.distinct]
                for one in self.columns
            ],
            "findings": findings_document(self.findings),
            "rows_in": self.rows_in,
            "rows_used": self.rows_used,
            "set_aside": [list(pair) for pair in self.set_aside],
            "respondents": [list(pair) for pair in self.respondents],
            "paired": list(self.paired),
            "coarser": self.coarser.to_document() if self.coarser is not None else None,
            "directions": [one.to_document() for one in self.directions],
        }

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Examination":
        """The examination again, without the summary. Raises ValueError for any other document."""
        if document.get("format") != FORMAT:
            raise ValueError(f"not a {FORMAT} document")
        mapping = Mapping.from_document(document["mapping"])
        try:
            return cls(
                columns=tuple(
                    ColumnFacts(use, cast(Certainty, sure), tuple(counts), tuple(unknown), _pairs(values), distinct)
                    for use, (sure, counts, unknown, values, distinct) in zip(
                        mapping.columns, document["columns"], strict=True
                    )
                ),
                mapping=mapping,
                findings=findings_from(document["findings"]),
                rows_in=document["rows_in"],
                rows_used=document["rows_used"],
                set_aside=_pairs(document["set_aside"]),
                respondents=_pairs(document["respondents"]),
                paired=tuple(document["paired"]),
                coarser=Coarser.from_document(document["coarser"]) if document["coarser"] is not None else None,
                directions=tuple(Direction.from_document(one) for one in document["directions"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not a whole examination: {error}") from error


def examine(
    table: RawTable,
    statements: Sequence[Statement],
    mapping: Mapping | None = None,
    fresh: Sequence[int] = (),
    drivers: Sequence[StayStatement] = (),
    keep_answers: bool = False,
    templates: Sequence[tuple[str, Mapping]] = (),
) -> Examination:
    """Look at the whole table. mapping: None to start from the guesses.

    fresh: columns that the user has just made into group columns; what their cells mean is suggested anew.
    drivers: what may have been asked beside staying. templates: mappings used before, by name, the first that fits is
    started from instead.
    """
    guesses = guess_columns(table, statements, drivers)
    if mapping is None:
        mapping = recall(table, suggest_mapping(table, guesses), templates)
    else:
        mapping = _suggested(table, guesses, mapping, fresh)
    reading = read_answers(table, mapping, statements)
    summary = summarise(reading.answers, reading.set_aside) if reading.answers is not None else None
    kept, coarser = coarsened(reading.answers) if reading.answers is not None else (None, None)
    reasons = Counter(one.reason for one in reading.set_aside)
    counted = summary.respondents if summary else (0,) * len(mapping.segments)
    return Examination(
        columns=tuple(_facts(table, guess, use, mapping) for guess, use in zip(guesses, mapping.columns, strict=True)),
        mapping=mapping,
        findings=_gathered(reading.findings),
        rows_in=reading.rows_in,
        rows_used=summary.rows_used if summary else 0,
        set_aside=tuple(sorted(reasons.items())),
        respondents=tuple((segment.id, count) for segment, count in zip(mapping.segments, counted, strict=True)),
        paired=tuple(sorted(mapping.pairs())),
        summary=summary,
        coarser=coarser,
        directions=directions(reading.answers, reading.findings, mapping.turned) if reading.answers is not None else (),
        answers=kept if keep_answers else None,
    )


# The same trouble in more columns than this is told once: an undeclared «8» is in all sixty of them.
TOLD_APART = 3
GATHERED_AS = {
    "cell_not_understood": "cells_not_understood",
    "formula_cell": "formula_cells",
    "label_contradicts_code": "labels_contradict_codes",
    "duplicate_heading": "duplicate_headings",
}


def _gathered(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings of one kind that differ only in their column, as one with the first of them as its example."""
    alike: dict[tuple[str, object], list[Finding]] = defaultdict(list)
    for one in findings:
        alike[(one.code, one.details.get("examples"))].append(one)
    told: list[Finding] = []
    for one in findings:
        group = alike[(one.code, one.details.get("examples"))]
        if one.code not in GATHERED_AS or len(group) <= TOLD_APART:
            told.append(one)
        elif one is group[0]:
            count = sum(int(each.details["count"]) for each in group)
            details = {**one.details, "count": count, "columns": len(group)}
            told.append(Finding(GATHERED_AS[one.code], one.severity, details=details))
    return tuple(told)


def _suggested(table: RawTable, guesses: Sequence[ColumnGuess], mapping: Mapping, fresh: Sequence[int]) -> Mapping:
    values = {
        index: segment_values(table, replace(guesses[index], role="segment", statement=""), mapping.segments)
        for index in fresh
    }
    return replace(
        mapping, columns=tuple(replace(use, values=values.get(use.index, use.values)) for use in mapping.columns)
    )


def _facts(table: RawTable, guess: ColumnGuess, use: ColumnUse, mapping: Mapping) -> ColumnFacts:
    counted = spoken(table.columns[use.index])
    chosen = (use.role, use.statement) != (guess.role, guess.statement)
    certainty: Certainty = "recalled" if use.index in mapping.recalled else "chosen" if chosen else guess.sureness
    if use.role in ANSWERS:
        scale = SCALE_OF[use.role]
        counts, unknown = count_codes(counted, scale, mapping.missing(scale), mapping.steps(scale))
        return ColumnFacts(use, certainty, counts, unknown, (), len(counted))
    shown = counted if _may_show(use.role, counted) else Counter[str]()
    values = tuple(sorted(shown.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_VALUES])
    return ColumnFacts(use, certainty, (), (), values, len(counted))


def _may_show(role: Role, counted: Counter[str]) -> bool:
    """Answers to a closed question may be repeated on the page; a column of names or free text may not."""
    if role == "segment":
        return True
    return role != "respondent" and len(counted) <= FEW_VALUES and counted.total() > 2 * len(counted)


def findings_document(findings: Sequence[Finding]) -> list[list[Any]]:
    return [[one.code, one.severity, one.where, dict(one.details)] for one in findings]


def findings_from(document: Sequence[Sequence[Any]]) -> tuple[Finding, ...]:
    return tuple(
        Finding(str(code), cast(Severity, severity), str(where), details) for code, severity, where, details in document
    )


def _pairs(lists: Sequence[Sequence[Any]]) -> tuple[tuple[str, int], ...]:
    return tuple((str(name), int(count)) for name, count in lists)
