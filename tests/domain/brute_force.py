"""Every plan there is, valued one formula at a time: what the solver is held against.

Written from the description of the model, for the plain JSON of a problem file; it shares no code with the program.
Plans are the rows of arrays, so a few hundred thousand of them take a second.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import floor

import numpy as np

TOLERANCE = 1e-9


class BruteForce:
    """All (years + 1)^n plans of a small problem (n counts those that are not running already)."""

    def __init__(self, problem: dict) -> None:
        self.problem, self.years = problem, problem["years"]
        self.initiatives = sorted(problem["initiatives"], key=lambda i: i["id"])
        self.ids = [i["id"] for i in self.initiatives]
        first, T = self.years[0], len(self.years)
        choices = [[i["started"] - first] if "started" in i else [*range(T), None] for i in self.initiatives]
        # Far in the future stands for never.
        self.never = 10**6
        lists = [[self.never if c is None else c for c in choice] for choice in choices]
        mesh = np.meshgrid(*lists, indexing="ij") if lists else []
        self.start = np.stack([m.reshape(-1) for m in mesh], axis=1) if mesh else np.zeros((1, 0), int)
        self.chosen = self.start < self.never
        self.running = np.array(["started" in i for i in self.initiatives], bool)
        self.lists = lists

    def _every(
        self, combine: np.ufunc, of: Callable[[int, int], float], empty: float, kind: type = float
    ) -> np.ndarray:
        """For every plan, combine over its initiatives of of(number, start)."""
        tables = [np.array([of(n, start) for start in starts], kind) for n, starts in enumerate(self.lists)]
        return reduce(combine.outer, tables, np.array([empty], kind)).reshape(-1)

    def solve(self) -> dict | None:
        """{"value", "chosen": {id: year}, "best", "ties"}, or None when no plan keeps every rule."""
        closed, value = self._closed()
        fits = self._resources() & self._windows()
        for rule in self.problem.get("rules", []):
            fits &= self._rule(rule, closed)
        if not fits.any():
            return None
        best = value[fits].max()
        left = np.nonzero(fits & (value >= best - TOLERANCE * max(1.0, best)))[0]
        ties = len(left)
        left = self._first(left)
        year = {one: int(self.years[0] + self.start[left, n]) for n, one in enumerate(self.ids) if self.chosen[left, n]}
        return {"value": float(value[left]), "best": float(best), "chosen": year, "ties": ties}

    def _first(self, left: np.ndarray) -> int:
        """The tie order: cost, staff, number, the set with the lowest id, the earliest years."""
        names = [r["id"] for r in self.problem["resources"]]
        cost = sum((self._use(r).sum(axis=1) for r in names if r != "staff"), np.zeros(len(self.start), np.int64))
        staff = sum((self._use(r).sum(axis=1) for r in names if r == "staff"), np.zeros(len(self.start), np.int64))
        orders = [cost, staff, self.chosen.sum(axis=1)]
        orders += [~self.chosen[:, n] for n in range(len(self.ids))]
        orders += [self.start[:, n] for n in range(len(self.ids))]
        for order in orders:
            here = order[left]
            left = left[here == here.min()]
        assert len(left) == 1
        return int(left[0])

    # Closure

    def _closed(self) -> tuple[dict[str, np.ndarray], np.ndarray]:
        horizon = self.problem.get("effect_years", len(self.years))
        weights = self.problem.get("weights")
        closed, value = {}, np.zeros(len(self.start))
        for need in self.problem["needs"]:
            closed[need["id"]] = sum(self._closed_in(need["id"], t) for t in range(horizon)) / horizon
            weight = 1 if weights is None else weights["nominal"][need[weights["by"]]]
            value = value + weight * need["points"] * closed[need["id"]]
        return closed, value

    def _closed_in(self, need: str, t: int) -> np.ndarray:
        def strength(n: int, start: int) -> float:
            i = self.initiatives[n]
            return i.get("chance", 1) * i["effects"].get(need, 0) if start + i.get("delay", 0) <= t else 0.0

        closure = self.problem.get("closure", "product")
        if closure == "capped":
            return np.minimum(1, self._every(np.add, strength, 0.0))
        if closure == "max":
            return self._every(np.maximum, strength, 0.0)
        return 1 - self._every(np.multiply, lambda n, start: 1 - strength(n, start), 1.0)

    # Money, staff, windows

    def _use(self, resource: str) -> np.ndarray:
        """plans × years, exact whole numbers in a small common unit."""

        def use(n: int, start: int, year: int) -> int:
            i, since = self.initiatives[n], year - start
            if since < 0:
                return 0
            profile = i.get("profile", {}).get(resource, [])
            once = i.get("start_cost", {}).get(resource, 0) if since == 0 else 0
            yearly = i.get("yearly_cost", {}).get(resource, 0)
            amount = UNIT * (_amount(once) + _amount(yearly) + _amount(profile[since] if since < len(profile) else 0))
            assert amount.denominator == 1
            return int(amount)

        years = range(len(self.years))
        return np.stack([self._every(np.add, lambda n, s, y=y: use(n, s, y), 0, np.int64) for y in years], axis=1)

    def _resources(self) -> np.ndarray:
        fits = np.ones(len(self.start), bool)
        kept = 1 - _amount(self.problem.get("reserve", 0))
        for resource in self.problem["resources"]:
            used = self._use(resource["id"])
            for y, limit in enumerate(resource["limit"]):
                if limit is not None:
                    fits &= used[:, y] <= floor(_amount(limit) * kept * UNIT)
            if resource.get("total_limit") is not None:
                fits &= used.sum(axis=1) <= floor(_amount(resource["total_limit"]) * kept * UNIT)
        return fits

    def _windows(self) -> np.ndarray:
        fits = np.ones(len(self.start), bool)
        for n, i in enumerate(self.initiatives):
            early = i.get("earliest", self.years[0]) - self.years[0]
            late = i.get("latest", self.years[-1]) - self.years[0]
            inside = (self.start[:, n] >= early) & (self.start[:, n] <= late)
            fits &= self.running[n] | ~self.chosen[:, n] | inside
        return fits

    # Rules

    def _rule(self, rule: dict, closed: dict[str, np.ndarray]) -> np.ndarray:
        kind = rule["kind"]
        if kind == "need_floor":
            return self._floor(rule, closed)
        if kind in ("at_least", "at_most", "excludes", "together"):
            if "theme" in rule:
                members = [n for n, i in enumerate(self.initiatives) if i["theme"] == rule["theme"]]
            else:
                members = [self.ids.index(one) for one in rule["of"]]
            number = self.chosen[:, members].sum(axis=1)
            if kind == "at_least":
                return number >= rule["count"]
            if kind == "at_most":
                return number <= rule["count"]
            return number <= 1 if kind == "excludes" else (number == 0) | (number == len(members))
        n = self.ids.index(rule["initiative"])
        mine, start, free = self.chosen[:, n], self.start[:, n], np.full(len(self.start), self.running[n])
        if kind == "must":
            right_year = True if "year" not in rule else start == rule["year"] - self.years[0]
            return free | (mine & right_year)
        if kind == "must_not":
            return free | ~mine
        if kind == "follows":
            groups = [[m for m, i in enumerate(self.initiatives) if i["theme"] == theme] for theme in rule["themes"]]
        elif kind == "requires_all":
            groups = [[self.ids.index(one)] for one in rule["of"]]
        else:
            groups = [[self.ids.index(one) for one in rule["of"]]]
        ready = np.ones(len(self.start), bool)
        for group in groups:
            by_then = [self.chosen[:, m] & (self.start[:, m] <= start) for m in group]
            ready &= np.any(by_then, axis=0) if by_then else False
        return free | ~mine | ready

    def _floor(self, rule: dict, closed: dict[str, np.ndarray]) -> np.ndarray:
        by = next(key for key in ("segment", "factor", "of") if key in rule)
        members = [n for n in self.problem["needs"] if (n["id"] in rule["of"] if by == "of" else n.get(by) == rule[by])]
        reached = sum((n["points"] * closed[n["id"]] for n in members), np.zeros(len(self.start)))
        return reached >= rule["share"] * sum(n["points"] for n in members) - 1e-9


UNIT = 1000


def _amount(number: float) -> Fraction:
    """The decimal as it is written."""
    return Fraction(str(number))
