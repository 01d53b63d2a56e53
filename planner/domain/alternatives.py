"""Which clearly different plans are nearly as good, and what does each of them lose?

A plan is as far from another as there are initiatives that one of them has and the other has not; start years do not
count. The first alternative is the best of all plans at least so far from the plan shown, the next the best of those at
least so far from the plan shown and from the first, and so on: exact each time, by one more row in the same problem.
They are the best steps, not the best of all lists: a poorer first might leave room for a better second.

Says nothing of how anybody would come from the one plan to the other.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any, ClassVar

from planner.domain.asking import Ask, plan_facts, same_starts
from planner.domain.customs import greedy, little_for_all
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.resolve import changes, loss
from planner.domain.rules import Ground, Row, Rule, Starts

APART, LEAST_APART, MOST_APART = 4, 2, 12
"""How many initiatives at least: unless somebody says otherwise, and what they may say."""
MOST = 3
WAYS: Mapping[str, Callable[[Problem], Plan | None]] = {"greedy": greedy, "little_for_all": little_for_all}


@dataclass(frozen=True)
class Apart(Rule):
    """At least `count` initiatives are in the plan and not in `of`, or in `of` and not in the plan. In no file."""

    of: tuple[str, ...]
    count: int
    kind: ClassVar[str] = "apart"

    def rows(self, ground: Ground) -> Iterator[Row]:
        # Σ over the others of started + Σ over `of` of (1 − started) ≥ count.
        signs = ((-1 if one.id in self.of else 1, one.id, ground.years[-1]) for one in ground.initiatives)
        yield ground.row("apart", signs, ">=", self.count - len(self.of))

    def holds(self, starts: Starts, closed: Mapping[str, float], ground: Ground) -> bool:
        return len(set(self.of) ^ set(starts)) >= self.count


@dataclass(frozen=True, slots=True)
class Alternative:
    """One plan beside the one shown. loss: points it closes fewer than that one, never below nothing.

    proven: no plan so far from the others is worth more, within the gap. enters, leaves: against the plan shown.
    """

    plan: Plan
    bound: float
    proven: bool
    loss: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]

    @property
    def apart(self) -> int:
        """From the plan shown."""
        return len(self.enters) + len(self.leaves)

    def to_document(self) -> dict[str, Any]:
        facts = {"bound": self.bound, "proven": self.proven, "loss": self.loss}
        return {**plan_facts(self.plan), **facts, "enters": list(self.enters), "leaves": list(self.leaves)}


def alternatives(
    problem: Problem, shown: Plan, ask: Ask, *, apart: int = APART, most: int = MOST
) -> Iterator[Alternative]:
    """The best first; fewer than `most` where no more plans keep the limits and rules so far apart, or time was up.

    apart: at least this many initiatives from the plan shown and from each other.
    """
    others, at_most = [shown], inf
    for _ in range(most):
        rules = tuple(Apart(tuple(sorted(plan.starts)), apart) for plan in others)
        asked = ask(
            replace(problem, rules=(*problem.rules, *rules)), known=[one.starts for one in others], at_most=at_most
        ).first
        if asked.plan is None:
            return
        plan = same_starts(problem, asked.plan)
        # Each is among the plans the one before was chosen from.
        at_most = min(at_most, inf if asked.bound is None else asked.bound)
        yield against(shown, plan, max(plan.value, min(at_most, shown.value)), asked.proven)
        others.append(plan)


def against(shown: Plan, plan: Plan, bound: float, proven: bool) -> Alternative:
    return Alternative(plan, bound, proven, loss(shown, plan) or 0.0, *changes(shown.starts, plan.starts))


def usual_ways(problem: Problem, shown: Plan) -> dict[str, dict[str, Any] | None]:
    """What the two common ways of choosing come to, beside the plan shown; None where one of them finds no plan."""
    plans = {name: way(problem) for name, way in WAYS.items()}
    return {
        name: None if plan is None else against(shown, plan, plan.value, True).to_document()
        for name, plan in plans.items()
    }
