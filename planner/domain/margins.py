"""How many people stand behind each level of a survey's own background columns? From people by age and sex to margins.

A level that cannot be placed is asked about, never guessed; a population group that lies on both sides of a border
between levels is refused. Never weights anything: `weighting` does.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from planner.domain.answers import Answers
from planner.domain.findings import Detail, Finding
from planner.domain.population import Group, Place
from planner.domain.population_labels import Ages, Sex, said_ages, said_sex
from planner.domain.scales import BLANK_TEXTS, means_dont_know, words

Kind = Literal["age", "sex", "joint", "other"]
# A cell of age and sex together with fewer answers than this is not offered (statistics.md 1.5).
LEAST_IN_CELL = 10
BETWEEN = " · "
_OLDEST = 150


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


@dataclass(frozen=True, slots=True)
class Filled:
    """people: (heading, level) → people. extra: (heading, name, people), ages that no level of the survey has."""

    people: dict[tuple[str, str], float]
    extra: tuple[tuple[str, str, float], ...]
    findings: tuple[Finding, ...]


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
        (level.ages.low, level.ages.high if level.ages.high is not None else _OLDEST, level.name)
        for level in levels
        if level.ages is not None and level.ages.low is not None
    )
    for (_, before, one), (after, _, other) in pairwise(known):
        if after <= before:
            findings.append(Finding("age_levels_overlap", where=column.heading, details={"one": one, "other": other}))
    return replace(column, levels=tuple(levels)), tuple(findings)


def fill(columns: Sequence[Column], place: Place, youngest: int | None, oldest: int | None) -> Filled:
    """People for each level that can be placed. youngest, oldest: whom the survey asked; None for no limit given."""
    if place.trouble:
        return Filled({}, (), (Finding(place.trouble, details={"place": place.name}),))
    by_age = any(group.low or group.high is not None for group in place.groups)
    by_sex = any(group.sex for group in place.groups)
    low = youngest if youngest is not None else youngest_level(columns)
    people: dict[tuple[str, str], float] = {}
    extra: list[tuple[str, str, float]] = []
    findings: list[Finding] = []
    groups = _asked(place.groups, low, oldest, findings) if by_age else place.groups
    if not by_age:
        findings.append(Finding("population_without_age", "warning"))
    if not by_sex:
        findings.append(Finding("population_without_sex", "info"))
    for column in columns:
        if column.kind == "age" and by_age:
            _fill_ages(column, groups, low, people, extra, findings)
        elif column.kind == "sex" and by_sex:
            if low is None and by_age:
                findings.append(Finding("population_everyone_counted", "warning"))
            for level in column.levels:
                if level.sex is not None:
                    people[column.heading, level.name] = _sum(groups, level.sex)
        elif column.kind == "joint" and by_age and by_sex:
            for level in column.levels:
                people[column.heading, level.name] = _sum(groups, level.sex, _resolved_again(columns, level, low))
        findings += [
            Finding("population_level_asked", "warning", column.heading, {"level": level.name})
            for level in column.levels
            if column.kind in ("age", "sex") and not level.unknown and not (level.ages or level.sex)
        ]
    if any(found.severity == "error" for found in findings):
        return Filled({}, (), tuple(dict.fromkeys(findings)))
    return Filled(people, tuple(extra), tuple(dict.fromkeys(findings)))


def _resolved_again(columns: Sequence[Column], level: Level, low: int | None) -> Ages | None:
    age = next(column for column in columns if column.kind == "age")
    name = level.name.rpartition(BETWEEN)[0]
    return next((one.ages for one in resolved(age, low)[0].levels if one.name == name), None)


def _asked(
    groups: Sequence[Group], youngest: int | None, oldest: int | None, findings: list[Finding]
) -> tuple[Group, ...]:
    """The people the survey was meant for; those it was not are left out, and that is said."""
    first, last = youngest or 0, oldest if oldest is not None else _OLDEST
    kept = []
    for group in groups:
        high = _high(group)
        if group.low < first <= high or (group.low <= last < high and oldest is not None):
            findings.append(_straddles(group, first if group.low < first else last + 1))
        elif first <= group.low <= last:
            kept.append(group)
    younger = sum(group.people for group in groups if _high(group) < first)
    if younger:
        findings.append(Finding("population_younger_left_out", "info", details={"count": round(younger), "age": first}))
    return tuple(kept)


def _fill_ages(
    column: Column,
    groups: Sequence[Group],
    youngest: int | None,
    people: dict[tuple[str, str], float],
    extra: list[tuple[str, str, float]],
    findings: list[Finding],
) -> None:
    placed, trouble = resolved(column, youngest)
    findings.extend(trouble)
    if trouble:
        return
    levels = [level for level in placed.levels if level.ages is not None]
    people.update({(column.heading, level.name): 0.0 for level in levels})
    left: list[Group] = []
    for group in groups:
        home = next((level for level in levels if level.ages is not None and _within(group, level.ages)), None)
        if home is not None:
            people[column.heading, home.name] += group.people
            continue
        cut = next((level for level in levels if level.ages is not None and _touches(group, level.ages)), None)
        if cut is not None and cut.ages is not None:
            border = cut.ages.low if (cut.ages.low or 0) > group.low else (cut.ages.high or 0) + 1
            findings.append(_straddles(group, border or 0))
        else:
            left.append(group)
    extra.extend((column.heading, name, count) for name, count in _runs(left))


def _runs(groups: Sequence[Group]) -> list[tuple[str, float]]:
    """Neighbouring ages that no level has, as one: «67+»."""
    by_low = sorted({(group.low, _high(group)) for group in groups if group.people})
    found: list[list[int]] = []
    for low, high in by_low:
        if found and found[-1][1] + 1 >= low:
            found[-1][1] = high
        else:
            found.append([low, high])
    return [
        (
            f"{low}+" if high >= _OLDEST else f"{low}–{high}",
            sum(group.people for group in groups if low <= group.low <= high),
        )
        for low, high in found
    ]


def _high(group: Group) -> int:
    return group.high if group.high is not None else _OLDEST


def _within(group: Group, ages: Ages) -> bool:
    return (ages.low or 0) <= group.low and _high(group) <= (ages.high if ages.high is not None else _OLDEST)


def _touches(group: Group, ages: Ages) -> bool:
    return group.low <= (ages.high if ages.high is not None else _OLDEST) and (ages.low or 0) <= _high(group)


def _straddles(group: Group, border: int) -> Finding:
    span = f"{group.low}–{group.high}" if group.high is not None else f"{group.low}+"
    details: dict[str, Detail] = {"group": span, "border": border}
    return Finding("population_straddles", details=details)


def _sum(groups: Sequence[Group], sex: Sex | None, ages: Ages | None = None) -> float:
    return sum(group.people for group in groups if group.sex == sex and (ages is None or _within(group, ages)))
