"""What does a kept plan say in money, people and needs? The tables of the council paper, as exact figures.

Turns a problem, the answer to it and what it rested on into the rows a paper prints: gross, grants and own share apart,
year by year, for each initiative and in all. It decides nothing, and it trusts no stored total: every sum is made again
from the initiatives, and one that differs from the stored answer is a Finding that stops the paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from planner.domain.basis import Basis, NeedLine
from planner.domain.candidates import Candidate
from planner.domain.costs import BUDGETS, CERTAIN, Budget, GrantStatus
from planner.domain.findings import Finding
from planner.domain.initiatives import Amount, exact
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem import Problem
from planner.domain.problem_needs import Grouping
from planner.domain.report_money import (
    BudgetRow,
    BudgetTotal,
    ByYear,
    FrameRow,
    budget_rows,
    budget_total,
    built_later,
    frame_row,
    staff_row,
    total,
)
from planner.domain.report_ways import Way, nothing_new, ways
from planner.domain.result_file import starts_of
from planner.domain.roadmap import Leg, legs
from planner.domain.settings import UNITS

CLOSEST = 3  # how many needs are named beside an initiative
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """One chosen initiative. start: calendar year; works_from: the first in which it closes anything.

    closest: the statements it closes most of, alone. adds: points the plan would lose if it fell out and nothing took
    its place; None for what runs already. examples: whether any of its figures is from the example bank. later: own
    share of investment beyond the first year after the plan.
    """

    candidate: Candidate
    start: int
    works_from: int
    budgets: tuple[BudgetRow, ...]
    staff: ByYear
    closest: tuple[str, ...]
    adds: float | None
    examples: bool
    later: Amount

    @property
    def net_total(self) -> Amount:
        """Own share over the plan years, both budgets."""
        return sum((row.net.total for row in self.budgets), start=0)

    def budget(self, name: Budget) -> BudgetRow | None:
        return next((row for row in self.budgets if row.budget == name), None)


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One statement as the needs page showed it. closed: points the plan closes of it, mean over the counted years."""

    line: NeedLine
    text: str
    closed: float

    @property
    def share(self) -> float:
        """Of its points, closed; 0 where nobody lacks it."""
        return self.closed / self.line.points if self.line.points else 0.0


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A factor or a segment: points closed of the points there."""

    group: str
    closed: float
    points: float

    @property
    def share(self) -> float:
        return self.closed / self.points if self.points else 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """How the plan was found, from the result file."""

    status: str
    value: float
    bound: float | None
    gap: float | None
    program: str
    solver: str
    sha256: str
    value_by_year: tuple[float, ...]

    @property
    def proven(self) -> bool:
        """No plan is worth more. A plan proven only within a gap has a bound, and is not this."""
        return self.status == "optimal" and self.gap is not None and self.gap <= TOLERANCE


@dataclass(frozen=True, slots=True)
class Report:
    """Every table of the paper.

    value_of_nothing: points closed by what runs already, if nothing new is started. ways: the plan beside what else
    could be chosen. findings: what does not agree; a paper with any of them must not go out.
    """

    problem: Problem
    basis: Basis
    answer: Answer
    initiatives: tuple[InitiativeRow, ...]
    totals: tuple[BudgetTotal, ...]
    staff: ByYear
    frames: tuple[FrameRow, ...]
    value_of_nothing: float
    ways: tuple[Way, ...]
    needs: tuple[NeedRow, ...]
    factors: tuple[GroupRow, ...]
    segments: tuple[GroupRow, ...]
    findings: tuple[Finding, ...]

    @property
    def years(self) -> tuple[int, ...]:
        return self.problem.years

    @property
    def after(self) -> int:
        """The first year after the plan."""
        return self.years[-1] + 1

    @property
    def examples(self) -> tuple[str, ...]:
        """The chosen initiatives that rest on figures from the example bank."""
        return tuple(row.candidate.code for row in self.initiatives if row.examples)

    @property
    def left_open(self) -> float:
        """Points that stay open with the plan."""
        return sum(self.problem.worth(need) for need in self.problem.needs) - self.answer.value

    @property
    def later(self) -> Amount:
        """Own share of investment that is bound beyond the first year after the plan."""
        return sum((row.later for row in self.initiatives), start=0)

    def total(self, budget: Budget) -> BudgetTotal:
        return next(total for total in self.totals if total.budget == budget)

    def frame(self, resource: str) -> FrameRow:
        return next(frame for frame in self.frames if frame.resource == resource)

    def starting(self, year: int) -> tuple[InitiativeRow, ...]:
        """What starts in a plan year; in the first one, not what ran already."""
        return tuple(row for row in self.initiatives if row.start == year)

    def in_factor(self, factor: str) -> int:
        """How many of the chosen initiatives belong to a factor."""
        return sum((row.candidate.factor or row.candidate.theme) == factor for row in self.initiatives)

    @property
    def running(self) -> tuple[InitiativeRow, ...]:
        """What ran before the plan began."""
        return tuple(row for row in self.initiatives if row.start < self.years[0])


def report(
    problem: Problem,
    result: Mapping[str, Any],
    basis: Basis,
    sha256: str = "",
    counted: frozenset[GrantStatus] = CERTAIN,
) -> Report:
    """Every table of the paper, from the four parts of a kept plan. result: a malrett-result/1 object with a plan.

    counted: the grant statuses that reduced the own share when the problem was made.
    """
    plan = Plan(problem, starts_of(result))
    made = _tables(plan, basis, _answer(result, plan, sha256), counted, nothing_new(problem).value, ways(plan))
    return replace(made, findings=tuple(_disagreements(plan, made.initiatives, result)))


def changed(proposal: Report, plan: Plan, basis: Basis) -> Report:
    """The tables of another plan for the same problem, which nobody claims to be the best. What else could be chosen,
    and what nothing new would come to, is told as it was of the proposal."""
    unproven = replace(proposal.answer, status="best_found", bound=None, gap=None)
    answer = replace(unproven, value=plan.value, value_by_year=plan.value_by_year)
    return _tables(plan, basis, answer, CERTAIN, proposal.value_of_nothing, proposal.ways)


def _tables(
    plan: Plan, basis: Basis, answer: Answer, counted: frozenset[GrantStatus], nothing: float, others: tuple[Way, ...]
) -> Report:
    rows = [_initiative_row(plan, basis, leg, counted) for leg in legs(plan)]
    budgets = [budget for row in rows for budget in row.budgets]
    return Report(
        problem=plan.problem,
        basis=basis,
        answer=answer,
        initiatives=tuple(rows),
        totals=tuple(budget_total(budget, budgets, plan.problem.years) for budget in BUDGETS),
        staff=total([row.staff for row in rows], plan.problem.years),
        frames=tuple(frame_row(plan, basis, resource) for resource in UNITS),
        value_of_nothing=nothing,
        ways=others,
        needs=_need_rows(plan, basis),
        factors=_groups(plan, "factor"),
        segments=_groups(plan, "segment"),
        findings=(),
    )


def _initiative_row(plan: Plan, basis: Basis, leg: Leg, counted: frozenset[GrantStatus]) -> InitiativeRow:
    years, candidate = plan.problem.years, basis.candidate(leg.id)
    initiative = plan.problem.ground.by_id[leg.id]
    return InitiativeRow(
        candidate=candidate,
        start=leg.start,
        works_from=leg.works_from,
        budgets=budget_rows(candidate, initiative, leg.start, years, counted),
        staff=staff_row(candidate, leg.start, years),
        closest=_closest(plan, leg.id),
        adds=leg.adds,
        examples="eksempelbank" in candidate.sources(),
        later=built_later(candidate, initiative, leg.start, years, counted),
    )


def _closest(plan: Plan, code: str) -> tuple[str, ...]:
    """The statements of which it would close most points alone, the most first; equals in order of id."""
    closes: dict[str, float] = {}
    for need in plan.problem.needs:
        strength = plan.problem.ground.by_id[code].strength(need.id)
        if strength and need.statement:
            closes[need.statement] = closes.get(need.statement, 0.0) + plan.problem.worth(need) * strength
    return tuple(sorted(closes, key=lambda statement: (-closes[statement], statement))[:CLOSEST])


def _need_rows(plan: Plan, basis: Basis) -> tuple[NeedRow, ...]:
    texts = {statement.id: statement.text for statement in basis.statements}
    closed = plan.closed_by("statement")
    return tuple(
        NeedRow(line, texts.get(line.statement, line.statement), closed.get(line.statement, (0.0, 0.0))[0])
        for line in basis.needs
    )


def _groups(plan: Plan, by: Grouping) -> tuple[GroupRow, ...]:
    """Every factor or segment that some need names, the one with most points first."""
    rows = [GroupRow(group, closed, points) for group, (closed, points) in plan.closed_by(by).items() if group]
    return tuple(sorted(rows, key=lambda row: (-row.points, row.group)))


def _answer(result: Mapping[str, Any], plan: Plan, sha256: str) -> Answer:
    solver = result.get("solver") or {}
    return Answer(
        status=result["status"],
        value=plan.value,
        bound=result.get("bound"),
        gap=result.get("gap"),
        program=result.get("program", ""),
        solver=f"{solver.get('name', '')} {solver.get('version', '')}".strip(),
        sha256=sha256 or result.get("problem_sha256", ""),
        value_by_year=plan.value_by_year,
    )


def _disagreements(plan: Plan, rows: Sequence[InitiativeRow], result: Mapping[str, Any]) -> list[Finding]:
    """Where the paper would say something else than what was computed with, or than what was stored."""
    findings = []
    years = (*plan.problem.years, plan.problem.years[-1] + 1)
    for row in rows:
        code = row.candidate.code
        for resource in UNITS:
            says = row.staff if resource == STAFF else next((b.net for b in row.budgets if b.budget == resource), None)
            told = (*says.years, says.after) if says else (0,) * len(years)
            if told != tuple(plan.problem.ground.by_id[code].use(resource, row.start, year) for year in years):
                findings.append(Finding("report_initiative_differs", where=code, details={"resource": resource}))
    for resource, amounts in result.get("used", {}).items():
        if tuple(exact(amount) for amount in amounts) != plan.used.get(resource):
            findings.append(Finding("report_sum_differs", where=resource))
    value = result.get("value")
    if value is None or abs(value - plan.value) > TOLERANCE * max(1.0, plan.value):
        findings.append(Finding("report_value_differs", where="value"))
    return findings
