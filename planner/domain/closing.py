"""How much can a plan close at most, while it is only partly decided?

For every need and year, closure becomes a concave function of the point (see `planner.domain.grid`) that is exact
where everything is decided and never too low in between. Its slope gives the rows a linear model needs:
closed(x) ≤ closed(p) + slope(p) · (x − p). Needs and years that the same initiatives reach equally are one term.

The truth is always computed by `Plan`; this module only bounds it.
"""

from dataclasses import dataclass
from math import fsum
from typing import Any

import numpy as np

from planner.domain.grid import Grid, Vector
from planner.domain.problem import Problem
from planner.domain.rules_groups import NeedFloor

Signature = tuple[tuple[int, float], ...]
"""What reaches a need in a year: (column, share closed alone), in order of column."""


class Closing:
    """The value and the floors of a problem as concave functions of a point.

    Function 0 is the value (points, mean over the years that count); function k > 0 is the k-th floor's
    Σ points · closed. `constant` and `linear` hold what needs no bounding: the part running initiatives close, and the
    needs that a single initiative reaches. The rest are terms: weight (functions × terms), strength (terms × columns).
    """

    def __init__(self, problem: Problem, grid: Grid) -> None:
        self.closure = problem.closure
        self.floors = [rule for rule in problem.rules if isinstance(rule, NeedFloor)]
        members = [{need.id for need in floor.members(problem.ground)} for floor in self.floors]
        functions = 1 + len(self.floors)
        gathered: dict[tuple[float, Signature], Vector] = {}
        for need in problem.needs:
            weight = np.array([problem.worth(need), *(need.points * (need.id in of) for of in members)])
            for share, running, signature in _spans(problem, grid, need.id):
                key = running, signature
                gathered[key] = gathered.get(key, np.zeros(functions)) + weight * share
        self.constant, self.linear = np.zeros(functions), np.zeros((functions, grid.size))
        terms: list[tuple[float, Signature, Vector]] = []
        for (running, signature), weight in gathered.items():
            if self.closure == "product":
                self.constant, weight, running = self.constant + weight * running, weight * (1 - running), 0.0
            if len(signature) <= 1:
                self.constant = self.constant + weight * running
                for column, strength in signature:
                    self.linear[:, column] += weight * (self._alone(running, strength) - running)
            elif weight.any():
                terms.append((running, signature, weight))
        self._set_terms(terms, grid.size, functions)

    def _alone(self, running: float, strength: float) -> float:
        return min(1.0, running + strength) if self.closure == "capped" else max(running, strength)

    def _set_terms(self, terms: list[tuple[float, Signature, Vector]], columns: int, functions: int) -> None:
        self.running = np.array([running for running, _, _ in terms])
        self.weight = np.array([weight for _, _, weight in terms]).reshape(len(terms), functions).T
        self.strength = np.zeros((len(terms), columns))
        for index, (_, signature, _) in enumerate(terms):
            for column, strength in signature:
                self.strength[index, column] = strength
        self.certain = (self.strength == 1.0).astype(float)
        # −ln(1 − strength); what closes a need entirely is kept apart, so that no ln 0 arises.
        self.log = -np.log1p(-np.where(self.certain > 0, 0.0, self.strength))
        self.by_strength = np.argsort(-self.strength, axis=1, kind="stable") if self.closure == "max" else None

    @property
    def terms(self) -> int:
        return len(self.running)

    def at(self, point: Vector, weight: Vector) -> tuple[Vector, Vector]:
        """(values, slopes) of weighted sums of the terms at a point. weight: sums × terms; slopes: sums × columns."""
        if not self.terms:
            return np.zeros(len(weight)), np.zeros((len(weight), len(point)))
        if self.closure == "max":
            return self._at_max(point, weight)
        total = self.running + self.strength @ point
        if self.closure == "capped":
            below = total < 1
            return weight @ np.minimum(total, 1.0), (weight * below) @ self.strength
        # Product: the lower of two overestimates that are exact when decided. The sum of strengths; and
        # 1 − (1 − z)·exp(−L / (1 − z)), where z is the weight on those that close it entirely (1 − e^(−L) without any).
        left = np.clip(1 - self.certain @ point, 0.0, 1.0)
        ratio = np.divide(self.log @ point, left, out=np.full(self.terms, np.inf), where=left > 0)
        rest = np.exp(-ratio)
        curve = 1 - left * rest
        straight = total <= curve
        with np.errstate(invalid="ignore"):
            sure = np.where(np.isfinite(ratio), rest * (1 + ratio), 0.0)
        bent = weight * ~straight
        slopes = (weight * straight) @ self.strength + (bent * rest) @ self.log + (bent * sure) @ self.certain
        return weight @ np.where(straight, total, curve), slopes

    def _at_max(self, point: Vector, weight: Vector) -> tuple[Vector, Vector]:
        """The strongest first, until their weights fill 1; what runs already fills the rest."""
        assert self.by_strength is not None
        order = self.by_strength
        strength = np.take_along_axis(self.strength, order, axis=1)
        active = point[order] * (strength > 0)
        before = np.cumsum(active, axis=1) - active
        # The strength at the margin: the first whose cumulative weight reaches 1, never weaker than what runs.
        filled = before + active >= 1
        first = np.where(filled.any(axis=1), filled.argmax(axis=1), strength.shape[1] - 1)
        margin = np.where(filled.any(axis=1), strength[np.arange(self.terms), first], 0.0)
        margin = np.maximum(margin, self.running)
        slope = np.maximum(self.strength - margin[:, None], 0.0)
        return weight @ (margin + slope @ point), weight @ slope

    def bound(self, point: Vector, function: int) -> tuple[float, Vector]:
        """One function at a `started by` point with its slope: f(x) ≤ value + slope · (x − point) for decided x."""
        values, slopes = self.at(point, self.weight[function : function + 1])
        value = float(values[0]) + float(self.linear[function] @ point) + float(self.constant[function])
        return value, slopes[0] + self.linear[function]

    def decided(self, points: Vector) -> Vector:
        """Function values (functions × points) at many decided `started by` points (one a row), nearly exact."""
        if self.closure == "max":
            closed = np.array([(self.strength * point).max(axis=1, initial=0.0) for point in points]).T
            closed = np.maximum(closed.reshape(self.terms, len(points)), self.running[:, None])
        elif self.closure == "capped":
            closed = np.minimum(1.0, self.running[:, None] + self.strength @ points.T)
        else:
            closed = 1 - np.exp(-(self.log @ points.T)) * (self.certain @ points.T < 0.5)
        values: Vector = self.weight @ closed + self.linear @ points.T + self.constant[:, None]
        return values


@dataclass(frozen=True, slots=True)
class _Reach:
    column: int
    since: int
    strength: float


def _spans(problem: Problem, grid: Grid, need: str) -> Any:
    """(share of the years that count, closed by what runs, signature) for each stretch of years that are alike."""
    years, horizon = problem.years, problem.horizon
    free: list[_Reach] = []
    running: list[tuple[int, float]] = []
    for initiative in problem.initiatives:
        strength = initiative.strength(need)
        if strength == 0:
            continue
        if initiative.started is not None:
            running.append((max(0, initiative.works_from(initiative.started) - years[0]), strength))
        else:
            first = grid.position[initiative.id, years[0]]
            free += [_Reach(first + t, t + initiative.delay, strength) for t in range(len(years))]
    changes = {reach.since for reach in free} | {since for since, _ in running} | {0}
    times = sorted(since for since in changes if since < horizon)
    for since, until in zip(times, [*times[1:], horizon], strict=True):
        # Of one initiative the latest year by which it must have started: everything earlier is contained in it.
        latest: dict[int, _Reach] = {}
        for reach in free:
            if reach.since <= since:
                latest[reach.column // len(years)] = reach
        signature = tuple((reach.column, reach.strength) for reach in latest.values())
        yield (until - since) / horizon, _running_closure(problem, [s for t, s in running if t <= since]), signature


def _running_closure(problem: Problem, strengths: list[float]) -> float:
    if problem.closure == "capped":
        return min(1.0, fsum(strengths))
    if problem.closure == "max":
        return max(strengths, default=0.0)
    return 1.0 - float(np.prod([1 - strength for strength in strengths]))
