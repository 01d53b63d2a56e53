"""What does a plan close, what does it take, and what was answered?

`Plan` is one set of start years, with every total computed from the formulas and exact amounts; `Result` is the
answer to a problem. Nothing here searches for a plan or trusts a solver.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import expm1, fsum, log1p
from types import MappingProxyType
from typing import Any, Literal

from planner.domain.findings import Finding
from planner.domain.initiatives import Amount, plain
from planner.domain.limits import used
from planner.domain.problem import Closure, Problem
from planner.domain.problem_needs import Grouping, Need
from planner.domain.relief import Relief
from planner.domain.rules import Rule, Starts

STAFF = "staff"


@dataclass(frozen=True)
class Plan:
    """Which, and in which year. Running initiatives are always part of it and need not be named.

    starts: initiative id -> calendar year. All figures follow from the formulas; amounts are exact.
    """

    problem: Problem
    starts: Starts

    def __post_init__(self) -> None:
        starts = {**self.starts, **self.problem.running}
        if not set(starts) <= set(self.problem.ground.by_id):
            raise ValueError("a plan names an initiative that is not in its problem")
        object.__setattr__(self, "starts", MappingProxyType({one: starts[one] for one in sorted(starts)}))

    def _steps(self, need: str) -> list[tuple[int, float]]:
        """(year index from which it works, strength) of all in the plan that reach the need, in order of time."""
        first, by_id = self.problem.years[0], self.problem.ground.by_id
        reach = [
            (by_id[one].works_from(start) - first, by_id[one].strength(need)) for one, start in self.starts.items()
        ]
        return sorted((max(0, index), strength) for index, strength in reach if strength > 0)

    def closed_at(self, need: str, index: int) -> float:
        """The share of a need that is closed in one year; index 0 is the first plan year."""
        return close([strength for since, strength in self._steps(need) if since <= index], self.problem.closure)

    @cached_property
    def closed(self) -> Mapping[str, float]:
        """need id -> mean share closed over the years that count."""
        return {need.id: self.mean_closed(need.id) for need in self.problem.needs}

    def mean_closed(self, need: str) -> float:
        """The mean share of one need closed over the years that count."""
        # The closure changes only when something begins to work, so a horizon of a thousand years costs nothing.
        steps, horizon = self._steps(need), self.problem.horizon
        times = sorted({since for since, _ in steps if since < horizon})
        parts = []
        for since, until in pairwise([*times, horizon]):
            working = [strength for begins, strength in steps if begins <= since]
            parts.append((until - since) * close(working, self.problem.closure))
        return fsum(parts) / horizon

    @cached_property
    def value(self) -> float:
        """Points closed, as the mean over the years that count."""
        return fsum(self.problem.worth(need) * self.closed[need.id] for need in self.problem.needs)

    @cached_property
    def value_by_year(self) -> tuple[float, ...]:
        """Points closed in each plan year."""
        indices = range(len(self.problem.years))
        needs = self.problem.needs
        return tuple(fsum(self.problem.worth(n) * self.closed_at(n.id, t) for n in needs) for t in indices)

    def closed_by(self, grouping: Grouping) -> Mapping[str | None, tuple[float, float]]:
        """segment, factor or statement -> (points closed, points there). None gathers the needs that name none."""
        groups: dict[str | None, list[Need]] = {}
        for need in self.problem.needs:
            groups.setdefault(need.group(grouping), []).append(need)
        worth = self.problem.worth
        return {g: (fsum(worth(n) * self.closed[n.id] for n in ns), fsum(map(worth, ns))) for g, ns in groups.items()}

    def use(self, resource: str, year: int) -> Amount:
        """What the plan takes of a resource in a calendar year; exact."""
        return used(self.problem.ground, self.starts, resource, year)

    @cached_property
    def used(self) -> Mapping[str, tuple[Amount, ...]]:
        """resource id -> use in each plan year."""
        return {r.id: tuple(self.use(r.id, year) for year in self.problem.years) for r in self.problem.resources}

    @cached_property
    def after(self) -> Mapping[str, Amount]:
        """resource id -> what the plan binds in the first year after it."""
        return {r.id: self.use(r.id, self.problem.years[-1] + 1) for r in self.problem.resources}

    @property
    def cost(self) -> Amount:
        """Everything but staff, over all plan years."""
        return sum((amount for resource, years in self.used.items() if resource != STAFF for amount in years), 0)

    @property
    def staff(self) -> Amount:
        """Months of work over all plan years."""
        return sum(self.used.get(STAFF, ()), 0)

    @cached_property
    def broken(self) -> tuple[Rule, ...]:
        """The limits and rules the plan does not keep, checked one by one without any model; empty: it is feasible."""
        closed = _WhenAsked(self)
        return tuple(r for r in self.problem.all_rules if not r.holds(self.starts, closed, self.problem.ground))


@dataclass(frozen=True)
class _WhenAsked(Mapping[str, float]):
    """What a plan closes, worked out for the first rule that asks: most rules do not, and it is most of the work."""

    plan: Plan

    def __getitem__(self, need: str) -> float:
        return self.plan.closed[need]

    def __iter__(self) -> Iterator[str]:
        return iter(self.plan.closed)

    def __len__(self) -> int:
        return len(self.plan.closed)


def close(strengths: list[float], closure: Closure) -> float:
    """The share of a need that several initiatives close together, each of which closes `strengths` alone."""
    if closure == "capped":
        return min(1.0, fsum(strengths))
    strongest = max(strengths, default=0.0)
    if closure == "max" or strongest == 1.0:
        return strongest
    # 1 − Π(1 − s) by logarithms: effects of one in a billion keep their digits.
    return -expm1(fsum(log1p(-strength) for strength in strengths))


Status = Literal["optimal", "best_found", "infeasible", "invalid", "unknown"]


@dataclass(frozen=True)
class Result:
    """The answer to one problem. Only `optimal` and `best_found` carry a plan: infeasible is not an empty plan.

    bound: no plan is worth more. gap: (bound − value) / max(1e-9, |bound|).
    relief: of an infeasible problem, the least changes that would make it possible, in two or three ways.
    """

    status: Status
    plan: Plan | None = None
    bound: float | None = None
    findings: tuple[Finding, ...] = ()
    problem_sha256: str | None = None
    program: str = ""
    solver: tuple[str, str] = ("HiGHS", "")
    seconds: float = 0.0
    relief: tuple[Relief, ...] = ()

    def __post_init__(self) -> None:
        if (self.plan is not None) != (self.status in ("optimal", "best_found")):
            raise ValueError(f"a result that is {self.status} has the wrong plan")

    @property
    def value(self) -> float | None:
        return None if self.plan is None else self.plan.value

    @property
    def gap(self) -> float | None:
        if self.bound is None or self.value is None:
            return None
        return (self.bound - self.value) / max(1e-9, abs(self.bound))

    def as_json(self) -> dict[str, Any]:
        """The malrett-result/1 object. Unknown has no `chosen`, an invalid file no hash."""
        plan = self.plan
        chosen = [{"id": one, "year": year} for one, year in plan.starts.items()] if plan else []
        facts: dict[str, Any] = {
            **{"format": "malrett-result/1", "status": self.status},
            **{"value": self.value, "bound": self.bound, "gap": self.gap},
            **({} if self.status in ("unknown", "invalid") else {"chosen": chosen}),
            "used": {r: [plain(a) for a in amounts] for r, amounts in plan.used.items()} if plan else {},
            "value_by_year": list(plan.value_by_year) if plan else [],
            "closed": dict(plan.closed) if plan else {},
            "after": {r: plain(amount) for r, amount in plan.after.items()} if plan else {},
            **{"relief": [relief.as_json() for relief in self.relief]},
            **{"findings": [finding_as_json(finding) for finding in self.findings]},
            **({} if self.problem_sha256 is None else {"problem_sha256": self.problem_sha256}),
            **{"program": self.program, "solver": dict(zip(("name", "version"), self.solver, strict=True))},
            "seconds": self.seconds,
        }
        return facts


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """A finding in a result file: its code and details, never a sentence."""
    facts = {"code": finding.code, "severity": finding.severity, "where": finding.where}
    return {**facts, "details": dict(finding.details)}
