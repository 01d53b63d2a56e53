"""What is the best plan when something is held: an initiative in or out, or a few of them? Asked many times over.

One search answers first; every later question shares its model, its cuts, what branching has cost and all plans found,
and begins from a plan near the best. An answer is proven within the gap, or said not to be. Never decides ties.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np

from planner.domain.better import Better
from planner.domain.grid import Options
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.rules import Must, MustNot, Starts
from planner.domain.search import Search
from planner.domain.tie_order import tolerance
from planner.domain.tree import Mask, Stopped, TooHard, Tree

MOST_NODES = 20_000
"""Ten times what the hardest question about the sample takes; after that the answer is not proven."""
LOOK_UNTIL = 16


@dataclass(frozen=True, slots=True)
class Answer:
    """plan: None when the held mask holds none. bound: no plan there is worth more. proven: within the gap."""

    plan: Plan | None
    bound: float | None
    proven: bool


class _Held(Search):
    """A search of the same problem among the plans of a mask, with all that an earlier one has learnt."""

    def __init__(self, earlier: Search, held: Mask) -> None:
        self.__dict__.update(earlier.__dict__)
        self.held, self.best, self.bound, self.tree = held, None, None, None
        self.looked, self.reported, self.look_until = set(), -inf, LOOK_UNTIL

    def prove_held(self, mask: Mask) -> bool:
        """True when no plan of a mask is better than `best` by more than the gap (None: it holds no plan)."""
        years = len(self.problem.years)
        self.tree = Tree(self.relaxation, years, self._watch, MOST_NODES, self.branching)
        try:
            self.tree.explore([mask], self)
        except (Stopped, TooHard):
            return False
        self.bound = None
        if self.best is not None:
            reached = self._value_of(self.tree.dropped) if np.isfinite(self.tree.dropped) else -inf
            self.bound = max(self.best.value, reached)
        return True


class Resolver:
    """Answers about one problem. `first` is its best plan within the gap."""

    def __init__(self, search: Search) -> None:
        self.search = search
        # Without ties: they would leave a relaxation of the best plans alone, and every later answer would be wrong.
        proven = search.run(ties=False)
        self.first = Answer(search.best, search.bound, proven)
        self.grid, self.near = search.grid, search.near
        # Initiative -> what no plan is worth more than that decides otherwise about it than the first plan does.
        self.ceilings: dict[str, float] = {}

    def held(self, inside: Iterable[str] = (), outside: Iterable[str] = ()) -> Mask:
        """The plans that hold all of one list and none of the other."""
        mask = self.search.open_mask()
        place = {one: n for n, one in enumerate(self.grid.ids)}
        for one in inside:
            mask[place[one], -1] = False
        for one in outside:
            mask[place[one], :-1] = False
        return mask

    def ask(self, mask: Mask) -> Answer:
        """The best plan of a mask."""
        if not mask.any(axis=1).all():
            return Answer(None, None, True)
        search = _Held(self.search, mask)
        for options in self._starts(mask):
            search.offer(options)
        beaten = self._beaten(search, mask)
        proven = search.prove_held(self._without(beaten, mask))
        bound = search.bound
        if bound is not None:
            bound = max([bound, *(self.ceilings[one] for one in beaten)])
        return Answer(search.best, bound, proven)

    def opposite(self, initiative: str) -> Answer:
        """The best plan that decides otherwise about one initiative than the first plan does.

        Its bound is remembered: a later question whose best so far is worth as much need not look there. So those
        that lose most are best asked first (`hardest_first`).
        """
        first = self.first.plan
        inside = first is not None and initiative in first.starts
        answer = self.ask(self.held(outside=[initiative]) if inside else self.held(inside=[initiative]))
        if answer.proven:
            self.ceilings[initiative] = -inf if answer.bound is None else answer.bound
        return answer

    def worth(self, than: float) -> float:
        """What a plan has to be worth more than, to be better than this by more than the gap."""
        return than / (1 - self.search.gap) + tolerance(than) if self.search.gap < 1 else inf

    def better(self, problem: Problem, than: float, known: Starts, gains: float = inf) -> Answer:
        """A plan of a problem like this one that is worth more than `than` by more than the gap, the first that is
        found; proven and worth no more than that: there is none. known: where to begin.

        gains: no plan is worth more there than here by more than this, so that what was proven here may be used.
        """
        first, worth = self.first.plan, self.worth(than)
        beaten = [one for one, ceiling in self.ceilings.items() if ceiling + max(gains, 0.0) <= worth]
        locked = [Must(one) if first is not None and one in first.starts else MustNot(one) for one in beaten]
        search = Better(self.search, problem, than, worth, known, locked, self.search.branching)
        try:
            search.prove()
        except Stopped:
            return Answer(search.best, search.bound, False)
        return Answer(search.best, search.bound, True)

    def found_with(self, initiative: str) -> list[Starts]:
        """All plans met so far that hold it."""
        return [plan.starts for plan in self.search.pool.values() if plan is not None and initiative in plan.starts]

    def learn(self, initiative: str, otherwise: float | None) -> None:
        """What was proven elsewhere, within the same gap: the value of the best plan of `opposite`, None: no plan."""
        ceiling = -inf if otherwise is None else self.worth(otherwise)
        self.ceilings[initiative] = min(ceiling, self.ceilings.get(initiative, inf))

    def hardest_first(self, initiatives: Iterable[str]) -> list[str]:
        """In the order in which `opposite` is cheapest: by the best plan known for each, the poorest first."""
        first = self.first.plan

        def known(one: str) -> float:
            inside = first is not None and one in first.starts
            mask = self.held(outside=[one]) if inside else self.held(inside=[one])
            search = _Held(self.search, mask)
            for options in self._starts(mask):
                search.offer(options)
            return -inf if search.best is None else search.best.value

        return sorted(initiatives, key=lambda one: (known(one), one))

    def _beaten(self, search: Search, mask: Mask) -> list[str]:
        """Initiatives about which this question need not decide otherwise than the first plan does."""
        first = self.first.plan
        if search.best is None or first is None:
            return []
        # A plan is looked for only when it is better by more than the gap.
        worth = search.best.value / (1 - search.gap) if search.gap < 1 else inf
        place = {one: n for n, one in enumerate(self.grid.ids)}
        found = []
        for one, ceiling in self.ceilings.items():
            as_first = mask[place[one], :-1].any() if one in first.starts else mask[place[one], -1]
            if ceiling <= worth and as_first:
                found.append(one)
        return found

    def _without(self, beaten: Iterable[str], mask: Mask) -> Mask:
        first, left = self.first.plan, mask.copy()
        assert first is not None or not list(beaten)
        place = {one: n for n, one in enumerate(self.grid.ids)}
        for one in beaten:
            if first is not None and one in first.starts:
                left[place[one], -1] = False
            else:
                left[place[one], :-1] = False
        return left

    def _starts(self, mask: Mask) -> Iterator[Options]:
        """Good plans of the mask to begin with: those found before, and the best plan changed until it fits."""
        every = np.arange(len(mask))
        known = [(plan, self.grid.options(plan.starts)) for plan in self.search.pool.values() if plan is not None]
        inside = [(plan.value, options) for plan, options in known if mask[every, options].all()]
        if inside:
            _, best = max(inside, key=lambda one: one[0])
            yield best
            yield self.near.improve(best, mask)
        if self.first.plan is not None:
            yield from self._changed(self.grid.options(self.first.plan.starts), mask)

    def _changed(self, options: Options, mask: Mask) -> Iterator[Options]:
        """The plan moved into the mask in each way that changes one initiative, and mended."""
        astray = np.nonzero(~mask[np.arange(len(mask)), options])[0]
        if not len(astray):
            return
        moved = options.copy()
        moved[astray] = mask[astray].argmax(axis=1)
        ways = np.nonzero(mask[astray[0]])[0] if len(astray) == 1 else moved[astray[:1]]
        for way in ways.tolist():
            moved[astray[0]] = way
            held = mask.copy()
            held[astray] = False
            held[astray, moved[astray]] = True
            mended = self.near.repair(moved, held)
            if mended is not None:
                yield self.near.improve(mended, mask)


def loss(best: Plan, other: Plan | None) -> float | None:
    """Points lost by the other plan, never below nothing; None where there is none."""
    return None if other is None else max(0.0, best.value - other.value)


def changes(before: Mapping[str, int], after: Mapping[str, int]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what comes in, what goes out), in order of id."""
    return tuple(sorted(set(after) - set(before))), tuple(sorted(set(before) - set(after)))
