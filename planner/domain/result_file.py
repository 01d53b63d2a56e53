"""Which answer does a stored result hold? The way back from malrett-result/1 to a `Result`.

Only for results this program wrote: every figure of the plan is computed anew from its problem and its start years, so
what was stored can be checked against it. It never solves.
"""

from collections.abc import Mapping
from typing import Any

from planner.domain.findings import Finding
from planner.domain.portfolio import Plan, Result
from planner.domain.problem import Problem
from planner.domain.relief import Relief, read_relief


def starts_of(document: Mapping[str, Any]) -> dict[str, int]:
    """The year each chosen initiative starts in, of a result or of what a council decided."""
    return {one["id"]: one["year"] for one in document.get("chosen", [])}


def read_result(document: Mapping[str, Any], problem: Problem) -> Result:
    """document: malrett-result/1, the answer to this very problem. Raises KeyError or ValueError for anything else."""
    has_plan = document["status"] in ("optimal", "best_found")
    solver = document["solver"]
    return Result(
        status=document["status"],
        plan=Plan(problem, starts_of(document)) if has_plan else None,
        bound=document["bound"],
        findings=tuple(Finding(**found) for found in document["findings"]),
        problem_sha256=document.get("problem_sha256"),
        program=document["program"],
        solver=(solver["name"], solver["version"]),
        seconds=document["seconds"],
        relief=read_reliefs(document),
    )


def read_reliefs(document: Mapping[str, Any]) -> tuple[Relief, ...]:
    """What would make the problem possible; nothing where there is a plan, or where the result is an old one."""
    return tuple(read_relief(one) for one in document.get("relief", ()))
