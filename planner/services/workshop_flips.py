"""Which of what the room says could change the kept plan? As far as its stored reasons tell, in the same second."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from planner.domain.adoption import Cell
from planner.domain.flips import Flip, Reasons, Span, flips
from planner.domain.panel import Judgement
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse
from planner.domain.why import ComesIn, Why
from planner.domain.workshop import Scale
from planner.services.portfolio_reasons import KIND
from planner.store import jobs
from planner.store import portfolio as store
from planner.store.jobs import StoredJob
from planner.store.portfolio import KeptPlan
from planner.wording import workshop_flips as wording


@dataclass(frozen=True, slots=True)
class FlipsView:
    """sorted_by: in words, what comes first and why. standing: initiative -> whether it is in the plan, and why."""

    sorted_by: str
    by_cell: Mapping[Cell, Flip]
    standing: Mapping[str, str]


def flips_of(session: Session, plan_id: str, scale: Scale, judgements: Mapping[Cell, Judgement]) -> FlipsView:
    """judgements: the latest of each cell, as the room may see it."""
    headings = store.headings(session, plan_id)
    kept = store.find_kept(session, plan_id, headings[0].number) if headings else None
    if kept is None:
        return FlipsView(wording.no_plan(), {}, {})
    job = jobs.latest(session, plan_id, KIND)
    if job is None or not _is_about(job, kept):
        return FlipsView(wording.no_reasons(kept.name), {}, {})
    reasons = _reasons(job, kept)
    segments = [segment.id for segment in kept.basis.segments]
    reach = {one.code: {id_: one.reaches(id_) / 100 for id_ in segments} for one in kept.basis.candidates}
    found = flips(reasons, _said(scale, judgements), reach)
    codes = dict.fromkeys(cell[0] for cell in judgements)
    standing = {
        code: wording.standing(reasons.whys[code], reasons.needs.get(code)) for code in codes if code in reasons.whys
    }
    if not found:
        return FlipsView(wording.no_reasons(kept.name), {}, standing)
    return FlipsView(wording.by_plan(kept.name, sum(one.can_change for one in found.values())), found, standing)


def _said(scale: Scale, judgements: Mapping[Cell, Judgement]) -> dict[Cell, Span]:
    said = {}
    for cell, one in judgements.items():
        panel = one.everyone
        if panel is not None and panel.low is not None and panel.high is not None:
            said[cell] = (scale.percents[panel.low] / 100, scale.percents[panel.high] / 100)
    return said


def _is_about(job: StoredJob, kept: KeptPlan) -> bool:
    """Reasons belong to a try, and the plan was kept from one: the same question. The proof may differ."""
    asked = {name: part for name, part in job.request["problem"].items() if name != "gap"}
    answered = {name: part for name, part in kept.problem.items() if name != "gap"}
    return bool(asked == answered)


def _reasons(job: StoredJob, kept: KeptPlan) -> Reasons:
    problem = parse(kept.problem).problem
    if problem is None:
        raise RuntimeError(f"plan {kept.number} was kept and cannot be read")
    told = job.result or job.progress or {"why": [], "comes_in": []}
    return Reasons(
        Plan(problem, kept.starts),
        job.request["gap"],
        # What the opposite is worth is the same for every plan that decides alike about the initiative.
        {
            one["initiative"]: Why.from_json(one)
            for one in told["why"]
            if one["chosen"] == (one["initiative"] in kept.starts)
        },
        {one["initiative"]: ComesIn.from_json(one) for one in told["comes_in"]},
    )
