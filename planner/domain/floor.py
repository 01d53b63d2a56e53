"""What does it cost to promise a group, or a theme, that at least so much of its need is closed?

A floor is one more condition on the same problem, so the answer is the best plan that keeps it, held against the plan
people look at. Its price is the points that plan closes fewer. Plans are asked for one floor at a time; what is known
of some floors says something of all others (`Prices.at`): a plan stays the best for every floor up to what it reaches,
and between two floors the price lies between theirs. Which floors can be kept at all is asked first: the most the group
can get within the frame, whatever happens to the others.

What answers is handed in (`planner.domain.asking`), and proves within its gap. Never decides ties.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from math import floor, fsum, inf
from typing import Any, Literal

from planner.domain.asking import Ask
from planner.domain.portfolio import Plan
from planner.domain.problem import Problem, Weights
from planner.domain.problem_needs import in_group
from planner.domain.rules import Rule, Starts
from planner.domain.rules_groups import NeedFloor

By = Literal["segment", "factor"]
LEVELS = 5
"""Floors in a price list, besides what is closed already."""
SETTLED = 0.0015


@dataclass(frozen=True, slots=True)
class Side:
    """Whom or what a floor is for."""

    by: By
    group: str

    def floor(self, share: float) -> NeedFloor:
        return NeedFloor(share, segment=self.group) if self.by == "segment" else NeedFloor(share, factor=self.group)

    def own_floor(self, problem: Problem) -> float:
        """The least share that is asked for there already."""
        return max(
            (rule.share for rule in problem.rules if isinstance(rule, NeedFloor) and self._mine(rule)), default=0.0
        )

    def _mine(self, rule: Rule) -> bool:
        return isinstance(rule, NeedFloor) and rule == self.floor(rule.share)

    def problem(self, problem: Problem, share: float) -> Problem:
        """With this floor in the place of the one that is there."""
        rules = tuple(rule for rule in problem.rules if not self._mine(rule))
        return replace(problem, rules=(*rules, self.floor(share)) if share > 0 else rules)

    def alone(self, problem: Problem) -> Problem:
        """The same frame and rules, but its own floor: only what is closed here counts."""
        by_segment = self.by == "segment"
        named = (n.group(self.by) or "–" for n in problem.needs)
        needs = tuple(
            replace(n, segment=name) if by_segment else replace(n, factor=name)
            for n, name in zip(problem.needs, named, strict=True)
        )
        weights = {need.group(self.by) or "": 0.0 for need in needs} | {self.group: 1.0}
        return replace(self.problem(problem, 0.0), needs=needs, weights=Weights(self.by, weights))

    def share_of(self, plan: Plan) -> float:
        """How much of the need there a plan closes, by points without weights, as floors count."""
        needs = in_group(plan.problem.needs, self.by, self.group)
        there = fsum(need.points for need in needs)
        return fsum(need.points * plan.closed[need.id] for need in needs) / there if there > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Price:
    """The best plan for one floor. reached: the share it closes there. value: of all points; None where none keeps it.

    bound: no plan that keeps the floor is worth more. proven: within the gap.
    """

    floor: float
    reached: float
    value: float | None
    bound: float | None
    proven: bool
    starts: Starts

    @classmethod
    def of(cls, side: Side, share: float, plan: Plan | None, bound: float | None, proven: bool) -> "Price":
        if plan is None:
            return cls(share, 0.0, None, None, proven, {})
        return cls(share, side.share_of(plan), plan.value, bound, proven, dict(plan.starts))


@dataclass(frozen=True, slots=True)
class Highest:
    """The most that can be closed there within the frame. reached: by a plan there is; bound: by any."""

    reached: float
    bound: float
    starts: Starts

    @property
    def promised(self) -> float:
        """reached, in whole tenths of a per cent and never above: what is told as the most must be possible."""
        return floor(1000 * self.reached + 1e-9) / 1000

    @property
    def settled(self) -> bool:
        """Whether the two are one figure as people read it, in tenths of a per cent."""
        return self.bound - self.reached < SETTLED


@dataclass(frozen=True, slots=True)
class At:
    """What is known of one floor. price: of its best plan. low, high: else the points it costs lie between these.

    impossible: no plan keeps it. All None and not impossible: nothing is known.
    """

    price: Price | None = None
    impossible: bool = False
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Prices:
    """All that is known of the floors over one side. shown: the plan they are held against.

    listed: in order of the floor, the shown plan's own among them.
    """

    side: Side
    shown: Price
    listed: tuple[Price, ...]
    highest: Highest | None = None

    def at(self, share: float) -> At:
        if any(p.value is None and p.proven and p.floor <= share for p in self.listed):
            return At(impossible=True)
        same = next((p for p in self.listed if p.floor <= share and p.proven and self._keeps(p, share)), None)
        asked = next((p for p in self.listed if p.floor == share and p.value is not None), None)
        if same or asked:
            return At(same or asked)
        if self.highest and share > self.highest.bound:
            return At(impossible=True)
        under = [p for p in self.listed if p.floor <= share and p.bound is not None]
        over = [p for p in self.listed if self._keeps(p, share)]
        low = max((self._loss(p.bound) for p in under), default=None)
        return At(low=low, high=min((self._loss(p.value) for p in over), default=None))

    def levels(self) -> tuple[float, ...]:
        """The floors of the price list: from what is closed already to the most there can be, in even steps."""
        if self.highest is None:
            return ()
        step = self.step()
        first, last = (floor(one / float(step) + 1e-9) for one in (self.shown.reached, self.highest.reached))
        count = min(LEVELS, last - first)
        found = [float(step * (first + (last - first) * k // count)) for k in range(1, count + 1)]
        return tuple([0.0, *found] if self.shown.floor > 0 else found)

    def step(self) -> Fraction:
        """How far apart the floors on offer are: fine where there is little between what is and what can be."""
        room = (self.highest.reached if self.highest else 1.0) - self.shown.reached
        return Fraction(1, 1000) if room < 0.03 else Fraction(1, 200) if room < 0.15 else Fraction(1, 100)

    def range(self) -> tuple[float, float, float]:
        """The step, and between which floors one can choose. What is closed already costs nothing to promise, so it
        begins there, but for a plan that keeps a floor already: what a lower one would give is of interest too. It
        ends with the last that is known to be possible, or, where the most is not settled, the last that may be."""
        step = self.step()
        first = 1 if self.shown.floor > 0 else max(1, floor(self.shown.reached / float(step) + 1e-9))
        most = self.highest or Highest(1.0, 1.0, {})
        last = most.reached if most.settled else most.bound
        return float(step), float(first * step), float(max(first, floor(last / float(step) + 1e-9)) * step)

    def with_price(self, price: Price) -> "Prices":
        """One more. A plan for a higher floor keeps the lower ones too: none of those may be worth less."""
        listed = sorted([p for p in self.listed if p.floor != price.floor] + [price], key=lambda p: p.floor)
        best: Price | None = None
        for place in reversed(range(len(listed))):
            here = listed[place]
            if best is not None and (here.value is None or (best.value or 0.0) > here.value):
                bound = max(best.value or 0.0, here.bound or 0.0)
                here = replace(best, floor=here.floor, bound=bound, proven=here.proven and here.value is not None)
                listed[place] = here
            best = here if here.value is not None else best
        return replace(self, listed=tuple(listed))

    def _keeps(self, price: Price, share: float) -> bool:
        return price.value is not None and price.reached >= share - 1e-12

    def _loss(self, value: float | None) -> float:
        assert self.shown.value is not None and value is not None
        return self.shown.value - value

    def to_document(self) -> dict[str, Any]:
        """As JSON; `from_document` reads it."""
        highest = None if self.highest is None else {**asdict(self.highest), "starts": dict(self.highest.starts)}
        listed = [{**asdict(one), "starts": dict(one.starts)} for one in self.listed]
        shown = {**asdict(self.shown), "starts": dict(self.shown.starts)}
        return {"side": asdict(self.side), "shown": shown, "listed": listed, "highest": highest}

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "Prices":
        """What `to_document` wrote."""
        highest = Highest(**document["highest"]) if document["highest"] else None
        listed = tuple(Price(**one) for one in document["listed"])
        return cls(Side(**document["side"]), Price(**document["shown"]), listed, highest)


def opened(side: Side, shown: Plan) -> Prices:
    """Before anything is asked: what the shown plan, the best within its frame, says by itself."""
    own = Price.of(side, side.own_floor(shown.problem), shown, shown.value, proven=True)
    return Prices(side, own, (own,))


def with_highest(prices: Prices, problem: Problem, ask: Ask) -> Prices:
    """Asks how much of the need there can be closed at most."""
    alone = prices.side.alone(problem)
    first = ask(alone, known=[prices.shown.starts]).first
    there = fsum(need.points for need in in_group(problem.needs, prices.side.by, prices.side.group))
    if first.plan is None or there <= 0:
        return prices
    reached = prices.side.share_of(first.plan)
    bound = inf if first.bound is None else first.bound / there
    return replace(prices, highest=Highest(reached, max(reached, min(1.0, bound)), dict(first.plan.starts)))


def priced(prices: Prices, problem: Problem, share: float, ask: Ask) -> Prices:
    """Asks for the best plan that keeps one floor; nothing is asked of one that is known."""
    here = prices.at(share)
    if here.price is not None or here.impossible:
        return prices
    lower = [p for p in prices.listed if p.floor <= share]
    at_most = min((p.bound for p in lower if p.bound is not None), default=inf)
    known = list(_starts_near(prices, share))
    first = ask(prices.side.problem(problem, share), known=known, at_most=at_most).first
    plan = None if first.plan is None else Plan(problem, first.plan.starts)
    bound = None if first.bound is None else min(at_most, first.bound)
    if plan is not None and bound is not None:
        bound = max(bound, plan.value)
    return prices.with_price(Price.of(prices.side, share, plan, bound, first.proven))


def _starts_near(prices: Prices, share: float) -> Iterator[Starts]:
    """Plans to begin with: the nearest above, which keeps the floor, the nearest below, and that with the most."""
    there = [p for p in prices.listed if p.value is not None]
    yield from [p.starts for p in there if p.reached >= share][:1]
    yield from [p.starts for p in there if p.floor <= share][-1:]
    if prices.highest is not None:
        yield prices.highest.starts
