"""Is a stored answer what its problem gives? Compares what is stored with what follows from the problem.

The stored plan must keep every limit and rule, its figures must be those of the formulas, and a fresh solve must leave
no room above it: within the stated gap, and at gap 0 the same set in the same years, ties broken by the stated rule.
A decision's changes are made anew as well. The solving is the caller's: nothing here searches.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, get_args

from planner.domain import decision
from planner.domain.initiatives import plain
from planner.domain.portfolio import Plan, Result, Status
from planner.domain.problem import Problem
from planner.domain.problem_file import problem_sha256
from planner.domain.result_file import starts_of

TOLERANCE = 1e-9
PLANNED = ("optimal", "best_found")


@dataclass(frozen=True, slots=True)
class Difference:
    """what: which figure, as a path in the file. stored: what the file says. found: what follows from the problem."""

    what: str
    stored: Any
    found: Any

    def as_json(self) -> dict[str, Any]:
        return {"what": self.what, "stored": self.stored, "found": self.found}


@dataclass(frozen=True, slots=True)
class Verdict:
    """is_settled: False when the fresh solve was stopped before it could tell; no difference was found until then."""

    differences: tuple[Difference, ...]
    is_settled: bool

    @property
    def is_equal(self) -> bool:
        return self.is_settled and not self.differences


def verdict(problem: Problem, result: Mapping[str, Any], fresh: Result, document: Mapping[str, Any]) -> Verdict:
    """result: malrett-result/1. fresh: the same problem solved again, at gap 0 or near enough to tell.

    document: a decision, or {}.
    """
    found = list(_hash(problem, result))
    plan, wrong = _plan(problem, result)
    found += wrong
    if plan is not None:
        found += _figures(plan, result)
        found += _against(plan, problem, result, fresh)
    elif not wrong and result["status"] != fresh.status and fresh.status in ("optimal", "infeasible"):
        found.append(Difference("result/status", result["status"], fresh.status))
    if plan is not None and "council" in document:
        found += _council(plan, document["council"])
    return Verdict(tuple(found), bool(found) or _settled(plan, problem, result, fresh))


def is_result(result: Mapping[str, Any]) -> bool:
    """Whether this can be compared at all: a malrett-result/1 with what it says of its plan."""
    numbers = [result.get(key) for key in ("value", "bound", "gap")]
    if result.get("status") not in get_args(Status) or not all(one is None or _is_number(one) for one in numbers):
        return False
    if result["status"] not in PLANNED:
        return True
    chosen = result.get("chosen")
    return (
        isinstance(chosen, list)
        and result.get("value") is not None
        and all(
            isinstance(one, dict) and isinstance(one.get("id"), str) and type(one.get("year")) is int for one in chosen
        )
    )


def stated_gap(problem: Problem, result: Mapping[str, Any]) -> float:
    """Within which the stored answer says that it is the best; 0 for the best itself."""
    gap = problem.gap if result.get("gap") is None else result["gap"]
    return gap if gap > TOLERANCE else 0.0


def _settled(plan: Plan | None, problem: Problem, result: Mapping[str, Any], fresh: Result) -> bool:
    """Whether the fresh solve can tell that nothing differs."""
    if plan is None or result["status"] != "optimal":
        return fresh.status in ("optimal", "infeasible")
    gap = stated_gap(problem, result)
    if not gap:
        return fresh.status == "optimal" and fresh.gap is not None and fresh.gap <= TOLERANCE
    return fresh.bound is not None and fresh.bound - plan.value <= gap * max(1e-9, abs(fresh.bound)) + TOLERANCE


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _hash(problem: Problem, result: Mapping[str, Any]) -> Iterator[Difference]:
    computed = problem_sha256(problem)
    if result.get("problem_sha256", computed) != computed:
        yield Difference("result/problem_sha256", result["problem_sha256"], computed)


def _plan(problem: Problem, result: Mapping[str, Any]) -> tuple[Plan | None, list[Difference]]:
    """The stored plan; None where there is none, or where it cannot be one of this problem."""
    if result["status"] not in PLANNED:
        return None, []
    starts = starts_of(result)
    unknown = sorted(set(starts) - set(problem.ground.by_id))
    if unknown or len(starts) != len(result["chosen"]):
        return None, [Difference("result/chosen", unknown or [one["id"] for one in result["chosen"]], [])]
    plan = Plan(problem, starts)
    outside = [{"id": one, "year": y} for one, y in plan.starts.items() if not _possible(problem, one, y)]
    wrong = [Difference("result/chosen", outside, [])] if outside else []
    if dict(plan.starts) != starts:
        running = [{"id": one, "year": year} for one, year in problem.running.items()]
        wrong.append(
            Difference("result/chosen", [one for one in result["chosen"] if one["id"] in problem.running], running)
        )
    wrong += [Difference("rules", rule.as_json(), "broken") for rule in plan.broken]
    return plan, wrong


def _possible(problem: Problem, one: str, year: int) -> bool:
    return one in problem.running or year in problem.years


def _figures(plan: Plan, result: Mapping[str, Any]) -> Iterator[Difference]:
    computed = {
        "value": plan.value,
        "value_by_year": list(plan.value_by_year),
        "closed": dict(plan.closed),
        "used": {resource: [plain(amount) for amount in amounts] for resource, amounts in plan.used.items()},
        "after": {resource: plain(amount) for resource, amount in plan.after.items()},
    }
    if result.get("bound") is not None:
        computed["gap"] = (result["bound"] - plan.value) / max(1e-9, abs(result["bound"]))
    for key, value in computed.items():
        if (key in result or key == "value") and not same(result.get(key), value):
            yield Difference(f"result/{key}", result.get(key), value)


def _against(plan: Plan, problem: Problem, result: Mapping[str, Any], fresh: Result) -> Iterator[Difference]:
    """The stored plan beside the fresh answer."""
    if fresh.plan is None:
        if fresh.status == "infeasible":
            yield Difference("result/status", result["status"], fresh.status)
        return
    best = fresh.plan
    slack = TOLERANCE * max(1.0, abs(best.value))
    gap = stated_gap(problem, result)
    # A plan found is a bound from below on what could be had, however the fresh solve ended.
    room = best.value - plan.value - slack
    if result["status"] == "optimal" and room > gap * max(1e-9, abs(best.value)):
        yield Difference("result/value", plan.value, best.value)
    elif result["status"] == "optimal" and problem.gap == gap == 0 and _settled(plan, problem, result, fresh):
        chosen = [{"id": one, "year": year} for one, year in best.starts.items()]
        if dict(best.starts) != dict(plan.starts):
            yield Difference("result/chosen", list(result["chosen"]), chosen)
    if result.get("bound") is not None and result["bound"] < best.value - slack:
        yield Difference("result/bound", result["bound"], fresh.bound)


def _council(proposal: Plan, council: Mapping[str, Any]) -> Iterator[Difference]:
    """The changes of a decision made anew, and what comes of them."""
    changes = [
        decision.Change(one["initiative"], one["action"], one["year"], one["reason"]) for one in council["changes"]
    ]
    wrong = [one.where for one in decision.change_findings(proposal, changes) if not one.where.endswith("/reason")]
    if wrong:
        yield Difference("council/changes", wrong, [])
        return
    for key, value in decision.outcome(proposal, changes).as_json().items():
        if not same(council.get(key), value):
            yield Difference(f"council/{key}", council.get(key), value)


def same(stored: Any, found: Any) -> bool:
    """Equal, numbers to 1e-9 of their size (of 1 for small ones)."""
    if isinstance(found, bool) or isinstance(stored, bool) or found is None or stored is None:
        return stored is found
    if isinstance(found, int | float) and isinstance(stored, int | float):
        return bool(abs(stored - found) <= TOLERANCE * max(1.0, abs(found)))
    if isinstance(found, Mapping) and isinstance(stored, Mapping):
        return stored.keys() == found.keys() and all(same(stored[key], found[key]) for key in found)
    if isinstance(found, list | tuple) and isinstance(stored, list | tuple):
        return len(stored) == len(found) and all(same(s, f) for s, f in zip(stored, found, strict=True))
    return bool(stored == found)
