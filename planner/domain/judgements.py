"""Which plans can be best at all, given what is certain about the weights, and what is worth asking next?

All plans that no other plan beats for every allowed weight (`planner.domain.frontier`), distinct in id and year, equals
kept; the share of them that holds each initiative, its core index; and the one question «is this group at least as
important as that one?» whose answer leaves fewest initiatives between nought and one.

Without weights there is one way to weigh, and the plans are all those of the highest value. A search that is stopped or
comes to its cap gives what it has found, and no core index: a share of some of the plans says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from planner.domain.findings import Finding
from planner.domain.frontier import MOST_MASKS, MOST_PLANS, Frontier, OnSought
from planner.domain.frontier_found import beaten, group_sums
from planner.domain.grid import Vector
from planner.domain.initiatives import plain
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.search import Clock
from planner.domain.weight_space import Statement, TooManyCorners, WeightSpace


@dataclass(frozen=True, slots=True)
class Left:
    """What an answer would leave: plans that can be best, and initiatives that some of them hold and some do not."""

    plans: int
    unsettled: int


@dataclass(frozen=True, slots=True)
class Question:
    """Is `one` at least as important as `other`?"""

    one: str
    other: str
    if_yes: Left
    if_no: Left


@dataclass(frozen=True)
class Judgements:
    """plans: by the ids they hold, then by year. core_index: None when the plans are not complete.

    findings: statements about the weights that contradict each other. question: None when no answer would settle
    anything. A complete answer without plans means that no plan is possible.
    """

    plans: tuple[Plan, ...]
    complete: bool
    core_index: Mapping[str, float] | None = None
    question: Question | None = None
    findings: tuple[Finding, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The ids of each plan. Plans that differ in years alone stand beside each other."""
        return {
            "plans": [list(plan.starts) for plan in self.plans],
            "core_index": None if self.core_index is None else dict(self.core_index),
            "complete": self.complete,
        }


def _no_clock() -> float:
    return 0.0


def judgements(
    problem: Problem,
    *,
    time_limit: float | None = None,
    on_sought: OnSought | None = None,
    clock: Clock = _no_clock,
    most_plans: int = MOST_PLANS,
    most_masks: int = MOST_MASKS,
) -> Judgements:
    """Every plan that can be best. It may be stopped by on_sought, or by the clock after time_limit seconds."""
    groups, corners, space = None, np.ones((1, 1)), None
    if problem.weights is not None:
        try:
            space = WeightSpace.of(problem.weights)
        except TooManyCorners:
            return Judgements((), False)
        if not space.corners:
            return Judgements((), False, findings=(_contradiction(space),))
        groups, corners = space.groups, _numbers(space)
    search = Frontier(
        problem,
        groups,
        corners,
        clock=clock,
        time_limit=time_limit,
        on_sought=on_sought,
        most_plans=most_plans,
        most_masks=most_masks,
    )
    complete = search.run()
    plans = tuple(sorted(search.plans, key=lambda plan: (tuple(plan.starts), tuple(plan.starts.values()))))
    if not complete or not plans:
        return Judgements(plans, complete)
    question = None if space is None else _question(problem, plans, space)
    return Judgements(plans, True, core_index(problem, plans), question)


def core_index(problem: Problem, plans: Sequence[Plan]) -> dict[str, float]:
    """initiative id -> share of the plans that hold it; running initiatives are in all of them."""
    return {one.id: sum(one.id in plan.starts for plan in plans) / len(plans) for one in problem.initiatives}


def _numbers(space: WeightSpace) -> Vector:
    return np.array([[float(weight) for weight in corner] for corner in space.corners])


def _contradiction(space: WeightSpace) -> Finding:
    said = ", ".join(_said(statement) for statement in space.contradiction)
    return Finding("weights_contradict", where="/weights", details={"statements": said})


def _said(statement: Statement) -> str:
    if statement.other is not None:
        return f"{statement.one} ≥ {statement.other}"
    if statement.least is not None:
        return f"{statement.one} ≥ {plain(statement.least)}"
    return f"{statement.one} ≤ {plain(statement.most or 0)}"


def _question(problem: Problem, plans: Sequence[Plan], space: WeightSpace) -> Question | None:
    """The open question that leaves least unsettled whatever the answer; ties: fewest plans left, then both together.

    Where either answer is open, each half has inner points, so what beats a plan for all weights beats it in the half:
    the plans of a half are among those of the whole, and are found by comparing these alone.
    """
    closed = np.array([group_sums(plan, space.groups) for plan in plans])
    holds = np.array([[one.id in plan.starts for one in problem.initiatives] for plan in plans])

    def left(statement: Statement) -> Left:
        values = closed @ _numbers(space.with_statement(statement)).T
        stay = holds[~beaten(values, values)]
        return Left(len(stay), int((stay.any(axis=0) & ~stay.all(axis=0)).sum()))

    asked = [
        Question(one, other, left(Statement(one, other)), left(Statement(other, one)))
        for one, other in space.open_pairs
    ]
    now = Left(len(plans), int((holds.any(axis=0) & ~holds.all(axis=0)).sum()))
    telling = [question for question in asked if (question.if_yes, question.if_no) != (now, now)]
    return min(telling, key=_worth_asking, default=None)


def _worth_asking(question: Question) -> tuple[int, int, int, int, str, str]:
    answers = (question.if_yes, question.if_no)
    unsettled, plans = [answer.unsettled for answer in answers], [answer.plans for answer in answers]
    return max(unsettled), max(plans), sum(unsettled), sum(plans), question.one, question.other
