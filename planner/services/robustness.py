"""What does a person see of whether a kept plan holds? Asked for, followed and stopped on the page of scenarios."""

import secrets
from dataclasses import dataclass

from sqlmodel import Session

from planner import notation
from planner.domain.need_spread import together
from planner.domain.problem_file import parse
from planner.domain.robust import FEW, MANY, Draw, gathered, verdict
from planner.services import plans
from planner.services.plans import Frame, now
from planner.services.portfolio_ground import ground
from planner.store import jobs
from planner.store import portfolio as store
from planner.store.database import Database
from planner.store.jobs import StoredJob
from planner.wording import robust as words

KIND = "robust"
SEED, PROCESSES = 1, 2
COUNTS = (FEW, MANY)


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    title: str
    chosen: bool
    share: str
    interval: str


@dataclass(frozen=True, slots=True)
class RobustView:
    """zones: (heading, lines). progress: while it goes on. trouble: why it ended early. number: of the plan."""

    frame: Frame
    seen: str
    number: int
    name: str
    counts: tuple[tuple[int, str], ...]
    progress: str = ""
    stopping: bool = False
    trouble: str = ""
    answer: str = ""
    regret: str = ""
    basis: str = ""
    zones: tuple[tuple[str, tuple[Line, ...]], ...] = ()


def ask(database: Database, plan_id: str, number: int, count: int) -> str | None:
    """Queue the draws for a kept plan; the id of the job, or None when there is no such plan or count."""
    with database.read() as session:
        kept = store.find_kept(session, plan_id, number)
        summary = ground(session, plan_id).summary
    if kept is None or count not in COUNTS:
        return None
    problem = parse(kept.problem).problem
    assert problem is not None
    parts = together(summary, problem.needs) if summary is not None else ()
    request = {
        "problem": kept.problem,
        "starts": {one["id"]: one["year"] for one in kept.result["chosen"]},
        "together": [[list(part.needs), [list(row) for row in part.factor]] for part in parts],
        "seed": SEED,
        "draws": count,
        "processes": PROCESSES,
        "number": number,
        "sha256": kept.problem_sha256,
    }
    job_id = secrets.token_hex(8)
    with database.write() as session:
        jobs.add(session, job_id, plan_id, KIND, request, now())
        session.commit()
    return job_id


def stop(database: Database, plan_id: str) -> None:
    """End it; the draws so far stand."""
    with database.write() as session:
        jobs.ask_to_stop(session, plan_id, KIND, now())
        session.commit()


def robustness(database: Database, plan_id: str, seen: str, number: int) -> RobustView | None:
    """The fragment, for polling; None when nothing is new since `seen`."""
    with database.read() as session:
        if jobs.versions(session, plan_id) == seen and not jobs.any_lost(session, plan_id, now()):
            return None
        kept = store.find_kept(session, plan_id, number)
        return None if kept is None else view(session, plan_id, number, kept.name)


def view(session: Session, plan_id: str, number: int, name: str) -> RobustView:
    """What is known of one kept plan."""
    frame, seen = plans.frame(session, plan_id, "scenarios"), jobs.versions(session, plan_id)
    counts = tuple((count, words.count(count)) for count in COUNTS)
    job = jobs.latest(session, plan_id, KIND)
    if job is None or job.request["number"] != number:
        return RobustView(frame, seen, number, name, counts)
    told = job.result or job.progress or {"draws": [], "of": job.request["draws"]}
    going_on = job.is_open and not job.is_lost(now())
    ended = "" if going_on or job.state in ("done", "stopped") else words.failed()
    base = RobustView(
        frame, seen, number, name, counts,
        progress=words.progress(len(told["draws"]), told["of"]) if going_on else "",
        stopping=job.stop_asked,
        trouble=ended,
    )  # fmt: skip
    return _with_figures(base, job, [Draw.from_json(one) for one in told["draws"]]) if told["draws"] else base


def _with_figures(base: RobustView, job: StoredJob, draws: list[Draw]) -> RobustView:
    initiatives = {one["id"]: one["title"] for one in job.request["problem"]["initiatives"] if "started" not in one}
    found = gathered(draws, initiatives)
    chosen = {one for one in job.request["starts"] if one in initiatives}
    holding = sum(verdict(found.frequency[one]) == "holds" for one in chosen)
    zones = []
    for code in ("holds", "depends", "falls"):
        inside = [one for one in initiatives if verdict(found.frequency[one]) == code]
        inside.sort(key=lambda one: (-found.frequency[one], one))
        lines = tuple(
            Line(
                one,
                initiatives[one],
                one in chosen,
                notation.percent(found.frequency[one]),
                words.interval(*found.interval[one]),
            )
            for one in inside
        )
        zones.append((words.zone(code, len(lines)), lines))
    return RobustView(
        base.frame, base.seen, base.number, base.name, base.counts, base.progress, base.stopping, base.trouble,
        answer=words.answer(holding, len(chosen)),
        regret=words.regret(found.regret_mean, found.regret_p95, found.fits),
        basis=words.basis(found.draws, bool(job.request["together"])),
        zones=tuple(zones),
    )  # fmt: skip


def holding(session: Session, plan_id: str, sha256: str) -> str:
    """The sentence of the plan page, when the draws of this very problem are done; otherwise nothing."""
    job = jobs.latest(session, plan_id, KIND)
    if job is None or job.request["sha256"] != sha256 or job.state != "done" or not (job.result or {}).get("draws"):
        return ""
    assert job.result is not None
    draws = [Draw.from_json(one) for one in job.result["draws"]]
    chosen = set(job.request["starts"])
    found = gathered(draws, chosen)
    return words.answer(sum(verdict(share) == "holds" for share in found.frequency.values()), len(chosen))
