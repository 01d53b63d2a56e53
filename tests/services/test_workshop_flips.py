"""Which of what a room says could change the kept plan: with its reasons, without them, and without a plan."""

from datetime import UTC, datetime

import pytest

from planner.domain.flips import Flip
from planner.domain.panel import Judgement, Rated, judged
from planner.domain.problem_file import canonical
from planner.domain.why import ComesIn, Why
from planner.domain.workshop import FOUR_STEPS
from planner.services.workshop_flips import FlipsView, flips_of
from planner.store import jobs, portfolio
from planner.store.database import Database
from planner.store.portfolio import KeptPlan
from tests import report_case

NOW = datetime(2026, 11, 26, tzinfo=UTC)
PROBLEM = report_case.problem()
# A: 12 points. B: 2. C, were it let in, 0.9 · 0.15 of 40 points a year.
WHYS = [
    Why("A", True, 14.0, 2.0, 12.0, (), ("A",), 2027, "effect", True, {"B": 2028}),
    Why("B", True, 14.0, 13.5, 0.5, ("C",), ("B",), 2028, "effect", True, {"A": 2027, "C": 2027}),
    Why("C", False, 14.0, 13.5, 0.5, ("C",), ("B",), 2027, "money", True, {"A": 2027, "C": 2027}),
]
NEEDS = [ComesIn("C", None, None, None, (), 1.25)]


def said(initiative: str, statement: str, *scores: int) -> Judgement:
    return judged(FOUR_STEPS, initiative, statement, [Rated(score) for score in scores], asks_group=False)


JUDGEMENTS = {
    (one.initiative, one.statement): one
    for one in (
        said("A", "s01", 2, 2, 3, 3, 3),  # 15–30 %: 6 + 2 points at the lower end, without it 2
        said("B", "s02", 0, 1, 2, 3, 3),  # 5–30 %: 12 + 0.5 at the lower end, without it 13.5
        said("C", "s02", 1, 1, 2, 2, 2),  # 15 % at the higher end: as it is, and 1.25 times it is needed
        said("D", "s03", 3, 3, 3, 3),  # four, who are not shown
    )
}


def asked(database: Database, plan_id: str) -> FlipsView:
    with database.read() as session:
        return flips_of(session, plan_id, FOUR_STEPS, JUDGEMENTS)


def keep(database: Database, plan_id: str) -> None:
    result = report_case.result(PROBLEM)
    document = canonical(PROBLEM)
    kept = KeptPlan(1, "Vår plan", document, result["problem_sha256"], result, report_case.BASIS, NOW)
    with database.write() as session:
        portfolio.keep(session, plan_id, kept)
        session.commit()


def explain(database: Database, plan_id: str, problem: dict[str, object]) -> None:
    request = {"problem": problem, "starts": report_case.STARTS, "gap": 0.0, "processes": 1, "of": "t1"}
    told = {"why": [one.as_json() for one in WHYS], "comes_in": [one.as_json() for one in NEEDS]}
    with database.write() as session:
        jobs.add(session, "j1", plan_id, "why", request, NOW)
        jobs.begin(session, "j1", NOW)
        jobs.end(session, jobs.Turn("j1", 1), "done", NOW, told)
        session.commit()


def test_without_a_plan_or_its_reasons_that_is_said(app, database: Database, plan_id: str) -> None:  # type: ignore[no-untyped-def]
    with app.test_request_context(headers={"Accept-Language": "nb"}):
        none = asked(database, plan_id)
        assert none.by_cell == {} and none.sorted_by.startswith("Ingen plan er tatt vare på ennå.")
        keep(database, plan_id)
        assert "«Vår plan» er ikke regnet ut" in asked(database, plan_id).sorted_by
        explain(database, plan_id, {**canonical(PROBLEM), "title": "En annen"})
        assert "«Vår plan» er ikke regnet ut" in asked(database, plan_id).sorted_by


def test_what_can_change_the_plan(app, database: Database, plan_id: str) -> None:  # type: ignore[no-untyped-def]
    keep(database, plan_id)
    explain(database, plan_id, {**canonical(PROBLEM), "gap": 0.001})
    with app.test_request_context(headers={"Accept-Language": "nb"}):
        found = asked(database, plan_id)
    assert found.sorted_by == "Ett anslag kan endre planen «Vår plan», og står først."
    margins = {cell: flip.margin for cell, flip in found.by_cell.items()}
    assert margins[("A", "s01")] == pytest.approx(2 - 8) and margins[("B", "s02")] == pytest.approx(13.5 - 12.5)
    assert [cell for cell, flip in found.by_cell.items() if flip.can_change] == [("B", "s02")]
    assert found.by_cell[("C", "s02")] == Flip(-0.5) and ("D", "s03") not in found.by_cell
    assert found.standing["A"] == "I planen. Uten det lukkes 12 behovspoeng mindre."
    assert found.standing["C"] == "Ikke i planen. Det kommer inn når alle virkningene er 1,3 ganger så store."
