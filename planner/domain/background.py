"""By what can a survey be weighted? Its background columns, what their levels say of age and sex, and who is in each.

Reads an age or a sex only where it is said; never knows how many live anywhere.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from planner.domain.answers import Answers
from planner.domain.findings import Finding
from planner.domain.population_labels import Ages, Sex, said_ages, said_sex
from planner.domain.scales import BLANK_TEXTS, means_dont_know, words

Kind = Literal["age", "sex", "joint", "other"]
# A cell of age and sex together with fewer answers than this is not offered (statistics.md 1.5).
LEAST_IN_CELL = 10
BETWEEN = " · "
OLDEST = 150


@dataclass(frozen=True, slots=True)
class Level:
    """A level as it stands in the answers. ages, sex: what it says, where that can be read. unknown: «vet ikke»."""

    name: str
    answers: int
    ages: Ages | None = None
    sex: Sex | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A background column. levels: its distinct cells, in order. blank: respondents who left it empty."""

    heading: str
    kind: Kind
    levels: tuple[Level, ...]
    blank: int
    categories: tuple[str, ...]

    @property
    def answers(self) -> int:
        return sum(level.answers for level in self.levels)


def background_columns(answers: Answers) -> tuple[Column, ...]:
    """The columns that can be weighted by: the first of age and of sex, the others, last age and sex together."""
    read = [_column(heading, categories) for heading, categories in answers.margins]
    usable = [one for one in read if len(one.levels) > 1]
    ordered = sorted(usable, key=lambda one: ("age", "sex", "joint", "other").index(one.kind))
    joint = _joint(ordered)
    return (*ordered, joint) if joint is not None else tuple(ordered)


def _column(heading: str, categories: tuple[str, ...]) -> Column:
    counted = Counter(categories)
    blank = sum(count for cell, count in counted.items() if words(cell) in BLANK_TEXTS)
    cells = [cell for cell in counted if words(cell) not in BLANK_TEXTS]
    about_age = any(word in ("alder", "aldersgruppe", "age") for word in words(heading).split())
    ages = {cell: said_ages(cell, bare=about_age) for cell in cells}
    sexes = {cell: said_sex(cell) for cell in cells}
    kind: Kind = "other"
    if sum(one is not None for one in ages.values()) > 1:
        kind = "age"
    elif {"k", "m"} <= {one for one in sexes.values() if one}:
        kind = "sex"
    levels = [
        Level(
            cell,
            counted[cell],
            ages[cell] if kind == "age" else None,
            sexes[cell] if kind == "sex" else None,
            means_dont_know(cell),
        )
        for cell in cells
    ]
    return Column(heading, kind, tuple(sorted(levels, key=_order)), blank, categories)


def _order(level: Level) -> tuple[bool, int, str]:
    if level.ages is None:
        return level.unknown or not level.sex, 0, level.name
    low = level.ages.low if level.ages.low is not None else -1
    return False, low, level.name


def _joint(columns: Sequence[Column]) -> Column | None:
    """Age and sex together, where every cell has enough answers."""
    by_kind: dict[str, Column] = {}
    for column in columns:
        by_kind.setdefault(column.kind, column)
    if "age" not in by_kind or "sex" not in by_kind:
        return None
    age, sex = by_kind["age"], by_kind["sex"]
    placed = {level.name: level for level in resolved(age, None)[0].levels if level.ages is not None}
    sexes = {level.name: level for level in sex.levels if level.sex is not None}
    categories = tuple(
        f"{a}{BETWEEN}{s}" if a in placed and s in sexes else ""
        for a, s in zip(age.categories, sex.categories, strict=True)
    )
    counted = Counter(categories)
    levels = tuple(
        Level(f"{a}{BETWEEN}{s}", counted[f"{a}{BETWEEN}{s}"], placed[a].ages, sexes[s].sex)
        for a in placed
        for s in sexes
    )
    if any(level.answers < LEAST_IN_CELL for level in levels):
        return None
    return Column(f"{age.heading}{BETWEEN}{sex.heading}", "joint", levels, counted[""], categories)


def youngest_level(columns: Sequence[Column]) -> int | None:
    """The age the youngest level of the survey starts at, where it says so."""
    ages = next((column for column in columns if column.kind == "age"), None)
    read = [level.ages for level in ages.levels if level.ages is not None] if ages is not None else []
    lows = [one.low for one in read if one.low is not None]
    return min(lows) if read and len(lows) == len(read) else None


def resolved(column: Column, youngest: int | None) -> tuple[Column, tuple[Finding, ...]]:
    """The column with every age said from–to: «under 30» from the youngest asked, «over 66» from where another ends."""
    findings: list[Finding] = []
    ends = {level.ages.high for level in column.levels if level.ages is not None}
    levels = []
    for level in column.levels:
        ages = level.ages
        if ages is not None and ages.over and ages.low is not None:
            low = ages.low
            ages = Ages(low + 1, None) if low in ends else Ages(low, None) if low - 1 in ends else None
        if ages is not None and ages.low is None:
            if youngest is None:
                findings.append(Finding("population_youngest_needed", details={"level": level.name}))
            else:
                ages = Ages(youngest, ages.high)
        levels.append(replace(level, ages=ages))
    known = sorted(
        (level.ages.low, level.ages.high if level.ages.high is not None else OLDEST, level.name)
        for level in levels
        if level.ages is not None and level.ages.low is not None
    )
    for (_, before, one), (after, _, other) in pairwise(known):
        if after <= before:
            findings.append(Finding("age_levels_overlap", where=column.heading, details={"one": one, "other": other}))
    return replace(column, levels=tuple(levels)), tuple(findings)
