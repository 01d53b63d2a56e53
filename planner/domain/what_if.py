"""What would the best plan be if one thing were otherwise: a limit, what an initiative costs, whom the needs count for?

A change is made to the very problem a kept plan answers, and the plan is held against the best one there. It is a
question and nothing more: no frame, no cost and no weight is stored anywhere.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from math import fsum
from typing import Any, Literal

from planner.domain.asking import Ask, plan_facts
from planner.domain.initiatives import Amount, Initiative, exact, plain
from planner.domain.limits import Resource
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem import Problem
from planner.domain.problem_needs import Need
from planner.domain.resolve import Answer, changes
from planner.domain.rules import Must, MustNot, Rule

Lock = Literal["", "must", "must_not"]


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise; an empty id: nothing of that kind.

    resource, year, more: the limit that year (None: every year that has one) is so much larger, or smaller.
    initiative, times, lock: it costs so many times its own money, and must or must not be in.
    segment, counts: one person there counts so many times what the others do; the weights are shares again after.
    """

    resource: str = ""
    year: int | None = None
    more: Amount = 0
    initiative: str = ""
    times: Amount = 1
    lock: Lock = ""
    segment: str = ""
    counts: Amount = 1

    @property
    def says_something(self) -> bool:
        limit, group = bool(self.resource) and self.more != 0, bool(self.segment) and self.counts != 1
        return limit or group or (bool(self.initiative) and (self.times != 1 or bool(self.lock)))

    def to_document(self) -> dict[str, Any]:
        return {**asdict(self), **{name: plain(getattr(self, name)) for name in ("more", "times", "counts")}}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Change":
        amounts = {name: exact(document[name]) for name in ("more", "times", "counts")}
        return cls(**{**document, **amounts})


@dataclass(frozen=True, slots=True)
class Instead:
    """What follows from a change. ours: points the shown plan closes then. keeps: it keeps the limits and rules still.

    best: facts of the best plan (`plan_facts`), None where there is none. bound: no plan is worth more.
    """

    change: Change
    ours: float
    keeps: bool
    best: dict[str, Any] | None
    bound: float | None
    proven: bool
    enters: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()

    def to_document(self) -> dict[str, Any]:
        kept = {name: getattr(self, name) for name in ("ours", "keeps", "best", "bound", "proven")}
        moves = {"enters": list(self.enters), "leaves": list(self.leaves)}
        return {"change": self.change.to_document(), **kept, **moves}


def changed(problem: Problem, change: Change, shares: Mapping[str, float]) -> Problem:
    """shares: segment id -> its weight in the problem's points, summing to 1; of no use where no segment changes."""
    found = problem
    if change.resource:
        found = replace(found, resources=tuple(_moved(one, change, problem.years) for one in found.resources))
    if change.initiative:
        initiatives = tuple(
            _dearer(one, change.times) if one.id == change.initiative else one for one in found.initiatives
        )
        found = replace(found, initiatives=initiatives, rules=_locked(found.rules, change))
    if change.segment:
        found = replace(found, needs=_weighed(found, change, shares))
    return found


def _moved(resource: Resource, change: Change, years: tuple[int, ...]) -> Resource:
    if resource.id != change.resource:
        return resource
    limits = (
        limit if limit is None or change.year not in (None, year) else max(0, exact(limit + change.more))
        for year, limit in zip(years, resource.limit, strict=True)
    )
    return replace(resource, limit=tuple(limits))


def _dearer(one: Initiative, times: Amount) -> Initiative:
    """Its money times so much; months of work are as they were."""

    def costs(amounts: Mapping[str, Amount]) -> dict[str, Amount]:
        return {r: amount if r == STAFF else exact(Fraction(amount) * Fraction(times)) for r, amount in amounts.items()}

    profile = {
        r: years if r == STAFF else tuple(exact(Fraction(amount) * Fraction(times)) for amount in years)
        for r, years in one.profile.items()
    }
    return replace(one, start_cost=costs(one.start_cost), yearly_cost=costs(one.yearly_cost), profile=profile)


def _locked(rules: tuple[Rule, ...], change: Change) -> tuple[Rule, ...]:
    """The new lock takes the place of the one that is there."""
    if not change.lock:
        return rules
    others = (one for one in rules if not (isinstance(one, Must | MustNot) and one.initiative == change.initiative))
    return (*others, Must(change.initiative) if change.lock == "must" else MustNot(change.initiative))


def _weighed(problem: Problem, change: Change, shares: Mapping[str, float]) -> tuple[Need, ...]:
    times = {one: float(change.counts) if one == change.segment else 1.0 for one in shares}
    total = fsum(share * times[one] for one, share in shares.items())
    if total <= 0:
        raise ValueError("nobody counts")
    scale = fsum(shares.values()) / total
    return tuple(replace(n, points=n.points * times.get(n.segment or "", 1.0) * scale) for n in problem.needs)


def instead(problem: Problem, shown: Plan, change: Change, shares: Mapping[str, float], ask: Ask) -> Instead:
    """The best plan of the changed problem beside the shown one."""
    otherwise = changed(problem, change, shares)
    first = ask(otherwise, known=[shown.starts]).first
    return held_against(shown, change, Plan(otherwise, shown.starts), first)


def held_against(shown: Plan, change: Change, ours: Plan, found: Answer) -> Instead:
    """ours: the shown plan in the changed problem; it is taken where nothing better was found."""
    best = found.plan
    if not ours.broken and (best is None or ours.value >= best.value):
        best = ours
    moves = ((), ()) if best is None else changes(shown.starts, best.starts)
    facts = None if best is None else plan_facts(best)
    return Instead(change, ours.value, not ours.broken, facts, found.bound, found.proven, *moves)
