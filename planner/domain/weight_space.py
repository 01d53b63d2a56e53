"""Which weights does a stated view of values leave open, and which comparisons has it not settled?

What is certain about the weights of the groups (this one counts at least as much as that one, this one between a fifth
and a half) leaves a polytope: weights from 0 up that sum to 1 and keep all of it. Whatever is true of a sum with such
weights is true at every one of them when it is true at the corners, so the corners are all that anybody needs.

Corners are found in exact fractions, by cutting the simplex with one statement after the other. Nothing here knows of
plans.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from planner.domain.initiatives import exact
from planner.domain.problem import TOLERANCE, Weights

Corner = tuple[Fraction, ...]
"""One weight for each group, in order of the groups."""
MOST_CORNERS = 500
"""Eight groups with a range for each have under 300. With more than this the cutting alone would take minutes."""


class TooManyCorners(Exception):
    """The statements leave a shape with more corners than MOST_CORNERS."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something certain: `one` weighs at least what `other` does, or (no other) at least or at most a number."""

    one: str
    other: str | None = None
    least: Fraction | None = None
    most: Fraction | None = None

    def slack(self, groups: Sequence[str], corner: Corner, loosened: Fraction = Fraction(0)) -> Fraction:
        """How far inside the statement the weights are; below 0 they break it."""
        weight = corner[groups.index(self.one)]
        if self.other is not None:
            return weight - corner[groups.index(self.other)] + loosened
        if self.least is not None:
            return weight - self.least + loosened
        return (self.most or Fraction(0)) - weight + loosened


@dataclass(frozen=True)
class WeightSpace:
    """All weights that keep every statement. corners: none when the statements contradict each other."""

    groups: tuple[str, ...]
    statements: tuple[Statement, ...]
    corners: tuple[Corner, ...]

    @classmethod
    def of(cls, weights: Weights) -> "WeightSpace":
        """The weights a problem allows. A range that misses by no more than rounding (1e-9) is not a contradiction."""
        groups, statements = tuple(sorted(weights.nominal)), _statements(weights)
        corners = _corners(groups, statements)
        if not corners:
            # Thirds written as decimals do not sum to 1: the statements are widened by the tolerance of the weights,
            # and what that leaves is one point.
            corners = _merged(_corners(groups, statements, Fraction(TOLERANCE).limit_denominator(10**9)))
        return cls(groups, statements, corners)

    def with_statement(self, statement: Statement) -> "WeightSpace":
        """The weights that keep one statement more."""
        return WeightSpace(
            self.groups, (*self.statements, statement), _cut(self.groups, self.corners, self.statements, statement)
        )

    @property
    def open_pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of groups of which either may weigh more than the other."""
        found = []
        for one, other in combinations(range(len(self.groups)), 2):
            differences = [corner[one] - corner[other] for corner in self.corners]
            if min(differences, default=0) < 0 < max(differences, default=0):
                found.append((self.groups[one], self.groups[other]))
        return tuple(found)

    @property
    def contradiction(self) -> tuple[Statement, ...]:
        """Statements that cannot all hold, none of which can be spared; empty when there are weights."""
        if self.corners:
            return ()
        left = list(self.statements)
        for statement in self.statements:
            rest = [one for one in left if one is not statement]
            if not _corners(self.groups, rest):
                left = rest
        return tuple(left)


def _statements(weights: Weights) -> tuple[Statement, ...]:
    order = [Statement(one, other) for one, other in weights.at_least]
    ends = sorted((group, _fraction(low), _fraction(high)) for group, (low, high) in weights.range.items())
    least = [Statement(group, least=low) for group, low, _ in ends if low > 0]
    return (*order, *least, *(Statement(group, most=high) for group, _, high in ends if high < 1))


def _fraction(number: float) -> Fraction:
    return Fraction(exact(number))


def _corners(
    groups: Sequence[str], statements: Iterable[Statement], loosened: Fraction = Fraction(0)
) -> tuple[Corner, ...]:
    corners: tuple[Corner, ...] = tuple(tuple(Fraction(g == h) for h in groups) for g in groups)
    kept: list[Statement] = []
    for statement in statements:
        corners = _cut(groups, corners, kept, statement, loosened)
        kept.append(statement)
    return corners


def _cut(
    groups: Sequence[str],
    corners: tuple[Corner, ...],
    kept: Sequence[Statement],
    statement: Statement,
    loosened: Fraction = Fraction(0),
) -> tuple[Corner, ...]:
    """The corners that keep the statement, and one new corner on each edge that crosses it."""
    slack = [statement.slack(groups, corner, loosened) for corner in corners]
    if all(inside >= 0 for inside in slack):
        return corners
    touched = [_touched(groups, corner, kept, loosened) for corner in corners]
    found = {corner for corner, inside in zip(corners, slack, strict=True) if inside >= 0}
    for a, b in combinations(range(len(corners)), 2):
        if slack[a] * slack[b] < 0 and _is_edge(touched, a, b):
            share = slack[a] / (slack[a] - slack[b])
            found.add(tuple(u + share * (v - u) for u, v in zip(corners[a], corners[b], strict=True)))
    if len(found) > MOST_CORNERS:
        raise TooManyCorners
    return tuple(sorted(found, reverse=True))


def _touched(groups: Sequence[str], corner: Corner, kept: Sequence[Statement], loosened: Fraction) -> frozenset[int]:
    """Which walls a corner lies on: weights that are 0, and statements that hold with nothing to spare."""
    zeros = [n for n, weight in enumerate(corner) if weight == 0]
    tight = [len(groups) + n for n, one in enumerate(kept) if one.slack(groups, corner, loosened) == 0]
    return frozenset((*zeros, *tight))


def _is_edge(touched: Sequence[frozenset[int]], a: int, b: int) -> bool:
    """Two corners are the ends of an edge when no third lies on all the walls they share."""
    common = touched[a] & touched[b]
    return not any(common <= walls for n, walls in enumerate(touched) if n not in (a, b))


def _merged(corners: tuple[Corner, ...]) -> tuple[Corner, ...]:
    """One corner for those that differ by rounding alone."""
    apart: dict[tuple[float, ...], Corner] = {}
    for corner in corners:
        apart.setdefault(tuple(round(float(weight), 7) for weight in corner), corner)
    return tuple(apart.values())
