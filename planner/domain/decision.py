"""What did the council decide, and what does it do to the plan?

The council may put an initiative in, take one out of the plan that was proven, or move its start. Each such change is
told in points, before and after, and a change that breaks a limit or a rule is told as that; what is decided is still
the council's.
How that is written down for good is in `decision_document`. Never searches for a plan.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from planner.domain.basis import Basis
from planner.domain.findings import Finding
from planner.domain.initiatives import Amount, plain
from planner.domain.limits import TotalLimit, YearLimits
from planner.domain.portfolio import Plan
from planner.domain.rules import Rule

LONGEST = {"by": 200, "case": 100, "recorded_by": 200, "reason": 1000}

Action = Literal["in", "out", "move"]


@dataclass(frozen=True, slots=True)
class Change:
    """One initiative that the council put in, or moved, with the year it is to start; or took out, without."""

    initiative: str
    action: Action
    year: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one change does to the points that are closed, those before it in the list made."""

    change: Change
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Overrun:
    """A limit that the decided plan does not keep. year: None for that on all years. allowed: less the reserve."""

    resource: str
    year: int | None
    used: Amount
    allowed: Amount

    def as_json(self) -> dict[str, Any]:
        kind = TotalLimit.kind if self.year is None else YearLimits.kind
        amounts = {"used": plain(self.used), "allowed": plain(self.allowed)}
        return {"kind": kind, "resource": self.resource, "year": self.year, **amounts}


@dataclass(frozen=True, slots=True)
class Stands:
    """One initiative as it was decided. year: None where it was taken out. action: what the council did, or ""."""

    initiative: str
    year: int | None
    action: Action | Literal[""]


@dataclass(frozen=True)
class Outcome:
    """What comes of the changes. proposal: the kept plan. plan: what is decided."""

    proposal: Plan
    plan: Plan
    steps: tuple[Step, ...]

    @property
    def gain(self) -> float:
        """Points more than the proposal; nearly always less."""
        return self.plan.value - self.proposal.value

    @cached_property
    def stands(self) -> tuple[Stands, ...]:
        """What is in, in order of start; then what was taken out."""
        done = {step.change.initiative: step.change.action for step in self.steps}
        starts = sorted(self.plan.starts.items(), key=lambda pair: (pair[1], pair[0]))
        inside = tuple(Stands(one, year, done.get(one, "")) for one, year in starts)
        return (*inside, *(Stands(one, None, "out") for one in sorted(done) if done[one] == "out"))

    @cached_property
    def overruns(self) -> tuple[Overrun, ...]:
        return tuple(over for rule in self.plan.broken for over in _overruns(self.plan, rule))

    @cached_property
    def broken(self) -> tuple[Rule, ...]:
        """The rules besides the limits that the decided plan does not keep."""
        return tuple(rule for rule in self.plan.broken if not isinstance(rule, YearLimits | TotalLimit))

    @property
    def is_feasible(self) -> bool:
        return not self.plan.broken

    def as_json(self) -> dict[str, Any]:
        """The «council» of a document, but for the reason why it was decided all the same."""
        plan = self.plan
        return {
            "changes": [
                {
                    **{"initiative": step.change.initiative, "action": step.change.action, "year": step.change.year},
                    **{"reason": step.change.reason, "value_before": step.before, "value_after": step.after},
                }
                for step in self.steps
            ],
            "chosen": [{"id": one, "year": year} for one, year in plan.starts.items()],
            "value": plan.value,
            "value_by_year": list(plan.value_by_year),
            "used": {resource: [plain(amount) for amount in amounts] for resource, amounts in plan.used.items()},
            "after": {resource: plain(amount) for resource, amount in plan.after.items()},
            "broken": [*(over.as_json() for over in self.overruns), *(rule.as_json() for rule in self.broken)],
        }


def outcome(proposal: Plan, changes: Sequence[Change]) -> Outcome:
    """The plan with the changes made, in their order. They have no findings."""
    starts, steps, value = dict(proposal.starts), [], proposal.value
    plan = proposal
    for change in changes:
        if change.action == "out":
            del starts[change.initiative]
        elif change.year is not None:
            starts[change.initiative] = change.year
        plan = Plan(proposal.problem, starts)
        steps.append(Step(change, value, plan.value))
        value = plan.value
    return Outcome(proposal, plan, tuple(steps))


def change_findings(proposal: Plan, changes: Sequence[Change]) -> tuple[Finding, ...]:
    """What is wrong with the changes. where: «change/N/initiative», «…/year» or «…/reason», N from 0."""
    found: list[Finding] = []
    seen: set[str] = set()
    for number, change in enumerate(changes):
        where, details = f"change/{number}/", {"code": change.initiative}
        if change.initiative not in proposal.problem.ground.by_id:
            found.append(Finding("decision_unknown", where=f"{where}initiative", details=details))
        elif change.initiative in seen:
            found.append(Finding("decision_twice", where=f"{where}initiative", details=details))
        elif change.initiative in proposal.problem.running:
            found.append(Finding("decision_running", where=f"{where}initiative", details=details))
        elif change.action != "in" and change.initiative not in proposal.starts:
            found.append(Finding("decision_not_chosen", where=f"{where}initiative", details=details))
        elif change.action == "in" and change.initiative in proposal.starts:
            found.append(Finding("decision_chosen_already", where=f"{where}initiative", details=details))
        elif change.action != "out" and change.year not in proposal.problem.years:
            found.append(Finding("decision_year", where=f"{where}year", details=details))
        elif change.action == "move" and change.year == proposal.starts[change.initiative]:
            found.append(Finding("decision_year_same", where=f"{where}year", details=details))
        seen.add(change.initiative)
        found += text_findings(change.reason, f"{where}reason", "reason")
    return tuple(found)


def rests_on(basis: Basis, plan: Plan) -> tuple[str, ...]:
    """The initiatives of a plan that rest on figures from the example bank."""
    resting = {one.code for one in basis.candidates if "eksempelbank" in one.sources()}
    return tuple(one for one in plan.starts if one in resting)


def text_findings(text: str, where: str, kind: str, *, required: bool = True) -> list[Finding]:
    """kind: a key of LONGEST."""
    if required and not text:
        return [Finding("decision_text_missing", where=where)]
    if len(text) > LONGEST[kind]:
        return [Finding("decision_text_too_long", where=where, details={"limit": LONGEST[kind]})]
    return []


def _overruns(plan: Plan, rule: Rule) -> Iterator[Overrun]:
    if isinstance(rule, YearLimits):
        for year, allowed in zip(plan.problem.years, rule.allowed(), strict=True):
            used = plan.use(rule.resource.id, year)
            if allowed is not None and used > allowed:
                yield Overrun(rule.resource.id, year, used, allowed)
    elif isinstance(rule, TotalLimit):
        allowed = rule.allowed()
        if allowed is not None:
            yield Overrun(rule.resource.id, None, sum(plan.used[rule.resource.id], 0), allowed)
