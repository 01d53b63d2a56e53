"""«Ingen plan»: which least changes would give one, and what does pressing the button of one of them type?

Reads what the try has found; the changes are made by trying again (`services.portfolio.relieve`). Nothing is saved.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.portfolio import Result
from planner.domain.relief import Relief
from planner.domain.result_file import read_reliefs
from planner.domain.settings_relief import expressed
from planner.domain.settings_typed import Form
from planner.services.portfolio_ground import Ground
from planner.store.jobs import StoredJob
from planner.wording import relief as words
from planner.wording import statements as names

FIELD = "relief"
"""The button's name; its value is «job:number», counted from 0."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An initiative that must be changed itself."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class ReliefView:
    """value: of the button that makes the changes; empty where the frame alone cannot say them: then see elsewhere."""

    heading: str
    sentences: tuple[str, ...]
    value: str
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True)
class ReliefsView:
    reliefs: tuple[ReliefView, ...]
    proof: str
    announced: str


def reliefs_view(there: Ground, tried: StoredJob, result: Result, titles: Mapping[str, str]) -> ReliefsView | None:
    """titles: initiative id -> title, as they were when it was tried."""
    if not result.relief:
        return None
    shown = (_relief(there, tried.id, n, one, titles) for n, one in enumerate(result.relief))
    return ReliefsView(tuple(shown), words.proof(result.relief), words.announced(len(result.relief)))


def _relief(there: Ground, job_id: str, number: int, relief: Relief, titles: Mapping[str, str]) -> ReliefView:
    segments = {segment.id: names.segment(segment) for segment in there.segments}
    said = expressed(relief.changes, there.settings, there.candidates)
    return ReliefView(
        heading=words.heading(number + 1, relief),
        sentences=words.sentences(
            relief,
            lambda code: f"{code} {titles[code]}" if code in titles else code,
            lambda segment: segments.get(segment, segment),
        ),
        value="" if said.elsewhere else f"{job_id}:{number}",
        elsewhere=tuple(Elsewhere(code, titles.get(code, "")) for code in said.elsewhere),
    )


def relieved(there: Ground, tried: StoredJob | None, form: Form) -> Form | None:
    """The form with the changes of the pressed button typed into it; None when there is no such button (any more)."""
    job_id, _, number = form.get(FIELD, "").partition(":")
    known = tried is not None and tried.id == job_id and not there.lacks
    reliefs = read_reliefs(tried.result or {}) if tried is not None and known else ()
    pressed = next((one for n, one in enumerate(reliefs) if str(n) == number), None)
    if pressed is None:
        return None
    said = expressed(pressed.changes, there.settings, there.candidates)
    if said.elsewhere:
        return None
    rest = {name: text for name, text in form.items() if name not in (FIELD, *said.unticked)}
    return {**rest, **said.fields, **({"boxes": "1"} if said.unticked else {})}
