"""A decision on the plan of report_case."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from planner.domain import decision_document as written
from planner.domain.decision import Change, outcome
from planner.domain.portfolio import Plan
from planner.domain.problem_file import canonical
from tests.report_case import BASIS, STARTS, problem, result

DAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)


def document(
    changes: Sequence[Change] = (), number: int = 1, *, by: str = "Kommunestyret", anyway: str = "", kept: int = 1
) -> dict[str, Any]:
    asked = problem()
    proposal = Plan(asked, STARTS)
    return written.document(
        written.Heading(number, by, "61/26", "2026-11-26", "2026-11-26T12:30:00Z"),
        {"number": kept, "name": "Forslag", "kept_at": "2026-11-23T09:00:00Z"},
        canonical(asked),
        result(asked),
        outcome(proposal, changes),
        basis=BASIS.to_document(),
        anyway=anyway,
    )
