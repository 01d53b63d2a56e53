"""What would have to change for a problem to have a plan? A relief: limits that are raised, rules that are dropped.

Says what a change is, writes it to a result file and makes the changed problem. Which changes are the least is found
by `planner.domain.least_relief`; nothing here searches.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from planner.domain.limits import Resource, Window
from planner.domain.problem import Problem
from planner.domain.rules import Rule
from planner.domain.rules_groups import rule_of

Sort = Literal["any", "money", "staff", "rules"]
"""Which changes a relief may be made of: all, raised limits on money or on staff alone, or dropped rules alone."""


@dataclass(frozen=True, slots=True)
class Excess:
    """A limit that must be raised. by: whole units of the resource, rounded up. year: None for that on all years."""

    resource: str
    year: int | None
    by: int

    def as_json(self) -> dict[str, Any]:
        return {"resource": self.resource, "year": self.year, "by": self.by}


@dataclass(frozen=True, slots=True)
class Dropped:
    """A rule that must go, with all its equals. Of a Window: the initiative may then start in any year of the plan."""

    rule: Rule

    def as_json(self) -> dict[str, Any]:
        return {"rule": self.rule.as_json()}


Change = Excess | Dropped


@dataclass(frozen=True, slots=True)
class Relief:
    """Changes that together make a plan possible; that they do has been seen from a plan, in exact amounts.

    sort: what it was to be made of. fewest: it is proven that no relief of this sort has fewer changes. least: it is
    proven that none of the changes can be left out, and no amount be one unit lower, with the others as they are.
    """

    changes: tuple[Change, ...]
    sort: Sort = "any"
    fewest: bool = False
    least: bool = False

    def as_json(self) -> dict[str, Any]:
        """One entry of `relief` in malrett-result/1."""
        changes = [change.as_json() for change in self.changes]
        return {"changes": changes, "sort": self.sort, "fewest": self.fewest, "least": self.least}


def read_relief(document: Mapping[str, Any]) -> Relief:
    """The way back from `as_json`. Raises KeyError, TypeError or ValueError for what this program did not write."""
    changes = tuple(_read_change(one) for one in document["changes"])
    return Relief(changes, document["sort"], document["fewest"], document["least"])


def _read_change(document: Mapping[str, Any]) -> Change:
    if "rule" not in document:
        return Excess(document["resource"], document["year"], document["by"])
    rule = document["rule"]
    return Dropped(Window(rule["initiative"]) if rule["kind"] == Window.kind else rule_of(rule))


def applied(problem: Problem, changes: Iterable[Change]) -> Problem:
    """The problem with these changes made."""
    changes = tuple(changes)
    dropped = [change.rule for change in changes if isinstance(change, Dropped)]
    opened = {rule.initiative for rule in dropped if isinstance(rule, Window)}
    raised = {(one.resource, one.year): one.by for one in changes if isinstance(one, Excess)}
    return replace(
        problem,
        resources=tuple(_raised(resource, problem.years, raised) for resource in problem.resources),
        initiatives=tuple(
            replace(one, earliest=None, latest=None) if one.id in opened else one for one in problem.initiatives
        ),
        rules=tuple(rule for rule in problem.rules if rule not in dropped),
    )


def _raised(resource: Resource, years: Iterable[int], by: Mapping[tuple[str, int | None], int]) -> Resource:
    limit = tuple(
        None if amount is None else amount + by.get((resource.id, year), 0)
        for year, amount in zip(years, resource.limit, strict=True)
    )
    total = resource.total_limit
    return replace(resource, limit=limit, total_limit=None if total is None else total + by.get((resource.id, None), 0))
