"""Which of the things a room does not agree on could change the plan? Told at once, from reasons that are worked out.

Each statement of an initiative is moved to the ends of the room's middle half, all else as in the plan. What decides is
what the best plan is worth that chooses otherwise about the initiative, which is known: one that is chosen stays while
the plan is worth more than that at the lower end; one that is left out stays out while the best plan with it, and all
that the higher end can add to any plan, is worth less than the plan is. Where it is known by how much all its effects
would have to grow, one of them growing by less does not bring it in. Nothing is solved, and so «can» is not «will».
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from planner.domain.adoption import Cell
from planner.domain.disagreement import Doubt, Reach, at_end, doubts, most_gained
from planner.domain.portfolio import Plan
from planner.domain.problem import TOLERANCE
from planner.domain.why import ComesIn, Why

Span = tuple[float, float]
"""The ends of the middle half of what a room said, as shares that get the need met."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """What is known of a plan. gap: within which its opposites were proven."""

    plan: Plan
    gap: float
    whys: Mapping[str, Why]
    needs: Mapping[str, ComesIn]


@dataclass(frozen=True, slots=True)
class Flip:
    """margin: points by which a plan that chooses otherwise could be better; below zero, how far there is to it."""

    margin: float

    @property
    def can_change(self) -> bool:
        return self.margin > TOLERANCE


def flips(reasons: Reasons, said: Mapping[Cell, Span], reach: Reach) -> dict[Cell, Flip]:
    """Of what was said about initiatives whose opposite is known, and of those that nothing can change."""
    raters: dict[str, dict[str, Span]] = {}
    for (initiative, statement), span in said.items():
        raters.setdefault(initiative, {})[statement] = span
    moved = {(one.initiative, one.statement): one for one in doubts(reasons.plan.problem, raters, reach)}
    found = {}
    for cell in said:
        why = reasons.whys.get(cell[0])
        if why is None or not why.proven:
            continue
        # What people have decided stands; so does what it is said of nobody whom the plan counts.
        is_still = why.reason == "rule" or why.value_otherwise is None or cell not in moved
        found[cell] = Flip(-inf if is_still else _margin(reasons, why, moved[cell]))
    return found


def _margin(reasons: Reasons, why: Why, doubt: Doubt) -> float:
    otherwise = (why.value_otherwise or 0.0) / (1 - reasons.gap)
    plan = reasons.plan
    if why.chosen:
        ends = [Plan(at_end(plan.problem, doubt, end), plan.starts) for end in doubt.ends]
        return inf if any(one.broken for one in ends) else otherwise - min(one.value for one in ends)
    margin = otherwise + max(most_gained(plan.problem, doubt, end) for end in doubt.ends) - plan.value
    return min(margin, 0.0) if _grows_too_little(reasons.needs.get(why.initiative), doubt) else margin


def _grows_too_little(needs: ComesIn | None, doubt: Doubt) -> bool:
    if needs is None or doubt.now <= 0:
        return False
    return needs.effect is None or doubt.high / doubt.now < needs.effect
