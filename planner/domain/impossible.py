"""A problem has no plan: which limits and rules cannot hold even alone?

Each is tested by itself against what no rule can change (windows, running initiatives), then beside everything that
is locked in. What only fails in larger company is not named here: that needs the least relief, which is another
question. The module solves nothing itself; it is handed the question «is there any plan?».
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from planner.domain.findings import Detail, Finding
from planner.domain.limits import Resource
from planner.domain.problem import Problem
from planner.domain.rules import Must, MustNot, Rule
from planner.domain.rules_groups import NeedFloor

Feasible = Callable[[Problem], bool]


def cannot_hold(problem: Problem, feasible: Feasible) -> tuple[Finding, ...]:
    """Findings for a problem without a plan; always at least one."""
    found = [*_alone(problem, feasible)]
    if not found:
        found = [*_with_what_is_locked(problem, feasible)]
    return tuple(found) or (Finding("impossible_together"),)


def _alone(problem: Problem, feasible: Feasible) -> Iterator[Finding]:
    """Each limit and each rule with nothing beside it but the windows."""
    bare = _only(problem, (), ())
    for resource in problem.resources:
        for part in _parts(resource):
            if not feasible(_only(bare, (part,), ())):
                yield Finding("impossible_limit", where=resource.id, details=_limit_details(problem, part))
    for rule in problem.rules:
        if not feasible(_only(problem, (), (rule,))):
            code = "impossible_together_alone" if rule.kind == "together" else f"impossible_{rule.kind}"
            yield Finding(code, where=_where(rule), details=_rule_details(rule))


def _with_what_is_locked(problem: Problem, feasible: Feasible) -> Iterator[Finding]:
    """Each limit and each rule beside all that is locked in and out; first whether the locks agree at all."""
    locks = tuple(rule for rule in problem.rules if isinstance(rule, Must | MustNot))
    if not feasible(_only(problem, (), locks)):
        yield Finding("impossible_locks")
        return
    for resource in problem.resources:
        for part in _parts(resource):
            if not feasible(_only(problem, (part,), locks)):
                details = _limit_details(problem, part)
                yield from _over_limit(problem, part, locks, feasible)
                yield Finding("impossible_limit_with_locks", where=resource.id, details=details)
    for rule in (rule for rule in problem.rules if rule not in locks):
        if not feasible(_only(problem, (), (*locks, rule))):
            yield Finding(f"impossible_{rule.kind}_with_locks", where=_where(rule), details=_rule_details(rule))


def _over_limit(problem: Problem, part: Resource, locks: tuple[Rule, ...], feasible: Feasible) -> Iterator[Finding]:
    """The musts that are too dear for one limit even alone."""
    for must in (lock for lock in locks if isinstance(lock, Must)):
        if not feasible(_only(problem, (part,), (must,))):
            details = {**_limit_details(problem, part), **_rule_details(must)}
            yield Finding("impossible_must_over_limit", where=must.initiative, details=details)


def _only(problem: Problem, resources: tuple[Resource, ...], rules: tuple[Rule, ...]) -> Problem:
    """The problem with these limits and rules only."""
    kept = {resource.id for resource in resources}
    open_ended = tuple(
        replace(resource, limit=(None,) * len(problem.years), total_limit=None)
        for resource in problem.resources
        if resource.id not in kept
    )
    return without_needs(replace(problem, resources=(*resources, *open_ended), rules=rules))


def without_needs(problem: Problem) -> Problem:
    """The same question for whoever only asks whether there is a plan. Needs stay where a floor asks about them."""
    if any(isinstance(rule, NeedFloor) for rule in problem.rules):
        return problem
    bare = tuple(replace(initiative, effects={}) for initiative in problem.initiatives)
    return replace(problem, needs=(), initiatives=bare)


def _parts(resource: Resource) -> Iterator[Resource]:
    """One resource with one of its limits at a time: each year, then the total."""
    for t, limit in enumerate(resource.limit):
        if limit is not None:
            alone = tuple(limit if t == other else None for other in range(len(resource.limit)))
            yield replace(resource, limit=alone, total_limit=None)
    if resource.total_limit is not None:
        yield replace(resource, limit=(None,) * len(resource.limit))


def _limit_details(problem: Problem, part: Resource) -> dict[str, Detail]:
    years = [year for year, limit in zip(problem.years, part.limit, strict=True) if limit is not None]
    whole_plan = f"{problem.years[0]}–{problem.years[-1]}"
    return {"resource": part.id, "year": str(years[0]) if years else whole_plan}


def _where(rule: Rule) -> str:
    return str(getattr(rule, "initiative", rule.kind))


def _rule_details(rule: Rule) -> dict[str, Detail]:
    """The rule's own words, lists joined."""
    facts = rule.as_json().items()
    return {key: ", ".join(value) if isinstance(value, list) else value for key, value in facts if key != "kind"}
