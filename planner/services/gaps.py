"""What do people miss most? The needs page: the answer, the four bli-faktorer, the pictures, the weights.

Loads a survey summary and the weights, asks the domain for the table once, and puts words and pictures on it. Every
figure comes from the table, which holds back what may not be shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.gap_rows import FactorRow, GapRow, GapTable
from planner.domain.gaps import gap_table
from planner.domain.stated_table import stated_table
from planner.domain.statements import Statement
from planner.domain.summary import SurveySummary
from planner.services import workshop_points
from planner.services.gap_panel import Panel, panel
from planner.services.gap_shown import keep, of_everyone
from planner.services.gap_stated import StatedGaps, stated_gaps
from planner.services.gap_stay import StayView, stay_view
from planner.services.gap_weights import Refusal, WeightsView, filled_in, weights_view
from planner.services.plans import Frame, frame
from planner.store import gaps as store
from planner.store import initiatives as initiative_store
from planner.store import stated as stated_store
from planner.store.database import Database
from planner.store.gaps import StoredWeights
from planner.store.survey import latest_analyses, latest_summary
from planner.wording import Sentence, finding, gap_weights
from planner.wording import gap_panel as words
from planner.wording import gaps as wording
from planner.wording import statements as names
from planner.wording import workshop_points as points_wording

SAID_ELSEWHERE = {"segment_borrows"}
GOOD_AT = 5


@dataclass(frozen=True, slots=True)
class FactorCard:
    """One theme: its largest unmet need, who feels it, and what is being thought of to meet it."""

    name: str
    share: str
    text: str
    who: str
    initiatives: str
    aimed: str
    none_aimed: bool


@dataclass(frozen=True, slots=True)
class FewAnswered:
    """A group with too few answers to be shown, and what to do about it."""

    why: str
    proposal: str


@dataclass(frozen=True, slots=True)
class Account:
    """What the method fold says of this very survey."""

    answers: int
    weighting: str
    lent: int
    strict: str
    other_weights: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything but the frame, once there is a survey."""

    answer: str
    cards: tuple[FactorCard, ...]
    others: tuple[FactorCard, ...]
    panel: Panel
    weights: WeightsView
    few: tuple[FewAnswered, ...]
    good_at: str
    good_at_more: str
    stay: StayView | None
    findings: tuple[Sentence, ...]
    account: Account


@dataclass(frozen=True, slots=True)
class GapsView:
    """needs: None before the first survey. stated: what stands in for one.

    trouble: why the weights were not kept. saved: they were, just now. proposed: that a workshop has filled them in.
    """

    frame: Frame
    needs: Needs | None
    trouble: tuple[Sentence, ...] = ()
    saved: bool = False
    stated: StatedGaps | None = None
    proposed: str = ""


def page(
    database: Database,
    plan_id: str,
    *,
    view: str = "",
    group: str = "",
    strict: bool = False,
    saved: bool = False,
    refusal: Refusal | None = None,
    workshop: int = 0,
) -> GapsView:
    """The page. view, group: which picture, of whom. refusal: what came of a form that was not kept.

    workshop: the number of one whose sharing of points is to be filled in.
    """
    with database.read() as session:
        framed = frame(session, plan_id, "gaps")
        summary = latest_summary(session, plan_id)
        stay = latest_analyses(session, plan_id).stay
        stored = store.weights(session, plan_id)
        candidates = initiative_store.candidates(session, plan_id)
        instead = stated_store.find(session, plan_id) if summary is None else None
        proposed = workshop_points.proposed(session, plan_id, workshop) if workshop and refusal is None else None
    if summary is None:
        told = instead.needs if instead is not None else None
        table = stated_table(told, stored.segments, stored.factors) if told is not None else None
        return GapsView(framed, None, stated=stated_gaps(told, table) if told is not None and table else None)
    if proposed is not None:
        refusal = filled_in(stored, proposed[1])
    table = gap_table(summary, stored.segments, stored.factors)
    helped = [frozenset(effect.statement for effect in one.effects if effect.percent) for one in candidates]
    trouble = refusal.sentences if refusal is not None else ()
    about_staying = stay_view(stay, summary.statements) if stay is not None else None
    needs = _needs(summary, table, stored, helped, (view, group, strict), refusal, about_staying)
    said = points_wording.from_workshop(proposed[0]) if proposed is not None else ""
    return GapsView(framed, needs, trouble, saved, proposed=said)


def _needs(
    summary: SurveySummary,
    table: GapTable,
    stored: StoredWeights,
    helped: Sequence[frozenset[str]],
    looked_at: tuple[str, str, bool],
    refusal: Refusal | None,
    stay: StayView | None,
) -> Needs:
    """looked_at: which picture, of whom, and whether strictly."""
    statements = {statement.id: statement for statement in summary.statements}
    inside = wording.inside(summary.segments)
    rows = {row.statement: row for row in table.rows}
    cards = {row.factor: _card(row, rows[row.largest], statements, inside, helped) for row in table.factors}
    good = [(one.label, one.row.unmet) for one in keep(of_everyone(summary, table))]
    others = sorted((row for row in table.factors if not row.bli), key=lambda row: rows[row.largest].rank)
    return Needs(
        answer=_answer(table, statements, stored),
        cards=tuple(cards[row.factor] for row in table.factors if row.bli),
        others=tuple(cards[row.factor] for row in others),
        panel=panel(summary, table, stored.factors, *looked_at),
        weights=weights_view(summary, table, stored, refusal),
        few=tuple(
            FewAnswered(words.few_note(inside[row.segment]), words.few_proposal(inside[row.segment]))
            for row in table.segments
            if row.few
        ),
        good_at=words.good_at(good[:GOOD_AT]),
        good_at_more=words.good_at_more(len(good) - GOOD_AT) if len(good) > GOOD_AT else "",
        stay=stay,
        findings=tuple(finding(one) for one in table.findings if one.code not in SAID_ELSEWHERE),
        account=_account(summary, table, statements, stored),
    )


def _answer(table: GapTable, statements: dict[str, Statement], stored: StoredWeights) -> str:
    seen = [(names.statement(statements[row.statement]), row) for row in table.rows if row.figure is not None]
    told = wording.answer(seen)
    if stored.segments.choice == "population":
        return told
    return wording.also(told, gap_weights.weights(stored.segments.choice, stored.factors.choice))


def _card(
    factor: FactorRow,
    largest: GapRow,
    statements: dict[str, Statement],
    inside: dict[str, str],
    helped: Sequence[frozenset[str]],
) -> FactorCard:
    """inside: group id → its name inside a sentence. helped: the statements each initiative is aimed at."""
    count = sum(not aimed.isdisjoint(factor.statements) for aimed in helped)
    shown_as = {
        cell.segment: wording.listed([inside[one] for one in cell.together or (cell.segment,)])
        for cell in largest.cells
    }
    groups = {shown_as[cell.segment]: cell.figure.unmet for cell in largest.cells if cell.figure is not None}
    highest_first = sorted(groups.items(), key=lambda pair: -pair[1])
    return FactorCard(
        name=names.factor(factor.factor),
        share=wording.share(largest.unmet) if largest.figure else words.few_mark(),
        text=wording.statement(statements[factor.largest]),
        who=wording.who(highest_first, factor, shown_as.get(factor.strongest, "")),
        initiatives=wording.initiatives(count, bool(helped)),
        aimed=wording.aimed(count),
        none_aimed=bool(helped) and not count,
    )


def _account(
    summary: SurveySummary, table: GapTable, statements: dict[str, Statement], stored: StoredWeights
) -> Account:
    first = next((row for row in table.rows if row.figure is not None), None)
    strict = ""
    if first is not None and first.figure is not None:
        strict = wording.strict_span(wording.statement(statements[first.statement]), first.figure)
    return Account(
        summary.rows_used,
        summary.weighting,
        table.borrowed,
        strict,
        stored.segments.choice != "population" or bool(stored.segments.values),
    )
