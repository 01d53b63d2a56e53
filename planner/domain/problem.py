"""What is the question: which years, needs, limits, initiatives and rules?

A `Problem` is one question, complete, in one canonical order, so that the same question is the same problem however
its rows were listed. It never answers anything. `planner.domain.problem_file` reads and writes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from math import fsum
from typing import Literal

from planner.domain.initiatives import Amount, Initiative, exact
from planner.domain.limits import Resource, TotalLimit, Window, YearLimits
from planner.domain.problem_needs import Need
from planner.domain.rules import Ground, Rule, Starts
from planner.domain.rules_groups import RULES

Closure = Literal["product", "capped", "max"]
CLOSURES: tuple[Closure, ...] = ("product", "capped", "max")
TOLERANCE = 1e-9


@dataclass(frozen=True)
class Weights:
    """How much the points of each group count: `nominal` is used here; the rest says what is certain about them."""

    by: Literal["segment", "factor"]
    nominal: Mapping[str, float]
    at_least: tuple[tuple[str, str], ...] = ()
    range: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if abs(fsum(self.nominal.values()) - 1) > TOLERANCE or min(self.nominal.values(), default=0) < 0:
            raise ValueError("weights are from 0 up and sum to 1")


@dataclass(frozen=True)
class Problem:
    """One question to solve. Needs, resources, initiatives and rules come out in canonical order.

    years: consecutive calendar years. effect_years: how many years from the first one count (None: the plan's own).
    gap: the relative gap a proof may leave. reserve: the share of every limit that is held back.
    """

    title: str
    years: tuple[int, ...]
    needs: tuple[Need, ...]
    resources: tuple[Resource, ...]
    initiatives: tuple[Initiative, ...]
    rules: tuple[Rule, ...] = ()
    effect_years: int | None = None
    closure: Closure = "product"
    gap: float = 0.0
    reserve: Amount = 0
    weights: Weights | None = None

    def __post_init__(self) -> None:
        for name in ("needs", "resources", "initiatives"):
            ordered = tuple(sorted(getattr(self, name), key=lambda item: item.id))
            if any(one.id == other.id for one, other in pairwise(ordered)):
                raise ValueError(f"two {name} share an id")
            object.__setattr__(self, name, ordered)
        object.__setattr__(self, "rules", tuple(sorted(self.rules, key=_rule_order)))
        object.__setattr__(self, "reserve", exact(self.reserve))
        if not self.years or any(next_one - one != 1 for one, next_one in pairwise(self.years)):
            raise ValueError("years are consecutive, at least one")
        if self.horizon < 1 or not 0 <= self.reserve <= 1 or self.gap < 0 or self.closure not in CLOSURES:
            raise ValueError("effect_years, reserve, gap or closure is out of range")
        if any(len(resource.limit) != len(self.years) for resource in self.resources):
            raise ValueError("a limit has one entry a year")
        self._check_references()

    def _check_references(self) -> None:
        known, needs = {i.id for i in self.initiatives}, {n.id for n in self.needs}
        resources = {r.id for r in self.resources}
        for initiative in self.initiatives:
            if not resources.issuperset((*initiative.start_cost, *initiative.yearly_cost, *initiative.profile)):
                raise ValueError(f"{initiative.id} takes of a resource that is not declared")
            if not needs.issuperset(initiative.effects):
                raise ValueError(f"{initiative.id} has an effect on a need that is not declared")
            if initiative.started is not None and initiative.started >= self.years[0]:
                raise ValueError(f"{initiative.id} started inside the plan")
        for rule in self.rules:
            of = () if getattr(rule, "of", None) is None else rule.of  # type: ignore[attr-defined]
            there = needs if rule.kind == "need_floor" else known
            if not there.issuperset(of) or getattr(rule, "initiative", None) not in {None, *known}:
                raise ValueError(f"a rule names something that is not declared: {rule}")
        if self.weights and any(need.group(self.weights.by) not in self.weights.nominal for need in self.needs):
            raise ValueError("a need belongs to no weighted group")

    @property
    def horizon(self) -> int:
        """H: the number of years, from the first plan year, whose closure counts."""
        return len(self.years) if self.effect_years is None else self.effect_years

    @cached_property
    def ground(self) -> Ground:
        return Ground(self.years, self.initiatives, self.needs)

    @cached_property
    def running(self) -> Starts:
        """The initiatives that were started before the plan, with the year they began."""
        return {i.id: i.started for i in self.initiatives if i.started is not None}

    @cached_property
    def all_rules(self) -> tuple[Rule, ...]:
        """Limits, totals and windows as rules, then the rules of the list: everything a plan must keep."""
        limits = [kind(r, self.reserve) for r in self.resources for kind in (YearLimits, TotalLimit)]
        return (*limits, *(Window(initiative.id) for initiative in self.initiatives), *self.rules)

    def worth(self, need: Need) -> float:
        """What closing the need entirely is worth: its points, times its group's weight where weights are given."""
        if self.weights is None:
            return need.points
        return need.points * self.weights.nominal[need.group(self.weights.by) or ""]


def _rule_order(rule: Rule) -> tuple[int, str]:
    # Any stable order makes the solver see one problem; the hash has its own, by bytes (problem_file).
    # A rule that no file may list, made to ask a question of a plan, comes after the others.
    place = next((n for n, kind in enumerate(RULES) if kind.kind == rule.kind), len(RULES))
    return place, repr(rule)
