"""What must hold between the initiatives of a plan, besides money and staff?

One class per rule. Each makes the rows of the model, checks a finished plan by itself, and writes itself to a file.
The model, the form, the explanation and the method page are all built from the same list.

The variable behind every row is `started by`: 1 when an initiative has started by a calendar year. It never goes
back to 0, so the last year of the plan tells who is chosen at all. A running initiative is 1 throughout: it is a
constant in the rows, rules about starting never bind it, counts and groups do.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, ClassVar, Literal

from planner.domain.initiatives import Amount, Initiative
from planner.domain.problem_needs import Need

Sense = Literal["<=", ">=", "=="]
FLOOR_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """Σ coefficient · started-by(initiative id, year) + Σ weight · closed(need id)  sense  limit."""

    name: str
    terms: Mapping[tuple[str, int], Amount]
    sense: Sense
    limit: Amount | float
    needs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """What a rule stands on: the years, the initiatives and the needs of one problem."""

    years: tuple[int, ...]
    initiatives: tuple[Initiative, ...]
    needs: tuple[Need, ...] = ()

    @cached_property
    def by_id(self) -> Mapping[str, Initiative]:
        return {initiative.id: initiative for initiative in self.initiatives}

    def runs(self, initiative: str) -> bool:
        """True when it was started before the plan."""
        return self.by_id[initiative].started is not None

    def with_theme(self, theme: str) -> tuple[str, ...]:
        return tuple(initiative.id for initiative in self.initiatives if initiative.theme == theme)

    def row(self, name: str, terms: Iterable[tuple[Amount, str, int]], sense: Sense, limit: Amount) -> Row:
        """A row where running initiatives have become part of the limit and equal terms one."""
        gathered: dict[tuple[str, int], Amount] = {}
        for coefficient, initiative, year in terms:
            if self.runs(initiative):
                limit -= coefficient
            else:
                gathered[initiative, year] = gathered.get((initiative, year), 0) + coefficient
        return Row(name, {at: coefficient for at, coefficient in gathered.items() if coefficient}, sense, limit)


Starts = Mapping[str, int]
"""A plan: initiative id -> calendar year it starts in. Running initiatives are in it with the year they began."""


class Rule(ABC):
    """One rule of a problem. `kind` is its word in the problem file."""

    kind: ClassVar[str]

    def __post_init__(self) -> None:
        # The order of a list of ids means nothing, so it may not make two problems of one.
        for name in ("of", "themes"):
            if getattr(self, name, None) is not None:
                object.__setattr__(self, name, tuple(sorted(getattr(self, name))))

    @abstractmethod
    def rows(self, ground: Ground) -> Iterator[Row]:
        """The rows that make a model keep this rule; names are for people and need not be unique."""

    @abstractmethod
    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        """True when a finished plan keeps the rule. closed: need id -> true mean closure. Knows nothing of the rows."""

    def as_json(self) -> dict[str, Any]:
        """The rule as it stands in a problem file; optional keys that are not used are left out."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}  # type: ignore[arg-type]
        used = {name: list(v) if isinstance(v, tuple) else v for name, v in given.items() if v is not None}
        return {"kind": self.kind, **used}


@dataclass(frozen=True)
class Must(Rule):
    """Locked in, optionally starting in a given calendar year. A year outside the plan cannot be met."""

    initiative: str
    year: int | None = None
    kind: ClassVar[str] = "must"

    def rows(self, ground: Ground) -> Iterator[Row]:
        if ground.runs(self.initiative):
            return
        year = ground.years[-1] if self.year is None else self.year
        if year not in ground.years:
            yield Row("must", {}, ">=", 1)
            return
        yield ground.row("must", [(1, self.initiative, year)], ">=", 1)
        if self.year is not None and year > ground.years[0]:
            yield ground.row("must_not_before", [(1, self.initiative, year - 1)], "<=", 0)

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        if ground.runs(self.initiative):
            return True
        return self.initiative in starts and self.year in (None, starts[self.initiative])


@dataclass(frozen=True)
class MustNot(Rule):
    """Locked out."""

    initiative: str
    kind: ClassVar[str] = "must_not"

    def rows(self, ground: Ground) -> Iterator[Row]:
        if not ground.runs(self.initiative):
            yield ground.row("must_not", [(1, self.initiative, ground.years[-1])], "<=", 0)

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        return ground.runs(self.initiative) or self.initiative not in starts


@dataclass(frozen=True)
class RequiresAll(Rule):
    """May start in a year only if everything in `of` has started by that year."""

    initiative: str
    of: tuple[str, ...]
    kind: ClassVar[str] = "requires_all"

    def rows(self, ground: Ground) -> Iterator[Row]:
        if ground.runs(self.initiative):
            return
        for other in self.of:
            for year in ground.years:
                yield ground.row("requires_all", [(1, self.initiative, year), (-1, other, year)], "<=", 0)

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        start = starts.get(self.initiative)
        if start is None or ground.runs(self.initiative):
            return True
        return all(other in starts and starts[other] <= start for other in self.of)


@dataclass(frozen=True)
class RequiresAny(Rule):
    """May start in a year only if something in `of` has started by that year."""

    initiative: str
    of: tuple[str, ...]
    kind: ClassVar[str] = "requires_any"

    def rows(self, ground: Ground) -> Iterator[Row]:
        if not ground.runs(self.initiative):
            yield from _only_after_one(ground, "requires_any", self.initiative, self.of)

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        start = starts.get(self.initiative)
        if start is None or ground.runs(self.initiative):
            return True
        return any(other in starts and starts[other] <= start for other in self.of)


@dataclass(frozen=True)
class Follows(Rule):
    """May start in a year only if each theme has one started by then; the initiative itself counts in its own theme."""

    initiative: str
    themes: tuple[str, ...]
    kind: ClassVar[str] = "follows"

    def rows(self, ground: Ground) -> Iterator[Row]:
        if not ground.runs(self.initiative):
            for theme in self.themes:
                yield from _only_after_one(ground, "follows", self.initiative, ground.with_theme(theme))

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        start = starts.get(self.initiative)
        if start is None or ground.runs(self.initiative):
            return True
        begun = {ground.by_id[other].theme for other, year in starts.items() if year <= start}
        return begun.issuperset(self.themes)


def _only_after_one(ground: Ground, name: str, initiative: str, others: Iterable[str]) -> Iterator[Row]:
    others = tuple(others)
    for year in ground.years:
        yield ground.row(name, [(1, initiative, year), *((-1, other, year) for other in others)], "<=", 0)
