"""What does an initiative cost, when does it work, and how much of a need does it close alone?

This is the frozen thing that is computed with: exactly the fields a problem file carries. Names of partners,
grants and sources live elsewhere. It never decides whether an initiative is started; a plan does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from types import MappingProxyType

Amount = int | Fraction
"""Money in 1000 kr, staff in months of work. Whole where it can be, never a float: limits hold exactly."""

EXACT_IN_A_FLOAT = 2**53 - 1
"""The largest whole number that RFC 8785 writes as it is; what is larger is written as the float it becomes."""


def exact(number: int | float | Fraction) -> Amount:
    """The decimal a reader sees in the file, without rounding: 0.1 is one tenth, 3.0 is 3, 1e23 is ten to the 23rd.

    Whole numbers no float can hold take the float's shortest decimal, as RFC 8785 writes them.
    Raises ValueError for a number that is not finite.
    """
    if isinstance(number, Fraction):
        return number.numerator if number.denominator == 1 else number
    if isinstance(number, int) and abs(number) <= EXACT_IN_A_FLOAT:
        return int(number)
    number = float(number)
    if not isfinite(number):
        raise ValueError("an amount must be finite")
    return exact(Fraction(Decimal(repr(number))))


def plain(amount: Amount) -> int | float:
    """The amount as a JSON number: whole when it is whole."""
    return amount if isinstance(amount, int) else float(amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Initiative:
    """One candidate for the plan.

    effects: need id -> share (0–1) of those with the unmet need who get it met, when it works.
    chance: that it is delivered (0–1). delay: whole years from start until it works.
    start_cost, yearly_cost: resource id -> amount, once in the start year, and every year from then on.
    profile: resource id -> further amounts by year since start; nothing beyond its end.
    started: the calendar year it began, when it runs before the plan does; then it is always in the plan.
    earliest, latest: calendar years it may start in; None is the first and the last year of the plan.
    """

    id: str
    title: str
    theme: str
    effects: Mapping[str, float] = field(default_factory=dict)
    start_cost: Mapping[str, Amount] = field(default_factory=dict)
    yearly_cost: Mapping[str, Amount] = field(default_factory=dict)
    profile: Mapping[str, tuple[Amount, ...]] = field(default_factory=dict)
    started: int | None = None
    delay: int = 0
    chance: float = 1.0
    earliest: int | None = None
    latest: int | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an initiative needs an id")
        if self.delay < 0:
            raise ValueError(f"{self.id}: the delay is negative")
        if not 0 <= self.chance <= 1 or not all(0 <= effect <= 1 for effect in self.effects.values()):
            raise ValueError(f"{self.id}: chance and effects lie in 0–1")
        profile = {resource: tuple(exact(a) for a in amounts) for resource, amounts in self.profile.items()}
        amounts = [*self.start_cost.values(), *self.yearly_cost.values(), *(a for p in profile.values() for a in p)]
        if any(amount < 0 for amount in amounts):
            raise ValueError(f"{self.id}: an amount is negative")
        # Copies behind a read-only view: whoever built us may go on changing their own dicts.
        object.__setattr__(self, "effects", MappingProxyType({n: float(e) for n, e in self.effects.items()}))
        object.__setattr__(self, "start_cost", MappingProxyType({r: exact(a) for r, a in self.start_cost.items()}))
        object.__setattr__(self, "yearly_cost", MappingProxyType({r: exact(a) for r, a in self.yearly_cost.items()}))
        object.__setattr__(self, "profile", MappingProxyType(profile))

    def __hash__(self) -> int:
        return hash(self.id)

    def use(self, resource: str, start: int, year: int) -> Amount:
        """What it takes of a resource in a calendar year, when it starts (or started) in `start`."""
        since = year - start
        if since < 0:
            return 0
        profile = self.profile.get(resource, ())
        once = self.start_cost.get(resource, 0) if since == 0 else 0
        return once + self.yearly_cost.get(resource, 0) + (profile[since] if since < len(profile) else 0)

    def works_from(self, start: int) -> int:
        """The first calendar year in which it closes anything."""
        return start + self.delay

    def strength(self, need: str) -> float:
        """The share of one need it can be expected to close alone: chance times effect."""
        return self.chance * self.effects.get(need, 0.0)

    def may_start(self, year: int) -> bool:
        """True when its own window lets it start in that calendar year; one that runs already never starts again."""
        after_earliest = self.earliest is None or year >= self.earliest
        before_latest = self.latest is None or year <= self.latest
        return self.started is None and after_earliest and before_latest
