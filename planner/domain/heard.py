"""Which effects of a problem were said by a panel, and what does the panel say when it is drawn anew?

As many are drawn from those who were heard as there were, each as likely as the others and some more than once; the
effect is their median (the bootstrap of a median). Two or one are no panel: what they said is an estimate like any
other. Scores of different needs are not put together: nobody is known from one to the next.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from planner.domain.initiatives import Initiative
from planner.domain.panel import FEWEST
from planner.domain.problem import Problem

Raters = Mapping[str, Mapping[str, Sequence[float]]]
"""initiative -> statement -> each rater's effect, 0–1, for whoever is reached in full."""
Reach = Mapping[str, Mapping[str, float]]
"""initiative -> segment -> the share of it that is reached."""


@dataclass(frozen=True)
class Heard:
    """One initiative and statement. values: the raters' effects, sorted. shares: need -> what of the effect it gets."""

    values: tuple[float, ...]
    shares: Mapping[str, float]

    def drawn(self, picks: Iterable[float]) -> float:
        """The median of those drawn. picks: one number a rater, from 0 to below 1."""
        return median(self.values[int(pick * len(self.values))] for pick in picks)


def heard(problem: Problem, raters: Raters, reach: Reach | None = None) -> Mapping[str, tuple[Heard, ...]]:
    """By initiative, in order of statement: those that a panel scored and that the problem counts an effect of.

    reach: without it a score is taken to hold where the initiative works best, and less elsewhere as its effects are.
    """
    found = {}
    for one in problem.initiatives:
        of = {s: tuple(sorted(values)) for s, values in raters.get(one.id, {}).items() if len(values) >= FEWEST}
        groups = _by_statement(problem, one)
        found[one.id] = tuple(
            Heard(of[statement], _shares(problem, one, groups[statement], reach))
            for statement in sorted(groups.keys() & of.keys())
        )
    return found


def scored(problem: Problem) -> int:
    """How many pairs of initiative and statement have an effect: so many scores there could be."""
    return sum(len(_by_statement(problem, one)) for one in problem.initiatives)


def _by_statement(problem: Problem, one: Initiative) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for need in problem.needs:
        if need.statement is not None and one.effects.get(need.id, 0.0) > 0:
            groups.setdefault(need.statement, []).append(need.id)
    return groups


def _shares(problem: Problem, one: Initiative, needs: Sequence[str], reach: Reach | None) -> dict[str, float]:
    if reach is not None and one.id in reach:
        segment = {need.id: need.segment or "" for need in problem.needs}
        return {need: reach[one.id].get(segment[need], 0.0) for need in needs}
    most = max(one.effects[need] for need in needs)
    return {need: one.effects[need] / most for need in needs}
