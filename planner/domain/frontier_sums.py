"""What do the groups of a problem close, several weighings of them at once? As arrays, for thousands of plans.

The functions of one problem: what is closed under each weighing of the groups, then its floors; their linear parts,
their terms (see `planner.domain.closing`), and what one initiative more would add to each. Nothing here bounds.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from planner.domain.closing import Closing
from planner.domain.grid import Grid, Options, Vector
from planner.domain.local_search import SLACK, Neighbourhood
from planner.domain.problem import Problem
from planner.domain.rules_groups import NeedFloor

Flags = npt.NDArray[np.bool_]


class Sums:
    """groups: None for all needs together. weighings: ways × groups.

    Half-decided plans are rows of options (a year index, or one more for never); what is not decided stands as never.
    """

    def __init__(self, problem: Problem, groups: Sequence[str] | None, weighings: Vector) -> None:
        by = problem.weights.by if problem.weights else "segment"
        members = [tuple(n.id for n in problem.needs if groups is None or n.group(by) == g) for g in groups or ("",)]
        # A floor of nothing for each group makes its points a function of their own.
        extra = [NeedFloor(0.0, of=of) for of in members]
        wider = replace(problem, rules=(*problem.rules, *extra))
        self.problem, self.grid = problem, Grid(wider)
        closing = self.closing = Closing(wider, self.grid)
        # Functions of `closing`: what each group closes, and the floors the problem has itself.
        places = self.places = [1 + next(n for n, floor in enumerate(closing.floors) if floor == one) for one in extra]
        real = self.real = [n for n in range(1, 1 + len(closing.floors)) if n not in places]
        self.ways, self.count, self.years = len(weighings), len(self.grid.ids), len(problem.years)
        self.constant = np.append(weighings @ closing.constant[places], closing.constant[real])
        self.linear = np.vstack([weighings @ closing.linear[places], closing.linear[real]])
        self.weight = np.vstack([weighings @ closing.weight[places], closing.weight[real]])
        by_start = self.grid.over_starts(self.linear)
        self.by_start = by_start.reshape(len(self.linear), self.count, self.years)
        near = Neighbourhood(self.grid, closing)
        self.take, self.low, self.high = near.take, near.low, near.high
        self.take_by_start = self.take[:, :, :-1].reshape(len(self.take), self.grid.size).T
        self.floors = near.floors[[n - 1 for n in real]] - 2 * SLACK
        self.first = np.cumsum(closing.sizes) - closing.sizes
        self._set_pairs()

    def _set_pairs(self) -> None:
        """Every (option, entry of `closing`) where the option makes the entry true: starting in a year makes true all
        that is true of having started by that year or a later one. In order of option."""
        column = self.closing.column
        initiative, last = column // self.years, column % self.years
        entry = np.repeat(np.arange(len(column)), last + 1)
        year = np.arange(len(entry)) - np.repeat(np.cumsum(last + 1) - (last + 1), last + 1)
        order = np.lexsort((entry, year, initiative[entry]))
        self.pair_entry, self.pair_year = entry[order], year[order]
        self.pair_initiative = initiative[entry][order]
        self.pair_weight = self.weight[:, self.closing.term[self.pair_entry]]

    def taken(self, plans: Options) -> Vector:
        """plans × rows."""
        amounts: Vector = self.grid.points(plans) @ self.take_by_start
        return amounts

    def closed(self, plans: Options) -> tuple[Vector, Vector]:
        """(functions: plans × functions, what each entry would add to its term alone: plans × entries)."""
        points = self.grid.started_by(self.grid.points(plans))
        shares, more = self._terms(points)
        return self.constant + points @ self.linear.T + shares @ self.weight.T, more

    def _terms(self, points: Vector) -> tuple[Vector, Vector]:
        closing = self.closing
        here = closing.strength * points[:, closing.column]
        if not closing.terms:
            return np.zeros((len(points), 0)), here
        if closing.closure == "max":
            closed = np.maximum(np.maximum.reduceat(here, self.first, axis=1), closing.running)
            return closed, np.maximum(closing.strength - closed[:, closing.term], 0.0)
        if closing.closure == "capped":
            closed = np.minimum(1.0, np.add.reduceat(here, self.first, axis=1) + closing.running)
            return closed, np.minimum(closing.strength, 1 - closed[:, closing.term])
        closed = 1 - np.multiply.reduceat(1 - here, self.first, axis=1)
        return closed, closing.strength * (1 - closed[:, closing.term])
