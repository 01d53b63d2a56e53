"""The frame a plan works with, and the plans somebody chose to keep.

The frame is edited, so it has a version. A kept plan is written once: there is no function here that changes one.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from planner.domain.basis import Basis
from planner.domain.result_file import starts_of
from planner.domain.settings import PortfolioSettings
from planner.store.tables import KeptPlanRow, PortfolioSettingsRow


@dataclass(frozen=True, slots=True)
class StoredSettings:
    """version: 0 before anything was saved."""

    settings: PortfolioSettings
    version: int


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """problem: malrett-problem/1. result: malrett-result/1, its answer. basis: what it rested on."""

    number: int
    name: str
    problem: dict[str, Any]
    problem_sha256: str
    result: dict[str, Any]
    basis: Basis
    kept_at: datetime

    @property
    def starts(self) -> dict[str, int]:
        """The year each of its initiatives starts in."""
        return starts_of(self.result)

    @property
    def shares(self) -> dict[str, float]:
        """α of the groups that have needs, in the order people know them in."""
        there = {need.get("segment") for need in self.problem["needs"]}
        return {one.id: one.share for one in self.basis.segments if one.id in there}


@dataclass(frozen=True, slots=True)
class KeptHeading:
    """A kept plan in a list."""

    number: int
    name: str
    problem_sha256: str
    kept_at: datetime


def settings(session: Session, plan_id: str) -> StoredSettings | None:
    row = session.get(PortfolioSettingsRow, plan_id)
    return StoredSettings(PortfolioSettings.from_document(json.loads(row.document)), row.version) if row else None


def version(session: Session, plan_id: str) -> int:
    """Of the saved frame; 0 before anything was saved."""
    row = session.get(PortfolioSettingsRow, plan_id)
    return row.version if row else 0


def save_settings(session: Session, plan_id: str, settings: PortfolioSettings) -> int:
    """Writes them and gives the new version. The caller has compared the version it read in the same transaction."""
    row = session.get(PortfolioSettingsRow, plan_id) or PortfolioSettingsRow(plan_id=plan_id, document="", version=0)
    document = json.dumps(settings.to_document())
    if row.document != document:
        row.document, row.version = document, row.version + 1
        session.add(row)
        session.flush()
    return row.version


def keep(session: Session, plan_id: str, plan: KeptPlan) -> None:
    """The one time it is written. Raises IntegrityError when its number is taken."""
    session.add(
        KeptPlanRow(
            plan_id=plan_id,
            number=plan.number,
            name=plan.name,
            problem=json.dumps(plan.problem, ensure_ascii=False),
            problem_sha256=plan.problem_sha256,
            result=json.dumps(plan.result, ensure_ascii=False),
            context=json.dumps(plan.basis.to_document(), ensure_ascii=False),
            kept_at=plan.kept_at,
        )
    )
    session.flush()


def next_number(session: Session, plan_id: str) -> int:
    """1 for the first kept plan; a number is never given twice, since none is ever removed."""
    return (session.exec(select(func.max(KeptPlanRow.number)).where(KeptPlanRow.plan_id == plan_id)).one() or 0) + 1


def headings(session: Session, plan_id: str) -> tuple[KeptHeading, ...]:
    """The kept plans, the newest first."""
    rows = session.exec(
        select(KeptPlanRow.number, KeptPlanRow.name, KeptPlanRow.problem_sha256, KeptPlanRow.kept_at)
        .where(KeptPlanRow.plan_id == plan_id)
        .order_by(col(KeptPlanRow.number).desc())
    )
    return tuple(KeptHeading(*row) for row in rows)


def find_kept(session: Session, plan_id: str, number: int) -> KeptPlan | None:
    row = session.exec(select(KeptPlanRow).where(KeptPlanRow.plan_id == plan_id, KeptPlanRow.number == number)).first()
    if row is None:
        return None
    return KeptPlan(
        number=row.number,
        name=row.name,
        problem=json.loads(row.problem),
        problem_sha256=row.problem_sha256,
        result=json.loads(row.result),
        basis=Basis.from_document(json.loads(row.context)),
        kept_at=row.kept_at,
    )
