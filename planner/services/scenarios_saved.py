"""What can a person do with a plan set aside for comparing? Save it, rename it, remove it, have it proven and kept.

A saved scenario is not proven, and no paper is made of it. Proving it is the same work as keeping a try; the kept plan
then takes its place.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from planner import wording
from planner.domain.findings import Finding
from planner.domain.typed import read_words
from planner.services import plans
from planner.services.portfolio import Refusal, being_kept, name_findings, plan_findings
from planner.services.portfolio_ground import ground
from planner.store import jobs
from planner.store import plans as plan_store
from planner.store import portfolio as kept_store
from planner.store import scenarios as store
from planner.store.database import Database
from planner.store.scenarios import Scenario
from planner.wording import portfolio_findings as causes
from planner.wording import scenarios_saved as words


@dataclass(frozen=True, slots=True)
class SavedRow:
    """said: how near it is to the best, and how far a proof has come. error: of the name `typed`."""

    number: int
    name: str
    saved_at: datetime
    said: str
    may_prove: bool
    proving: bool
    typed: str
    error: str
    failed: str


@dataclass(frozen=True, slots=True)
class SavedView:
    """seen: for the next poll, while one is being proven."""

    frame: plans.Frame
    seen: str
    rows: tuple[SavedRow, ...]

    @property
    def proving(self) -> bool:
        return any(row.proving for row in self.rows)


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name that could not be used, and why. is_stale: somebody gave it another one meanwhile."""

    number: int
    typed: str
    findings: tuple[Finding, ...]
    is_stale: bool = False


def save(database: Database, plan_id: str, job_id: str, name: str) -> int | Refusal:
    """Set the plan of this try aside under a name; its number."""
    with database.read() as session:
        there, tried = ground(session, plan_id), jobs.latest(session, plan_id, "try")
        findings = name_findings(read_words(name)) + plan_findings(there, tried, job_id)
        frame = plans.frame(session, plan_id, "portfolio")
    if tried is None or tried.result is None or findings:
        return Refusal(findings)
    basis, problem, sha256 = there.basis(frame), tried.request["problem"], tried.request["sha256"]
    with database.write() as session:
        plan_store.hold(session, plan_id)
        number = store.next_number(session, plan_id)
        aside = Scenario(number, read_words(name), problem, sha256, dict(tried.result), basis, plans.now())
        store.add(session, plan_id, aside)
        session.commit()
    return number


def rename(database: Database, plan_id: str, number: int, name: str, was: str) -> Renaming | bool:
    """was: the name that the form showed. False when there is none of that number."""
    findings, wanted = name_findings(read_words(name)), read_words(name)
    if findings:
        return Renaming(number, name, findings)
    with database.write() as session:
        plan_store.hold(session, plan_id)
        now = store.rename(session, plan_id, number, wanted, was)
        session.commit()
    if now is not None and now != wanted:
        renamed = Finding("scenario_renamed", where="name", details={"name": now})
        return Renaming(number, name, (renamed,), is_stale=True)
    return now is not None


def remove(database: Database, plan_id: str, number: int, was: str) -> Renaming | None:
    """was: the name that the question showed. Something where somebody gave it another one meanwhile."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        found = store.find(session, plan_id, number)
        if found is not None and found.name != was:
            renamed = Finding("scenario_renamed_not_removed", where="name", details={"name": found.name})
            return Renaming(number, found.name, (renamed,), is_stale=True)
        store.remove(session, plan_id, number)
        session.commit()
    return None


def prove(database: Database, plan_id: str, number: int) -> str | None:
    """Ask for the proof after which it is kept; the id of the job. None when there is none, or one is being proven."""
    with database.write() as session:
        plan_store.hold(session, plan_id)
        found, busy = store.find(session, plan_id, number), being_kept(session, plan_id)
        if found is None or busy:
            return None
        basis = found.basis.to_document()
        request = {"problem": found.problem, "gap": 0, "name": found.name, "basis": basis, "scenario": number}
        job_id = secrets.token_hex(8)
        jobs.add(session, job_id, plan_id, "keep", request, plans.now())
        session.commit()
    return job_id


def saved(database: Database, plan_id: str, seen: str) -> SavedView | None:
    """The list, for polling; None when nothing is new since `seen`."""
    with database.read() as session:
        if jobs.versions(session, plan_id) == seen:
            return None
        return view(session, plan_id, store.all_of(session, plan_id))


def view(
    session: Session, plan_id: str, scenarios: tuple[Scenario, ...], renaming: Renaming | None = None
) -> SavedView:
    proof, busy = jobs.latest(session, plan_id, "keep"), being_kept(session, plan_id)
    kept = {one.problem_sha256: one.name for one in kept_store.headings(session, plan_id)}
    about = proof.request.get("scenario") if proof is not None else None
    failed = ""
    if proof is not None and not busy and proof.state != "done":
        failed = causes.cause(proof.cause or "not_proven")
    rows = []
    for one in scenarios:
        mine, other = one.number == about, renaming if renaming and renaming.number == one.number else None
        answered = kept.get(one.problem_sha256)
        rows.append(
            SavedRow(
                number=one.number,
                name=one.name,
                saved_at=one.saved_at,
                said=words.proving() if mine and busy else words.status(_gap(one.result), answered),
                may_prove=not busy and answered is None,
                proving=mine and busy,
                typed=other.typed if other else one.name,
                error=_said(other.findings[0]) if other else "",
                failed=failed if mine else "",
            )
        )
    return SavedView(plans.frame(session, plan_id, "scenarios"), jobs.versions(session, plan_id), tuple(rows))


def _gap(result: Mapping[str, Any]) -> float | None:
    gap: float | None = result.get("gap")
    return gap


def _said(finding: Finding) -> str:
    said = wording.finding(finding)
    return f"{said.what} {said.try_}"
