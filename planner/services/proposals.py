"""What can a person do with a new idea once there is a plan? Fill it in, see what it would do, put it on the list.

The answer is of the plan that stands on the day it is asked. An idea that people want to weigh for good is added to the
initiatives; nothing else changes anything.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from planner.domain.candidate_documents import from_document
from planner.domain.candidate_fields import Fields, document_of
from planner.domain.candidate_links import term_findings
from planner.domain.candidates import Candidate
from planner.domain.findings import Finding, blocking
from planner.domain.log_chain import Facts
from planner.domain.problem_file import canonical
from planner.domain.proposals import Against, Verdict, beside, code_of
from planner.services import initiative_log, plans
from planner.services.initiative_rows import ground
from planner.services.plans import Frame, now
from planner.services.portfolio import TRY_GAP
from planner.services.proposal_form import FormView, form_view, whole
from planner.services.standing import Standing, standing
from planner.store import initiatives as initiative_store
from planner.store import jobs, log
from planner.store import plans as plan_store
from planner.store import proposals as store
from planner.store.database import Database
from planner.store.jobs import StoredJob
from planner.store.proposals import StoredProposal
from planner.wording import proposals as words

KIND = "proposals"


@dataclass(frozen=True, slots=True)
class Line:
    """One idea. verdict: «kommer inn» or «ikke nå», "" until it is known. said: sentences. of: the plan and the day.

    is_old: another plan stands now, kept or decided since. listed: it is among the initiatives.
    """

    number: int
    code: str
    title: str
    made_at: datetime
    idea: str
    verdict: str
    comes_in: bool
    said: tuple[str, ...]
    of: str
    is_old: bool
    listed: bool


@dataclass(frozen=True, slots=True)
class ProposalsView:
    """going_on: answers are being worked out; seen: for the next poll. unanswered: some wait in vain."""

    frame: Frame
    seen: str
    answer: str
    lines: tuple[Line, ...]
    going_on: bool
    unanswered: bool


def page(database: Database, plan_id: str) -> ProposalsView:
    with database.read() as session:
        return _view(session, plan_id)


def progress(database: Database, plan_id: str, seen: str) -> ProposalsView | None:
    """The list, for polling; None when nothing is new since `seen`."""
    with database.read() as session:
        if jobs.versions(session, plan_id) == seen:
            return None
        return _view(session, plan_id)


def form(database: Database, plan_id: str) -> FormView:
    with database.read() as session:
        return form_view(session, plan_id, {}, (), has_plan=standing(session, plan_id) is not None)


def propose(database: Database, plan_id: str, typed: Fields) -> str | FormView:
    """Keep the idea and ask what it would do; the id of the job, or the form with all that is wrong."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        kept, number = standing(session, plan_id), store.next_number(session, plan_id)
        terms = ground(session, plan_id).terms
        candidate, findings = from_document(document_of(whole(typed, code_of(number), terms)))
        if candidate is not None:
            findings = (*findings, *term_findings(candidate, terms))
        if candidate is not None and not candidate.effects:
            findings = (*findings, Finding("proposal_without_effect", where="effects.0.statement"))
        if kept is None or candidate is None or blocking(findings):
            return form_view(session, plan_id, typed, findings, has_plan=kept is not None)
        store.add(session, plan_id, StoredProposal(number, candidate, now()))
        log.append(session, plan_id, now(), "proposal_made", {"proposal": candidate.code})
        job_id = _queue(session, plan_id, kept)
        session.commit()
    return job_id


def again(database: Database, plan_id: str, number: int | None = None) -> str | None:
    """Ask about one again, of the plan that stands, and about those that wait; the job, None where there is no plan."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        kept = standing(session, plan_id)
        if kept is None:
            return None
        job_id = _queue(session, plan_id, kept, number)
        session.commit()
    return job_id


def add_to_list(database: Database, plan_id: str, number: int) -> str | tuple[Finding, ...] | None:
    """Have it weighed with the others from now on; its code, or why not. None when there is none of that number."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        found = store.find(session, plan_id, number)
        if found is None:
            return None
        if not initiative_store.put(session, plan_id, found.candidate, expected=0):
            return (Finding("candidate_code_taken", where="code", details={"code": found.candidate.code}),)
        plan_store.touch(session, plan_id, now())
        initiative_log.kept(session, plan_id, None, found.candidate)
        session.commit()
    return found.candidate.code


def remove(database: Database, plan_id: str, number: int, title: str) -> tuple[Finding, ...]:
    """title: of the idea in the question. An idea never changes, but another may have got the number meanwhile."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        there = store.find(session, plan_id, number)
        if there is not None and there.candidate.title != title:
            return (Finding("proposal_is_another", "warning"),)
        if there is not None:
            store.remove(session, plan_id, number)
            log.append(session, plan_id, now(), "proposal_removed", {"proposal": code_of(number)})
        session.commit()
    database.scrub("proposal")
    return ()


def answered(session: Session, job: StoredJob, result: Mapping[str, Any]) -> str:
    """Write the answers beside their ideas. The caller commits."""
    against = Against.from_document(job.request["against"])
    for one in result["answers"]:
        verdict = Verdict.from_document(one["verdict"])
        if store.answer(session, job.plan_id, one["number"], against, verdict, now()):
            facts: Facts = {"proposal": code_of(one["number"]), "comes_in": verdict.comes_in, "against": against.id}
            log.append(session, job.plan_id, now(), "proposal_answered", facts)
    return ""


def _queue(session: Session, plan_id: str, kept: Standing, number: int | None = None) -> str:
    """One job for all that wait: a later one takes the place of an earlier."""
    problem = kept.plan.problem
    taken = {one.id for one in problem.initiatives}
    waiting = [
        one
        for one in store.all_of(session, plan_id)
        if (one.verdict is None or one.number == number) and one.candidate.code not in taken
    ]
    ideas = [
        {
            "number": one.number,
            "one": one.candidate.code,
            "problem": canonical(beside(problem, one.candidate, follows=kept.basis.settings.follows)),
        }
        for one in waiting
    ]
    request = {
        "starts": dict(kept.plan.starts),
        "value": kept.plan.value,
        "gap": TRY_GAP,
        "ideas": ideas,
        "against": Against(kept.id, kept.name, kept.sha256, kept.titles).to_document(),
    }
    job_id = secrets.token_hex(8)
    jobs.add(session, job_id, plan_id, KIND, request, now())
    return job_id


def _view(session: Session, plan_id: str) -> ProposalsView:
    found, kept, job = store.all_of(session, plan_id), standing(session, plan_id), jobs.latest(session, plan_id, KIND)
    listed = {one.code for one in initiative_store.candidates(session, plan_id)}
    going_on = job is not None and job.is_open
    lines = tuple(_line(one, kept.id if kept else "", listed) for one in found)
    return ProposalsView(
        frame=plans.frame(session, plan_id, "report"),
        seen=jobs.versions(session, plan_id),
        answer=words.answer(len(lines), sum(line.comes_in for line in lines)),
        lines=lines,
        going_on=going_on,
        unanswered=not going_on and any(not line.verdict for line in lines),
    )


def _line(one: StoredProposal, newest: str, listed: set[str]) -> Line:
    candidate: Candidate = one.candidate
    told, against = one.verdict, one.against
    return Line(
        number=one.number,
        code=candidate.code,
        title=candidate.title,
        made_at=one.made_at,
        idea=candidate.idea,
        verdict="" if told is None else words.verdict(told.comes_in),
        comes_in=told is not None and told.comes_in,
        said=() if told is None or against is None else words.said(told, against.titles),
        of="" if against is None or one.answered_at is None else words.of(against, one.answered_at),
        is_old=against is not None and against.id != newest,
        listed=candidate.code in listed,
    )
