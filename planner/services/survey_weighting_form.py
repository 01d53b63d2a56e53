"""What stands in the form where answers are weighted? Who answered beside who lives here, a table for each background.

Shows what was typed as it was typed.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.answers import Answers
from planner.domain.background import Column, Level
from planner.domain.findings import Finding
from planner.domain.population import Population
from planner.domain.weighting_typed import OWN, UNKNOWN, Typed, shares
from planner.wording import survey_weighting as wording


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was typed and what came of it. population: a table that waits for its place to be chosen."""

    typed: Typed
    findings: tuple[Finding, ...] = ()
    population: Population | None = None
    place: str = ""
    filled: str = ""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """number: of the level in its column; part of the names of its fields. into: what it counts with now."""

    number: int
    name: str
    answers: str
    people_share: str
    people: str
    error: str
    into: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ColumnTable:
    number: int
    heading: str
    used: bool
    levels: tuple[LevelRow, ...]
    blank: str


@dataclass(frozen=True, slots=True)
class FormView:
    """how: the choice made. has_weight: the file has a weight of its own. places: of a table that has several.

    population: that table, carried by the form until a place is chosen; "" for none.
    """

    version: str
    how: str
    has_weight: bool
    columns: tuple[ColumnTable, ...]
    youngest: str
    oldest: str
    source: str
    places: tuple[str, ...]
    place: str
    population: str
    filled: str


def form_view(answers: Answers, columns: Sequence[Column], attempt: Attempt, version: str) -> FormView:
    """attempt: what is typed, and what came of it."""
    typed, found = attempt.typed, attempt.population
    wrong = {
        (one.where, str(one.details.get("level", "")))
        for one in attempt.findings
        if one.code in ("margin_number_unreadable", "margin_total_invalid")
    }
    several = found is not None and len(found.places) > 1
    return FormView(
        version=version,
        how=typed.how,
        has_weight=answers.weighted,
        columns=tuple(_table(number, column, typed, wrong) for number, column in enumerate(columns)),
        youngest=typed.youngest,
        oldest=typed.oldest,
        source=typed.source,
        places=tuple(one.name for one in found.places) if found is not None and several else (),
        place=attempt.place,
        population=json.dumps(found.to_document(), ensure_ascii=False) if found is not None and several else "",
        filled=attempt.filled,
    )


def _table(number: int, column: Column, typed: Typed, wrong: set[tuple[str, str]]) -> ColumnTable:
    share = shares(column, typed)
    return ColumnTable(
        number,
        column.heading,
        column.heading in typed.used,
        tuple(_row(place, level, column, typed, share, wrong) for place, level in enumerate(column.levels)),
        wording.blank(column.blank),
    )


def _row(
    place: int,
    level: Level,
    column: Column,
    typed: Typed,
    share: dict[str, tuple[float, float | None]],
    wrong: set[tuple[str, str]],
) -> LevelRow:
    key = (column.heading, level.name)
    of_answers, of_people = share[level.name]
    others = [(one.name, wording.with_(one.name)) for one in column.levels if one is not level and not one.unknown]
    return LevelRow(
        place,
        level.name,
        wording.answers(level.answers, of_answers),
        wording.people_share(of_people),
        typed.people.get(key, ""),
        wording.number_missing() if key in wrong else "",
        typed.into.get(key, UNKNOWN if level.unknown else OWN),
        ((OWN, wording.itself()), *others, (UNKNOWN, wording.unknown())),
    )
