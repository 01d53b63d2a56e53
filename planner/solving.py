"""How is one problem solved in a child process? The function that runs there, and what it tells on the way.

Imports nothing of the web, the database or the queue: a child is a copy of a process that has loaded the solver and no
more. Documents go in and out, so that nothing of the caller's is shared.
"""

from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from planner import child
from planner.domain.portfolio import Plan, Result
from planner.domain.problem import Problem
from planner.domain.problem_file import parse, problem_sha256

if TYPE_CHECKING:
    from planner.domain.solver import Progress


def solve_request(request: dict[str, Any], seconds: float) -> dict[str, Any]:
    """request: {"problem": a sound malrett-problem/1, "gap"}. Gives malrett-result/1, and reports every better plan or
    bound as {"value", "bound", "starts", "seconds"} on the way (value and starts are None until there is a plan)."""
    # Here, because importing pulp costs 1.8 s, and whoever asks for the best so far needs none of it.
    from planner.domain.solver import solve

    problem = cast(Problem, parse(request["problem"]).problem)
    result = solve(problem, gap=request["gap"], time_limit=seconds, on_progress=_tell, clock=perf_counter)
    return result.as_json()


def _tell(progress: "Progress") -> None:
    starts = None if progress.chosen is None else dict(progress.chosen)
    child.report({"value": progress.value, "bound": progress.bound, "starts": starts, "seconds": progress.seconds})


def best_so_far(request: dict[str, Any], told: dict[str, Any] | None) -> dict[str, Any] | None:
    """The result of a solve that was cut short, from the last it told: best_found, or None when it had no plan yet."""
    if told is None or told["starts"] is None:
        return None
    problem = cast(Problem, parse(request["problem"]).problem)
    plan = Plan(problem, told["starts"])
    result = Result(
        "best_found", plan, bound=told["bound"], problem_sha256=problem_sha256(problem), seconds=told["seconds"]
    )
    return result.as_json()
