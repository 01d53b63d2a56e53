"""Does the plan hold when the overlap between initiatives is counted otherwise?

Several initiatives on one need reach partly the same people. The plan reckons that each works on what the others leave
(product). If they reach the same people, only the strongest counts (max): the least that can be. If they reach
different people, they add up (capped): the most. Fréchet's bounds, so that the truth lies between the two. What is
chosen in all three does not hang on which it is.

Ties and near-ties are not looked into: a plan within the gap of another is as good as it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from planner.domain.asking import Ask, plan_facts
from planner.domain.portfolio import Plan
from planner.domain.problem import CLOSURES, Closure, Problem
from planner.domain.resolve import changes


@dataclass(frozen=True, slots=True)
class Reading:
    """The best plan when overlap is counted in one way. ours: points the shown plan closes then.

    plan: None when none keeps the floors. keeps: the shown plan still does.
    """

    closure: Closure
    plan: Plan | None
    proven: bool
    ours: float
    keeps: bool
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    def to_document(self) -> dict[str, Any]:
        best = None if self.plan is None else plan_facts(self.plan)
        facts = {"closure": self.closure, "best": best, "proven": self.proven, "ours": self.ours, "keeps": self.keeps}
        return {**facts, "enters": list(self.enters), "leaves": list(self.leaves)}


def others(problem: Problem) -> tuple[Closure, ...]:
    """The ways of counting that the plan was not made with."""
    return tuple(one for one in CLOSURES if one != problem.closure)


def readings(problem: Problem, shown: Plan, ask: Ask) -> Iterator[Reading]:
    """One for each other way of counting. The shown plan itself is taken when nothing better is found."""
    for closure in others(problem):
        counted = replace(problem, closure=closure)
        ours = Plan(counted, shown.starts)
        first = ask(counted, known=[shown.starts]).first
        best = first.plan
        if best is not None and not ours.broken and ours.value >= best.value:
            best = ours
        moves = ((), ()) if best is None else changes(shown.starts, best.starts)
        yield Reading(closure, best, first.proven, ours.value, not ours.broken, *moves)


def in_all(shown: Plan, found: list[Reading]) -> tuple[str, ...]:
    """The shown plan's initiatives that every reading chooses too; what runs already is not counted."""
    running = shown.problem.running
    return tuple(
        one
        for one in sorted(shown.starts)
        if one not in running and all(each.plan is not None and one in each.plan.starts for each in found)
    )
