"""What is the same problem with the weights of its groups taken out of the points again?

A kept plan's points have the municipality's segment weights α in them: points(j, k) = α_k · what they are for a unit of
weight. Here they are divided out and stated beside the needs (MODEL.md §5, `weights`), so that other weights can be
asked about; at α itself every plan is worth what it was. Shares of a floor over a segment are as before; a floor over a
theme counts points without weights, as the format says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from planner.domain.problem import Problem, Weights


@dataclass(frozen=True, slots=True)
class View:
    """What is certain about the weights. at_least: (one, other): one counts at least as much. range: id -> (low, high),
    shares of the whole."""

    at_least: tuple[tuple[str, str], ...] = ()
    range: Mapping[str, tuple[float, float]] | None = None


def weighted(problem: Problem, shares: Mapping[str, float], view: View) -> Problem:
    """shares: segment id -> α, for all segments with needs. Raises ValueError where one with points has none."""
    present = {need.segment or "" for need in problem.needs}
    total = fsum(shares[one] for one in present)
    if total <= 0:
        raise ValueError("no segment counts")
    nominal = {one: shares[one] / total for one in present}
    if any(need.points > 0 and nominal[need.segment or ""] <= 0 for need in problem.needs):
        raise ValueError("a segment without weight has points")
    needs = tuple(
        replace(need, points=need.points / nominal[need.segment or ""] if need.points else 0.0)
        for need in problem.needs
    )
    ranges = {one: ends for one, ends in (view.range or {}).items() if one in present}
    at_least = tuple(pair for pair in view.at_least if set(pair) <= present)
    return replace(problem, needs=needs, weights=Weights("segment", nominal, at_least, ranges))


def around(shares: Mapping[str, float], part: float) -> dict[str, tuple[float, float]]:
    """Each weight from so much less to so much more than it is: part 0.2 is a fifth."""
    return {one: (share * (1 - part), min(1.0, share * (1 + part))) for one, share in shares.items()}


def common(plans: Sequence[Mapping[str, int]]) -> tuple[frozenset[str], frozenset[str]]:
    """(initiatives that all plans hold, initiatives that some hold and some do not)"""
    sets = [frozenset(plan) for plan in plans]
    if not sets:
        return frozenset(), frozenset()
    every, some = frozenset.intersection(*sets), frozenset.union(*sets)
    return every, some - every
