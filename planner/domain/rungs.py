"""What is a ladder of budgets made of? Rungs: the best plan of each, who came and went, and the nested order's price.

Records and their JSON only: `planner.domain.ladder` climbs, and nothing is worked out here.
"""

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from planner.domain.asking import plan_facts
from planner.domain.basis import LeftOut
from planner.domain.initiatives import Amount, exact, plain
from planner.domain.portfolio import Plan


@dataclass(frozen=True, slots=True)
class Leaver:
    """One that is in the plan of the rung below and not here.

    reason: why it is not in this plan, with its figures (`planner.domain.left_out`); who came instead is the rung's
    `enters`. adds_below: points it adds to the plan below, the others there given; adds_here: the same if it were added
    to this plan from the same year. keeping: points lost by insisting that it stays, None where no plan here holds it.
    """

    initiative: str
    reason: LeftOut
    adds_below: float
    adds_here: float
    keeping: float | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Nested:
    """The plan of the nested order at one rung. price: points it closes fewer than the best plan there."""

    plan: Plan
    bound: float
    proven: bool
    price: float


@dataclass(frozen=True, slots=True)
class Rung:
    """plan: None and proven when no plan keeps the limits and rules; None and not proven when it was not answered.

    enters, leaves: against the rung below. nested: None where no plan fits in the order.
    """

    share: Fraction
    money: Amount
    plan: Plan | None
    bound: float | None
    proven: bool
    enters: tuple[str, ...] = ()
    leaves: tuple[Leaver, ...] = ()
    nested: Nested | None = None

    def to_document(self) -> dict[str, Any]:
        plan = {} if self.plan is None else plan_facts(self.plan)
        nested = None
        if self.nested is not None:
            facts = {"bound": self.nested.bound, "proven": self.nested.proven, "price": self.nested.price}
            nested = {**plan_facts(self.nested.plan), **facts}
        return {
            "percent": plain(exact(self.share * 100)),
            "money": plain(self.money),
            "feasible": self.plan is not None or not self.proven,
            **{"value": None, "cost": None, "staff": None, "starts": {}, **plan},
            **{"bound": self.bound, "proven": self.proven, "enters": list(self.enters)},
            "leaves": [{**asdict(one), "reason": _plain_reason(one.reason)} for one in self.leaves],
            "nested": nested,
        }


def _plain_reason(reason: LeftOut) -> dict[str, Any]:
    return {**asdict(reason), "other": list(reason.other)}


@dataclass(frozen=True, slots=True)
class Ladder:
    """rungs: the smallest budget first. base: the share the nested order was made from. complete: not stopped."""

    rungs: tuple[Rung, ...]
    base: Fraction | None
    complete: bool

    def to_document(self) -> dict[str, Any]:
        """As JSON: amounts in the resources' units, points as they are."""
        base = None if self.base is None else float(self.base * 100)
        return {"rungs": [rung.to_document() for rung in self.rungs], "base": base, "complete": self.complete}
