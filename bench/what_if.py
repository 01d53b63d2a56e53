"""How long does «Hva om» take: a limit, a lock, a cost or a weight otherwise, of four years and of one?

    python -m bench.what_if [--seed 1] [--gap 0.001]

The problem is that of `bench.solve`; of one year its first year alone, two years counted. Each question is asked twice:
the solver alone in this process (seconds of processor), and in a child process as a job asks it (seconds of wall). What
comes on top of that on a page is not in it: the row of the job, the queue, and the page's own polling.
"""

import argparse
import os
from dataclasses import replace
from time import perf_counter, process_time
from typing import Any

from bench.solve import SEGMENTS, sample
from planner import by_name, child
from planner.child import Finished
from planner.domain.problem import Problem
from planner.domain.problem_file import canonical
from planner.domain.solver import solve
from planner.domain.what_if import Change
from planner.what_if import what_if_request


def one_year(problem: Problem) -> Problem:
    resources = tuple(replace(one, limit=one.limit[:1]) for one in problem.resources)
    return replace(problem, years=problem.years[:1], resources=resources, effect_years=2)


def changes(problem: Problem, chosen: str, left_out: str) -> dict[str, Change]:
    return {
        "a limit": Change(resource="operating", year=problem.years[0], more=-200),
        "a lock in": Change(initiative=left_out, lock="must"),
        "a lock out": Change(initiative=chosen, lock="must_not"),
        "a cost": Change(initiative=chosen, times=2),
        "a weight": Change(segment="unge", counts=2),
    }


def ask(name: str, request: dict[str, Any]) -> None:
    processor = process_time()
    what_if_request(request, 60.0)
    alone, wall = process_time() - processor, perf_counter()
    outcome = child.run_limited(
        by_name.call, "planner.what_if:what_if_request", request, 60.0, memory_mb=4096, seconds=70.0
    )
    assert isinstance(outcome, Finished), outcome
    print(f"  {name}: {alone:.2f} s of processor alone; {perf_counter() - wall:.2f} s of wall in a child", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gap", type=float, default=1e-3)
    args = parser.parse_args()
    child.run_limited(by_name.call, "math:sqrt", 4.0, memory_mb=4096, seconds=60.0)  # the mother of children, once
    for problem in (one_year(sample(args.seed)), sample(args.seed)):
        plan = solve(problem, gap=args.gap, clock=perf_counter).plan
        assert plan is not None
        print(f"{len(problem.years)} year(s)")
        chosen = sorted(plan.starts)[0]
        left_out = next(one.id for one in problem.initiatives if one.id not in plan.starts)
        for name, change in changes(problem, chosen, left_out).items():
            request = {
                **{"problem": canonical(problem), "starts": dict(plan.starts), "gap": args.gap, "known": []},
                **{"change": change.to_document(), "shares": dict.fromkeys(SEGMENTS, 1 / len(SEGMENTS))},
            }
            ask(name, request)
    print("load " + " ".join(f"{one:.1f}" for one in os.getloadavg()))


if __name__ == "__main__":
    main()
