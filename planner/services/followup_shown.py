"""What stands on the page of how it goes? What is followed, the quarter that is told of, and the quarters before it.

What is followed is what the council decided last, else the plan kept last.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from planner import notation
from planner.domain.findings import Finding
from planner.domain.followup import Quarter, Report, latest, quarters, used
from planner.domain.initiatives import Amount
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem_file import parse
from planner.services import plans
from planner.services.plans import Frame, now
from planner.store import followup as store
from planner.store import portfolio as kept_store
from planner.store.followup import StoredReport
from planner.wording import Sentence, finding
from planner.wording import followup as words


@dataclass(frozen=True, slots=True)
class Row:
    """One initiative in the quarter that is told of. planned, months: of the whole year, as the plan has it.

    errors: field -> sentence. history: (quarter, status) of what is told before, the newest first.
    """

    code: str
    title: str
    start: int
    planned: str
    months: str
    status: str
    spent: str
    staff: str
    note: str
    version: int
    errors: Mapping[str, str]
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """An initiative over the quarters that anything is told of. cells: the status' word and code, one a quarter."""

    code: str
    title: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FollowupView:
    """of: the name of the plan that is followed, "" where there is none. choices: (value, words, chosen)."""

    frame: Frame
    of: str
    answer: str = ""
    said: tuple[str, ...] = ()
    quarter: str = ""
    value: str = ""
    choices: tuple[tuple[str, str, bool], ...] = ()
    statuses: tuple[tuple[str, str], ...] = ()
    rows: tuple[Row, ...] = ()
    quarters: tuple[str, ...] = ()
    history: tuple[History, ...] = ()
    findings: tuple[Sentence, ...] = ()
    status: int = 200


@dataclass(frozen=True, slots=True)
class Followed:
    """The plan that is followed, with the start year of each initiative that is in it."""

    name: str
    plan: Plan

    @property
    def titles(self) -> Mapping[str, str]:
        return {one.id: one.title for one in self.plan.problem.initiatives}

    def planned(self, year: int, *, staff: bool) -> dict[str, Amount]:
        """What the plan has for each in a year, of money or of months of work."""
        resources = [one.id for one in self.plan.problem.resources if (one.id == STAFF) == staff]
        by_id = self.plan.problem.ground.by_id
        return {
            code: sum(by_id[code].use(resource, start, year) for resource in resources)
            for code, start in self.plan.starts.items()
        }


def followed(session: Session, plan_id: str) -> Followed | None:
    headings = kept_store.headings(session, plan_id)
    kept = kept_store.find_kept(session, plan_id, headings[0].number) if headings else None
    if kept is None:
        return None
    problem = parse(kept.problem).problem
    assert problem is not None
    return Followed(kept.name, Plan(problem, {one["id"]: one["year"] for one in kept.result["chosen"]}))


def quarter_of(value: str) -> Quarter | None:
    year, _, nth = value.partition("-")
    return Quarter(int(year), int(nth)) if year.isdecimal() and len(year) == 4 and nth in ("1", "2", "3", "4") else None


def followup_view(
    session: Session,
    plan_id: str,
    value: str,
    form: Mapping[str, str] | None = None,
    findings: Mapping[str, list[Finding]] | None = None,
) -> FollowupView:
    frame, plan = plans.frame(session, plan_id, "followup"), followed(session, plan_id)
    if plan is None:
        return FollowupView(frame, "")
    there = quarters(plan.plan.problem.years)
    asked = quarter_of(value)
    chosen = asked if asked in there else min(max(Quarter.of(now().year, now().month), there[0]), there[-1])
    stored = store.all_of(session, plan_id)
    newest = latest(one.report for one in stored if one.report.initiative in plan.plan.starts)
    money, months = (plan.planned(chosen.year, staff=staff) for staff in (False, True))
    until = {code: one for code, one in latest((one.report for one in stored), chosen).items() if code in money}
    rows = _rows(plan, chosen, stored, money, months, form or {}, findings or {})
    said = (
        words.money(used(until, chosen.year, money, "spent"), chosen.year),
        words.months(used(until, chosen.year, months, "staff"), chosen.year),
    )
    told = sorted({one.report.quarter for one in stored})
    wrong = [one for found in (findings or {}).values() for one in found]
    return FollowupView(
        frame=frame,
        of=plan.name,
        answer=words.answer([one.status for one in newest.values()], len(plan.plan.starts)),
        said=tuple(one for one in said if one),
        quarter=words.quarter(chosen),
        value=f"{chosen.year}-{chosen.number}",
        choices=tuple((f"{one.year}-{one.number}", words.quarter(one), one == chosen) for one in there),
        statuses=words.statuses(),
        rows=rows,
        quarters=tuple(words.quarter(one) for one in told),
        history=_history(plan, told, stored),
        findings=tuple(
            replace(finding(one), where=plan.titles[code]) for code, found in (findings or {}).items() for one in found
        ),
        status=409 if any(one.code == "followup_stale" for one in wrong) else 422 if wrong else 200,
    )


def _rows(
    plan: Followed,
    quarter: Quarter,
    stored: tuple[StoredReport, ...],
    money: Mapping[str, Amount],
    months: Mapping[str, Amount],
    form: Mapping[str, str],
    findings: Mapping[str, list[Finding]],
) -> tuple[Row, ...]:
    there = {one.report.initiative: one for one in stored if one.report.quarter == quarter}
    rows = []
    for code, start in sorted(plan.plan.starts.items(), key=lambda pair: (pair[1], pair[0])):
        kept = there.get(code)
        shown = _shown(kept.report if kept else None)
        typed = {name: form.get(f"{name}-{code}", shown[name]) for name in shown}
        stale = any(one.code == "followup_stale" for one in findings.get(code, []))
        rows.append(
            Row(
                code=code,
                title=plan.titles[code],
                start=start,
                planned=notation.number(money[code]),
                months=notation.compact(months[code]),
                version=kept.version if kept else 0,
                errors={one.where: " ".join((finding(one).what, finding(one).try_)) for one in findings.get(code, [])},
                theirs=", ".join(text for text in (words.status(kept.report.status), *list(shown.values())[1:]) if text)
                if stale and kept
                else "",
                **typed,
            )
        )
    return tuple(rows)


def _shown(report: Report | None) -> dict[str, str]:
    if report is None:
        return dict.fromkeys(("status", "spent", "staff", "note"), "")
    amounts = {n: "" if (a := getattr(report, n)) is None else notation.compact(a) for n in ("spent", "staff")}
    return {"status": report.status, **amounts, "note": report.note}


def _history(plan: Followed, told: list[Quarter], stored: tuple[StoredReport, ...]) -> tuple[History, ...]:
    by = {(one.report.initiative, one.report.quarter): one.report.status for one in stored}
    return tuple(
        History(
            code,
            plan.titles[code],
            tuple((words.status(by[code, one]), by[code, one]) if (code, one) in by else ("", "") for one in told),
        )
        for code in sorted(plan.plan.starts)
    )
