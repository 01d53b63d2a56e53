"""What do people miss most here, who misses it, and how sure is that? Everything the needs page shows, in one table.

Made from a stored survey summary and the weights the municipality chose; never from respondents, and never showing a
figure that `suppression` holds back.
"""

from collections.abc import Sequence

import numpy as np

from planner.domain.answers import Flags, Floats
from planner.domain.cells import CellTable, cell_table
from planner.domain.estimates import wilson
from planner.domain.findings import Finding
from planner.domain.gap_rows import FactorRow, GapRow, GapTable, SegmentRow, TopFive
from planner.domain.needs import Need, need_points
from planner.domain.priorities import FactorWeights, SegmentWeights
from planner.domain.ranking import TOP, certainty, top_probability
from planner.domain.statements import BLI_FACTORS, FACTORS
from planner.domain.summary import SurveySummary
from planner.domain.suppression import SHOWN_FROM

__all__ = ["FactorRow", "GapRow", "GapTable", "SegmentRow", "TopFive", "gap_table"]


def gap_table(
    summary: SurveySummary,
    segment_weights: SegmentWeights | None = None,
    factor_weights: FactorWeights | None = None,
    *,
    least: int = SHOWN_FROM,
    stabilise: bool = True,
) -> GapTable:
    """The whole table.

    least: answers a segment's figure must have to be shown. stabilise: points are made of the stabilised shares.
    """
    chosen_segments, chosen_factors = segment_weights or SegmentWeights(), factor_weights or FactorWeights()
    fits = chosen_segments.fits(summary.segments)
    if not fits:
        chosen_segments = SegmentWeights()
    table = cell_table(summary, least, stabilise)
    shares = chosen_segments.shares(summary.segments, summary.weight)
    unmet, variance, n_eff, covariance = _weighted(summary, table, chosen_segments)
    low, high = wilson(unmet, variance, n_eff)
    chance = top_probability(np.where(_known(table), unmet, np.nan), covariance)
    needs = _needs(summary, table, shares, chosen_factors)
    points = _points_by_statement(summary, needs)
    order = np.argsort(-np.where(_known(table), unmet, -1.0), kind="stable")
    rows = tuple(
        GapRow(
            rank=rank,
            statement=summary.statements[j].id,
            text=summary.statements[j].text,
            factor=summary.statements[j].factor,
            figure=table.whole[j],
            unmet=float(unmet[j]),
            low=float(low[j]) if np.isfinite(low[j]) else None,
            high=float(high[j]) if np.isfinite(high[j]) else None,
            top_five=float(chance[j]),
            certainty=certainty(float(chance[j])),
            points=points[summary.statements[j].id],
            cells=table.cells[j],
        )
        for rank, j in enumerate(order.tolist(), start=1)
    )
    return GapTable(
        rows,
        _factor_rows(summary, table, unmet, covariance, points),
        _segment_rows(summary, table, shares, needs),
        needs,
        _alternatives(summary, table, chosen_segments, chosen_factors),
        _findings(summary, table, fits),
    )


def _known(table: CellTable) -> Flags:
    return np.array([figure is not None for figure in table.whole], dtype=np.bool_)


def _weighted(
    summary: SurveySummary, table: CellTable, weights: SegmentWeights
) -> tuple[Floats, Floats, Floats, Floats]:
    """(U, variance, n_eff, covariance) by the segment weights; the whole's own where they are the answers' shares."""
    if weights.choice == "population" and not weights.values:
        unmet = np.array([figure.unmet if figure is not None else 0.0 for figure in table.whole])
        variance = np.array([(figure.se or 0.0) ** 2 if figure is not None else 0.0 for figure in table.whole])
        n_eff = np.array([figure.n_eff if figure is not None else 0.0 for figure in table.whole])
        return unmet, variance, n_eff, summary.covariance["unmet"][-1]
    alpha = np.array(list(weights.shares(summary.segments, summary.weight).values()))
    unmet, variance, n_eff = table.combined(alpha)
    return unmet, variance, n_eff, _scaled(summary.covariance["unmet"][-1], variance)


def _scaled(covariance: Floats, variance: Floats) -> Floats:
    """The correlations of everyone's answers with other variances.

    The segments' own covariances would be a little nearer, but a sum of them with a hidden segment in it lets its
    variance be worked out (found by moving answers between two hidden segments: nothing shown may change).
    """
    ratio = np.sqrt(
        np.divide(variance, np.diag(covariance), out=np.zeros_like(variance), where=np.diag(covariance) > 0)
    )
    scaled: Floats = covariance * np.outer(ratio, ratio)
    return scaled


def _needs(
    summary: SurveySummary, table: CellTable, shares: dict[str, float], factors: FactorWeights
) -> tuple[Need, ...]:
    cells = [cell for row in table.cells for cell in row]
    return need_points(
        summary.statements,
        summary.segments,
        {(cell.statement, cell.segment): cell.percent for cell in cells},
        shares,
        factors,
        {(cell.statement, cell.segment): cell.source for cell in cells},
    )


def _points_by_statement(summary: SurveySummary, needs: Sequence[Need]) -> dict[str, float]:
    points = {statement.id: 0.0 for statement in summary.statements}
    for need in needs:
        points[need.statement] += need.points
    return points


def _factor_rows(
    summary: SurveySummary, table: CellTable, unmet: Floats, covariance: Floats, points: dict[str, float]
) -> tuple[FactorRow, ...]:
    rows = []
    for factor in FACTORS:
        places = [j for j, statement in enumerate(summary.statements) if statement.factor == factor]
        if not places:
            continue
        mean = float(unmet[places].mean())
        se = _se_of_mean(covariance, places)
        half = 1.96 * se
        by_segment = tuple(
            (segment.id, float(np.mean([table.cells[j][g].percent for j in places])))
            for g, segment in enumerate(summary.segments)
        )
        strongest = _strongest(summary, table, places, dict(by_segment))
        rows.append(
            FactorRow(
                factor=factor,
                bli=factor in BLI_FACTORS,
                statements=tuple(summary.statements[j].id for j in places),
                unmet=mean,
                low=max(0.0, mean - half),
                high=min(1.0, mean + half),
                points=sum(points[summary.statements[j].id] for j in places),
                largest=summary.statements[max(places, key=lambda j: (unmet[j], -j))].id,
                strongest=strongest,
                stands_out=_stands_out(summary, table, places, strongest, dict(by_segment), mean, se),
                by_segment=by_segment,
            )
        )
    return tuple(rows)


def _strongest(summary: SurveySummary, table: CellTable, places: list[int], mean: dict[str, float]) -> str:
    """The segment with the highest mean; one that only borrows has nothing of its own to say."""
    heard = [
        segment.id
        for g, segment in enumerate(summary.segments)
        if all(table.cells[j][g].source != "borrowed" for j in places)
    ]
    return max(heard, key=lambda segment: (mean[segment], -heard.index(segment))) if len(heard) >= 2 else ""


def _se_of_mean(covariance: Floats, places: list[int]) -> float:
    return float(np.sqrt(max(0.0, covariance[np.ix_(places, places)].mean())))


def _stands_out(
    summary: SurveySummary,
    table: CellTable,
    places: list[int],
    segment: str,
    mean: dict[str, float],
    whole: float,
    se: float,
) -> bool:
    """Above the municipality beyond chance. Careful: the segment is part of the whole, which is not counted off."""
    if not segment:
        return False
    own = [one.id for one in summary.segments].index(segment)
    cells = [table.cells[j][own] for j in places]
    if any(cell.source == "pooled" for cell in cells):
        # Its own covariance is held back with its figures; the mean of the errors as shown is never too small.
        error = float(np.mean([cell.figure.se or 0.0 for cell in cells if cell.figure is not None]))
    else:
        error = _se_of_mean(summary.covariance["unmet"][own], places)
    spread = float(np.hypot(se, error))
    return mean[segment] / 100 - whole > 1.96 * spread


def _segment_rows(
    summary: SurveySummary, table: CellTable, shares: dict[str, float], needs: Sequence[Need]
) -> tuple[SegmentRow, ...]:
    rows = []
    for g, segment in enumerate(summary.segments):
        cells = [row[g] for row in table.cells]
        borrowed = sum(cell.source == "borrowed" for cell in cells)
        rows.append(
            SegmentRow(
                segment=segment.id,
                name=segment.name,
                respondents=summary.respondents[g],
                share=shares[segment.id],
                unmet=float(np.mean([cell.percent for cell in cells])),
                points=sum(need.points for need in needs if need.segment == segment.id),
                borrowed=borrowed,
                pooled=sum(cell.source == "pooled" for cell in cells),
                few=borrowed == len(cells),
            )
        )
    return tuple(rows)


def _alternatives(
    summary: SurveySummary, table: CellTable, segments: SegmentWeights, factors: FactorWeights
) -> tuple[TopFive, ...]:
    """The chosen weights first, then every other choice that needs no numbers of its own."""
    segment_choices = [segments, *(SegmentWeights(c) for c in ("population", "equal") if c != segments.choice)]
    factor_choices = [factors, *(FactorWeights(c) for c in ("equal", "per_statement") if c != factors.choice)]
    found = []
    for by_segment in segment_choices:
        unmet = np.where(_known(table), _weighted(summary, table, by_segment)[0], -1.0)
        shares = by_segment.shares(summary.segments, summary.weight)
        for by_factor in factor_choices:
            points = _points_by_statement(summary, _needs(summary, table, shares, by_factor))
            found.append(
                TopFive(by_segment.choice, by_factor.choice, _largest(summary, unmet),
                        _largest(summary, np.array(list(points.values()))))
            )  # fmt: skip
    return tuple(found)


def _largest(summary: SurveySummary, values: Floats) -> tuple[str, ...]:
    """Ids of the five largest; equals go to the earlier statement. 1e-9 keeps arithmetic from deciding."""
    order = np.argsort(-np.round(values, 9), kind="stable")[:TOP]
    return tuple(summary.statements[j].id for j in order.tolist())


def _findings(summary: SurveySummary, table: CellTable, fits: bool) -> tuple[Finding, ...]:
    found = [] if fits else [Finding("weights_of_other_groups", "warning")]
    few = [statement.id for statement, figure in zip(summary.statements, table.whole, strict=True) if figure is None]
    if few:
        found.append(Finding("statement_too_few", "warning", details={"statements": ", ".join(few)}))
    owner = [figure for figure in table.whole if figure is not None and figure.n < SHOWN_FROM]
    if owner:
        found.append(Finding("owner_only_figures", "warning", details={"n": min(figure.n for figure in owner)}))
    for g, segment in enumerate(summary.segments):
        if all(row[g].source == "borrowed" for row in table.cells):
            details: dict[str, str | int | float] = {"segment": segment.name, "count": summary.respondents[g]}
            found.append(Finding("segment_borrows", "info", details=details))
    return tuple(found)
