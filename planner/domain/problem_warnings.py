"""What in a sound problem file is probably not meant?

Warnings never stop a solve. They are about a file as it was written, so they point into its own order.
"""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any

from planner.domain.findings import Detail, Finding
from planner.domain.json_values import pointer
from planner.domain.problem import Problem


def warnings(data: dict[str, Any], problem: Problem) -> tuple[Finding, ...]:
    """data: the decoded file the problem was read from."""
    return (*_zeros(data), *_cannot_start(data, problem), *_cycles(data, problem), *_nothing_there(data, problem))


def _warning(code: str, where: str, **details: Detail) -> Finding:
    return Finding(code, "warning", where, details)


def _zeros(data: dict[str, Any]) -> Iterator[Finding]:
    for index, initiative in enumerate(data["initiatives"]):
        for need, effect in initiative["effects"].items():
            if effect == 0:
                where = pointer(f"/initiatives/{index}/effects", need)
                yield _warning("problem_effect_zero", where, id=initiative["id"], need=need)
    for index, resource in enumerate(data["resources"]):
        for year, limit in zip(data["years"], resource["limit"], strict=True):
            if limit == 0:
                yield _warning("problem_limit_zero", f"/resources/{index}/limit", id=resource["id"], year=int(year))
        if resource.get("total_limit") == 0:
            yield _warning("problem_total_limit_zero", f"/resources/{index}/total_limit", id=resource["id"])


def _cannot_start(data: dict[str, Any], problem: Problem) -> Iterator[Finding]:
    for index, entry in enumerate(data["initiatives"]):
        initiative = problem.ground.by_id[entry["id"]]
        if initiative.started is None and not any(initiative.may_start(year) for year in problem.years):
            yield _warning("problem_cannot_start", f"/initiatives/{index}", id=initiative.id)


def _cycles(data: dict[str, Any], problem: Problem) -> Iterator[Finding]:
    prerequisites: dict[str, set[str]] = {}
    for rule in data.get("rules", []):
        if rule["kind"] in ("requires_all", "requires_any") and not problem.ground.runs(rule["initiative"]):
            prerequisites.setdefault(rule["initiative"], set()).update(rule["of"])
    try:
        TopologicalSorter({one: sorted(needed) for one, needed in sorted(prerequisites.items())}).prepare()
    except CycleError as error:
        yield _warning("problem_cycle", "/rules", ids=" → ".join(error.args[1]))


def _nothing_there(data: dict[str, Any], problem: Problem) -> Iterator[Finding]:
    themes = {initiative.theme for initiative in problem.initiatives}
    for index, rule in enumerate(data.get("rules", [])):
        named = [("theme", theme) for theme in (*rule.get("themes", ()), *([rule["theme"]] if "theme" in rule else []))]
        for _, theme in (pair for pair in named if pair[1] not in themes):
            yield _warning("problem_theme_empty", f"/rules/{index}", theme=theme)
        for by in ("segment", "factor"):
            if by in rule and not any(need.group(by) == rule[by] for need in problem.needs):
                yield _warning("problem_group_empty", f"/rules/{index}", group=rule[by])
