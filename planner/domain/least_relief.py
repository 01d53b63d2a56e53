"""A problem has no plan: what are the least changes with which it has one?

Two or three reliefs that really differ: the fewest changes of all, and the fewest of money alone, of staff alone, of
dropped rules alone; where these are one and the same, the next fewest that do not contain one of them. Each rests on a
plan that keeps every limit and rule once the changes are made. `elastic` finds them; that no amount could be lower is
then asked of another search, which is handed in.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf

from planner.domain.elastic import Elastic, Found, broken, cost, key, shares
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.relief import Change, Excess, Relief, Sort, applied
from planner.domain.rules import Starts

SORTS: tuple[Sort, ...] = ("any", "money", "staff", "rules")
MOST_RELIEFS = 3
MOST_TURNS = 20

Look = Callable[[Problem], tuple[Starts | None, bool]]
"""Any plan of a problem, and whether the answer is proven (a plan always is)."""
Left = Callable[[], float]
"""How many seconds there are left. When there are none, what has been found stands."""


def least_reliefs(problem: Problem, look: Look, left: Left = lambda: inf) -> tuple[Relief, ...]:
    """Fewest changes first, then the smallest increase. Empty when nothing would do, or nothing was found in time."""
    reliefs: list[Relief] = []
    for found, sort in _found(problem, left):
        relief = _settled(problem, found, sort, look, left)
        if relief is not None and not any(_same(relief, other) for other in reliefs):
            reliefs.append(relief)
    share = shares(problem)
    reliefs.sort(key=lambda one: cost(one.changes, share))
    return tuple(reliefs[:MOST_RELIEFS])


def _found(problem: Problem, left: Left) -> Iterator[tuple[Found, Sort]]:
    elastic, known = Elastic(problem, left), list[Found]()
    for sort in SORTS:
        found = None if left() <= 0 else elastic.least(sort)
        if found is not None and not any(_keys(found.changes) == _keys(other.changes) for other in known):
            known.append(found)
            yield found, sort
    for found in known:
        elastic.bar(found.changes)
    while known and len(known) < MOST_RELIEFS and left() > 0:
        found = elastic.least("any", quick=True)
        if found is None:
            return
        elastic.bar(found.changes)
        as_few = len(found.changes) <= len(known[0].changes)
        known.append(replace(found, fewest=as_few and known[0].fewest))
        yield known[-1], "any"


def _settled(problem: Problem, found: Found, sort: Sort, look: Look, left: Left) -> Relief | None:
    """Made smaller while a plan is found with less. None when the plan does not keep the changed problem after all."""
    plan, changes, least = found.plan, found.changes, False
    for _ in range(MOST_TURNS):
        answers = [(None, False) if left() <= 0 else look(applied(problem, less)) for less in _smaller(changes)]
        better = next((starts for starts, _ in answers if starts is not None), None)
        if better is None:
            least = all(proven for _, proven in answers)
            break
        plan = Plan(problem, better)
        changes = broken(plan)
    if Plan(applied(problem, changes), plan.starts).broken or not changes:
        return None
    return Relief(changes, sort, found.fewest, least)


def _smaller(changes: tuple[Change, ...]) -> Iterator[tuple[Change, ...]]:
    """Each change taken away by itself; of an amount the last unit, since less than that would be enough too."""
    for n, change in enumerate(changes):
        others = (*changes[:n], *changes[n + 1 :])
        if isinstance(change, Excess) and change.by > 1:
            yield (*others, replace(change, by=change.by - 1))
        else:
            yield others


def _keys(changes: tuple[Change, ...]) -> frozenset[object]:
    return frozenset(key(change) for change in changes)


def _same(one: Relief, other: Relief) -> bool:
    return _keys(one.changes) == _keys(other.changes)
