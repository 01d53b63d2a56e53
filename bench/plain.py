"""The model a newcomer writes: a binary for each start year, sixteen fixed tangents a need and year, CBC.

Here only to be compared with. Its tangents promise a little too much, so what it proves is not quite the truth.
"""

from math import exp, log, log1p
from typing import Any

import pulp

from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_needs import Need

TANGENTS = 16


def solve_plainly(problem: Problem, gap: float) -> Plan:
    """The plan CBC finds within a gap. It knows excludes, requires_all, requires_any, must and must_not."""
    years = range(len(problem.years))
    model = pulp.LpProblem("plain", pulp.LpMaximize)
    starts = {
        (i.id, s): model.add_variable(f"x_{i.id}_{s}", 0, 1, pulp.LpInteger) for i in problem.initiatives for s in years
    }
    model += pulp.lpSum(
        _closed(model, problem, starts, need, t) for need in problem.needs for t in range(problem.horizon)
    )
    for i in problem.initiatives:
        model += pulp.lpSum(starts[i.id, s] for s in years) <= 1
    for resource in problem.resources:
        for y, limit in enumerate(resource.limit):
            calendar = problem.years
            used = (
                float(i.use(resource.id, calendar[s], calendar[y])) * starts[i.id, s]
                for i in problem.initiatives
                for s in years
            )
            if limit is not None:
                model += pulp.lpSum(used) <= float(limit)
    for rule in (rule.as_json() for rule in problem.rules):
        by = {(one, t): pulp.lpSum(starts[one, s] for s in range(t + 1)) for one in problem.ground.by_id for t in years}
        last = years[-1]
        if rule["kind"] in ("must", "must_not"):
            model += by[rule["initiative"], last] == int(rule["kind"] == "must")
            continue
        if rule["kind"] == "excludes":
            model += pulp.lpSum(by[one, last] for one in rule["of"]) <= 1
            continue
        groups = [[one] for one in rule["of"]] if rule["kind"] == "requires_all" else [rule["of"]]
        for group in groups:
            for t in years:
                model += by[rule["initiative"], t] <= pulp.lpSum(by[one, t] for one in group)
    model.solve(pulp.PULP_CBC_CMD(msg=False, gapRel=gap, threads=1))
    return Plan(problem, {one: problem.years[s] for (one, s), x in starts.items() if (x.value() or 0) > 0.5})


def _closed(model: Any, problem: Problem, starts: dict[tuple[str, int], Any], need: Need, t: int) -> Any:
    """points · closed of one need in one year, bounded by its tangents."""
    reach = [i for i in problem.initiatives if i.strength(need.id) > 0]
    working = [(i, s) for i in reach for s in range(len(problem.years)) if s + i.delay <= t]
    if not working:
        return 0
    closed = model.add_variable(f"c_{need.id.replace('/', '_')}_{t}", 0, 1)
    total = pulp.lpSum(-log1p(-i.strength(need.id)) * starts[i.id, s] for i, s in working)
    most = 1 - exp(-sum(-log1p(-i.strength(need.id)) for i in reach) / 2)
    for at in (-2 * log(1 - most * k / (TANGENTS - 1)) for k in range(TANGENTS)):
        model += closed <= 1 - exp(-at) + exp(-at) * (total - at)
    return need.points / problem.horizon * closed
