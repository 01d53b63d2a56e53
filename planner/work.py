"""Which kinds of work run outside the request? What runs, what is done with its answer, what stands of half of it.

A new kind is a line in KINDS. Its function runs in a child process (`child.py`) with the ceilings of the configuration,
as `function(request, seconds)`: a plain document in and one out, no database, no clock of ours. It is named, not
imported, so that nobody but the child loads a solver. It should end by itself within `seconds`; every document it gives
to `child.report` becomes the progress of the job's row, at most twice a second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from planner.services import portfolio, portfolio_reasons, proposals
from planner.solving import best_so_far
from planner.store.jobs import Finish, StoredJob

Document = dict[str, Any]


def as_it_is(session: object, job: StoredJob, result: Document) -> str:
    """The answer is the job's result, and no more."""
    return ""


def nothing(request: Document, told: Document | None) -> Document | None:
    return None


def last_told(request: Document, told: Document | None) -> Document | None:
    """Each report is a whole answer, though of less work: the last one stands."""
    return told


@dataclass(frozen=True, slots=True)
class Kind:
    """function: «module:name» of (request, seconds) -> result.

    finish: called in the transaction that ends the row; what else is to be written, and why the job failed all the same
        (a cause, or "").
    cut_short: (request, last report) -> the result of work that was stopped, or killed at its limit; None: no result.
    background: nobody is waiting for it; other jobs of the same owner go before it.
    """

    function: str
    finish: Finish = as_it_is
    cut_short: Callable[[Document, Document | None], Document | None] = nothing
    background: bool = False


KINDS: dict[str, Kind] = {
    "try": Kind("planner.solving:solve_request", finish=portfolio_reasons.ask, cut_short=best_so_far),
    "keep": Kind("planner.solving:solve_request", finish=portfolio.keep_proven),
    "robust": Kind("planner.robustness:robust_request", cut_short=last_told),
    "floor": Kind("planner.floor:floor_request", cut_short=last_told),
    "ladder": Kind("planner.ladder:ladder_request", cut_short=last_told),
    "alternatives": Kind("planner.alternatives:alternatives_request", cut_short=last_told),
    "disagreement": Kind("planner.disagreement:disagreement_request", cut_short=last_told),
    "values": Kind("planner.values:values_request", cut_short=last_told),
    "overlap": Kind("planner.overlap:overlap_request", cut_short=last_told),
    "what_if": Kind("planner.what_if:what_if_request", cut_short=last_told),
    "proposals": Kind("planner.proposing:proposals_request", finish=proposals.answered, cut_short=last_told),
    "why": Kind("planner.reasons:explain_request", cut_short=last_told, background=True),
}
