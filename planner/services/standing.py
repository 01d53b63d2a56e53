"""Which plan stands? What the council decided last, else the plan kept last."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from planner.domain.basis import Basis
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse, problem_sha256
from planner.domain.result_file import starts_of
from planner.store import decisions
from planner.store import portfolio as kept_store
from planner.wording import decision as decision_words


@dataclass(frozen=True, slots=True)
class Standing:
    """id: «plan-2» or «decision-1», another for each. name: as people know it."""

    id: str
    name: str
    plan: Plan
    sha256: str
    basis: Basis

    @property
    def titles(self) -> dict[str, str]:
        return {one.id: one.title for one in self.plan.problem.initiatives}


def standing(session: Session, plan_id: str) -> Standing | None:
    """None before any plan is kept."""
    mark = decisions.latest(session, plan_id)
    decided = decisions.find(session, plan_id, mark.number) if mark else None
    if mark is not None and decided is not None:
        document = decided.document
        plan = _plan(document["problem"], document["council"])
        basis = Basis.from_document(document["basis"])
        name, id_ = decision_words.inside(mark.on), f"decision-{mark.number}"
        return Standing(id_, name, plan, problem_sha256(plan.problem), basis)
    headings = kept_store.headings(session, plan_id)
    kept = kept_store.find_kept(session, plan_id, headings[0].number) if headings else None
    if kept is None:
        return None
    plan = _plan(kept.problem, kept.result)
    return Standing(f"plan-{kept.number}", f"«{kept.name}»", plan, kept.problem_sha256, kept.basis)


def _plan(problem: dict[str, object], answer: Mapping[str, Any]) -> Plan:
    found = parse(problem).problem
    assert found is not None
    return Plan(found, starts_of(answer))
