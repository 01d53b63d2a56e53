"""Which figures of the survey go into what a kept plan rested on?

The needs table and the account of the survey, rounded as they were shown.
"""

from collections.abc import Sequence

from planner.domain.basis import NeedLine, SegmentFacts, StatedFacts, SurveyFacts, WeightFacts
from planner.domain.gap_rows import GapRow, GapTable
from planner.domain.needs import whole_percent
from planner.domain.priorities import FactorWeights, SegmentWeights
from planner.domain.stated import StatedCell, StatedNeeds
from planner.domain.summary import SurveySummary


def survey_facts(summary: SurveySummary, weighted_by: Sequence[str] = (), people_from: str = "") -> SurveyFacts:
    """weighted_by, people_from: by what the answers were weighted to the population, and where its numbers are from."""
    return SurveyFacts(
        rows_in=summary.rows_in,
        rows_used=summary.rows_used,
        set_aside=summary.set_aside,
        weighting=summary.weighting,
        weighted_by=tuple(weighted_by),
        people_from=people_from,
    )


def stated_facts(stated: StatedNeeds) -> StatedFacts:
    return StatedFacts(kind=stated.kind, source=stated.source, rows_in=stated.rows_in, rows_used=stated.rows_used)


def weight_facts(segments: SegmentWeights, factors: FactorWeights) -> WeightFacts:
    return WeightFacts(
        segments=segments.choice,
        factors=factors.choice,
        own=factors.values,
        people=bool(segments.values) if segments.choice == "population" else None,
    )


def segment_facts(table: GapTable) -> tuple[SegmentFacts, ...]:
    return tuple(
        SegmentFacts(id=row.segment, name=row.name, respondents=row.respondents, share=row.share, few=row.few)
        for row in table.segments
    )


def need_lines(table: GapTable) -> tuple[NeedLine, ...]:
    """Largest unmet need first, as on the needs page."""
    return tuple(_line(row) for row in table.rows)


def _line(row: GapRow) -> NeedLine:
    if row.stated is not None:
        return _stated_line(row, row.stated)
    figure = row.figure
    return NeedLine(
        statement=row.statement,
        factor=row.factor,
        n=figure.n if figure else None,
        percent=whole_percent(row.unmet) if figure else None,
        low=_percent(row.low) if figure else None,
        high=_percent(row.high) if figure else None,
        classic=round(figure.classic, 2) if figure else None,
        importance=round(figure.importance, 2) if figure else None,
        likelihood=round(figure.likelihood, 2) if figure else None,
        certainty=row.certainty,
        points=row.points,
        by_segment=tuple((cell.segment, cell.percent, cell.source) for cell in row.cells),
    )


def _stated_line(row: GapRow, told: StatedCell) -> NeedLine:
    """No chance and no rank is known of it; no share where only means are."""
    return NeedLine(
        statement=row.statement,
        factor=row.factor,
        n=told.n,
        percent=whole_percent(told.unmet) if told.unmet is not None else None,
        low=_percent(told.low),
        high=_percent(told.high),
        classic=round(told.importance - told.likelihood, 2),
        importance=round(told.importance, 2),
        likelihood=round(told.likelihood, 2),
        certainty="",
        points=row.points,
        by_segment=tuple((cell.segment, cell.percent, cell.source) for cell in row.cells),
    )


def _percent(share: float | None) -> int | None:
    return None if share is None else whole_percent(share)
