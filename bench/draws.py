"""How long does a draw of «Står planen seg?» take, and is it faster than solving each problem for itself?

    python -m bench.draws [--draws 40] [FILE]

FILE: a problem file (malrett-problem/1); without one the sample of `bench.solve`. Both ways solve the same draws, turn
about, to the gap of the draws, in one process; a job shares them between two.
"""

import argparse
from math import inf
from pathlib import Path
from statistics import median
from time import process_time

from bench.solve import sample
from planner.domain.problem import Problem
from planner.domain.problem_file import read_problem
from planner.domain.robust import GAP, MANY
from planner.domain.solver import draw_resolver, resolver
from planner.domain.spread import drawn, usual
from planner.robustness import PRACTICE, practised


def given(name: str | None) -> Problem:
    problem = sample() if name is None else read_problem(Path(name).read_bytes()).problem
    if problem is None:
        raise SystemExit("the file is not a problem")
    return problem


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?")
    parser.add_argument("--draws", type=int, default=40)
    args = parser.parse_args()
    problem = given(args.file)
    shown = resolver(problem, gap=1e-3).first.plan
    if shown is None:
        raise SystemExit("no plan is possible")
    spread, known = usual(problem), [shown.starts]
    begun = process_time()
    learnt = practised(problem, shown, spread, 1, 1, inf)
    practice = process_time() - begun
    taken: dict[str, list[float]] = {"each for itself": [], "as draws": []}
    for number in range(args.draws):
        for name, times in taken.items():
            begun = process_time()
            changed = drawn(problem, spread, 1, number)
            if name == "as draws":
                draw_resolver(changed, gap=GAP, known=known, learnt=learnt)
            else:
                resolver(changed, gap=GAP, known=known)
            times.append(process_time() - begun)
    for name, times in taken.items():
        print(f"{name}: {sum(times) / len(times):.3f} s of processor a draw, median {median(times):.3f}")
    each = sum(taken["as draws"]) / args.draws
    print(f"practice: {practice:.1f} s for {PRACTICE}; {MANY} draws by two: about {(practice + MANY * each) / 2:.0f} s")


if __name__ == "__main__":
    main()
