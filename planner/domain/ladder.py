"""What would we get for less money, and for more: which initiatives come and go, and what does a fixed order cost?

Budsjettstigen: the best plan at each of a list of shares of the money limits. Every limit of money is multiplied, in
each year and in all; staff stays as it is, and so does what runs already. A plan that fits a smaller budget fits a
larger one, so a rung is never worth less than the one below, and its bound never less than the one below's.

The best plans are not nested: an initiative may leave when there is more money, since something better has become
possible. Who insists that nothing ever leaves gets the nested order, and pays its price. The order is made from the
rung nearest 100 %: downwards the best plan within the set above, upwards the best that holds the set below; start years
may change. It is the best step at each rung, not the best of all chains.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from math import floor, inf

from planner.domain.asking import Ask, Enough, Steps, same_starts
from planner.domain.basis import LeftOut
from planner.domain.initiatives import Amount
from planner.domain.left_out import left_out
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem import Problem
from planner.domain.resolve import Answer, Resolver, changes, loss
from planner.domain.rungs import Ladder, Leaver, Nested, Rung

SHARES = tuple(Fraction(percent, 100) for percent in range(50, 151, 10))

OnLadder = Callable[[Ladder, int, int], bool | None]
"""Called with the ladder as far as it is made, how many questions are answered, and of how many; True stops it."""


def scaled(problem: Problem, share: Fraction) -> Problem:
    """The problem with its limits of money multiplied; whole limits stay whole, rounded down. Staff stays."""

    def of(limit: Amount | None) -> Amount | None:
        if limit is None:
            return None
        return floor(limit * share) if isinstance(limit, int) else limit * share

    resources = tuple(
        r if r.id == STAFF else replace(r, limit=tuple(map(of, r.limit)), total_limit=of(r.total_limit))
        for r in problem.resources
    )
    return replace(problem, resources=resources)


def ladder(
    problem: Problem,
    ask: Ask,
    *,
    shares: Sequence[Fraction] = SHARES,
    shown: Answer | None = None,
    on_ladder: OnLadder | None = None,
) -> Ladder:
    """The rungs at these shares. shown: the plan people look at; when it is proven it is the plan at 100 %."""
    climb = _Climb(problem, ask, sorted(set(shares)), shown, on_ladder)
    try:
        climb.solve()
        climb.nest()
        climb.compare()
    except Enough:
        return climb.ladder(complete=False)
    return climb.ladder(complete=True)


class _Climb:
    """One ladder being made; lists are by rung, the smallest budget first."""

    def __init__(
        self, problem: Problem, ask: Ask, shares: list[Fraction], shown: Answer | None, on_ladder: OnLadder | None
    ) -> None:
        self.ask, self.shares, self.shown = ask, shares, shown
        self.problems = [scaled(problem, share) for share in shares]
        self.every = range(len(shares))
        self.resolvers: list[Resolver | None] = [None] * len(shares)
        self.plans: list[Plan | None] = [None] * len(shares)
        self.bounds: list[float | None] = [None] * len(shares)
        self.proven = [False] * len(shares)
        self.chain: list[Answer | None] = [None] * len(shares)
        self.leaves: list[tuple[Leaver, ...]] = [()] * len(shares)
        self.base: int | None = None
        self.on_ladder = on_ladder
        self.steps = Steps(3 * len(shares), self._tell)

    def _tell(self, done: int, of: int) -> bool | None:
        return None if self.on_ladder is None else self.on_ladder(self.ladder(complete=False), done, of)

    def solve(self) -> None:
        """The best plan of each rung, from the largest budget down: what is no longer possible is mended.

        A plan that still fits is the best here too: nothing is worth more with less. The bound carries down.
        """
        at_most, known = inf, [] if self.shown is None or self.shown.plan is None else [self.shown.plan.starts]
        for n in reversed(self.every):
            shown = self.shown if self.shares[n] == 1 and self.shown and self.shown.proven else None
            if shown is not None and shown.bound is not None:
                at_most = min(at_most, shown.bound)
            resolver = self.resolvers[n] = self.ask(self.problems[n], known=known, at_most=at_most)
            first = resolver.first
            plan = first.plan if shown is None or shown.plan is None else same_starts(self.problems[n], shown.plan)
            self.proven[n] = first.proven
            if plan is None and first.proven:
                self._none_below(n)
                break
            self._take(n, plan, min(at_most, inf if first.bound is None else first.bound))
            at_most = self.bounds[n] or at_most
            known = [known[0], plan.starts] if known and plan else [plan.starts] if plan else known
            self.steps.step()
        self._never_worse()

    def _take(self, n: int, plan: Plan | None, bound: float) -> None:
        self.plans[n] = plan
        if bound < inf:
            self.bounds[n] = bound if plan is None else max(bound, plan.value)

    def _none_below(self, n: int) -> None:
        """With less money there is no plan either."""
        for below in range(n + 1):
            self.proven[below] = True
            self.steps.step()

    def _never_worse(self) -> None:
        for n, above in pairwise(self.every):
            low, high = self.plans[n], self.plans[above]
            if low is not None and (high is None or low.value > high.value):
                self._take(above, same_starts(self.problems[above], low), self.bounds[above] or inf)

    def nest(self) -> None:
        """The nested order, from the rung nearest 100 % that has a plan."""
        solved = [n for n in self.every if self.plans[n] is not None]
        if not solved:
            return
        base = self.base = min(solved, key=lambda n: (abs(self.shares[n] - 1), n))
        self.chain[base] = Answer(self.plans[base], self.bounds[base], self.proven[base])
        self.steps.step()
        for n in reversed(range(base)):
            self.chain[n] = self._within(n, self.chain[n + 1])
            self.steps.step()
        for n in range(base + 1, len(self.shares)):
            self.chain[n] = self._around(n, self.chain[n - 1])
            self.steps.step()
        for n in self.every:
            # Found under one more condition, and still better: within the gap such things happen.
            nested, free = self.chain[n], self.plans[n]
            if nested and nested.plan and free and nested.plan.value > free.value:
                self._take(n, nested.plan, self.bounds[n] or inf)
        self._never_worse()

    def _within(self, n: int, above: Answer | None) -> Answer | None:
        resolver = self.resolvers[n]
        if above is None or above.plan is None or resolver is None:
            return None
        same = same_starts(self.problems[n], above.plan)
        if not same.broken:
            return Answer(same, above.bound, above.proven)
        chosen = above.plan.starts
        return resolver.ask(resolver.held(outside=[one for one in resolver.grid.ids if one not in chosen]))

    def _around(self, n: int, below: Answer | None) -> Answer | None:
        resolver = self.resolvers[n]
        if below is None or below.plan is None or resolver is None:
            return None
        answer = resolver.ask(resolver.held(inside=[one for one in resolver.grid.ids if one in below.plan.starts]))
        if answer.plan is None or answer.plan.value < below.plan.value:
            return replace(answer, plan=same_starts(self.problems[n], below.plan))
        return answer

    def compare(self) -> None:
        """Why each leaves that is in the plan of the rung below."""
        self.steps.step()
        for n, above in pairwise(self.every):
            low, high, resolver = self.plans[n], self.plans[above], self.resolvers[above]
            if low is not None and high is not None and resolver is not None:
                gone = changes(low.starts, high.starts)[1]
                reasons = {one.code: one for one in left_out(high)} if gone else {}
                self.leaves[above] = tuple(_leaver(low, high, one, reasons[one], resolver) for one in gone)
            self.steps.step()

    def ladder(self, complete: bool) -> Ladder:
        base = None if self.base is None else self.shares[self.base]
        return Ladder(tuple(self._rung(n) for n in self.every), base, complete)

    def _rung(self, n: int) -> Rung:
        plan, low = self.plans[n], self.plans[n - 1] if n else None
        enters = changes(low.starts, plan.starts)[0] if low and plan else ()
        money = sum((a or 0 for r in self.problems[n].resources if r.id != STAFF for a in r.limit), Fraction(0))
        money = money.numerator if money.denominator == 1 else money
        facts = (self.shares[n], money, plan, self.bounds[n], self.proven[n])
        return Rung(*facts, enters, self.leaves[n], self._nested(n))

    def _nested(self, n: int) -> Nested | None:
        found, free = self.chain[n], self.plans[n]
        price = None if found is None or free is None else loss(free, found.plan)
        if found is None or found.plan is None or price is None:
            return None
        return Nested(found.plan, max(found.plan.value, found.bound or found.plan.value), found.proven, price)


def _leaver(low: Plan, high: Plan, one: str, reason: LeftOut, resolver: Resolver) -> Leaver:
    """asked: the best plan here that holds it."""
    without = {other: year for other, year in low.starts.items() if other != one}
    with_it = {**high.starts, one: low.starts[one]}
    asked = resolver.ask(resolver.held(inside=[one]))
    return Leaver(
        initiative=one,
        reason=reason,
        adds_below=low.value - Plan(low.problem, without).value,
        adds_here=Plan(high.problem, with_it).value - high.value,
        keeping=loss(high, asked.plan),
        proven=asked.proven,
    )
