"""Trying and keeping: what is stored, what is refused, and what a page tells of a plan."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from planner.domain.basis import Basis
from planner.domain.portfolio import Plan
from planner.domain.problem_file import parse, problem_sha256
from planner.domain.settings import Wish
from planner.domain.solver import solve
from planner.services import plans
from planner.services import portfolio as service
from planner.services.portfolio import PortfolioView, Refusal
from planner.store import initiatives, jobs
from planner.store import plans as plan_store
from planner.store import portfolio as store
from planner.store.database import Database
from tests import portfolio_case


@pytest.fixture
def ready(app: Flask, database: Database, plan_id: str) -> str:
    portfolio_case.make(database, plan_id)
    return plan_id


def look(app: Flask, database: Database, plan_id: str) -> PortfolioView:
    with app.test_request_context(headers={"Accept-Language": "nb"}):
        return service.page(database, plan_id)


def attempt(app: Flask, database: Database, plan_id: str, seen: int = 1, **form: str) -> Any:
    with app.test_request_context():
        return service.attempt(database, plan_id, form, seen)


def work(database: Database, job_id: str) -> dict[str, Any]:
    """What the queue does, here and now: solve the problem of the row and write the answer on it."""
    with database.write() as session:
        assert jobs.begin(session, job_id, plans.now())
        job = jobs.find(session, job_id)
        assert job is not None
        problem = parse(job.request["problem"]).problem
        assert problem is not None
        result = solve(problem, gap=job.request["gap"]).as_json()
        cause = service.keep_proven(session, job, result) if job.kind == "keep" else ""
        jobs.end(session, jobs.Turn(job_id, 1), "failed" if cause else "done", plans.now(), result, cause)
        session.commit()
    return result


def tried(app: Flask, database: Database, plan_id: str, **form: str) -> str:
    job_id = attempt(app, database, plan_id, **form)
    assert isinstance(job_id, str), job_id
    work(database, job_id)
    return job_id


# --- Trying ----------------------------------------------------------------------------------------------------------


def test_a_try_saves_the_frame_and_keeps_no_plan(app: Flask, database: Database, ready: str) -> None:
    tried(app, database, ready, **{"limit-operating-2027": "800"})
    with database.read() as session:
        stored = store.settings(session, ready)
        assert stored is not None and stored.settings.limits["operating"] == (800, 900)
        assert (stored.version, store.headings(session, ready)) == (2, ())


def test_the_answer_agrees_with_the_plan(app: Flask, database: Database, ready: str) -> None:
    """Operating 1000 and 900 + 100 freed: J1 needs housing and company beside it. J1 400, B1 300, S1 200: 900."""
    tried(app, database, ready)
    view = look(app, database, ready)
    result = view.outcome.result
    assert result is not None and result.proven
    chosen = {road.code for start in result.starts for road in start.roads}
    assert chosen == {"B1", "J1", "S1"}
    assert result.answer.startswith("Start med «Tiltak J1», «Tiltak S1» og «Tiltak B1» i 2027. I alt 3 tiltak, ")
    assert {one.code: one.kind for one in result.not_now} == {"B2": "andre tiltak", "J2": "penger"}
    (j2,) = (one for one in result.not_now if one.code == "J2")
    assert "350\u202f000\u00a0kr til drift" in j2.reason and "100\u202f000\u00a0kr igjen" in j2.reason
    assert result.status == "Best mulig ut fra anslagene."
    assert result.examples == "1 av 5 valg bygger på eksempeltall."
    assert result.warnings == ("Oppvekst og utdanning: ingen tiltak",)
    assert [gap.statement for gap in result.gaps] == ["En buss som går"]
    assert result.uses[1].years == ("900 av 1\u202f000", "900 av 1\u202f000")


def test_points_at_the_end_of_rows_are_recomputed_here(app: Flask, database: Database, ready: str) -> None:
    job_id = tried(app, database, ready)
    with database.read() as session:
        job = jobs.find(session, job_id)
    assert job is not None and job.result is not None
    problem = parse(job.request["problem"]).problem
    assert problem is not None
    starts = {one["id"]: one["year"] for one in job.result["chosen"]}
    result = look(app, database, ready).outcome.result
    assert result is not None
    for road in (road for start in result.starts for road in start.roads):
        without = Plan(problem, {one: year for one, year in starts.items() if one != road.code})
        assert float(road.adds.replace(",", ".")) == pytest.approx(job.result["value"] - without.value, abs=0.005)


def test_a_plan_that_was_only_found_never_claims_to_be_best(app: Flask, database: Database, ready: str) -> None:
    job_id = attempt(app, database, ready)
    result = work(database, job_id)
    with database.write() as session:
        row = jobs.find(session, job_id)
        assert row is not None
        jobs.add(session, "b", ready, "try", row.request, plans.now())
        jobs.begin(session, "b", plans.now())
        jobs.end(session, jobs.Turn("b", 1), "stopped", plans.now(), {**result, "status": "best_found", "bound": 99.0})
        session.commit()
    view = look(app, database, ready).outcome.result
    assert view is not None and not view.proven
    said = " ".join((view.answer, view.status, view.how_sure, *(one.reason for one in view.not_now)))
    assert "best mulig" not in said.lower() and "optimal" not in said.lower() and "gir mer for rammen" not in said
    assert "99,000" in view.how_sure


def test_no_plan_names_what_cannot_hold_and_is_never_an_empty_plan(app: Flask, database: Database, ready: str) -> None:
    tried(app, database, ready, **{"limit-operating-2027": "350", "wish-choice-J1": "must", "wish-latest-J1": "2027"})
    outcome = look(app, database, ready).outcome
    assert outcome.result is None and outcome.keeping is None
    assert outcome.no_plan == "Rammen og kravene kan ikke holdes samtidig, så det finnes ingen plan."
    assert any(
        "J1 Tiltak J1 må med" in sentence.what and "drift i 2027" in sentence.what for sentence in outcome.findings
    )


def test_errors_store_nothing_and_come_back_beside_their_fields(app: Flask, database: Database, ready: str) -> None:
    form = {"limit-operating-2027": "mye", "limit-staff-2028": "-2", "reserve": "5"}
    refusal = attempt(app, database, ready, **form)
    assert isinstance(refusal, Refusal)
    with app.test_request_context(headers={"Accept-Language": "nb"}):
        limits = service.page(database, ready, form, refusal).limits
    operating, staff = limits.resources[1].fields[0], limits.resources[2].fields[1]
    assert (operating.value, operating.error) == ("mye", "«mye» er ikke et tall.")
    assert (staff.value, limits.reserve.value) == ("-2", "5")
    with database.read() as session:
        stored = store.settings(session, ready)
        assert stored is not None and stored.settings == portfolio_case.SETTINGS
        assert jobs.latest(session, ready, "try") is None


def test_a_stale_frame_is_refused_with_both(app: Flask, database: Database, ready: str) -> None:
    tried(app, database, ready, **{"limit-operating-2027": "800"})
    form = {"limit-operating-2027": "700"}
    refusal = attempt(app, database, ready, seen=1, **form)
    assert refusal == Refusal((), conflict=True)
    with app.test_request_context(headers={"Accept-Language": "nb"}):
        limits = service.page(database, ready, form, refusal).limits
    assert limits.conflict and limits.version == 2
    assert [(change.label, change.typed, change.saved) for change in limits.changes] == [("Drift 2027", "700", "800")]
    assert isinstance(attempt(app, database, ready, seen=limits.version, **form), str)


def test_the_same_frame_from_a_stale_page_is_no_conflict(app: Flask, database: Database, ready: str) -> None:
    tried(app, database, ready, **{"limit-operating-2027": "800"})
    assert isinstance(attempt(app, database, ready, seen=1, **{"limit-operating-2027": "800"}), str)


def test_without_needs_or_initiatives_there_is_nothing_to_try(app: Flask, database: Database, plan_id: str) -> None:
    refusal = attempt(app, database, plan_id, seen=0)
    assert isinstance(refusal, Refusal)
    assert [finding.code for finding in refusal.findings] == ["portfolio_no_needs", "portfolio_no_initiatives"]
    view = look(app, database, plan_id)
    assert not view.outcome.ready and len(view.limits.findings) == 2


# --- Keeping ---------------------------------------------------------------------------------------------------------


def keep(app: Flask, database: Database, plan_id: str, job_id: str, name: str = "Forslag 1") -> Any:
    with app.test_request_context():
        return service.keep(database, plan_id, job_id, name)


def codes(refusal: Any) -> list[str]:
    assert isinstance(refusal, Refusal)
    return [finding.code for finding in refusal.findings]


def test_a_plan_is_proven_to_the_last_digit_before_it_is_kept(app: Flask, database: Database, ready: str) -> None:
    job_id = tried(app, database, ready)
    proof = keep(app, database, ready, job_id, " Forslag 1 ")
    with database.read() as session:
        row = jobs.find(session, proof)
        assert row is not None and row.request["gap"] == 0
        assert store.headings(session, ready) == ()
    work(database, proof)
    with database.read() as session:
        kept = store.find_kept(session, ready, 1)
    assert kept is not None and kept.name == "Forslag 1"
    problem = parse(kept.problem).problem
    assert problem is not None and problem_sha256(problem) == kept.problem_sha256 == kept.result["problem_sha256"]
    assert kept.result["status"] == "optimal" and kept.result["gap"] <= 1e-9
    assert {one.code for one in kept.basis.left_out} == {"B2", "J2"}
    assert [one.statement for one in kept.basis.unreached] == ["buss"]
    assert (kept.basis.municipality, kept.basis.is_sample) == ("Prøvevik", False)
    assert kept.basis.settings == portfolio_case.SETTINGS and kept.basis.freed == (portfolio_case.FREED,)
    assert set(kept.basis.candidates) == set(portfolio_case.CANDIDATES)
    keeping = look(app, database, ready).outcome.keeping
    assert keeping is not None and keeping.kept == "«Forslag 1» er bevist og tatt vare på."


def test_the_same_plan_by_the_same_name_is_kept_once(app: Flask, database: Database, ready: str) -> None:
    """Two proofs that were asked for in the same moment: one had come so far that asking it to stop was too late."""
    proof = keep(app, database, ready, tried(app, database, ready))
    with database.read() as session:
        first = jobs.find(session, proof)
        assert first is not None
    result = work(database, proof)
    with database.write() as session:
        jobs.add(session, "again", ready, "keep", first.request, plans.now())
        session.commit()
    assert work(database, "again")["chosen"] == result["chosen"]
    assert len(look(app, database, ready).kept) == 1


def test_a_plan_that_is_not_proven_is_not_kept(app: Flask, database: Database, ready: str) -> None:
    proof = keep(app, database, ready, tried(app, database, ready))
    with database.write() as session:
        job = jobs.find(session, proof)
        assert job is not None
        assert service.keep_proven(session, job, {"status": "best_found"}) == "not_proven"
        jobs.begin(session, proof, plans.now())
        jobs.end(session, jobs.Turn(proof, 1), "failed", plans.now(), cause="not_proven")
        session.commit()
    view = look(app, database, ready)
    assert view.kept == () and view.outcome.keeping is not None
    assert "ikke bevist" in view.outcome.keeping.failed


def test_a_proof_lost_with_its_process_twice_says_so_and_leaves_what_was_typed(
    app: Flask, database: Database, ready: str
) -> None:
    proof = keep(app, database, ready, tried(app, database, ready), "Vårt forslag")
    with database.write() as session:
        for _ in range(2):
            assert jobs.begin(session, proof, plans.now() - 2 * jobs.SILENT)
            jobs.take_over(session, plans.now())
        session.commit()
    keeping = look(app, database, ready).outcome.keeping
    assert keeping is not None and not keeping.kept
    assert "stanset to ganger" in keeping.failed and keeping.name == "Vårt forslag"


def test_nothing_is_kept_of_another_question_than_the_one_shown(app: Flask, database: Database, ready: str) -> None:
    job_id = tried(app, database, ready)
    with database.write() as session:
        initiatives.put(session, ready, replace(portfolio_case.CANDIDATES[0], delay=1))
        session.commit()
    assert codes(keep(app, database, ready, job_id)) == ["portfolio_changed"]
    outcome = look(app, database, ready).outcome
    assert outcome.changed and outcome.result is not None and outcome.keeping is None


def test_what_cannot_be_kept_says_why(app: Flask, database: Database, ready: str) -> None:
    assert codes(keep(app, database, ready, "x", "")) == ["portfolio_name_missing", "portfolio_no_plan"]
    job_id = tried(app, database, ready)
    assert codes(keep(app, database, ready, job_id, "x" * 201)) == ["portfolio_name_too_long"]
    assert codes(keep(app, database, ready, "another")) == ["portfolio_no_plan"]
    assert isinstance(keep(app, database, ready, job_id), str)
    assert codes(keep(app, database, ready, job_id)) == ["portfolio_being_kept"]


def test_a_kept_plan_stays_as_it_was_when_everything_is_changed(app: Flask, database: Database, ready: str) -> None:
    work(database, keep(app, database, ready, tried(app, database, ready)))
    with database.read() as session:
        before = store.find_kept(session, ready, 1)
    with database.write() as session:
        plan_store.touch(session, ready, plans.now())
        initiatives.put(session, ready, replace(portfolio_case.CANDIDATES[0], title="Et annet navn"))
        store.save_settings(session, ready, replace(portfolio_case.SETTINGS, wishes={"S1": Wish("must_not")}))
        session.commit()
    tried(app, database, ready)
    with database.read() as session:
        after = store.find_kept(session, ready, 1)
    assert before == after and isinstance(after, store.KeptPlan) and isinstance(after.basis, Basis)


def test_a_frame_saved_while_ours_was_being_decided_is_not_overwritten(
    app: Flask, database: Database, ready: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide = service.question_findings

    def meanwhile(*args: Any) -> Any:
        with database.write() as session:
            store.save_settings(session, ready, replace(portfolio_case.SETTINGS, follows=False))
            session.commit()
        return decide(*args)

    monkeypatch.setattr(service, "question_findings", meanwhile)
    assert attempt(app, database, ready, **{"limit-operating-2027": "800"}) == Refusal((), conflict=True)
    with database.read() as session:
        stored = store.settings(session, ready)
        assert stored is not None and stored.settings == replace(portfolio_case.SETTINGS, follows=False)
        assert jobs.latest(session, ready, "try") is None
