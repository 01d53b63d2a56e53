"""How long does it take to say why each initiative is in or out, beside solving each question from the start?

    python -m bench.reasons [--seed 1] [--apart 6] [--gap 0.001]

The problem is that of `bench.solve`. One model answers about all forty initiatives, one process; then some of them
(every so many) are solved from a problem of their own with a must or must_not, as a newcomer would. Ratios in one run.
"""

import argparse
from dataclasses import replace
from time import perf_counter, process_time

from bench.solve import sample
from planner.domain.rules import Must, MustNot
from planner.domain.solver import resolver, solve


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gap", type=float, default=1e-3)
    parser.add_argument("--apart", type=int, default=6, help="how many are also solved from the start")
    args = parser.parse_args()
    problem = sample(args.seed)
    begun, processor = perf_counter(), process_time()
    questions = resolver(problem, gap=args.gap, clock=perf_counter)
    first = process_time() - processor
    plan = questions.first.plan
    assert plan is not None
    taken = {}
    for one in questions.hardest_first(questions.grid.ids):
        at = process_time()
        answer = questions.opposite(one)
        taken[one] = process_time() - at, answer.plan.value if answer.plan else None
        assert answer.proven
    total = process_time() - processor
    print(f"first {first:.1f} s; all {len(taken)}: {total:.1f} s of processor, {perf_counter() - begun:.1f} s of wall")
    some = list(taken)[:: max(1, len(taken) // args.apart)][: args.apart]
    shared = apart = 0.0
    for one in some:
        lock = MustNot(one) if one in plan.starts else Must(one)
        at = process_time()
        result = solve(replace(problem, rules=(*problem.rules, lock)), gap=args.gap, clock=perf_counter)
        apart += process_time() - at
        seconds, value = taken[one]
        shared += seconds
        assert (result.value is None) == (value is None)
        if value is not None and result.value is not None:
            assert abs(value - result.value) <= args.gap * max(1.0, value)
    print(f"{len(some)} of them from the start: {apart:.1f} s; shared: {shared:.1f} s; {apart / shared:.1f} times")


if __name__ == "__main__":
    main()
