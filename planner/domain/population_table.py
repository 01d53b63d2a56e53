"""How many people does a table of Statistics Norway tell of? From its dimensions and cells to people in a place.

Takes the newest year and says so, leaves sums out, and refuses what it would have to guess: hidden figures, tables
divided by something else as well, ages that overlap. Knows nothing of surveys and never reads bytes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from planner.domain.findings import Detail, Finding
from planner.domain.population import Group, Place, Population
from planner.domain.population_labels import Sex, said_ages, said_everyone, said_sex
from planner.domain.scales import words

Kind = Literal["place", "sex", "age", "year", "contents", "other"]
# A figure, or one of the signs: «:» hidden, «..» missing, «.» cannot be, «-» none; "" where the table has no figure.
Cell = float | str
HIDDEN, NONE = ":", "-"
_NAMES: dict[str, Kind] = {
    "kjønn": "sex", "kjonn": "sex", "sex": "sex", "gender": "sex", "alder": "age", "age": "age",
    "aldersgruppe": "age", "år": "year", "tid": "year", "year": "year", "time": "year",
    "region": "place", "kommune": "place", "municipality": "place", "fylke": "place", "county": "place",
    "bydel": "place", "grunnkrets": "place", "tettsted": "place",
    "contentscode": "contents", "statistikkvariabel": "contents", "contents": "contents",
}  # fmt: skip
_PEOPLE = re.compile(r"befolkning|folkemengd|folketal|person|innbygg|population|inhabitant")
_NOT_PEOPLE = re.compile(r"prosent|andel|per ?cent|endring|change|netto|vekst|growth|gjennomsnitt|average|\bfødt|døde")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[kmq]\d{1,2})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way a table is divided. codes, labels: of its values, as many of both; equal where the file has only one."""

    code: str
    label: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SsbTable:
    """A table of figures. cells: place in each dimension → figure or sign; what the file lacks is not there."""

    title: str
    dimensions: tuple[Dimension, ...]
    cells: Mapping[tuple[int, ...], Cell]


def read_population(table: SsbTable) -> tuple[Population, tuple[Finding, ...]] | tuple[Finding, ...]:
    """People by place, sex and age of the newest year with what should be known about it; or why there are none."""
    kinds = [_kind(one) for one in table.dimensions]
    divided = {kind: place for place, kind in reversed(list(enumerate(kinds)))}
    if "sex" not in divided and "age" not in divided:
        return (Finding("population_no_age_or_sex"),)
    findings: list[Finding] = []
    fixed: dict[int, int] = {}
    for number, (dimension, kind) in enumerate(zip(table.dimensions, kinds, strict=True)):
        if kind == "year":
            fixed[number] = _newest(dimension, findings)
        elif kind == "contents" or kind == "other":
            fixed[number] = _one_value(dimension, kind, findings)
    stated = [table.dimensions[divided["contents"]].labels[fixed[divided["contents"]]]] if "contents" in divided else []
    about = words(" ".join([table.title, *stated]))
    if not _PEOPLE.search(about) or any(_NOT_PEOPLE.search(words(one)) for one in stated):
        findings.append(Finding("population_not_people", details={"title": " ".join([*stated, table.title])[:200]}))
    sexes = _sexes(table.dimensions[divided["sex"]], findings) if "sex" in divided else {}
    ages = _ages(table.dimensions[divided["age"]], findings) if "age" in divided else {}
    if any(found.severity == "error" for found in findings):
        return tuple(findings)
    year = table.dimensions[divided["year"]].labels[fixed[divided["year"]]] if "year" in divided else ""
    places = _places(table, divided, fixed, sexes, ages)
    by_age = any(value is not None for value in ages.values())
    by_sex = any(value for value in sexes.values())
    if not by_age and not by_sex:
        return (Finding("population_no_age_or_sex"),)
    return Population(table.title, year, places, by_age, by_sex), tuple(findings)


def _kind(dimension: Dimension) -> Kind:
    for name in (dimension.label, dimension.code):
        kind = _NAMES.get(words(name))
        if kind:
            return kind
    if dimension.labels and all(_YEAR.fullmatch(label.strip()) for label in dimension.labels):
        return "year"
    return "other"


def _newest(dimension: Dimension, findings: list[Finding]) -> int:
    newest = max(range(len(dimension.labels)), key=lambda place: dimension.labels[place])
    if len(dimension.labels) > 1:
        details: dict[str, Detail] = {"year": dimension.labels[newest], "count": len(dimension.labels)}
        findings.append(Finding("population_newest_year", "info", details=details))
    return newest


def _one_value(dimension: Dimension, kind: Kind, findings: list[Finding]) -> int:
    """The value to keep of a dimension that is no part of age, sex or place; only a sum of all is everyone."""
    if kind == "contents":
        fits = [
            place
            for place, label in enumerate(dimension.labels)
            if _PEOPLE.search(words(label)) and not _NOT_PEOPLE.search(words(label))
        ]
        return fits[0] if fits else 0
    for place, label in enumerate(dimension.labels):
        if said_everyone(label):
            return place
    findings.append(Finding("population_divided_further", details={"name": dimension.label[:80]}))
    return 0


def _sexes(dimension: Dimension, findings: list[Finding]) -> dict[int, Sex | Literal[""]]:
    """Place → sex; the sum of both only where it is all there is."""
    read: dict[int, Sex | Literal[""]] = {}
    sums = []
    for place, (code, label) in enumerate(zip(dimension.codes, dimension.labels, strict=True)):
        sex = said_sex(label, coded=True) or said_sex(code, coded=True)
        if sex:
            read[place] = sex
        elif said_everyone(label) or code == "0":
            sums.append(place)
        else:
            findings.append(Finding("population_label_unknown", details={"label": label[:80]}))
    if len(set(read.values())) != len(read):
        findings.append(Finding("population_overlap", details={"label": dimension.label[:80]}))
    return read or dict.fromkeys(sums[:1], "")


def _ages(dimension: Dimension, findings: list[Finding]) -> dict[int, tuple[int, int | None] | None]:
    """Place → (low, high); the sum of all ages (None) only where it is all there is."""
    read: dict[int, tuple[int, int | None] | None] = {}
    sums = []
    for place, (code, label) in enumerate(zip(dimension.codes, dimension.labels, strict=True)):
        ages = said_ages(label, bare=True) or said_ages(code, bare=True)
        if said_everyone(label) or said_everyone(code):
            sums.append(place)
        elif ages is None or ages.over:
            findings.append(Finding("population_label_unknown", details={"label": label[:80]}))
        else:
            read[place] = (ages.low or 0, ages.high)
    ranges = sorted((one[0], one[1] if one[1] is not None else 999) for one in read.values() if one is not None)
    for (_, before), (after, _) in pairwise(ranges):
        if after <= before:
            findings.append(Finding("population_overlap", details={"label": dimension.label[:80]}))
            break
    return read or dict.fromkeys(sums[:1], None)


def _places(
    table: SsbTable,
    divided: Mapping[Kind, int],
    fixed: Mapping[int, int],
    sexes: Mapping[int, Sex | Literal[""]],
    ages: Mapping[int, tuple[int, int | None] | None],
) -> tuple[Place, ...]:
    at_place, at_sex, at_age = divided.get("place"), divided.get("sex"), divided.get("age")
    names = table.dimensions[at_place].labels if at_place is not None else ("",)
    found = []
    for number, name in enumerate(names):
        groups, trouble = [], ""
        for sex_place, sex in (sexes or {0: ""}).items():
            for age_place, age in (ages or {0: None}).items():
                chosen = dict(fixed)
                for at, value in ((at_place, number), (at_sex, sex_place), (at_age, age_place)):
                    if at is not None:
                        chosen[at] = value
                cell = table.cells.get(tuple(chosen[at] for at in range(len(table.dimensions))), NONE)
                people = 0.0 if cell == NONE else cell
                if isinstance(people, str) or not 0 <= people < 1e9:
                    trouble = "population_hidden" if cell == HIDDEN else trouble or "population_missing"
                    people = 0.0
                low, high = age or (0, None)
                groups.append(Group(sex, low, high, people))
        if not trouble and not any(group.people for group in groups):
            trouble = "population_empty"
        found.append(Place(name, tuple(groups), trouble))
    return tuple(found)
