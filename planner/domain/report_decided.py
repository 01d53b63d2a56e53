"""What does the paper of a decided plan tell? What was decided, beside the tables of the plan as it then stands.

The text of the paper stays the proposal that the council had before it; what is changed in money and years goes into
the workbook. Nothing is told of the decided plan that is not computed anew from its problem and its start years.
"""

from dataclasses import dataclass, replace

from planner.domain.basis import Basis
from planner.domain.decision import Change
from planner.domain.decision_document import Decided
from planner.domain.left_out import left_out, unreached
from planner.domain.portfolio import Plan
from planner.domain.report import Report, changed


@dataclass(frozen=True, slots=True)
class Replaced:
    """The decision that took the place of another. on: the day, in ISO 8601. stands: the one that stands now."""

    number: int
    on: str
    stands: int


@dataclass(frozen=True, slots=True)
class Adopted:
    """A decision, and the tables of what was decided; those of the proposal where nothing was changed.

    replaced: told beside what was frozen, which never changes.
    """

    there: Decided
    tables: Report
    replaced: Replaced | None = None

    @property
    def taken_out(self) -> dict[str, Change]:
        changes = (step.change for step in self.there.outcome.steps)
        return {one.initiative: one for one in changes if one.action == "out"}


def adopted(there: Decided, proposal: Report, replaced: Replaced | None = None) -> Adopted:
    """proposal: the tables of the plan that was put forward, from the same document."""
    came = there.outcome
    if not came.steps:
        return Adopted(there, proposal, replaced)
    return Adopted(there, changed(proposal, came.plan, _basis(proposal.basis, came.plan)), replaced)


def _basis(basis: Basis, plan: Plan) -> Basis:
    levels = {candidate.code: candidate.level for candidate in basis.candidates}
    return replace(basis, left_out=left_out(plan), unreached=unreached(plan, levels))
