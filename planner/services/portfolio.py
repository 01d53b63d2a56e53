"""What can a person do in «Prioritering»? Try a frame, stop the search, keep a plan.

Trying keeps no plan: it saves the frame as the one the page works with, and asks the queue for the best plan inside it.
Keeping asks for a proof first; `keep_proven` writes the plan down when the proof has come.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlmodel import Session

from planner.domain.basis import Basis
from planner.domain.findings import Finding, blocking
from planner.domain.left_out import left_out, unreached
from planner.domain.log_chain import Facts
from planner.domain.portfolio import Plan
from planner.domain.problem_file import canonical, parse, problem_sha256
from planner.domain.question import question_findings
from planner.domain.result_file import read_result, starts_of
from planner.domain.settings_typed import Form, read_settings
from planner.domain.typed import read_words
from planner.files.file import JSON, File
from planner.services import kept_reasons, plans, portfolio_reasons, portfolio_relief
from planner.services.portfolio_frame import FrameView, frame_view
from planner.services.portfolio_ground import Ground, ground
from planner.services.portfolio_outcome import OutcomeView, outcome_view, waiting_view
from planner.store import jobs, log
from planner.store import plans as plan_store
from planner.store import portfolio as store
from planner.store import scenarios as scenarios_store
from planner.store.database import Database
from planner.store.jobs import StoredJob

TRY_GAP = 0.001  # pages try at this and prove at 0 before a plan is kept
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class PortfolioView:
    frame: plans.Frame
    limits: FrameView
    outcome: OutcomeView
    kept: tuple[store.KeptHeading, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was done. findings: why, each at its field. conflict: somebody else has saved another frame meanwhile."""

    findings: tuple[Finding, ...]
    conflict: bool = False


def page(
    database: Database, plan_id: str, form: Form | None = None, refusal: Refusal | None = None, name: str = ""
) -> PortfolioView:
    """The whole page. form: what was typed, when it could not be used; it stays in the fields, `refusal` beside it."""
    with database.read() as session:
        there = ground(session, plan_id)
        return PortfolioView(
            plans.frame(session, plan_id, "portfolio"),
            frame_view(there, form or {}, refusal.findings if refusal else (), bool(refusal and refusal.conflict)),
            waiting_view(session, plan_id) or outcome_view(session, there, refusal.findings if refusal else (), name),
            store.headings(session, plan_id),
        )


def outcome(database: Database, plan_id: str, seen: str) -> OutcomeView | None:
    """What has come of the latest try; None when nothing is new since `seen`, the versions the page shows."""
    with database.read() as session:
        if jobs.versions(session, plan_id) == seen:
            return None
        return waiting_view(session, plan_id) or outcome_view(session, ground(session, plan_id), (), "")


def attempt(database: Database, plan_id: str, form: Form, seen: int) -> str | Refusal:
    """Try a frame: the id of the job that looks for its best plan, or why there is none.

    seen: the version of the saved frame that the form was made from.
    """
    # Read and decide first: the one writer SQLite has is not to wait for arithmetic.
    with database.read() as session:
        there = ground(session, plan_id)
    typed = read_settings(form, there.settings, there.codes, [segment.id for segment in there.segments])
    if typed.settings is None:
        return Refusal(typed.findings)
    if seen != there.version and typed.settings != there.settings:
        return Refusal((), conflict=True)
    findings = (*there.lacks, *question_findings(there.candidates, there.freed, typed.settings))
    if blocking(findings):
        return Refusal(findings)
    problem = replace(there, settings=typed.settings).problem()
    request: dict[str, Any] = {"problem": canonical(problem), "sha256": problem_sha256(problem), "gap": TRY_GAP}
    job_id = secrets.token_hex(8)
    with database.write() as session:
        plan_store.hold(session, plan_id)
        if store.version(session, plan_id) != there.version:
            return Refusal((), conflict=True)
        request["before"] = _before(jobs.latest(session, plan_id, "try"), request["problem"])
        now_at = store.save_settings(session, plan_id, typed.settings)
        jobs.ask_to_stop(session, plan_id, portfolio_reasons.KIND, plans.now())
        jobs.add(session, job_id, plan_id, "try", request, plans.now())
        if now_at != there.version:
            log.append(session, plan_id, plans.now(), "frame_changed", {"version": now_at})
        session.commit()
    return job_id


def relieve(database: Database, plan_id: str, form: Form, seen: int) -> tuple[Form, str | Refusal]:
    """Try the frame with the least changes whose button was pressed; the form they are typed into, and as `attempt`."""
    with database.read() as session:
        there, tried = ground(session, plan_id), jobs.latest(session, plan_id, "try")
    changed = portfolio_relief.relieved(there, tried, form)
    if changed is not None:
        return changed, attempt(database, plan_id, changed, seen)
    if seen != there.version:
        return form, Refusal((), conflict=True)
    return form, Refusal((Finding("portfolio_relief_gone", where=portfolio_relief.FIELD),))


def _before(tried: StoredJob | None, problem: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the next answer is held against: the plan of the try before it; value only where points mean the same."""
    if tried is None:
        return None
    if not (tried.result or {}).get("chosen"):
        return cast(dict[str, Any] | None, tried.request.get("before"))
    assert tried.result is not None
    same = all(tried.request["problem"].get(key) == problem.get(key) for key in ("needs", "effect_years", "closure"))
    return {"chosen": starts_of(tried.result), "value": tried.result["value"] if same else None}


def stop(database: Database, plan_id: str) -> None:
    """Have the search end now; the best plan so far stands."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        for kind in ("try", "keep"):
            jobs.ask_to_stop(session, plan_id, kind, plans.now())
        session.commit()


def keep(database: Database, plan_id: str, job_id: str, name: str) -> str | Refusal:
    """Ask for the proof after which the plan of this try is kept; the id of the job that proves it."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        there, tried = ground(session, plan_id), jobs.latest(session, plan_id, "try")
        findings = name_findings(read_words(name))
        if being_kept(session, plan_id):
            findings += (Finding("portfolio_being_kept", where="keep"),)
        else:
            findings += plan_findings(there, tried, job_id)
        if tried is None or findings:
            return Refusal(findings)
        basis = there.basis(plans.frame(session, plan_id, "portfolio")).to_document()
        request = {"problem": tried.request["problem"], "gap": 0, "name": read_words(name), "basis": basis}
        proof_id = secrets.token_hex(8)
        jobs.add(session, proof_id, plan_id, "keep", request, plans.now())
        session.commit()
    return proof_id


def kept_problem(database: Database, plan_id: str, number: int) -> File | None:
    """The very problem a kept plan answers, as malrett-problem/1: whoever has the file can solve it again."""
    with database.read() as session:
        kept = store.find_kept(session, plan_id, number)
    if kept is None:
        return None
    text = json.dumps(kept.problem, ensure_ascii=False, indent=1)
    return File(f"malrett-problem-{number}.json", JSON, text.encode("utf-8"))


def name_findings(name: str) -> tuple[Finding, ...]:
    """What is wrong with the name of a plan."""
    if not name:
        return (Finding("portfolio_name_missing", where="name"),)
    too_long = len(name) > LONGEST_NAME
    return (Finding("portfolio_name_too_long", where="name", details={"limit": LONGEST_NAME}),) if too_long else ()


def being_kept(session: Session, plan_id: str) -> bool:
    """Whether a plan is being proven just now."""
    proof = jobs.latest(session, plan_id, "keep")
    return proof is not None and proof.is_open


def plan_findings(there: Ground, tried: StoredJob | None, job_id: str) -> tuple[Finding, ...]:
    """Why the plan of this try is not one to take care of."""
    if tried is None or tried.id != job_id or not (tried.result or {}).get("chosen"):
        return (Finding("portfolio_no_plan", where="keep"),)
    if there.lacks or problem_sha256(there.problem()) != tried.request["sha256"]:
        return (Finding("portfolio_changed", where="keep"),)
    return ()


def keep_proven(session: Session, job: StoredJob, result: Mapping[str, Any]) -> str:
    """Write a proven plan down, with what it rested on; the cause when it cannot be. The caller commits.

    A scenario that was saved before is no longer one: the kept plan takes its place.
    """
    if result["status"] != "optimal":
        return "not_proven"
    if job.request.get("scenario") is not None:
        scenarios_store.remove(session, job.plan_id, job.request["scenario"])
    problem = parse(job.request["problem"]).problem
    assert problem is not None
    sha256 = problem_sha256(problem)
    for one in store.headings(session, job.plan_id):
        if (one.name, one.problem_sha256) == (job.request["name"], sha256):
            return ""  # pressed twice in the same moment: it is kept already
    plan = cast(Plan, read_result(result, problem).plan)
    basis = Basis.from_document(job.request["basis"])
    levels = {candidate.code: candidate.level for candidate in basis.candidates}
    basis = replace(basis, left_out=left_out(plan), unreached=unreached(plan, levels))
    kept = store.KeptPlan(
        number=store.next_number(session, job.plan_id),
        name=job.request["name"],
        problem=job.request["problem"],
        problem_sha256=sha256,
        result=dict(result),
        basis=basis,
        kept_at=plans.now(),
    )
    store.keep(session, job.plan_id, kept)
    facts: Facts = {"number": kept.number, "problem_sha256": sha256}
    log.append(session, job.plan_id, kept.kept_at, "plan_kept", facts, {"name": kept.name})
    kept_reasons.take_over(session, job.plan_id, kept)
    return ""
