"""What does a person see of whether a kept plan holds when its estimates vary? A look of Scenarier."""

from dataclasses import dataclass

from sqlmodel import Session

from planner import notation
from planner.domain.findings import Finding
from planner.domain.need_spread import together
from planner.domain.problem_file import parse
from planner.domain.robust import FEW, MANY, Draw, gathered, verdict
from planner.services.look import Document, Form, Known, Look
from planner.services.portfolio_ground import ground
from planner.store import jobs
from planner.store.portfolio import KeptPlan
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
    """counts: (draws, the button's text). zones: (heading, lines)."""

    counts: tuple[tuple[int, str], ...]
    regret: str = ""
    basis: str = ""
    zones: tuple[tuple[str, tuple[Line, ...]], ...] = ()


def ask(session: Session, plan_id: str, kept: KeptPlan, form: Form) -> Document | tuple[Finding, ...]:
    """The draws for a kept plan; a count that was never offered is the fewest."""
    summary = ground(session, plan_id).summary
    problem = parse(kept.problem).problem
    assert problem is not None
    parts = together(summary, problem.needs) if summary is not None else ()
    return {
        "problem": kept.problem,
        "starts": {one["id"]: one["year"] for one in kept.result["chosen"]},
        "together": [[list(part.needs), [list(row) for row in part.factor]] for part in parts],
        "seed": SEED,
        "draws": next((count for count in COUNTS if form.get("draws") == str(count)), COUNTS[0]),
        "processes": PROCESSES,
    }


def body(session: Session, known: Known) -> RobustView:
    counts = tuple((count, words.count(count)) for count in COUNTS)
    draws = _draws(known)
    if not draws or known.request is None:
        return RobustView(counts)
    request = known.request
    initiatives = {one["id"]: one["title"] for one in request["problem"]["initiatives"] if "started" not in one}
    found = gathered(draws, initiatives)
    zones = []
    for code in ("holds", "depends", "falls"):
        inside = [one for one in initiatives if verdict(found.frequency[one]) == code]
        inside.sort(key=lambda one: (-found.frequency[one], one))
        lines = tuple(
            Line(
                one,
                initiatives[one],
                one in request["starts"],
                notation.percent(found.frequency[one]),
                words.interval(*found.interval[one]),
            )
            for one in inside
        )
        zones.append((words.zone(code, len(lines)), lines))
    return RobustView(
        counts,
        regret=words.regret(found.regret_mean, found.regret_p95, found.fits),
        basis=words.basis(found.draws, bool(request["together"])),
        zones=tuple(zones),
    )


def answer(known: Known) -> str:
    draws = _draws(known)
    if not draws or known.request is None:
        return ""
    decided = {one["id"] for one in known.request["problem"]["initiatives"] if "started" not in one}
    return _holding(draws, decided.intersection(known.request["starts"]))


def progress(known: Known) -> str:
    assert known.request is not None
    return words.progress(len(_draws(known)), (known.told or {"of": known.request["draws"]})["of"])


def _draws(known: Known) -> list[Draw]:
    return [Draw.from_json(one) for one in known.told["draws"]] if known.told else []


def _holding(draws: list[Draw], chosen: set[str]) -> str:
    found = gathered(draws, chosen)
    return words.answer(sum(verdict(share) == "holds" for share in found.frequency.values()), len(chosen))


LOOK = Look("robust", words.question, words.about, ask, body, answer, progress)


def holding(session: Session, plan_id: str, sha256: str) -> str:
    """The sentence of the plan page, when the draws of this very problem are done; otherwise nothing."""
    job = jobs.latest(session, plan_id, KIND)
    if job is None or job.request["sha256"] != sha256 or job.state != "done" or not (job.result or {}).get("draws"):
        return ""
    assert job.result is not None
    return _holding([Draw.from_json(one) for one in job.result["draws"]], set(job.request["starts"]))
