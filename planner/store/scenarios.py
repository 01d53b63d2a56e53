"""Plans set aside to be compared, without a proof. Kept plans are others, and elsewhere (`planner.store.portfolio`)."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from planner.domain.basis import Basis
from planner.store.tables import ScenarioRow


@dataclass(frozen=True, slots=True)
class Scenario:
    """problem: malrett-problem/1. result: malrett-result/1 with a plan, as proven as it says. basis: see KeptPlan."""

    number: int
    name: str
    problem: dict[str, Any]
    problem_sha256: str
    result: dict[str, Any]
    basis: Basis
    saved_at: datetime


def add(session: Session, plan_id: str, one: Scenario) -> None:
    """Raises IntegrityError when its number is taken."""
    session.add(
        ScenarioRow(
            plan_id=plan_id,
            number=one.number,
            name=one.name,
            problem=json.dumps(one.problem, ensure_ascii=False),
            problem_sha256=one.problem_sha256,
            result=json.dumps(one.result, ensure_ascii=False),
            context=json.dumps(one.basis.to_document(), ensure_ascii=False),
            saved_at=one.saved_at,
        )
    )
    session.flush()


def next_number(session: Session, plan_id: str) -> int:
    return (session.exec(select(func.max(ScenarioRow.number)).where(ScenarioRow.plan_id == plan_id)).one() or 0) + 1


def all_of(session: Session, plan_id: str) -> tuple[Scenario, ...]:
    """The newest first."""
    rows = session.exec(
        select(ScenarioRow).where(ScenarioRow.plan_id == plan_id).order_by(col(ScenarioRow.number).desc())
    )
    return tuple(_scenario(row) for row in rows)


def find(session: Session, plan_id: str, number: int) -> Scenario | None:
    row = _row(session, plan_id, number)
    return None if row is None else _scenario(row)


def rename(session: Session, plan_id: str, number: int, name: str, was: str) -> str | None:
    """The name it now has, which is another where somebody else was there first. None when there is none."""
    row = session.exec(_query(plan_id, number).with_for_update()).first()
    if row is None:
        return None
    if row.name == was:
        row.name = name
        session.add(row)
        session.flush()
    return row.name


def remove(session: Session, plan_id: str, number: int) -> None:
    row = _row(session, plan_id, number)
    if row is not None:
        session.delete(row)
        session.flush()


def _row(session: Session, plan_id: str, number: int) -> ScenarioRow | None:
    return session.exec(_query(plan_id, number)).first()


def _query(plan_id: str, number: int) -> SelectOfScalar[ScenarioRow]:
    return select(ScenarioRow).where(ScenarioRow.plan_id == plan_id, ScenarioRow.number == number)


def _scenario(row: ScenarioRow) -> Scenario:
    return Scenario(
        number=row.number,
        name=row.name,
        problem=json.loads(row.problem),
        problem_sha256=row.problem_sha256,
        result=json.loads(row.result),
        basis=Basis.from_document(json.loads(row.context)),
        saved_at=row.saved_at,
    )
