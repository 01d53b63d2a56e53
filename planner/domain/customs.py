"""What would people choose who do not solve anything? Two ways that are common, held against the plan.

`greedy`: the most points per krone first, as long as it fits. `little_for_all`: each theme in turn gets the best it can
still have. Both keep every limit and rule, start each initiative as early as it fits, and stop when nothing more fits.
"""

from collections.abc import Iterable, Sequence

from planner.domain.initiatives import Initiative
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem import Problem
from planner.domain.rules import Must


def greedy(problem: Problem) -> Plan | None:
    """None where this way ends with a rule unkept: taking one at a time need not find any plan."""
    return _filled(problem, [_in_order(problem, _free(problem))])


def little_for_all(problem: Problem) -> Plan | None:
    """Themes take turns in order of name; each takes what gives it most points per krone. None as for `greedy`."""
    themes = sorted({one.theme for one in _free(problem)})
    return _filled(problem, [_in_order(problem, [o for o in _free(problem) if o.theme == t]) for t in themes])


def _free(problem: Problem) -> list[Initiative]:
    return [one for one in problem.initiatives if one.started is None]


def _in_order(problem: Problem, some: Iterable[Initiative]) -> list[Initiative]:
    """What gives most points by itself for its money over the plan years first; what costs nothing before all else."""
    worth = {}
    for one in some:
        start = next((year for year in problem.years if one.may_start(year)), None)
        if start is not None:
            alone = Plan(problem, {one.id: start})
            points = sum(problem.worth(n) * alone.mean_closed(n.id) for n in problem.needs if n.id in one.effects)
            money = sum(
                float(one.use(resource.id, start, year))
                for resource in problem.resources
                if resource.id != STAFF
                for year in problem.years
            )
            worth[one.id] = (money > 0, -points / money if money > 0 else -points, one.id), one, points
    return [one for _, one, points in sorted(worth.values(), key=lambda entry: entry[0]) if points > 0]


def _filled(problem: Problem, turns: Sequence[list[Initiative]]) -> Plan | None:
    """Every list in turn gives its first that fits, until a whole round gives nothing."""
    plan = Plan(problem, _musts(problem))
    left = [list(turn) for turn in turns]
    gave = True
    while gave:
        gave = False
        for turn in left:
            for one in turn:
                with_it = _earliest(plan, one)
                if with_it is not None:
                    plan, gave = with_it, True
                    turn.remove(one)
                    break
    return None if plan.broken else plan


def _musts(problem: Problem) -> dict[str, int]:
    """What is locked in, in the year that was said or the first it may start in."""
    starts = {}
    for rule in problem.rules:
        if isinstance(rule, Must) and rule.initiative not in problem.running:
            one = problem.ground.by_id[rule.initiative]
            year = rule.year or next((year for year in problem.years if one.may_start(year)), problem.years[0])
            starts[rule.initiative] = year
    return starts


def _earliest(plan: Plan, one: Initiative) -> Plan | None:
    """The plan with one more, in the first year in which nothing is broken by it; None when it never fits."""
    if one.id in plan.starts:
        return None
    before = set(map(repr, plan.broken))
    for year in plan.problem.years:
        if one.may_start(year):
            with_it = Plan(plan.problem, {**plan.starts, one.id: year})
            if set(map(repr, with_it.broken)) <= before:
                return with_it
    return None
