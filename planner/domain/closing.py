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
    needs that a single initiative reaches. The rest are terms, each with a weight in every function.
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
        # Flat lists of entries (term, column, strength), a term's strongest first: most terms have two or three, and
        # a matrix of terms × columns would be nearly all zeros.
        self.terms, self.columns = len(terms), columns
        self.running = np.array([running for running, _, _ in terms])
        self.weight = np.array([weight for _, _, weight in terms]).reshape(len(terms), functions).T
        ordered = [sorted(signature, key=lambda entry: -entry[1]) for _, signature, _ in terms]
        self.sizes = np.array([len(signature) for signature in ordered], dtype=np.intp)
        self.term = np.repeat(np.arange(len(terms)), self.sizes)
        self.column = np.array([column for signature in ordered for column, _ in signature], dtype=np.intp)
        self.strength = np.array([strength for signature in ordered for _, strength in signature])
        self.certain = self.strength == 1.0
        self.some_certain = bool(self.certain.any())
        # −ln(1 − strength); what closes a need entirely is kept apart, so that no ln 0 arises.
        self.log = -np.log1p(-np.where(self.certain, 0.0, self.strength))

    def _per_term(self, entries: Vector) -> Vector:
        sums: Vector = np.bincount(self.term, entries, self.terms).astype(np.float64)
        return sums

    def at(self, point: Vector, weight: Vector) -> tuple[float, Vector]:
        """The weighted sum of the terms at a `started by` point, and its slope. weight: one number a term."""
        if not self.terms:
            return 0.0, np.zeros(self.columns)
        here = point[self.column]
        if self.closure == "max":
            closed, slopes = self._strongest(here)
        else:
            closed, slopes = self._added(here) if self.closure == "capped" else self._multiplied(here)
        slope: Vector = np.bincount(self.column, weight[self.term] * slopes, self.columns).astype(np.float64)
        return float(weight @ closed), slope

    def _added(self, here: Vector) -> tuple[Vector, Vector]:
        total = self.running + self._per_term(self.strength * here)
        return np.minimum(total, 1.0), np.where((total < 1)[self.term], self.strength, 0.0)

    def _multiplied(self, here: Vector) -> tuple[Vector, Vector]:
        """The lower of two overestimates that are exact when decided: the sum of strengths; and
        1 − (1 − z)·exp(−L / (1 − z)), where z is the weight on those that close it entirely (1 − e^(−L) without any).
        """
        total, logs = self._per_term(self.strength * here), self._per_term(self.log * here)
        if not self.some_certain:
            rest = np.exp(-logs)
            straight = total <= 1 - rest
            slopes = np.where(straight[self.term], self.strength, rest[self.term] * self.log)
            return np.where(straight, total, 1 - rest), slopes
        left = np.clip(1 - self._per_term(self.certain * here), 0.0, 1.0)
        ratio = np.divide(logs, left, out=np.full(self.terms, 1e3), where=left > 0)
        rest = np.exp(-ratio)
        curve = 1 - left * rest
        straight = total <= curve
        bent = rest[self.term] * np.where(self.certain, 1 + ratio[self.term], self.log)
        return np.where(straight, total, curve), np.where(straight[self.term], self.strength, bent)

    def _strongest(self, here: Vector) -> tuple[Vector, Vector]:
        """The strongest first, until their weights fill 1; what runs already fills the rest."""
        first = np.cumsum(self.sizes) - self.sizes
        filled = np.cumsum(here)
        filled = filled - (filled[first] - here[first])[self.term]
        # The strength at the margin: the first at which the weights come to 1, never weaker than what runs.
        before = self._per_term((filled < 1).astype(float)).astype(np.intp)
        margin = np.where(before < self.sizes, self.strength[np.minimum(first + before, len(here) - 1)], 0.0)
        margin = np.maximum(margin, self.running)
        slopes = np.maximum(self.strength - margin[self.term], 0.0)
        return margin + self._per_term(slopes * here), slopes

    def bound(self, point: Vector, function: int) -> tuple[float, Vector]:
        """One function at a `started by` point with its slope: f(x) ≤ value + slope · (x − point) for decided x."""
        value, slope = self.at(point, self.weight[function])
        value += float(self.linear[function] @ point) + float(self.constant[function])
        return value, slope + self.linear[function]

    def decided(self, points: Vector) -> Vector:
        """Function values (functions × points) at many decided `started by` points (one a row), nearly exact."""
        here = points[:, self.column]
        starts = np.cumsum(self.sizes) - self.sizes
        if not self.terms:
            closed = np.zeros((len(points), 0))
        elif self.closure == "max":
            closed = np.maximum(np.maximum.reduceat(self.strength * here, starts, axis=1), self.running)
        elif self.closure == "capped":
            closed = np.minimum(1.0, np.add.reduceat(self.strength * here, starts, axis=1) + self.running)
        else:
            closed = 1 - np.multiply.reduceat(1 - self.strength * here, starts, axis=1)
        values: Vector = self.weight @ closed.T + self.linear @ points.T + self.constant[:, None]
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
