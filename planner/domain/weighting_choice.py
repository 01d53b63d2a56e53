"""By what are this survey's answers weighted, and what came of it? The choice as it is kept, and the answers by it.

The answers as they are stored carry the file's own weight and are never changed by a choice, so every choice can be
taken back. Never says how many live anywhere: a person does.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, cast, get_args

import numpy as np

from planner.domain.answers import Answers
from planner.domain.background import Column
from planner.domain.cells import cell_table
from planner.domain.examination import findings_document, findings_from
from planner.domain.findings import Finding
from planner.domain.gaps import gap_table
from planner.domain.ranking import TOP
from planner.domain.summary import SurveySummary, summarise
from planner.domain.suppression import SHOWN_FROM
from planner.domain.weighting import SMALL_LEVEL, UNKNOWN_LEVEL, Margin, Raking, rake

How = Literal["none", "file", "raked"]
FORMAT = "malrett-weighting/1"
# So many others, and no fewer than themselves, must share a small group's weight before it may be told from another.
COMPANY = 3


@dataclass(frozen=True, slots=True)
class ChosenMargin:
    """people: level → how many live here. read_as: level → the level it counts with, "" where it counts as unknown."""

    heading: str
    people: tuple[tuple[str, float], ...]
    read_as: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """margins: only for «raked». source: where the figures are from, as a person would say it."""

    how: How
    margins: tuple[ChosenMargin, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What weighting came to. before, after: ids of the five largest needs. findings: what is doubtful about it."""

    n: int
    n_eff: float
    deff: float
    trimmed: bool
    before: tuple[str, ...]
    after: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Weighting:
    """A kept choice. version: one more each time. made_at: ISO date."""

    choice: Choice
    outcome: Outcome | None
    version: int
    made_at: str

    def to_document(self) -> dict[str, Any]:
        outcome = None
        if self.outcome is not None:
            outcome = {**asdict(replace(self.outcome, findings=())), "findings": []}
            outcome["findings"] = findings_document(self.outcome.findings)
        return {
            "format": FORMAT,
            "choice": asdict(self.choice),
            "outcome": outcome,
            "version": self.version,
            "made_at": self.made_at,
        }

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Weighting":
        """Raises ValueError when the document is no such choice."""
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise ValueError(f"not a {FORMAT} document")
        try:
            choice, outcome = document["choice"], document["outcome"]
            if choice["how"] not in get_args(How):
                raise ValueError(f"no such weighting: {choice['how']}")
            return cls(
                Choice(
                    cast(How, choice["how"]),
                    tuple(
                        ChosenMargin(
                            one["heading"],
                            tuple((level, float(people)) for level, people in one["people"]),
                            tuple((level, into) for level, into in one["read_as"]),
                        )
                        for one in choice["margins"]
                    ),
                    choice["source"],
                ),
                _outcome(outcome) if outcome is not None else None,
                int(document["version"]),
                document["made_at"],
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not a whole weighting") from error


def _outcome(document: dict[str, Any]) -> Outcome:
    return Outcome(
        int(document["n"]),
        float(document["n_eff"]),
        float(document["deff"]),
        bool(document["trimmed"]),
        tuple(document["before"]),
        tuple(document["after"]),
        findings_from(document["findings"]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """answers: with the weights of the choice. raking: what made them, None where nothing was raked."""

    answers: Answers
    raking: Raking | None
    findings: tuple[Finding, ...] = ()


def weigh(answers: Answers, choice: Choice, columns: Sequence[Column]) -> Weighed | tuple[Finding, ...]:
    """Stored answers by a choice; or why that cannot be done. columns: the background columns of these answers."""
    if choice.how == "none":
        told = _told_by_weight(answers) if answers.weighted else ()
        return told or Weighed(replace(answers, weight=np.ones(len(answers)), weighted=False), None)
    if choice.how == "file":
        return Weighed(answers, None)
    known = {column.heading: column for column in columns}
    lost = [one.heading for one in choice.margins if one.heading not in known]
    if lost:
        return (Finding("weighting_column_gone", details={"heading": lost[0]}),)
    margins = [_margin(one, known[one.heading]) for one in choice.margins]
    few = tuple(found for margin in margins for found in _too_few(margin))
    if few:
        return few
    raking, findings = rake(margins, answers.weight if answers.weighted else None)
    if raking is None:
        return findings
    return Weighed(answers.with_weight(raking.normalised()), raking, findings)


def _margin(chosen: ChosenMargin, column: Column) -> Margin:
    """The column's cells as the choice reads them; a blank cell is unknown, as is one that says «vet ikke»."""
    named = {level.name for level in column.levels}
    unknown = {level for level, into in chosen.read_as if into == UNKNOWN_LEVEL}
    levels = tuple(cell if cell in named and cell not in unknown else UNKNOWN_LEVEL for cell in column.categories)
    people = tuple((level, count) for level, count in chosen.people if level not in unknown)
    return Margin(chosen.heading, levels, people).merged({a: b for a, b in chosen.read_as if b != UNKNOWN_LEVEL})


def _too_few(margin: Margin) -> list[Finding]:
    """Levels that no weight of their own may be given to: the same figure before and after weighting are two equations
    of what they and the others answered, which a group that is held back could be worked out of."""
    counted = Counter(margin.levels)
    return [
        Finding("margin_level_small", where=margin.name, details={"level": level, "count": counted[level]})
        for level, _ in margin.totals
        if 0 < counted[level] < SMALL_LEVEL
    ]


def _told_by_weight(answers: Answers) -> tuple[Finding, ...]:
    """Small groups that the same figure with and without the file's weights would be two equations of.

    Whoever knows what each weight stands for can set the two up, and what a weight's holders among the groups shown as
    one answered may come out of them. That is the small group's own answer, unless others there have the same weight.
    """
    hidden = cell_table(summarise(answers)).hidden
    told = set()
    for j in range(len(answers.statements)):
        paired = (answers.importance[:, j] > 0) & (answers.likelihood[:, j] > 0)
        together = paired & hidden[answers.segment, j]
        for g in np.flatnonzero(hidden[:, j]):
            own = together & (answers.segment == g)
            if 0 < own.sum() < SHOWN_FROM:
                others = answers.weight[together & ~own]
                if any(
                    (others == weight).sum() < max(COMPANY, holders)
                    for weight, holders in zip(*np.unique(answers.weight[own], return_counts=True), strict=True)
                ):
                    told.add(int(g))
    return tuple(Finding("weights_tell_group", details={"group": answers.segments[g].name}) for g in sorted(told))


def reweighted(before: SurveySummary, weighed: Weighed) -> SurveySummary:
    """The summary by other weights. What was counted of the file, and of the rows set aside, is as it was."""
    made = summarise(weighed.answers, (), weighed.raking)
    return replace(made, rows_in=before.rows_in, set_aside=before.set_aside)


def outcome(answers: Answers, weighed: Weighed, after: SurveySummary) -> Outcome:
    """What the choice came to beside every answer counting the same."""
    plain = summarise(replace(answers, weight=np.ones(len(answers)), weighted=False))
    weight = weighed.answers.weight
    n_eff = float(weight.sum() ** 2 / (weight**2).sum())
    return Outcome(
        n=len(answers),
        n_eff=n_eff,
        deff=len(answers) / n_eff,
        trimmed=weighed.raking is not None and weighed.raking.trimmed,
        before=largest_needs(plain),
        after=largest_needs(after),
        findings=weighed.findings,
    )


def largest_needs(summary: SurveySummary) -> tuple[str, ...]:
    """Ids of the five largest unmet needs that may be shown."""
    return tuple(row.statement for row in gap_table(summary).rows if row.figure is not None)[:TOP]
