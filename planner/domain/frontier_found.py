"""Which of the plans found so far does no other beat? A plan is beaten when another closes at least as much at every
corner of the allowed weights and more at one of them (1e-9 is no difference). Equals are kept. Nothing here searches.
"""

from collections.abc import Sequence
from math import fsum

import numpy as np

from planner.domain.frontier_sums import Flags
from planner.domain.grid import Vector
from planner.domain.portfolio import Plan
from planner.domain.problem import TOLERANCE

BLOCK = 4_000_000
"""Comparisons at once, so that memory stays under 100 MB."""


def beaten(values: Vector, by: Vector) -> Flags:
    """values: plans × corners, by: plans × corners -> True for each of the first that one of the second beats."""
    found = np.zeros(len(values), dtype=np.bool_)
    if not len(by):
        return found
    slack = TOLERANCE * np.maximum(1.0, np.abs(by))
    size = max(1, BLOCK // len(by))
    for start in range(0, len(values), size):
        part = values[start : start + size]
        nowhere_less = np.ones((len(part), len(by)), dtype=np.bool_)
        somewhere_more = np.zeros((len(part), len(by)), dtype=np.bool_)
        for k in range(values.shape[1]):
            nowhere_less &= by[:, k] + slack[:, k] >= part[:, k, None]
            somewhere_more |= by[:, k] - slack[:, k] > part[:, k, None]
        found[start : start + size] = (nowhere_less & somewhere_more).any(axis=1)
    return found


def group_sums(plan: Plan, groups: Sequence[str] | None) -> Vector:
    """What a plan closes of each group's points, unweighted (groups None: of all needs together)."""
    by, needs = (plan.problem.weights.by if plan.problem.weights else None), plan.problem.needs
    closed = [
        [need.points * plan.closed[need.id] for need in needs if not by or need.group(by) == g] for g in groups or ("",)
    ]
    return np.array([fsum(part) for part in closed])


class Found:
    """Plans that no plan found beats. groups: in order (None: one group of all needs); corners: corners × groups."""

    def __init__(self, groups: Sequence[str] | None, corners: Vector) -> None:
        self.groups, self.corners = groups, corners
        self.plans: list[Plan] = []
        self._seen: set[tuple[tuple[str, int], ...]] = set()
        self._kept: Vector = np.empty((256, len(corners)))

    @property
    def values(self) -> Vector:
        """What each of `plans` closes at each corner."""
        return self._kept[: len(self.plans)]

    def add(self, plan: Plan) -> Vector | None:
        """Take a plan up when it keeps every rule and nothing found beats it, and drop what it beats.

        Its value at each corner; None when it was not taken up, or was met before.
        """
        key = tuple(plan.starts.items())
        if key in self._seen:
            return None
        self._seen.add(key)
        if plan.broken:
            return None
        value: Vector = self.corners @ group_sums(plan, self.groups)
        if beaten(value[None, :], self.values)[0]:
            return None
        out = beaten(self.values, value[None, :])
        if out.any():
            self._kept[: len(out) - out.sum()] = self.values[~out]
            self.plans = [other for other, is_out in zip(self.plans, out, strict=True) if not is_out]
        if len(self.plans) == len(self._kept):
            self._kept = np.concatenate([self._kept, np.empty_like(self._kept)])
        self._kept[len(self.plans)] = value
        self.plans.append(plan)
        return value
