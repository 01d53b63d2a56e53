"""Is there money and staff enough, every year and in all, and does each initiative start inside its window?

These are keys of a problem rather than rules in its list, but they are rules all the same: they make rows and
check plans exactly. Amounts are never floats here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from planner.domain.initiatives import Amount, exact
from planner.domain.rules import Ground, Row, Rule, Starts


@dataclass(frozen=True, slots=True)
class Resource:
    """Something a plan uses up. limit: one amount for each plan year (None: no limit); total_limit: all years."""

    id: str
    unit: str
    limit: tuple[Amount | None, ...]
    total_limit: Amount | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a resource has an id")
        object.__setattr__(self, "limit", tuple(None if a is None else exact(a) for a in self.limit))
        if self.total_limit is not None:
            object.__setattr__(self, "total_limit", exact(self.total_limit))
        if any(amount is not None and amount < 0 for amount in (*self.limit, self.total_limit)):
            raise ValueError(f"{self.id}: a limit is negative")


def used(ground: Ground, starts: Starts, resource: str, year: int) -> Amount:
    """What a plan takes of a resource in a calendar year (any year: those after the plan show what it binds)."""
    return sum((ground.by_id[initiative].use(resource, start, year) for initiative, start in starts.items()), 0)


def _use_terms(ground: Ground, resource: str, years: tuple[int, ...]) -> Iterator[tuple[Amount, str, int]]:
    """Use over some years as coefficients of started-by: an initiative that starts in s is 1 from s on, so each
    coefficient is the use when starting that year less the use when starting the year after.
    """
    for initiative in ground.initiatives:
        if initiative.started is not None:
            running = sum((initiative.use(resource, initiative.started, year) for year in years), 0)
            yield running, initiative.id, ground.years[0]
            continue
        by_start = [sum((initiative.use(resource, s, year) for year in years), 0) for s in ground.years]
        for start, now, later in zip(ground.years, by_start, [*by_start[1:], 0], strict=True):
            yield now - later, initiative.id, start


@dataclass(frozen=True)
class YearLimits(Rule):
    """Each year: use of those starting plus yearly use and profile of those running ≤ limit · (1 − reserve)."""

    resource: Resource
    reserve: Amount = 0
    kind: ClassVar[str] = "limits"

    def allowed(self) -> tuple[Amount | None, ...]:
        return tuple(None if limit is None else exact(limit * (1 - self.reserve)) for limit in self.resource.limit)

    def rows(self, ground: Ground) -> Iterator[Row]:
        for year, allowed in zip(ground.years, self.allowed(), strict=True):
            if allowed is not None:
                yield ground.row("limits", _use_terms(ground, self.resource.id, (year,)), "<=", allowed)

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        pairs = zip(ground.years, self.allowed(), strict=True)
        return all(allowed is None or used(ground, starts, self.resource.id, y) <= allowed for y, allowed in pairs)

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "resource": self.resource.id}


@dataclass(frozen=True)
class TotalLimit(Rule):
    """Use over all plan years together ≤ total limit · (1 − reserve)."""

    resource: Resource
    reserve: Amount = 0
    kind: ClassVar[str] = "total_limit"

    def allowed(self) -> Amount | None:
        total = self.resource.total_limit
        return None if total is None else exact(total * (1 - self.reserve))

    def rows(self, ground: Ground) -> Iterator[Row]:
        allowed = self.allowed()
        if allowed is not None:
            yield ground.row("total_limit", _use_terms(ground, self.resource.id, ground.years), "<=", allowed)

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        allowed = self.allowed()
        total = sum((used(ground, starts, self.resource.id, year) for year in ground.years), 0)
        return allowed is None or total <= allowed

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "resource": self.resource.id}


@dataclass(frozen=True)
class Window(Rule):
    """An initiative that is not running already starts inside earliest–latest, or not at all."""

    initiative: str
    kind: ClassVar[str] = "windows"

    def rows(self, ground: Ground) -> Iterator[Row]:
        initiative = ground.by_id[self.initiative]
        if initiative.started is not None:
            return
        for before, year in zip((None, *ground.years), ground.years, strict=False):
            if not initiative.may_start(year):
                # Nobody starts this year: started by now is no more than started by the year before.
                earlier = [] if before is None else [(-1, self.initiative, before)]
                yield ground.row("windows", [(1, self.initiative, year), *earlier], "<=", 0)

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        initiative = ground.by_id[self.initiative]
        if initiative.started is not None or self.initiative not in starts:
            return True
        return starts[self.initiative] in ground.years and initiative.may_start(starts[self.initiative])
