"""What if one thing were otherwise, asked in a child process? What runs there, and what it tells on the way."""

from time import perf_counter
from typing import TYPE_CHECKING, Any, cast

from planner import child
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse

if TYPE_CHECKING:
    from planner.domain.search import Progress

Document = dict[str, Any]
MOST_KEPT = 10


def what_if_request(request: Document, seconds: float) -> Document:
    """request: {"problem", "starts", "gap", "change": Change.to_document(), "shares": segment -> weight, "known": an
    earlier answer's "answers", of the same plan}.

    Gives {"answers": [Instead.to_document()], the newest first}, on the way with the best plan so far, not proven.
    """
    from planner.domain.resolve import Answer, Resolver
    from planner.domain.solver import resolver
    from planner.domain.what_if import Change, Instead, changed, held_against, instead

    problem = cast(Problem, parse(request["problem"]).problem)
    shown, change, shares = Plan(problem, request["starts"]), Change.from_document(request["change"]), request["shares"]
    earlier = [one for one in request["known"] if one["change"] != request["change"]][: MOST_KEPT - 1]
    otherwise = changed(problem, change, shares)
    ours = Plan(otherwise, shown.starts)

    def told(found: Instead) -> Document:
        return {"answers": [found.to_document(), *earlier]}

    def tell(progress: "Progress") -> None:
        best = None if progress.chosen is None else Plan(otherwise, progress.chosen)
        child.report(told(held_against(shown, change, ours, Answer(best, progress.bound, False))))

    def ask(changed: Problem, **known: Any) -> Resolver:
        options = {"clock": perf_counter, "time_limit": seconds, "on_progress": tell}
        return resolver(changed, gap=request["gap"], **options, **known)  # type: ignore[arg-type]

    return told(instead(problem, shown, change, shares, ask))
