"""How many people are there of each age and sex in a place? As a table gave them, or as a form carried them.

Never guesses a place: `named_place` finds the one that is called what the municipality is, and no other.
"""

import re
from dataclasses import dataclass
from typing import Any, Literal, cast

from planner.domain.population_labels import Sex
from planner.domain.scales import words

TROUBLES = ("population_hidden", "population_missing", "population_empty")
_PLACE_CODE = re.compile(r"^(?:k-)?\d{2,8}\s+", re.IGNORECASE)
_KIND_OF_PLACE = re.compile(r"\s*(?:kommune|herad|municipality|\(\d{4}[-–]?\d{0,4}\))\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Group:
    """People of one sex («», not said) from low to high years, both included; high None: and older."""

    sex: Sex | Literal[""]
    low: int
    high: int | None
    people: float


@dataclass(frozen=True, slots=True)
class Place:
    """trouble: the code of the finding that says why its figures cannot be used; "" when they can."""

    name: str
    groups: tuple[Group, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    """The people of one place or more, in the same year. by_age, by_sex: whether the table is divided so."""

    title: str
    year: str
    places: tuple[Place, ...]
    by_age: bool
    by_sex: bool

    def to_document(self) -> dict[str, Any]:
        places = [
            [one.name, [[g.sex, g.low, g.high, g.people] for g in one.groups], one.trouble] for one in self.places
        ]
        return {"title": self.title, "year": self.year, "places": places, "age": self.by_age, "sex": self.by_sex}

    @classmethod
    def from_document(cls, document: Any) -> "Population":
        """Raises ValueError for anything else; it has been in a form, where anybody may have changed it."""
        try:
            places = tuple(
                Place(
                    str(name),
                    tuple(
                        Group(cast(Sex, str(sex)), int(low), None if high is None else int(high), float(people))
                        for sex, low, high, people in groups
                    ),
                    str(trouble),
                )
                for name, groups, trouble in document["places"]
            )
            read = cls(
                str(document["title"]), str(document["year"]), places, bool(document["age"]), bool(document["sex"])
            )
        except (KeyError, TypeError, OverflowError) as error:
            raise ValueError("not a population") from error
        if any(one.trouble not in ("", *TROUBLES) for one in places):
            raise ValueError("not a population")
        if any(g.sex not in ("", "k", "m") or not 0 <= g.people < 1e9 for one in places for g in one.groups):
            raise ValueError("not a population")
        return read


def named_place(population: Population, municipality: str) -> Place | None:
    """The only place, or the one that is called as the municipality; None when that must be asked."""
    if len(population.places) == 1:
        return population.places[0]
    wanted = _bare_name(municipality)
    called = [one for one in population.places if _bare_name(one.name) == wanted]
    return called[0] if len(called) == 1 else None


def _bare_name(name: str) -> str:
    return words(_KIND_OF_PLACE.sub(" ", _PLACE_CODE.sub("", name)))
