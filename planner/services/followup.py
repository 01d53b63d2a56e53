"""What can a person do after a plan is decided? Tell how it goes, quarter by quarter, and begin next year's plan."""

from collections.abc import Mapping

from planner.domain.candidates import Candidate
from planner.domain.findings import Finding
from planner.domain.followup import (
    Quarter,
    Report,
    latest,
    next_candidates,
    next_settings,
    quarters,
)
from planner.domain.freed import Freed
from planner.domain.initiatives import Amount
from planner.domain.typed import Refused, Unreadable, number
from planner.services import plans
from planner.services.followup_shown import FollowupView, followup_view, quarter_of
from planner.services.plans import now
from planner.services.standing import standing
from planner.store import followup as store
from planner.store import gaps as gaps_store
from planner.store import initiatives as initiative_store
from planner.store import log
from planner.store import plans as plan_store
from planner.store import portfolio as kept_store
from planner.store import stated as stated_store
from planner.store import survey as survey_store
from planner.store import survey_weighting as weighting_store
from planner.store.database import Database
from planner.wording import followup as words


def page(database: Database, plan_id: str, value: str = "") -> FollowupView:
    """value: «2027-1»; the present quarter, or the plan's nearest, for anything else."""
    with database.read() as session:
        return followup_view(session, plan_id, value)


def tell(database: Database, plan_id: str, value: str, form: Mapping[str, str]) -> FollowupView | None:
    """Keep what is told of one quarter: all of it, or nothing and the view of what is wrong. None when it is kept."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        plan, quarter = standing(session, plan_id), quarter_of(value)
        if plan is None or quarter not in quarters(plan.plan.problem.years):
            return followup_view(session, plan_id, value)
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
            return followup_view(session, plan_id, value, form, findings)
        for report, expected in changed:
            if not store.put(session, plan_id, report, expected):
                raise RuntimeError("a row that was read in this transaction has changed")
        plan_store.touch(session, plan_id, now())
        if changed:
            facts = {"year": quarter.year, "quarter": quarter.number, "initiatives": len(changed)}
            log.append(session, plan_id, now(), "status_told", facts)
        session.commit()
    return None


def begin_next(database: Database, plan_id: str) -> str | None:
    """A new plan a year later, with the same survey and list; its id. None where there is nothing to go on from."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        before, followed_plan = plan_store.find(session, plan_id), standing(session, plan_id)
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
        rows: tuple[Candidate | Freed, ...] = (*candidates, *freed)
        for one in rows:
            initiative_store.put(session, made.id, one)
        kept_store.save_settings(session, made.id, next_settings(settings.settings, open_))
        gaps_store.keep_weights(session, made.id, gaps_store.weights(session, plan_id))
        survey, stated = survey_store.latest(session, plan_id), stated_store.find(session, plan_id)
        if survey is not None:
            survey_store.put(session, made.id, survey)
            weighting = weighting_store.find(session, plan_id)
            if weighting is not None:
                weighting_store.put(session, made.id, weighting, survey.summary, survey.analyses)
        elif stated is not None:
            stated_store.put(session, made.id, stated)
        log.append(session, made.id, made.created_at, "begun_after", {"before": plan_id})
        session.commit()
    return made.id


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
