"""What does the room think, as far as it may be shown? Each statement's median, spread and camps, the latest round
beside the one before, the target group beside the others; what can change the kept plan first, then what people
disagree on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from sqlmodel import Session

from planner.domain.adoption import Adopted, Cell, adoptable
from planner.domain.findings import Finding
from planner.domain.flips import Flip
from planner.domain.panel import Judgement, Panel, two_camps
from planner.domain.workshop import Scale
from planner.services.workshop_adopt import targets
from planner.services.workshop_flips import flips_of
from planner.services.workshop_live import Snapshot
from planner.store import workshop_adoptions, workshop_scores
from planner.store.workshop import StoredRound
from planner.wording import finding, gaps, workshop_results
from planner.wording import statements as names
from planner.wording import workshop as wording
from planner.wording import workshop_flips as flip_wording

MOST_TO_TALK_OF = 5


@dataclass(frozen=True, slots=True)
class FigureView:
    """One panel. counts: how many gave each step that somebody gave. disagreement: how they stand, «» if they agree."""

    median: str
    span: str
    answers: str
    counts: str
    is_split: bool
    disagreement: str


@dataclass(frozen=True, slots=True)
class CellView:
    """One statement of one initiative. short: a word or two for it.

    figure: None where fewer than five have scored it. before: of the round before. waiting: of new answers that are
    too few to come in beside it, «» when there are none.

    flip: whether it may change the kept plan, in words; «» where that is not known.

    group: the segments it is for, as they are called; «» where their own median may not govern theirs.

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
    waiting: str
    flip: str
    can_change: bool
    group: str
    adopted: str
    reason_given: str
    take: str
    own: str
    reason: str
    error: str


@dataclass(frozen=True, slots=True)
class InitiativeView:
    """standing: whether it is in the kept plan, and what that hangs on; «» where that is not known."""

    code: str
    title: str
    standing: str
    cells: tuple[CellView, ...]
    comments: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ToTalkOf:
    """A statement that parts the room, with its initiative."""

    title: str
    statement: str
    disagreement: str


@dataclass(frozen=True, slots=True)
class ResultsView:
    """sorted_by: what comes first, in words. to_talk_of: what parts the room most, first; a few, since there is one
    evening. waiting: why some new answers are not there, «» when all are."""

    round: int
    sorted_by: str
    waiting: str
    to_talk_of: tuple[ToTalkOf, ...]
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
    judgements = {cell: judgement for cell, (_, judgement) in cells.items()}
    changing = flips_of(session, snapshot.workshop.plan_id, snapshot.round_settings.scale, judgements)
    views: dict[str, list[CellView]] = {}
    for cell in sorted(cells, key=lambda cell: _first(cell, changing.by_cell)):
        number, judgement = cells[cell]
        before = next((one for one in revealed if one.number == number - 1), None)
        view = _cell(snapshot, judgement, before, taken.get(cell), typed, wrong)
        views.setdefault(cell[0], []).append(_with_flip(view, changing.by_cell.get(cell)))
    disputed = {code: _dispute(code, list(judgements.values())) for code in views}
    most = {code: min(_first(cell, changing.by_cell) for cell in cells if cell[0] == code) for code in views}
    order = sorted(views, key=lambda code: (most[code], -disputed[code]))
    return ResultsView(
        revealed[-1].number,
        changing.sorted_by,
        workshop_results.why_waiting(over=_is_over(snapshot))
        if any(one.waiting for one in judgements.values())
        else "",
        _to_talk_of(snapshot, list(judgements.values())),
        tuple(
            InitiativeView(
                code,
                _title(snapshot, code),
                changing.standing.get(code, ""),
                tuple(views[code]),
                tuple(said.get(code, ())),
            )
            for code in order
        ),
    )


def _first(cell: Cell, flips: Mapping[Cell, Flip]) -> float:
    """What may change the plan comes first, and what is nearest to it; what is not known, last."""
    return -flips[cell].margin if cell in flips else inf


def _with_flip(view: CellView, flip: Flip | None) -> CellView:
    if flip is None:
        return view
    return replace(view, flip=flip_wording.tag(flip.can_change), can_change=flip.can_change)


def _to_talk_of(snapshot: Snapshot, judgements: Sequence[Judgement]) -> tuple[ToTalkOf, ...]:
    parted = [(one, one.everyone) for one in judgements if one.everyone and one.everyone.is_split]
    parted.sort(key=lambda pair: pair[1].agreement or 0.0)
    return tuple(
        ToTalkOf(_title(snapshot, one.initiative), _short(snapshot, one.statement), said.disagreement)
        for one, panel in parted[:MOST_TO_TALK_OF]
        if (said := _figure(panel, snapshot.round_settings.scale))
    )


def _short(snapshot: Snapshot, statement: str) -> str:
    known = snapshot.words.statements.get(statement)
    return names.statement(known) if known else statement


def _dispute(code: str, judgements: Sequence[Judgement]) -> float:
    """How much an initiative is disagreed on: two camps before a wide spread before a narrow one."""
    panels = [one.everyone for one in judgements if one.initiative == code and one.everyone]
    return sum(10 * panel.is_split + (panel.spread or 0) for panel in panels)


def _is_over(snapshot: Snapshot) -> bool:
    return snapshot.workshop.stage.state == "ended"


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
    segments = gaps.inside(snapshot.words.segments)
    of = targets(snapshot.rounds).get(judgement.initiative, ())
    earlier = [
        one.everyone
        for one in (before.results or () if before else ())
        if (one.initiative, one.statement) == (judgement.initiative, judgement.statement)
    ]
    return CellView(
        initiative=judgement.initiative,
        statement=judgement.statement,
        text=gaps.statement(statement) if statement else judgement.statement,
        short=_short(snapshot, judgement.statement),
        figure=_figure(judgement.everyone, scale),
        before=_figure(next(iter(earlier), None), scale),
        target=_figure(judgement.target, scale),
        others=_figure(judgement.others, scale),
        nobody_of_target=judgement.nobody_of_target,
        waiting=workshop_results.waiting(judgement.waiting) if judgement.waiting and not _is_over(snapshot) else "",
        flip="",
        can_change=False,
        group=gaps.listed([segments[id_] for id_ in of if id_ in segments]) if judgement.target else "",
        adopted=_adopted(adopted, segments) if adopted else "",
        reason_given=adopted.reason if adopted else "",
        take=typed.get(f"take/{where}", "everyone" if judgement.everyone and not typed else ""),
        own=typed.get(f"own/{where}", ""),
        reason=typed.get(f"why/{where}", ""),
        error=wrong.get(where, ""),
    )


def _adopted(adopted: Adopted, segments: Mapping[str, str]) -> str:
    if adopted.own is None:
        return wording.percent(adopted.percent)
    group = gaps.listed([segments[id_] for id_ in adopted.segments if id_ in segments])
    return wording.adopted_apart(adopted.percent, group, adopted.own)


def _figure(panel: Panel | None, scale: Scale) -> FigureView | None:
    if panel is None:
        return None
    return FigureView(
        wording.percent(panel.percent),
        wording.span(scale.kind, panel.low, panel.high),
        wording.answers(panel.answers, panel.unsure),
        wording.counts(scale.kind, panel.counts),
        panel.is_split,
        workshop_results.disagreement(scale.kind, two_camps(panel.counts), panel.low, panel.high)
        if panel.is_split
        else "",
    )


def _title(snapshot: Snapshot, code: str) -> str:
    candidate = snapshot.words.candidates.get(code)
    return candidate.title if candidate else code
