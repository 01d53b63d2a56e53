"""How long does a large problem take: a hundred initiatives, four years, a hundred and twenty needs?

    python -m bench.large [--initiatives 100] [--gap 0.001] [--seeds 1 2 3] [--plain]

Made by chance from a seed after the example bank: each initiative is one of the bank's, dearer or cheaper and about
other statements; limits and rules in proportion. `--plain`: the model a newcomer writes solves it too.
"""

import argparse
import os
import random
from collections import Counter
from dataclasses import replace
from time import perf_counter, process_time

from bench.plain import solve_plainly
from bench.solve import EFFECTS, LIMITS, REACHES, YEARS, initiative, rows
from planner.domain.initiatives import Amount, Initiative
from planner.domain.limits import Resource
from planner.domain.problem import Problem
from planner.domain.problem_needs import Need
from planner.domain.rules import RequiresAll, RequiresAny, Rule
from planner.domain.rules_groups import Excludes
from planner.domain.solver import solve

SEGMENTS = ("innvandrere", "tilflyttere", "unge", "voksne")
BANK = 40
REACHED = REACHES | {"innvandrere": ("innvandrere",), "alle": SEGMENTS}


def needs(draw: random.Random, statements: list[dict[str, str]]) -> tuple[Need, ...]:
    """A need for each statement and segment, factors alike; all points together are 100."""
    of_factor = Counter(row["factor"] for row in statements)
    raw = {(row["id"], row["factor"], k): draw.betavariate(2, 4) for row in statements for k in SEGMENTS}
    shares = {key: points / of_factor[key[1]] for key, points in raw.items()}
    scale = 100 / sum(shares.values())
    return tuple(Need(f"{s}/{k}", share * scale, s, k, factor) for (s, factor, k), share in shares.items())


def copied(row: dict[str, str], name: str, draw: random.Random, statements: list[str]) -> Initiative:
    """Like one of the bank: dearer or cheaper, about other statements, for the same groups."""

    def about(amount: Amount) -> int:
        return round(float(amount) * draw.uniform(0.7, 1.4))

    like = initiative(row)
    reached = sorted({k for group in row["target_groups"].split("|") for k in REACHED[group]})
    codes = [pair.split(":")[1] for pair in row["affects"].split("|")]
    effects = {
        f"{s}/{k}": EFFECTS[code]
        for s, code in zip(draw.sample(statements, len(codes)), codes, strict=True)
        for k in reached
    }
    return replace(
        like,
        id=name,
        title=f"Tiltak {name}",
        effects=effects,
        start_cost={r: about(amount) for r, amount in like.start_cost.items()},
        yearly_cost={r: about(amount) for r, amount in like.yearly_cost.items()},
        profile={r: tuple(map(about, amounts)) for r, amounts in like.profile.items()},
        chance=draw.choice((0.75, 0.9)),
    )


def rules(ids: list[str], draw: random.Random) -> tuple[Rule, ...]:
    """As many as the bank has among so many: one in eight requires another, one in ten any of two or excludes one."""
    found: list[Rule] = []
    for place, one in enumerate(ids[2:], start=2):
        first, second = sorted(draw.sample(ids[:place], 2))
        kind = draw.random()
        if kind < 0.125:
            found.append(RequiresAll(one, (first,)))
        elif kind < 0.225:
            found.append(RequiresAny(one, (first, second)) if kind < 0.175 else Excludes((one, first)))
    return tuple(found)


def large(count: int, seed: int) -> Problem:
    """Limits grow with the number: they allow as large a part of what there is as the sample's."""
    draw = random.Random(seed)
    bank, statements = rows("initiatives.csv"), rows("statements.csv")
    of_bank = [bank[n % len(bank)] for n in range(count)]
    ids = [f"T{n + 1:03}" for n in range(count)]
    names = [row["id"] for row in statements]
    made = tuple(copied(row, name, draw, names) for row, name in zip(of_bank, ids, strict=True))
    resources = tuple(
        Resource(name, "månedsverk" if name == "staff" else "1000 kr", tuple(round(x * count / BANK) for x in limit))
        for name, limit in LIMITS.items()
    )
    return Problem("Stor", YEARS, needs(draw, statements), resources, made, rules(ids, draw))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--initiatives", type=int, default=100)
    parser.add_argument("--gap", type=float, default=1e-3)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--limit", type=float, default=120.0, help="seconds of wall clock for each")
    parser.add_argument("--plain", action="store_true")
    args = parser.parse_args()
    for seed in args.seeds:
        problem = large(args.initiatives, seed)
        wall, processor = perf_counter(), process_time()
        result = solve(problem, gap=args.gap, clock=perf_counter, time_limit=args.limit)
        wall, processor = perf_counter() - wall, process_time() - processor
        told = f"{result.status}, {len(result.plan.starts) if result.plan else 0} chosen, gap {result.gap:.1e}"
        print(f"seed {seed}: {processor:6.2f} s of processor ({wall:.2f} s of wall), {told}", flush=True)
        if args.plain:
            wall = perf_counter()
            plan = solve_plainly(problem, args.gap)
            print(f"seed {seed}, plain: {perf_counter() - wall:.2f} s, value {plan.value:.6f}", flush=True)
    print("load " + " ".join(f"{one:.1f}" for one in os.getloadavg()))


if __name__ == "__main__":
    main()
