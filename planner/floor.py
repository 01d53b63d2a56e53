"""What does a floor cost, asked in a child process? What runs there, and what it tells on the way.

The floor somebody asked for comes first, then the rest of the price list. Whatever was known before is handed on, so a
job about one group keeps what earlier ones found about others. Every report is a whole document.
"""

from time import perf_counter
from typing import Any, cast

from planner import child
from planner.domain.floor import Prices, Side, opened, priced, with_highest
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem
from planner.domain.problem_file import parse
from planner.timed import until

Document = dict[str, Any]


def floor_request(request: Document, seconds: float) -> Document:
    """request: {"problem", "starts", "gap", "side": {"by", "group"}, "share": asked for or None, "known": an earlier
    answer's "sides", of the same plan}.

    Gives {"sides": [Prices.to_document()], the one asked about first, "done", "of": how many floors are answered}.
    """
    problem = cast(Problem, parse(request["problem"]).problem)
    side, end = Side(**request["side"]), perf_counter() + seconds
    known = [Prices.from_document(one) for one in request["known"]]
    others = [one for one in known if one.side != side]
    earlier = next((one for one in known if one.side == side), None)
    prices = earlier or opened(side, Plan(problem, request["starts"]))

    ask = until(end, request["gap"])

    def tell(done: int, of: int) -> Document:
        document = {"sides": [one.to_document() for one in (prices, *others)], "done": done, "of": of}
        child.report(document)
        return document

    asked = [] if request["share"] is None else [request["share"]]
    if prices.highest is None:
        tell(0, len(asked) + 1)
        prices = with_highest(prices, problem, ask)
    floors = list(dict.fromkeys((*asked, *prices.levels())))
    told = tell(1, 1 + len(floors))
    for place, share in enumerate(floors):
        if perf_counter() < end:
            prices = priced(prices, problem, share, ask)
            told = tell(place + 2, 1 + len(floors))
    return told
