"""How many people stand behind each level of a survey's own background columns? From people by age and sex to margins.

A level that cannot be placed is asked about, never guessed; a population group that lies on both sides of a border
between levels is refused. Never weights anything: `weighting` does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.background import BETWEEN, OLDEST, Column, Level, resolved, youngest_level
from planner.domain.findings import Detail, Finding
from planner.domain.population import Group, Place
from planner.domain.population_labels import Ages, Sex


@dataclass(frozen=True, slots=True)
class Filled:
    """people: (heading, level) → people. extra: (heading, name, people), ages that no level of the survey has."""

    people: dict[tuple[str, str], float]
    extra: tuple[tuple[str, str, float], ...]
    findings: tuple[Finding, ...]


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
    first, last = youngest or 0, oldest if oldest is not None else OLDEST
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
            f"{low}+" if high >= OLDEST else f"{low}–{high}",
            sum(group.people for group in groups if low <= group.low <= high),
        )
        for low, high in found
    ]


def _high(group: Group) -> int:
    return group.high if group.high is not None else OLDEST


def _within(group: Group, ages: Ages) -> bool:
    return (ages.low or 0) <= group.low and _high(group) <= (ages.high if ages.high is not None else OLDEST)


def _touches(group: Group, ages: Ages) -> bool:
    return group.low <= (ages.high if ages.high is not None else OLDEST) and (ages.low or 0) <= _high(group)


def _straddles(group: Group, border: int) -> Finding:
    span = f"{group.low}–{group.high}" if group.high is not None else f"{group.low}+"
    details: dict[str, Detail] = {"group": span, "border": border}
    return Finding("population_straddles", details=details)


def _sum(groups: Sequence[Group], sex: Sex | None, ages: Ages | None = None) -> float:
    return sum(group.people for group in groups if group.sex == sex and (ages is None or _within(group, ages)))
