"""Why is each initiative in the plan, or not? The best plan with the opposite held, and what would change the answer.

For a chosen one: the best plan without it. For one left out: the best plan with it, which reason tells the two apart,
the least more money or staff and the least stronger effect with which it would come in and nothing be lost. All of it
by exact re-solving of the same problem with one thing changed; what a rule of its own says is lifted first.

Nothing here makes a sentence. A reason is found in this order: a rule of its own; then money or staff, by which of them
alone would let it in (of two, the one that asks the smaller share of its frame); if no amount of both would, it stands
against the rest of the plan: conflict; and if it needs nothing more but adds nothing either, the effect.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, Protocol

from planner.domain.extra import Kind, Least, frame
from planner.domain.least_effect import least_effect, locks, without_own_lock
from planner.domain.portfolio import STAFF
from planner.domain.problem import Problem
from planner.domain.relief import Excess
from planner.domain.resolve import Resolver, changes, loss

Reason = Literal["money", "staff", "conflict", "effect", "rule"]


@dataclass(frozen=True, slots=True)
class Why:
    """One initiative. value: of the plan shown. value_otherwise, loss: of the best plan with the opposite held, None
    where there is none. start: the year it begins in the one or the other. proven: `value_otherwise` is within the gap.
    otherwise: the start years of that plan.
    """

    initiative: str
    chosen: bool
    value: float
    value_otherwise: float | None
    loss: float | None
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    start: int | None
    reason: Reason
    proven: bool
    otherwise: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        return {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "Why":
        return cls(**{**facts, "enters": tuple(facts["enters"]), "leaves": tuple(facts["leaves"])})


@dataclass(frozen=True, slots=True)
class ComesIn:
    """What would bring a left-out initiative in with nothing lost. money, staff: None where no amount of it alone
    would; both: only where neither alone would. at_most: where a smaller amount may do. effect: by how much every
    effect of it must be multiplied, None where even the strongest effect does not."""

    initiative: str
    money: tuple[Excess, ...] | None
    staff: tuple[Excess, ...] | None
    both: tuple[Excess, ...] | None
    at_most: tuple[Kind, ...]
    effect: float | None

    def as_json(self) -> dict[str, Any]:
        def listed(found: tuple[Excess, ...] | None) -> list[dict[str, Any]] | None:
            return None if found is None else [one.as_json() for one in found]

        amounts = {"money": listed(self.money), "staff": listed(self.staff), "both": listed(self.both)}
        return {"initiative": self.initiative, **amounts, "at_most": list(self.at_most), "effect": self.effect}

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> "ComesIn":
        def read(kind: Kind) -> tuple[Excess, ...] | None:
            return None if facts[kind] is None else tuple(Excess(**one) for one in facts[kind])

        amounts = (read("money"), read("staff"), read("both"))
        return cls(facts["initiative"], *amounts, tuple(facts["at_most"]), facts["effect"])


class Questions(Protocol):
    """Makes what answers further questions about a problem (`planner.domain.solver.resolver`)."""

    def __call__(self, problem: Problem, /) -> Resolver: ...


FindLeast = Callable[[str, Kind], Least | None]
"""Such as `planner.domain.extra.Extra.least`."""


def why(resolver: Resolver, initiative: str, make: Questions) -> Why:
    """Without the reason of a left-out one beyond what can be seen at once: `settle` finds it.

    Raises ValueError for an initiative that runs already, or when there is no plan to explain.
    """
    plan = resolver.first.plan
    if plan is None:
        raise ValueError("there is no plan to explain")
    if initiative not in resolver.grid.ids:
        raise ValueError(f"{initiative} is not decided about")
    chosen = initiative in plan.starts
    locked = any(locks(rule, initiative) for rule in plan.problem.rules)
    asked = make(without_own_lock(plan.problem, initiative)) if locked else resolver
    if locked:
        held = asked.held(outside=[initiative]) if chosen else asked.held(inside=[initiative])
        answer = asked.ask(held)
    else:
        answer = asked.opposite(initiative)
    other = answer.plan
    starts = other.starts if other else plan.starts
    enters, leaves = changes(plan.starts, starts)
    reason: Reason = "rule" if locked else "effect" if chosen else "conflict" if other is None else "effect"
    return Why(
        initiative=initiative,
        chosen=chosen,
        value=plan.value,
        value_otherwise=other.value if other else None,
        loss=loss(plan, other),
        enters=enters,
        leaves=leaves,
        start=(plan.starts if chosen else starts).get(initiative),
        reason=reason,
        proven=answer.proven,
        otherwise=dict(other.starts) if other else {},
    )


def comes_in(resolver: Resolver, found: Why, least: FindLeast) -> ComesIn | None:
    """None for one that is chosen, or that a rule of its own or another initiative keeps out."""
    if found.chosen or found.reason == "rule":
        return None
    money, staff = least(found.initiative, "money"), least(found.initiative, "staff")
    both = least(found.initiative, "both") if money is None and staff is None else None
    kinds: tuple[tuple[Kind, Least | None], ...] = (("money", money), ("staff", staff), ("both", both))
    return ComesIn(
        initiative=found.initiative,
        money=None if money is None else money.excess,
        staff=None if staff is None else staff.excess,
        both=None if both is None else both.excess,
        at_most=tuple(kind for kind, one in kinds if one is not None and not one.proven),
        effect=least_effect(resolver, found.initiative, found.otherwise),
    )


def settled(problem: Problem, found: Why, needs: ComesIn | None) -> Why:
    """With the reason of a left-out initiative told by what would bring it in."""
    if needs is None or found.chosen or found.reason == "rule":
        return found
    kinds: tuple[tuple[Reason, tuple[Excess, ...] | None], ...] = (("money", needs.money), ("staff", needs.staff))
    told = sorted((_share(problem, kind, excess), kind) for kind, excess in kinds if excess)
    if told:
        return replace(found, reason=told[0][1])
    if needs.both:
        # Neither alone: the one it lacks the larger share of.
        parts = [tuple(e for e in needs.both if (e.resource == STAFF) == (kind == "staff")) for kind, _ in kinds]
        lacks = [_share(problem, kind, part) for (kind, _), part in zip(kinds, parts, strict=True)]
        return replace(found, reason="money" if lacks[0] >= lacks[1] else "staff")
    if (needs.money, needs.staff, needs.both) == (None, None, None):
        return replace(found, reason="conflict" if _has_effect(problem, found.initiative) else "effect")
    return replace(found, reason="effect")


def _has_effect(problem: Problem, one: str) -> bool:
    return any(problem.ground.by_id[one].strength(need.id) > 0 for need in problem.needs if need.points > 0)


def _share(problem: Problem, kind: Reason, excess: tuple[Excess, ...]) -> float:
    """How large the excess is beside the whole frame of its kind."""
    return sum(one.by for one in excess) / max(frame(problem, "staff" if kind == "staff" else "money"), 1.0)


def explained(resolver: Resolver, make: Questions) -> Iterator[Why]:
    """Every initiative that is decided about, those that lose most first."""
    for one in resolver.hardest_first(resolver.grid.ids):
        yield why(resolver, one, make)
