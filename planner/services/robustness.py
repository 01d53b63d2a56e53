"""What does a person see of whether a kept plan holds when its estimates vary? A look of Scenarier."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlmodel import Session

from planner import notation
from planner.charts.robust import Dot, DotWords, dots, narrow_dots
from planner.domain.findings import Finding
from planner.domain.heard import heard, scored
from planner.domain.need_spread import together
from planner.domain.problem_file import parse
from planner.domain.robust import FALLS, FEW, HOLDS, MANY, Draw, Robustness, doubtful, enough, gathered, verdict
from planner.services.look import Document, Form, Known, Look
from planner.services.portfolio_ground import ground
from planner.services.workshop_raters import raters
from planner.store import jobs
from planner.store.portfolio import KeptPlan
from planner.wording import robust as words

KIND = "robust"
SEED, PROCESSES = 1, 2
COUNTS = (FEW, MANY)
STEPS = (FALLS, 0.5, HOLDS)


@dataclass(frozen=True, slots=True)
class Line:
    code: str
    title: str
    chosen: bool
    share: str
    interval: str
    verdict: str


Zones = tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class RobustView:
    """counts: (draws, the button's text). pictures: wide and narrow. zones: (heading, lines)."""

    counts: tuple[tuple[int, str], ...]
    counts_about: str
    regret: str = ""
    fits: str = ""
    basis: str = ""
    settled: str = ""
    pictures: tuple[Markup, Markup] | None = None
    zones: Zones = ()


def ask(session: Session, plan_id: str, kept: KeptPlan, form: Form) -> Document | tuple[Finding, ...]:
    """The draws for a kept plan; a count that was never offered is the fewest."""
    summary = ground(session, plan_id).summary
    problem = parse(kept.problem).problem
    assert problem is not None
    parts = together(summary, problem.needs) if summary is not None else ()
    return {
        "problem": kept.problem,
        "starts": kept.starts,
        "together": [[list(part.needs), [list(row) for row in part.factor]] for part in parts],
        "seed": SEED,
        "draws": next((count for count in COUNTS if form.get("draws") == str(count)), COUNTS[0]),
        "processes": PROCESSES,
        "raters": raters(session, plan_id),
        "reach": {
            c.code: {one.id: c.reaches(one.id) / 100 for one in kept.basis.segments} for c in kept.basis.candidates
        },
    }


def body(session: Session, known: Known) -> RobustView:
    counts = tuple((count, words.count(count)) for count in COUNTS)
    about = words.counts_about(*COUNTS)
    draws = _draws(known)
    if not draws or known.request is None:
        return RobustView(counts, about)
    request = known.request
    titles = {one["id"]: one["title"] for one in request["problem"]["initiatives"] if "started" not in one}
    found = gathered(draws, titles)
    groups = _groups(found)
    return RobustView(
        counts,
        about,
        regret=words.regret(found.regret_mean, found.regret_p95),
        fits=words.fits(found.fits, found.pot, request["problem"].get("reserve", 0)),
        basis=words.basis(found.draws, bool(request["together"]), *_heard(request)),
        settled=words.settled() if enough(found) and found.draws < request["draws"] else "",
        pictures=_pictures(groups, found, titles, request["starts"], answer(known)),
        zones=tuple(
            (words.zone(code, len(ids)), tuple(_line(one, titles[one], found, one in request["starts"]) for one in ids))
            for code, ids in groups
        ),
    )


def _heard(request: Document) -> tuple[int, int]:
    """How many scores a panel gave, of how many effects the draws vary."""
    if not request.get("raters"):
        return 0, 0
    problem = parse(request["problem"]).problem
    assert problem is not None
    panels = heard(problem, request["raters"], request["reach"])
    return sum(map(len, panels.values())), scored(problem)


def _groups(found: Robustness) -> list[tuple[str, list[str]]]:
    """The ids of each zone, those most often chosen first: the order of the picture and of its tables."""
    order = sorted(found.frequency, key=lambda one: (-found.frequency[one], one))
    return [
        (code, [one for one in order if verdict(found.frequency[one]) == code])
        for code in ("holds", "depends", "falls")
    ]


def _line(one: str, title: str, found: Robustness, chosen: bool) -> Line:
    share, between = found.frequency[one], found.interval[one]
    said = words.word(verdict(share), doubtful(between))
    return Line(one, title, chosen, notation.percent(share), words.interval(*between), said)


def _pictures(
    groups: Sequence[tuple[str, list[str]]], found: Robustness, titles: dict[str, str], starts: Document, title: str
) -> tuple[Markup, Markup]:
    def dot(one: str) -> Dot:
        line, between = _line(one, titles[one], found, one in starts), found.interval[one]
        label = f"{one} {titles[one]}"
        told = words.told(label, line.share, line.interval, line.verdict, words.inside(line.chosen))
        doubt = words.doubt() if doubtful(between) else ""
        return Dot(label, found.frequency[one], *between, line.share, line.interval, doubt, told, line.chosen)

    zones = [(words.zone(code, len(ids)), [dot(one) for one in ids]) for code, ids in groups]
    desc = ". ".join(
        f"{heading}: " + "; ".join(f"{row.label} {row.said}" for row in rows) for heading, rows in zones if rows
    )
    steps = [(share, notation.percent(share)) for share in STEPS]
    said = DotWords(title, desc, words.inside(True), words.inside(False), words.over(), steps)
    edges = (FALLS, HOLDS)
    return dots(zones, said, edges, "robust-wide"), narrow_dots(zones, said, edges, "robust-narrow")


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
    holding = [one for one, share in found.frequency.items() if verdict(share) == "holds"]
    return words.answer(len(holding), sum(doubtful(found.interval[one]) for one in holding), len(chosen))


LOOK = Look("robust", words.question, words.about, ask, body, answer, progress)


def holding(session: Session, plan_id: str, sha256: str) -> str:
    """The sentence of the plan page, when the draws of this very problem are done; otherwise nothing."""
    job = jobs.latest(session, plan_id, KIND)
    if job is None or job.request["sha256"] != sha256 or job.state != "done" or not (job.result or {}).get("draws"):
        return ""
    assert job.result is not None
    return _holding([Draw.from_json(one) for one in job.result["draws"]], set(job.request["starts"]))
