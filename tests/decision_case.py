"""A decision on the plan of report_case."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from planner.domain import decision_document as written
from planner.domain.basis import Basis
from planner.domain.decision import Change, outcome
from planner.domain.portfolio import Plan
from planner.domain.problem_file import canonical
from tests.report_case import BASIS, STARTS, problem, result

DAY = date(2026, 11, 26)
AT = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)


def document(
    changes: Sequence[Change] = (),
    number: int = 1,
    *,
    by: str = "Kommunestyret",
    case: str = "61/26",
    anyway: str = "",
    kept: int = 1,
    basis: Basis = BASIS,
) -> dict[str, Any]:
    asked = problem(basis)
    proposal = Plan(asked, STARTS)
    return written.document(
        written.Heading(number, by, case, "2026-11-26", "2026-11-26T12:30:00Z"),
        {"number": kept, "name": "Forslag", "kept_at": "2026-11-23T09:00:00Z"},
        canonical(asked),
        result(asked),
        outcome(proposal, changes),
        basis=basis.to_document(),
        anyway=anyway,
    )
