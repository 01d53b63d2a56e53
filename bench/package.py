"""How long does it take to make every file of a case, of a plan with so many initiatives?

    python -m bench.package [--initiatives 60] [--reasons 0]

The sample municipality with initiatives of the bank doubled until there are enough, solved, kept and explained; then
the files one by one, and the whole package as a person asks for it, in a child, with its progress. --reasons: seconds
for what comes of each choice turned round, which fills the public annex; one that is begun is ended, so it takes long.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask

from planner.app import create_app
from planner.config import Config
from planner.domain.settings import PortfolioSettings
from planner.files.file import File
from planner.reasons import explain_request
from planner.services import archive, kept_reasons, package, plans, portfolio, report, sample
from planner.solving import solve_request
from planner.store import initiatives as initiative_store
from planner.store import jobs
from planner.store import portfolio as portfolio_store
from planner.store.database import Database
from planner.wording.in_language import speaking
from planner.work import KINDS

GAP = 0.02
"""Doubled initiatives have many plans alike, and to part the last of them is not what is measured here."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--initiatives", type=int, default=60)
    parser.add_argument("--reasons", type=float, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        config = Config(Path(folder), f"sqlite:///{folder}/bench.db", "only for a benchmark")
        app = create_app(config)
        place = app.extensions["planner"]
        with app.test_request_context():
            plan_id = _plan(place.database, given.initiatives, given.reasons)
        _files(place.database, plan_id)
        _whole(app, place.database, plan_id)
        place.close()


def _plan(database: Database, number: int, seconds: float) -> str:
    """A kept plan that chooses among so many; its id."""
    plan_id = sample.make(database, "local", "nb")
    with database.write() as session:
        bank = initiative_store.candidates(session, plan_id)
        for place in range(number - len(bank)):
            one = bank[place % len(bank)]
            initiative_store.put(
                session, plan_id, replace(one, code=f"N{place:02}", title=f"{one.title}, flere steder")
            )
        share = number / len(bank)
        limits = {what: tuple(round(share * one) for one in years) for what, years in sample.LIMITS.items()}
        portfolio_store.save_settings(session, plan_id, PortfolioSettings(years=sample.YEARS, limits=limits))
        session.commit()
    tried = portfolio.attempt(database, plan_id, {}, 1)
    assert isinstance(tried, str), tried
    _work(database, tried, 300)
    proof = portfolio.keep(database, plan_id, tried, "Sekstitiltaksplanen")
    assert isinstance(proof, str), proof
    chosen = _work(database, proof, 300)["chosen"]
    asked = kept_reasons.ask(database, plan_id, 1) if seconds else None
    told = _work(database, asked, seconds, explain_request) if asked else {"done": 0, "of": 0}
    print(f"{number} initiatives, {len(chosen)} chosen, {told['done']} of {told['of']} choices explained", flush=True)
    return plan_id


def _work(
    database: Database, job_id: str, seconds: float, function: Callable[..., dict[str, Any]] = solve_request
) -> dict[str, Any]:
    """What a worker does, here and now."""
    with database.write() as session:
        jobs.begin(session, job_id, plans.now())
        job = jobs.find(session, job_id)
        session.commit()
    assert job is not None
    wanted = {"gap": GAP} if "gap" in job.request else {}
    result = function(job.request | wanted, seconds)
    with database.write() as session:
        if job.kind != "try":
            KINDS[job.kind].finish(session, job, result)
        jobs.end(session, jobs.Turn(job_id, 1), "done", plans.now(), result)
        session.commit()
    return result


def _files(database: Database, plan_id: str) -> None:
    """Each file by itself, in this process; the first of each loads what it needs and is not counted."""
    with speaking("nb"):
        for counted in (False, True):
            view = _timed("read the plan and word the paper", lambda: report.page(database, plan_id), counted)
            assert view is not None
            for name, make in (("docx", report.word), ("pdf", report.pdf), ("xlsx", report.book)):
                _timed(name, partial(make, view), counted)
            _timed("html", lambda: report.annex(database, plan_id, 1), counted)
            _timed("all that the package is made of", lambda: archive.gather(database, plan_id, 1), counted)


def _timed(what: str, make: Callable[[], Any], counted: bool) -> Any:
    begun = time.perf_counter()
    made = make()
    size = f", {len(made.content) / 1e3:.0f} kB" if isinstance(made, File) else ""
    if counted:
        print(f"{time.perf_counter() - begun:6.2f} s  {what}{size}", flush=True)
    return made


def _whole(app: Flask, database: Database, plan_id: str) -> None:
    """As a person asks for it and waits, the page asking twice a second; twice, since the first loads what it needs."""
    for which in ("first", "next"):
        begun, seen = time.perf_counter(), ""
        job = package.ask(database, plan_id, 1)
        assert job
        app.extensions["planner"].jobs.packings.start(job)
        while (found := package.file(database, plan_id, 1)) is None:
            with database.read() as session:
                told = jobs.latest(session, plan_id, package.KIND)
            assert told is not None and told.state in ("queued", "running", "done"), told
            stage = (told.progress or {}).get("stage", "")
            if stage and stage != seen:
                print(f"        {time.perf_counter() - begun:5.2f} s  {stage}", flush=True)
                seen = stage
            time.sleep(0.1)
        print(
            f"{time.perf_counter() - begun:6.2f} s  the {which} package, {len(found.content) / 1e6:.2f} MB", flush=True
        )


if __name__ == "__main__":
    main()
