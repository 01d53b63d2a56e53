"""How long does it take to say why each initiative is in or out, beside solving each question from the start?

    python -m bench.reasons [--seed 1] [--apart 6] [--gap 0.001] [--plain]

The problem is that of `bench.solve`. First the whole job as it runs after a plan is found, shared between two
processes: its processor seconds are told for each, as on an idle machine of two cores the longer of the two is the
time people wait. Then one model answers all forty questions in one process, and some of them (every so many) are also
solved from the start with a must or must_not: by a search of ours that knows nothing, and (--plain) by the model a
newcomer builds anew for each. Ratios in one run.
"""

import argparse
import os
from dataclasses import replace
from time import perf_counter, process_time

from bench.plain import solve_plainly
from bench.solve import sample
from planner import reasons
from planner.domain.problem import Problem
from planner.domain.problem_file import canonical
from planner.domain.resolve import Resolver
from planner.domain.rules import Must, MustNot
from planner.domain.solver import resolver, solve


def whole_job(problem: Problem, gap: float) -> None:
    """Every reason, the least more money and staff, and the least effect, by two processes."""
    shown = solve(problem, gap=gap, clock=perf_counter).plan
    assert shown is not None
    request = {"problem": canonical(problem), "starts": dict(shown.starts), "gap": gap, "processes": 2}
    begun, before = perf_counter(), os.times()
    told = reasons.explain_request(request, 3600.0)
    after = os.times()
    here = after.user + after.system - before.user - before.system
    there = after.children_user + after.children_system - before.children_user - before.children_system
    print(
        f"the whole job, {told['done']} answers of {told['of']}: {here:.1f} + {there:.1f} s of processor in two "
        f"processes, {perf_counter() - begun:.1f} s of wall",
        flush=True,
    )


def one_by_one(problem: Problem, gap: float) -> tuple[Resolver, dict[str, tuple[float, float | None]]]:
    """initiative -> seconds and the value of the best plan that decides otherwise about it."""
    begun, processor = perf_counter(), process_time()
    questions = resolver(problem, gap=gap, clock=perf_counter)
    first, taken = process_time() - processor, {}
    for one in questions.hardest_first(questions.grid.ids):
        at = process_time()
        answer = questions.opposite(one)
        taken[one] = process_time() - at, answer.plan.value if answer.plan else None
        assert answer.proven
    total = process_time() - processor
    print(f"first {first:.1f} s; all {len(taken)}: {total:.1f} s of processor, {perf_counter() - begun:.1f} s of wall")
    return questions, taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gap", type=float, default=1e-3)
    parser.add_argument("--apart", type=int, default=6, help="how many are also solved from the start")
    parser.add_argument("--plain", action="store_true", help="and by the model a newcomer writes, which takes long")
    args = parser.parse_args()
    problem = sample(args.seed)
    whole_job(problem, args.gap)
    questions, taken = one_by_one(problem, args.gap)
    assert questions.first.plan is not None
    some = list(taken)[:: max(1, len(taken) // args.apart)][: args.apart]
    shared = apart = plain = 0.0
    for one in some:
        lock = MustNot(one) if one in questions.first.plan.starts else Must(one)
        at = process_time()
        result = solve(replace(problem, rules=(*problem.rules, lock)), gap=args.gap, clock=perf_counter)
        apart += process_time() - at
        seconds, value = taken[one]
        shared += seconds
        assert (result.value is None) == (value is None)
        if value is not None and result.value is not None:
            assert abs(value - result.value) <= args.gap * max(1.0, value)
        if args.plain:
            before = os.times()
            solve_plainly(replace(problem, rules=(*problem.rules, lock)), args.gap)
            after = os.times()
            plain += sum(after[:4]) - sum(before[:4])
    print(f"{len(some)} of them, shared: {shared:.1f} s; from the start: {apart:.1f} s, {apart / shared:.1f} times")
    if args.plain:
        print(f"the plain model built anew for each: {plain:.1f} s, {plain / shared:.1f} times")
    print("load " + " ".join(f"{one:.1f}" for one in os.getloadavg()))


if __name__ == "__main__":
    main()
