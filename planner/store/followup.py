"""What was told of each initiative, a row a quarter."""

import json
from dataclasses import dataclass

from sqlmodel import Session, select

from planner.domain.followup import Quarter, Report
from planner.domain.initiatives import exact
from planner.store.tables import FollowupRow


@dataclass(frozen=True, slots=True)
class StoredReport:
    report: Report
    version: int


def all_of(session: Session, plan_id: str) -> tuple[StoredReport, ...]:
    """In order of the quarter, then the initiative."""
    query = select(FollowupRow).where(FollowupRow.plan_id == plan_id)
    rows = sorted(session.exec(query), key=lambda row: (row.year, row.quarter, row.initiative))
    return tuple(StoredReport(_report(row), row.version) for row in rows)


def put(session: Session, plan_id: str, report: Report, expected: int) -> bool:
    """Keep it in place of the one of the same quarter. expected: the version it was made from, 0 for none; False when
    somebody else was there first."""
    key = (plan_id, report.initiative, report.quarter.year, report.quarter.number)
    row = session.get(FollowupRow, key, with_for_update=True)
    if (row.version if row else 0) != expected:
        return False
    row = row or FollowupRow(
        plan_id=plan_id, initiative=report.initiative, year=report.quarter.year, quarter=report.quarter.number,
        document="", version=0,
    )  # fmt: skip
    row.document, row.version = json.dumps(report.to_document(), ensure_ascii=False), expected + 1
    session.add(row)
    session.flush()
    return True


def _report(row: FollowupRow) -> Report:
    document = json.loads(row.document)
    amounts = {name: None if document[name] is None else exact(document[name]) for name in ("spent", "staff")}
    quarter = Quarter(row.year, row.quarter)
    return Report(row.initiative, quarter, document["status"], amounts["spent"], amounts["staff"], document["note"])
