"""Problems with weights, and all their non-dominated plans counted one by one: what `judgements` is held against.

Shares no code with the program: corners by trying every set of walls, plans by listing them all.
"""

from itertools import combinations
from random import Random

import numpy as np

from tests.domain.brute_force import BruteForce
from tests.domain.random_problems import random_problem

TOLERANCE = 1e-9
Judged = set[tuple[tuple[str, int], ...]]


def weighted(seed: int, initiatives: int, years: int) -> dict:
    """A random problem whose needs lie in two to four groups, with some statements about their weights."""
    r = Random(seed)
    facts = random_problem(seed, initiatives, years)
    groups = ["a", "b", "c", "d"][: r.randint(2, 4)]
    for need in facts["needs"]:
        need["segment"] = r.choice(groups)
    return facts | {"weights": stated(r, groups)}


def stated(r: Random, groups: list[str]) -> dict:
    ranges = {g: [r.choice((0, 0.1, 0.2)), r.choice((0.3, 0.4, 0.5, 0.6, 1))] for g in groups if r.random() < 0.4}
    pairs = [r.sample(groups, 2) for _ in range(r.choice((0, 0, 1, 1, 2)) if len(groups) > 1 else 0)]
    nominal = {g: 1 / len(groups) for g in groups}
    return {"by": "segment", "nominal": nominal, "at_least": pairs, "range": ranges}


def twelve(seed: int) -> dict:
    """Twelve initiatives to be decided about, two to four groups, one or two years, money and staff."""
    r = Random(seed)
    groups = ["a", "b", "c", "d"][: 2 + seed % 3]
    years = [2027, 2028][: 1 + seed % 2]
    needs = [
        {"id": f"n{n}", "points": round(r.uniform(0.5, 10), 2), "segment": groups[n % len(groups)]} for n in range(9)
    ]
    initiatives = [
        {
            **{"id": f"T{n:02}", "title": "", "theme": r.choice(("x", "y")), "delay": r.choice((0, 0, 1))},
            "start_cost": {"operating": r.randint(10, 90), "staff": r.randint(0, 4)},
            "yearly_cost": {"operating": r.randint(0, 20)},
            "effects": {need["id"]: round(r.uniform(0.02, 0.5), 2) for need in needs if r.random() < 0.5},
        }
        for n in range(12)
    ]
    return {
        **{"format": "malrett-problem/1", "title": f"twelve {seed}", "years": years, "needs": needs},
        "resources": [
            {"id": "operating", "unit": "1000 kr", "limit": [r.randint(150, 260) for _ in years]},
            {"id": "staff", "unit": "månedsverk", "limit": [r.randint(10, 20) for _ in years]},
        ],
        "initiatives": initiatives,
        "rules": [
            {"kind": "excludes", "of": ["T00", "T01"]},
            {"kind": "requires_any", "initiative": "T02", "of": ["T03", "T04"]},
            {"kind": "need_floor", "segment": "a", "share": r.choice((0, 0.05, 0.1))},
        ],
        "closure": ("product", "capped", "max")[seed % 3],
        "weights": {
            **{"by": "segment", "nominal": {group: 1 / len(groups) for group in groups}},
            "at_least": [["b", "a"]] if seed % 4 == 2 else [],
            "range": {"a": [0.1, 0.7]} if seed % 3 else {},
        },
    }


def corners(weights: dict) -> np.ndarray:
    """The corners of the allowed weights: where as many walls as there are groups meet, inside all the others."""
    groups = sorted(weights["nominal"])
    unit = np.eye(len(groups))
    walls = [(unit[n], 0.0) for n in range(len(groups))]
    walls += [(unit[groups.index(a)] - unit[groups.index(b)], 0.0) for a, b in weights["at_least"]]
    for group, (low, high) in weights["range"].items():
        walls += [(unit[groups.index(group)], low), (-unit[groups.index(group)], -high)]
    found = set()
    for some in combinations(walls, len(groups) - 1):
        matrix = np.array([np.ones(len(groups)), *(normal for normal, _ in some)])
        if abs(np.linalg.det(matrix)) > 1e-9:
            point = np.linalg.solve(matrix, [1.0, *(least for _, least in some)])
            if all(normal @ point >= least - 1e-9 for normal, least in walls):
                found.add(tuple((point + 0.0).round(9)))
    return np.array(sorted(found)).reshape(len(found), len(groups))


def plans_that_fit(facts: dict) -> tuple[BruteForce, np.ndarray, np.ndarray]:
    """(every plan, the numbers of those that keep every rule, what those close of each group)."""
    every = BruteForce(facts)
    closed, _ = every._closed()
    fits = every._resources() & every._windows()
    for rule in facts.get("rules", []):
        fits &= every._rule(rule, closed)
    groups, numbers = sorted(facts["weights"]["nominal"]), np.nonzero(fits)[0]
    sums = np.zeros((len(every.start), len(groups)))
    for need in facts["needs"]:
        sums[:, groups.index(need["segment"])] += need["points"] * closed[need["id"]]
    return every, numbers, sums[numbers]


def non_dominated(facts: dict) -> Judged:
    """All of them, as (id, year) pairs; equals kept."""
    every, numbers, sums = plans_that_fit(facts)
    values = sums @ corners(facts["weights"]).T
    order = np.argsort(-values.sum(axis=1), kind="stable")
    # What beats a plan closes more in sum: it comes before. What is beaten by something is beaten by something kept.
    kept = np.zeros(0, dtype=int)
    for part in np.array_split(order, max(1, len(order) // 2000)):
        part = part[~_beaten(values[part], values[kept])]
        kept = np.concatenate([kept, part[~_beaten(values[part], values[part])]])
    return {
        tuple(
            (one, int(every.years[0] + every.start[plan, n]))
            for n, one in enumerate(every.ids)
            if every.chosen[plan, n]
        )
        for plan in numbers[kept]
    }


def _beaten(these: np.ndarray, by: np.ndarray) -> np.ndarray:
    found = np.zeros(len(these), bool)
    for other in np.unique(by, axis=0):
        slack = TOLERANCE * np.maximum(1, np.abs(other))
        found |= (other >= these - slack).all(axis=1) & (other > these + slack).any(axis=1)
    return found
