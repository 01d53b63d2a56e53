"""How long does the sample take to prove, beside the plain model a newcomer writes?

    python -m bench.solve [--gap 0.0001] [--seeds 1 2 3] [--no-plain]

Both solve the same problem in the same run: 40 initiatives × 4 years × 90 needs, made here from seed_data with a
synthetic unmet need (fixed seed). The plain model has start-year binaries, 16 fixed tangents and CBC.
"""

import argparse
import csv
import random
from pathlib import Path
from time import perf_counter, process_time

from bench.plain import solve_plainly
from planner.domain.initiatives import Initiative
from planner.domain.limits import Resource
from planner.domain.problem import Problem
from planner.domain.problem_needs import Need
from planner.domain.rules import RequiresAll, RequiresAny, Rule
from planner.domain.rules_groups import Excludes
from planner.domain.solver import solve

SEED_DATA = Path(__file__).parent.parent / "seed_data"
YEARS = (2027, 2028, 2029, 2030)
SEGMENTS = ("tilflyttere", "unge", "voksne")
EFFECTS = {"1": 0.05, "2": 0.15, "3": 0.30}
REACHES = {
    **{"ungdom": ("unge",), "unge_voksne": ("unge",), "alle": SEGMENTS, "tilflyttere": ("tilflyttere",)},
    **{"barnefamilier": ("voksne",), "eldre": ("voksne",), "pendlere": ("voksne",), "innvandrere": ()},
}
LIMITS = {
    "investment": (3000, 3000, 2000, 2000),
    "operating": (2000, 3000, 4000, 4500),
    "staff": (18, 20, 22, 22),
}
LARGEST_INSTALMENT = 2000


def rows(name: str) -> list[dict[str, str]]:
    with (SEED_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def needs(seed: int = 1) -> tuple[Need, ...]:
    """90 needs; each factor weighs the same however many statements it has. All points together are 100."""
    draw = random.Random(seed)
    statements = rows("statements.csv")
    per_factor = {f: sum(row["factor"] == f for row in statements) for f in {row["factor"] for row in statements}}
    raw = {
        (row["id"], segment): round(draw.betavariate(2, 4), 2) / per_factor[row["factor"]]
        for row in statements
        for segment in SEGMENTS
    }
    total = sum(raw.values())
    factor = {row["id"]: row["factor"] for row in statements}
    return tuple(
        Need(f"{statement}/{segment}", 100 * points / total, statement, segment, factor[statement])
        for (statement, segment), points in raw.items()
    )


def initiative(row: dict[str, str]) -> Initiative:
    """One row of the bank, grants counted as promised."""
    once = round(int(row["one_time_knok"]) * (100 - int(row["cofin_onetime_pct"])) / 100)
    yearly = round(int(row["yearly_knok"]) * (100 - int(row["cofin_yearly_pct"])) / 100)
    investment = row["budget_type"] == "investering"
    instalments = -(-once // LARGEST_INSTALMENT) if investment else 0
    months = int(row["lead_time_months"])
    segments = {segment for group in row["target_groups"].split("|") for segment in REACHES[group]}
    partners = row["cofinancing_source"].replace(" og ", ",").replace(";", ",").count(",") + 1
    strengths = dict(pair.split(":") for pair in row["affects"].split("|"))
    return Initiative(
        id=row["id"],
        title=row["title_nb"],
        theme=row["theme"],
        effects={f"{s}/{segment}": EFFECTS[code] for s, code in strengths.items() for segment in segments},
        start_cost={"staff": int(row["person_months_start"])} | ({} if investment else {"operating": once}),
        yearly_cost={"staff": int(row["person_months_per_year"]), "operating": yearly},
        profile={"investment": (round(once / instalments),) * instalments} if instalments else {},
        delay=min(2, months // 12 + (months % 12 > 5)),
        chance=0.75 if partners > 1 else 0.9,
    )


def rules(of_bank: list[dict[str, str]]) -> tuple[Rule, ...]:
    found: set[Rule] = set()
    for row in of_bank:
        found |= {RequiresAll(row["id"], tuple(row["requires_all"].split("|")))} if row["requires_all"] else set()
        found |= {RequiresAny(row["id"], tuple(row["requires_any"].split("|")))} if row["requires_any"] else set()
        found |= {Excludes((row["id"], *row["excludes"].split("|")))} if row["excludes"] else set()
    return tuple(found)


def sample(seed: int = 1) -> Problem:
    """The sample problem; another seed is another survey."""
    of_bank = rows("initiatives.csv")
    resources = tuple(
        Resource(name, "månedsverk" if name == "staff" else "1000 kr", limit) for name, limit in LIMITS.items()
    )
    return Problem("Eksempel", YEARS, needs(seed), resources, tuple(map(initiative, of_bank)), rules(of_bank))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gap", type=float, default=1e-4)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--no-plain", action="store_true", help="leave out the plain model, which takes long")
    args = parser.parse_args()
    solve(sample(0), gap=0.5)  # loads what is loaded once
    for seed in args.seeds:
        problem = sample(seed)
        for gap in (args.gap, 0.0):
            wall, processor = perf_counter(), process_time()
            result = solve(problem, gap=gap, clock=perf_counter)
            wall, processor = perf_counter() - wall, process_time() - processor
            proven = f"{result.status}, value {result.value:.6f}, gap {result.gap:.1e}"
            print(f"seed {seed}, gap {gap:g}: {wall:6.2f} s ({processor:.2f} s of processor), {proven}", flush=True)
        if not args.no_plain:
            wall = perf_counter()
            plan = solve_plainly(problem, args.gap)
            print(f"seed {seed}, plain:    {perf_counter() - wall:6.2f} s, value {plan.value:.6f}", flush=True)


if __name__ == "__main__":
    main()
