"""Does what installations lack most often really work here? Two trials, each in a child process of `planner doctor`.

Each gives what went wrong, in a few words; nothing where it went well.
"""

from typing import Any

# By hand: P alone gives 6, Q and R together 10; P with either costs more than 7.
_NEEDS = {"p": (6, 5), "q": (5, 4), "r": (5, 3)}
_BEST = frozenset("qr")


def solve() -> str:
    """A choice among three, whose best plan is known."""
    from planner.domain.problem_file import parse
    from planner.domain.solver import solve as solve_problem

    problem = parse(_problem()).problem
    if problem is None:
        return "the problem could not be read"
    result = solve_problem(problem)
    if result.status != "optimal" or result.plan is None:
        return f"the answer was «{result.status}», not proven"
    found = frozenset(result.plan.starts)
    return "" if found == _BEST else f"the plan was {sorted(found)}, not {sorted(_BEST)}"


def typeset() -> str:
    """A line of Norwegian in the program's letters."""
    from planner.files.typeset import trial

    return "" if trial().startswith(b"%PDF") else "what was made is no PDF"


def _problem() -> dict[str, Any]:
    return {
        "format": "malrett-problem/1",
        "title": "trial",
        "years": [2027],
        "needs": [{"id": f"n{one}", "points": points} for one, (points, _) in _NEEDS.items()],
        "resources": [{"id": "money", "unit": "1000 kr", "limit": [7]}],
        "initiatives": [
            {"id": one, "title": one, "theme": "any", "effects": {f"n{one}": 1}, "start_cost": {"money": cost}}
            for one, (_, cost) in _NEEDS.items()
        ],
    }
