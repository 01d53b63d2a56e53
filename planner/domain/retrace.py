"""Where does each need point go, and what does it cost? From statement and group, through an initiative, to krone.

Every point is either closed by an initiative of the plan or stays open, so that the points of all rows are those of all
needs together, the closed ones are the plan's value, and the money is the plan's own share. Where several initiatives
close the same need, what they close together is shared by how strong each is alone: for «product» by −ln(1 − strength),
which adds up as the closing does. The money of an initiative follows the points it closes.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import fsum, log1p

from planner.domain.portfolio import Plan, close
from planner.domain.problem import Closure
from planner.domain.problem_needs import Need
from planner.domain.report import Report


@dataclass(frozen=True, slots=True)
class Trace:
    """Points of one need that one initiative closes, or that stay open. money: own share over the plan years, 1000 kr.

    need: None for the money of an initiative that closes nothing while it is counted. code: "" for what stays open.
    """

    need: Need | None
    code: str
    points: float
    money: float = 0.0


def retrace(report: Report) -> tuple[Trace, ...]:
    """All of it, need by need in the problem's order, those that close most first and what stays open last."""
    plan = Plan(report.problem, {row.candidate.code: row.start for row in report.initiatives})
    costs = {row.candidate.code: float(row.net_total) for row in report.initiatives}
    closed = {need.id: _closed(plan, need) for need in plan.problem.needs}
    by_code = {code: fsum(found.get(code, 0.0) for found in closed.values()) for code in costs}
    rows = []
    for need in plan.problem.needs:
        found = closed[need.id]
        for code in sorted(found, key=lambda one: (-found[one], one)):
            rows.append(Trace(need, code, found[code], costs[code] * found[code] / by_code[code]))
        rows.append(Trace(need, "", plan.problem.worth(need) - fsum(found.values())))
    rows += [Trace(None, code, 0.0, costs[code]) for code in costs if not by_code[code] and costs[code]]
    return tuple(rows)


def _closed(plan: Plan, need: Need) -> dict[str, float]:
    """Code -> points of the need, as the mean over the years that count; only those that close some."""
    first, horizon, by_id = plan.problem.years[0], plan.problem.horizon, plan.problem.ground.by_id
    reach = {
        code: (max(0, by_id[code].works_from(start) - first), by_id[code].strength(need.id))
        for code, start in plan.starts.items()
        if by_id[code].strength(need.id) > 0
    }
    found: dict[str, float] = {}
    for since, until in pairwise(sorted({begins for begins, _ in reach.values() if begins < horizon} | {horizon})):
        working = {code: strength for code, (begins, strength) in reach.items() if begins <= since}
        there = (
            close(list(working.values()), plan.problem.closure) * plan.problem.worth(need) * (until - since) / horizon
        )
        for code, share in shares(working, plan.problem.closure).items():
            found[code] = found.get(code, 0.0) + there * share
    return {code: points for code, points in found.items() if points > 0}


def shares(strengths: dict[str, float], closure: Closure) -> dict[str, float]:
    """How much of what they close together each is given; together 1. Strengths are above 0."""
    most = max(strengths.values())
    if closure == "max" or (closure == "product" and most >= 1):
        weight = {code: float(strength == most) for code, strength in strengths.items()}
    elif closure == "capped":
        weight = strengths
    else:
        weight = {code: -log1p(-strength) for code, strength in strengths.items()}
    whole = fsum(weight.values())
    return {code: one / whole for code, one in weight.items()}
