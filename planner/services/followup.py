"""What can a person do after a plan is decided? Tell how it goes, quarter by quarter, and begin next year's plan.

What is followed is what the council decided last, else the plan kept last.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from planner import notation
from planner.domain.findings import Finding
from planner.domain.followup import (
    Quarter,
    Report,
    latest,
    next_candidates,
    next_settings,
    quarters,
    used,
)
from planner.domain.initiatives import Amount
from planner.domain.portfolio import STAFF, Plan
from planner.domain.problem_file import parse
from planner.domain.typed import Refused, Unreadable, number
from planner.services import plans
from planner.services.plans import Frame, now
from planner.store import followup as store
from planner.store import gaps as gaps_store
from planner.store import initiatives as initiative_store
from planner.store import plans as plan_store
from planner.store import portfolio as kept_store
from planner.store import stated as stated_store
from planner.store import survey as survey_store
from planner.store.database import Database
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


def page(database: Database, plan_id: str, value: str = "") -> FollowupView:
    """value: «2027-1»; the present quarter, or the plan's nearest, for anything else."""
    with database.read() as session:
        return _view(session, plan_id, value)


def tell(database: Database, plan_id: str, value: str, form: Mapping[str, str]) -> FollowupView | None:
    """Keep what is told of one quarter: all of it, or nothing and the view of what is wrong. None when it is kept."""
    with database.write() as session:
        plan, quarter = followed(session, plan_id), _quarter(value)
        if plan is None or quarter not in quarters(plan.plan.problem.years):
            return _view(session, plan_id, value)
        stored = {(one.report.initiative, one.report.quarter): one for one in store.all_of(session, plan_id)}
        findings, changed = dict[str, list[Finding]](), list[tuple[Report, int]]()
        for code in plan.plan.starts:
            there = stored.get((code, quarter))
            report, wrong = _read(code, quarter, form)
            seen = form.get(f"version-{code}", "0")
            if wrong:
                findings[code] = wrong
            elif report is not None and report != (there.report if there else None):
                expected = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
                if expected != (there.version if there else 0):
                    findings[code] = [Finding("followup_stale", where="status")]
                changed.append((report, expected))
        if findings:
            return _view(session, plan_id, value, form, findings)
        for report, expected in changed:
            if not store.put(session, plan_id, report, expected):
                raise RuntimeError("a row that was read in this transaction has changed")
        plan_store.touch(session, plan_id, now())
        session.commit()
    return None


def begin_next(database: Database, plan_id: str) -> str | None:
    """A new plan a year later, with the same survey and list; its id. None where there is nothing to go on from."""
    with database.write() as session:
        before, followed_plan = plan_store.find(session, plan_id), followed(session, plan_id)
        settings = kept_store.settings(session, plan_id)
        if before is None or followed_plan is None or settings is None:
            return None
        reports = latest(one.report for one in store.all_of(session, plan_id))
        years = tuple(year + 1 for year in settings.settings.years)
        listed = initiative_store.candidates(session, plan_id)
        candidates = next_candidates(listed, followed_plan.plan.starts, reports, years[0])
        freed = initiative_store.freed(session, plan_id)
        open_ = [one.code for one in candidates if one.started is None]
        made = plans.new_plan(
            before.owner, words.next_name(before.name, years)[:200], before.municipality, before.language,
            is_sample=before.is_sample,
        )  # fmt: skip
        plan_store.add(session, made)
        for one in (*candidates, *freed):
            initiative_store.put(session, made.id, one)
        kept_store.save_settings(session, made.id, next_settings(settings.settings, open_))
        gaps_store.keep_weights(session, made.id, gaps_store.weights(session, plan_id))
        survey, stated = survey_store.latest(session, plan_id), stated_store.find(session, plan_id)
        if survey is not None:
            survey_store.put(session, made.id, survey)
        elif stated is not None:
            stated_store.put(session, made.id, stated)
        session.commit()
    return made.id


def _quarter(value: str) -> Quarter | None:
    year, _, nth = value.partition("-")
    return Quarter(int(year), int(nth)) if year.isdecimal() and len(year) == 4 and nth in ("1", "2", "3", "4") else None


def _read(code: str, quarter: Quarter, form: Mapping[str, str]) -> tuple[Report | None, list[Finding]]:
    """None and no finding: nothing is told of it."""
    typed = {name: form.get(f"{name}-{code}", "").strip() for name in ("status", "spent", "staff", "note")}
    if not any(typed.values()):
        return None, []
    amounts, findings = dict[str, Amount | None](), list[Finding]()
    for name in ("spent", "staff"):
        try:
            amounts[name] = number(typed[name])
        except Unreadable:
            findings.append(Finding("followup_amount", where=name))
    if findings:
        return None, findings
    try:
        status = typed["status"] or "not_started"
        return Report(code, quarter, status, amounts["spent"], amounts["staff"], typed["note"]), []  # type: ignore[arg-type]
    except Refused as refused:
        return None, list(refused.findings)


def _view(
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
    asked = _quarter(value)
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
