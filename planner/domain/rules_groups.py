"""What must hold for a group as a whole: not both, all or none, how many, how much closed?

The second half of `planner.domain.rules`, split off because it answers for groups rather than for one initiative.
These rules count running initiatives like any other. They never ask when something starts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, ClassVar

from planner.domain.problem_needs import Need, in_group
from planner.domain.rules import (
    FLOOR_SLACK,
    Follows,
    Ground,
    Must,
    MustNot,
    RequiresAll,
    RequiresAny,
    Row,
    Rule,
    Sense,
    Starts,
)


@dataclass(frozen=True)
class Excludes(Rule):
    """At most one of the group, over the whole plan."""

    of: tuple[str, ...]
    kind: ClassVar[str] = "excludes"

    def rows(self, ground: Ground) -> Iterator[Row]:
        yield ground.row("excludes", [(1, member, ground.years[-1]) for member in self.of], "<=", 1)

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        return sum(member in starts for member in self.of) <= 1


@dataclass(frozen=True)
class Together(Rule):
    """All of the group or none, in whatever years."""

    of: tuple[str, ...]
    kind: ClassVar[str] = "together"

    def rows(self, ground: Ground) -> Iterator[Row]:
        last = ground.years[-1]
        for one, next_one in pairwise(self.of):
            yield ground.row("together", [(1, one, last), (-1, next_one, last)], "==", 0)

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        return sum(member in starts for member in self.of) in (0, len(self.of))


@dataclass(frozen=True)
class _Count(Rule):
    """A number chosen, in any year, within a theme or a named group (exactly one of the two)."""

    count: int
    theme: str | None = None
    of: tuple[str, ...] | None = None
    sense: ClassVar[Sense]

    def __post_init__(self) -> None:
        super().__post_init__()
        if (self.theme is None) == (self.of is None):
            raise ValueError("a count selects by one of theme and of")

    def members(self, ground: Ground) -> tuple[str, ...]:
        return self.of if self.of is not None else ground.with_theme(self.theme or "")

    def rows(self, ground: Ground) -> Iterator[Row]:
        last = ground.years[-1]
        yield ground.row(self.kind, [(1, member, last) for member in self.members(ground)], self.sense, self.count)

    def chosen(self, starts: Starts, ground: Ground) -> int:
        return sum(member in starts for member in self.members(ground))


@dataclass(frozen=True)
class AtLeast(_Count):
    """At least so many of the theme or group."""

    kind: ClassVar[str] = "at_least"
    sense: ClassVar[Sense] = ">="

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        return self.chosen(starts, ground) >= self.count


@dataclass(frozen=True)
class AtMost(_Count):
    """At most so many of the theme or group."""

    kind: ClassVar[str] = "at_most"
    sense: ClassVar[Sense] = "<="

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        return self.chosen(starts, ground) <= self.count


@dataclass(frozen=True)
class NeedFloor(Rule):
    """Σ points · closed over a segment, a factor or named needs ≥ share · Σ points there, by the true closure.

    Points without weights; 1e-9 points of slack, because closures are not exact numbers.
    """

    share: float
    segment: str | None = None
    factor: str | None = None
    of: tuple[str, ...] | None = None
    kind: ClassVar[str] = "need_floor"

    def __post_init__(self) -> None:
        super().__post_init__()
        if [self.segment, self.factor, self.of].count(None) != 2:
            raise ValueError("a floor selects by one of segment, factor and of")

    def members(self, ground: Ground) -> tuple[Need, ...]:
        if self.segment is not None:
            return in_group(ground.needs, "segment", self.segment)
        if self.factor is not None:
            return in_group(ground.needs, "factor", self.factor)
        return tuple(need for need in ground.needs if need.id in (self.of or ()))

    def rows(self, ground: Ground) -> Iterator[Row]:
        members = self.members(ground)
        limit = self.share * sum(need.points for need in members) - FLOOR_SLACK
        yield Row("need_floor", {}, ">=", limit, {need.id: need.points for need in members})

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        members = self.members(ground)
        reached = sum(need.points * closed[need.id] for need in members)
        return reached >= self.share * sum(need.points for need in members) - FLOOR_SLACK


RULES: tuple[type[Rule], ...] = (
    *(Must, MustNot, RequiresAll, RequiresAny, Follows),
    *(Excludes, Together, AtLeast, AtMost, NeedFloor),
)
"""Every kind a problem file may list, in the order forms and method pages show them."""


def rule_of(document: Mapping[str, Any]) -> Rule:
    """The rule that `as_json` wrote. Raises StopIteration, TypeError or ValueError for anything else."""
    kind = next(kind for kind in RULES if kind.kind == document["kind"])
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in document.items()}
    return kind(**{name: value for name, value in given.items() if name != "kind"})
