"""What has come of the latest try? Waiting with what is known so far, a plan, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from planner import wording
from planner.domain.findings import Finding
from planner.domain.portfolio import Result
from planner.domain.problem import Problem
from planner.domain.problem_file import parse, problem_sha256
from planner.domain.result_file import read_result
from planner.services import plans
from planner.services.portfolio_ground import Ground
from planner.services.portfolio_reasons import ReasonsView
from planner.services.portfolio_reasons import view as reasons_view
from planner.services.portfolio_relief import ReliefsView, reliefs_view
from planner.services.portfolio_result import result_view
from planner.services.portfolio_rows import ResultView
from planner.services.robustness import holding
from planner.store import jobs
from planner.store import portfolio as store
from planner.store.jobs import StoredJob
from planner.wording import impossible
from planner.wording import portfolio_findings as causes
from planner.wording import portfolio_waiting as words


@dataclass(frozen=True, slots=True)
class Waiting:
    """what: being done. so_far: what is known already. stopping: somebody has pressed «Stopp»."""

    what: str
    so_far: str
    seconds: str
    stopping: bool


@dataclass(frozen=True, slots=True)
class Keeping:
    """The form that keeps the plan shown. kept: the sentence when it is kept already; then there is nothing to fill in.

    error: under the name. trouble: why the last attempt did not keep it.
    """

    job_id: str
    name: str
    error: str
    trouble: tuple[wording.Sentence, ...]
    failed: str
    kept: str


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """seen: the versions this shows, for the next poll. ready: everything is there for a first try.

    changed: frame, initiatives or needs are no longer what `result` answered. no_plan: why there is none.
    reliefs: the least changes that would give one.
    against: what this try gave that the one before did not. holding: how many stand when the estimates vary.
    """

    frame: plans.Frame
    seen: str
    ready: bool
    waiting: Waiting | None = None
    result: ResultView | None = None
    changed: bool = False
    keeping: Keeping | None = None
    reasons: ReasonsView | None = None
    against: str = ""
    holding: str = ""
    no_plan: str = ""
    findings: tuple[wording.Sentence, ...] = ()
    reliefs: ReliefsView | None = None


def waiting_view(session: Session, plan_id: str) -> OutcomeView | None:
    """While a try is worked on there is nothing else to show, and polling need not load what a plan stands on."""
    waiting = _waiting(jobs.latest(session, plan_id, "try"))
    if waiting is None:
        return None
    return OutcomeView(plans.frame(session, plan_id, "portfolio"), jobs.versions(session, plan_id), True, waiting)


def outcome_view(session: Session, there: Ground, findings: Sequence[Finding], name: str) -> OutcomeView:
    """findings: why a plan could not be kept just now; name: what was typed for it."""
    frame, seen = plans.frame(session, there.plan_id, "portfolio"), jobs.versions(session, there.plan_id)
    ready = not there.lacks
    tried, proof = (jobs.latest(session, there.plan_id, kind) for kind in ("try", "keep"))
    if proof is not None and proof.request.get("scenario") is not None:
        proof = None  # of a saved scenario, and told where that stands
    waiting = _waiting(proof)
    if tried is None or tried.is_open:
        return OutcomeView(frame, seen, ready, _waiting(tried) or waiting)
    if tried.state == "failed":
        return OutcomeView(frame, seen, ready, waiting, no_plan=causes.cause(tried.cause or "crashed"))
    problem = parse(tried.request["problem"]).problem
    assert problem is not None
    result = read_result(tried.result, problem) if tried.result else Result("unknown")
    changed = not ready or problem_sha256(there.problem()) != tried.request["sha256"]
    if result.plan is None:
        outcome = OutcomeView(frame, seen, ready, waiting, no_plan=words.ended_without_plan(tried.state))
        return _without_plan(outcome, there, tried, problem, result, changed)
    keeping = None if changed else _keeping(session, there, problem, tried, proof, findings, name)
    shown, reasons = result_view(there, result, tried.request["gap"]), reasons_view(session, tried)
    against = words.against(tried.request.get("before"), result.plan)
    holds = holding(session, there.plan_id, tried.request["sha256"])
    return OutcomeView(frame, seen, ready, waiting, shown, changed, keeping, reasons, against, holds)


def _without_plan(
    outcome: OutcomeView, there: Ground, tried: StoredJob, problem: Problem, result: Result, changed: bool
) -> OutcomeView:
    """What cannot hold, and the least that would help: not told when today's frame is another than was tried."""
    titles = {one.id: one.title for one in problem.initiatives}
    reliefs = None if changed else reliefs_view(there, tried, result, titles)
    told = [one for one in result.findings if reliefs is None or one.code != "impossible_together"]
    return replace(outcome, changed=changed, reliefs=reliefs, findings=impossible.sentences(tuple(told), titles))


def _waiting(job: StoredJob | None) -> Waiting | None:
    if job is None or not job.is_open:
        return None
    told = job.progress or {"value": None, "bound": None, "starts": None, "seconds": 0}
    if job.kind == "keep":
        so_far = words.proving(told["value"], told["bound"])
    else:
        so_far = words.best_so_far(told["value"], told["bound"], len(told["starts"] or {}))
    return Waiting(
        words.waiting(job.kind, job.state, again=job.lost > 0), so_far, words.seconds(told["seconds"]), job.stop_asked
    )


def _keeping(
    session: Session,
    there: Ground,
    problem: Problem,
    tried: StoredJob,
    proof: StoredJob | None,
    findings: Sequence[Finding],
    name: str,
) -> Keeping:
    sha256 = problem_sha256(problem)
    kept = next((one for one in store.headings(session, there.plan_id) if one.problem_sha256 == sha256), None)
    errors = {finding.where: wording.finding(finding).what for finding in findings}
    failed = proof is not None and proof.state == "failed" and proof.queued_at > tried.queued_at
    asked = proof.request["name"] if proof is not None and failed else ""
    return Keeping(
        job_id=tried.id,
        name=name or asked or words.suggested_name(store.next_number(session, there.plan_id)),
        error=errors.get("name", ""),
        # All of it is about keeping: the word for the form is no place a reader knows.
        trouble=wording.findings([replace(finding, where="") for finding in findings if finding.where == "keep"]),
        failed=causes.cause(proof.cause or "crashed") if proof is not None and failed else "",
        kept=words.kept(kept.name) if kept else "",
    )
