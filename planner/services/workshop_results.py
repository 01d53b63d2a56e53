"""What does the room think, as far as it may be shown? Each statement's median, spread and camps, the latest round
beside the one before, the target group beside the others; what people disagree on first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from planner.domain.adoption import Adopted, adoptable
from planner.domain.findings import Finding
from planner.domain.panel import Judgement, Panel
from planner.domain.workshop import Scale
from planner.services.workshop_live import Snapshot
from planner.store import workshop_adoptions, workshop_scores
from planner.store.workshop import StoredRound
from planner.wording import finding, gaps
from planner.wording import statements as names
from planner.wording import workshop as wording


@dataclass(frozen=True, slots=True)
class FigureView:
    """One panel. counts: how many gave each step that somebody gave."""

    median: str
    span: str
    answers: str
    counts: str
    is_split: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """One statement of one initiative. short: a word or two for it.

    figure: None where fewer than five have scored it. before: of the round before.

    take, own, reason, error: the fields of adoption, as typed; adopted: what is in the plan from here, «» when nothing.
    """

    initiative: str
    statement: str
    text: str
    short: str
    figure: FigureView | None
    before: FigureView | None
    target: FigureView | None
    others: FigureView | None
    nobody_of_target: bool
    adopted: str
    reason_given: str
    take: str
    own: str
    reason: str
    error: str


@dataclass(frozen=True, slots=True)
class InitiativeView:
    code: str
    title: str
    cells: tuple[CellView, ...]
    comments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ResultsView:
    round: int
    initiatives: tuple[InitiativeView, ...]


def results(
    session: Session, snapshot: Snapshot, typed: Mapping[str, str], findings: Sequence[Finding]
) -> ResultsView | None:
    """None before the first reveal."""
    revealed = [one for one in snapshot.rounds if one.results is not None]
    if not revealed:
        return None
    cells = adoptable([one.results or () for one in revealed])
    taken = {(one.initiative, one.statement): one for one in workshop_adoptions.adopted(session, snapshot.workshop.id)}
    # Few who scored are few who wrote.
    said = {code: list[tuple[str, str]]() for (code, _), (_, one) in cells.items() if one.everyone is not None}
    for round_ in revealed:
        for comment in workshop_scores.comments(session, snapshot.workshop.id, round_.number):
            if comment.initiative in said:
                said[comment.initiative].append((comment.text, comment.author))
    wrong = {one.where: f"{text.what} {text.try_}".strip() for one in findings for text in (finding(one),)}
    views: dict[str, list[CellView]] = {}
    for (initiative, _statement), (number, judgement) in cells.items():
        before = next((one for one in revealed if one.number == number - 1), None)
        adopted = taken.get((initiative, judgement.statement))
        cell = _cell(snapshot, judgement, before, adopted, typed, wrong)
        views.setdefault(initiative, []).append(cell)
    order = sorted(views, key=lambda code: -_dispute(code, [judgement for _, judgement in cells.values()]))
    return ResultsView(
        revealed[-1].number,
        tuple(
            InitiativeView(code, _title(snapshot, code), tuple(views[code]), tuple(said.get(code, ())))
            for code in order
        ),
    )


def _dispute(code: str, judgements: Sequence[Judgement]) -> float:
    """How much an initiative is disagreed on: two camps before a wide spread before a narrow one."""
    panels = [one.everyone for one in judgements if one.initiative == code and one.everyone]
    return sum(10 * panel.is_split + (panel.spread or 0) for panel in panels)


def _cell(
    snapshot: Snapshot,
    judgement: Judgement,
    before: StoredRound | None,
    adopted: Adopted | None,
    typed: Mapping[str, str],
    wrong: Mapping[str, str],
) -> CellView:
    scale = snapshot.round_settings.scale
    where = f"{judgement.initiative}/{judgement.statement}"
    statement = snapshot.words.statements.get(judgement.statement)
    earlier = [
        one.everyone
        for one in (before.results or () if before else ())
        if (one.initiative, one.statement) == (judgement.initiative, judgement.statement)
    ]
    return CellView(
        initiative=judgement.initiative,
        statement=judgement.statement,
        text=gaps.statement(statement) if statement else judgement.statement,
        short=names.statement(statement) if statement else judgement.statement,
        figure=_figure(judgement.everyone, scale),
        before=_figure(next(iter(earlier), None), scale),
        target=_figure(judgement.target, scale),
        others=_figure(judgement.others, scale),
        nobody_of_target=judgement.nobody_of_target,
        adopted=wording.percent(adopted.percent) if adopted else "",
        reason_given=adopted.reason if adopted else "",
        take=typed.get(f"take/{where}", "everyone" if judgement.everyone and not typed else ""),
        own=typed.get(f"own/{where}", ""),
        reason=typed.get(f"why/{where}", ""),
        error=wrong.get(where, ""),
    )


def _figure(panel: Panel | None, scale: Scale) -> FigureView | None:
    if panel is None:
        return None
    return FigureView(
        wording.percent(panel.percent),
        wording.span(scale.kind, panel.low, panel.high),
        wording.answers(panel.answers, panel.unsure),
        wording.counts(scale.kind, panel.counts),
        panel.is_split,
    )


def _title(snapshot: Snapshot, code: str) -> str:
    candidate = snapshot.words.candidates.get(code)
    return candidate.title if candidate else code
