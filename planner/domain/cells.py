"""Which figure stands in each cell of statement × segment, and where is it from? Nobody counts zero.

A cell that may be shown has its own figure. Cells hidden only so that another cannot be had by subtraction show the
figure of the hidden ones together. A cell with too few answers borrows the whole municipality's. Never says what a cell
is worth; `needs` does.
"""

from dataclasses import dataclass

import numpy as np

from planner.domain.answers import Flags, Floats
from planner.domain.estimates import Estimates, estimate
from planner.domain.figures import Figure, figures
from planner.domain.measures import CLASSIC, UNMET
from planner.domain.needs import Source, whole_percent
from planner.domain.shrinkage import STABILISED_BELOW, stabilise_segments
from planner.domain.summary import SurveySummary, variance_of
from planner.domain.suppression import SHOWN_FROM, Level, hidden_together, level


@dataclass(frozen=True, slots=True)
class Cell:
    """One statement in one segment, as it may be shown.

    answers: the segment's own paired answers. source: where `figure` and `percent` are from; `together` names the
    segments behind a pooled figure. figure: None where the municipality's is borrowed. level: of `figure`; never of a
    figure that is held back, since that would tell whether all in it answered alike.
    stabilised: the figure leaning on the municipality's, where it does (n < 100). percent: what points are made of.
    """

    statement: str
    segment: str
    answers: int
    level: Level
    source: Source
    figure: Figure | None
    stabilised: float | None
    percent: int
    together: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class CellTable:
    """Every cell, and what sums over segments are made of.

    whole: [J] the municipality's figures, None where too few answered to show even that. cells: [J][G]. share: [G, J]
    what each cell stands for, before stabilising. hidden: [G, J] True where the own figure is not shown. own, pool: the
    estimates of U per segment [G, J] and of the hidden segments together [J].
    """

    whole: tuple[Figure | None, ...]
    cells: tuple[tuple[Cell, ...], ...]
    share: Floats
    hidden: Flags
    own: Estimates
    pool: Estimates

    def coefficients(self, alpha: Floats) -> Floats:
        """[G, J] what Σ α · (cell's share) puts on each segment's own figure, borrowed and pooled cells written out."""
        weight = self.own.weight
        source = np.array([[cell.source for cell in row] for row in self.cells]).T
        hidden_weight = np.where(self.hidden, weight, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            in_pool = np.nan_to_num(hidden_weight / hidden_weight.sum(axis=0))
            in_whole = np.nan_to_num(weight / weight.sum(axis=0))
        alphas = np.broadcast_to(alpha[:, None], weight.shape)
        total = np.where(source == "own", alphas, 0.0)
        total = total + in_pool * np.where(source == "pooled", alphas, 0.0).sum(axis=0)
        written_out: Floats = total + in_whole * np.where(source == "borrowed", alphas, 0.0).sum(axis=0)
        return written_out

    def combined(self, alpha: Floats) -> tuple[Floats, Floats, Floats]:
        """(value, variance, n_eff), each [J], of Σ α · (cell's share); α sums to 1."""
        coefficient = self.coefficients(alpha)
        shown = np.where(self.hidden, 0.0, coefficient)
        together = np.where(self.hidden, coefficient, 0.0).sum(axis=0)
        variance = (shown**2 * np.nan_to_num(self.own.variance)).sum(axis=0)
        variance = variance + together**2 * np.nan_to_num(self.pool.variance)
        with np.errstate(divide="ignore", invalid="ignore"):
            cost = np.nan_to_num(shown**2 / self.own.n_eff).sum(axis=0) + np.nan_to_num(together**2 / self.pool.n_eff)
            return alpha @ self.share, variance, np.where(cost > 0, 1 / cost, 0.0)


def cell_table(summary: SurveySummary, least: int = SHOWN_FROM, stabilise: bool = True) -> CellTable:
    """Decide every cell. least: answers a segment's figure must have to be shown to this reader."""
    groups, asked = len(summary.segments), len(summary.statements)
    pairs, unsure = summary.tally.pairs, summary.tally.dont_know
    unmet_v, classic_v = variance_of(summary, "unmet", UNMET), variance_of(summary, "classic", CLASSIC)
    own = estimate(pairs, UNMET)
    own = Estimates(own.n, own.weight, own.n_eff, own.value, unmet_v[:groups])
    hidden = np.zeros((groups, asked), dtype=np.bool_)
    for j in range(asked):
        hidden[sorted(hidden_together(pairs[:, j], least, unsure[:, j, 1:, 0].sum(axis=-1))), j] = True
    pool_pairs = np.where(hidden[..., None, None], pairs, 0.0).sum(axis=0)
    pool = estimate(pool_pairs, UNMET)
    everyone = figures(summary.tally.everyone(), unsure.sum(axis=0), unmet_v[-1], classic_v[-1])
    whole = tuple(figure if figure is not None and _level(figure) != "hidden" else None for figure in everyone)
    pooled = figures(pool_pairs, np.where(hidden[..., None, None], unsure, 0.0).sum(axis=0))
    pooled = [_showable(figure, least) for figure in pooled]
    source = _sources(own, hidden, pooled, least)
    single = [figures(pairs[g], unsure[g], unmet_v[g], classic_v[g]) for g in range(groups)]
    standing = [
        [{"own": single[g][j], "pooled": pooled[j], "borrowed": None}[source[g][j]] for j in range(asked)]
        for g in range(groups)
    ]
    whole_share = np.array([figure.unmet if figure is not None else 0.0 for figure in whole])
    share = np.array([[_share(figure, whole_share[j]) for j, figure in enumerate(row)] for row in standing])
    stable = _stabilised(standing, whole_share) if stabilise else np.full((groups, asked), np.nan)
    names = [segment.id for segment in summary.segments]
    cells = tuple(
        tuple(
            Cell(
                statement.id,
                names[g],
                int(own.n[g, j]),
                _level(standing[g][j]),
                source[g][j],
                standing[g][j],
                None if np.isnan(stable[g, j]) else float(stable[g, j]),
                whole_percent(float(share[g, j] if np.isnan(stable[g, j]) else stable[g, j])),
                tuple(name for name, out in zip(names, hidden[:, j], strict=True) if out and source[g][j] == "pooled"),
            )
            for g in range(groups)
        )
        for j, statement in enumerate(summary.statements)
    )
    return CellTable(whole, cells, share, hidden, own, pool)


def _level(figure: Figure | None) -> Level:
    return "hidden" if figure is None else level(figure.n, figure.n_eff, figure.unmet in (0.0, 1.0))


def _showable(figure: Figure | None, least: int) -> Figure | None:
    shown = figure is not None and figure.n >= least and _level(figure) in ("shown", "uncertain")
    return figure if shown else None


def _sources(own: Estimates, hidden: Flags, pooled: list[Figure | None], least: int) -> list[list[Source]]:
    """[G][J]. A hidden cell with answers enough of its own shows the pool; one with too few borrows the whole's."""
    groups, asked = hidden.shape

    def one(g: int, j: int) -> Source:
        if own.n[g, j] > 0 and not hidden[g, j]:
            return "own"
        return "pooled" if own.n[g, j] >= least and pooled[j] is not None else "borrowed"

    return [[one(g, j) for j in range(asked)] for g in range(groups)]


def _share(figure: Figure | None, whole: float) -> float:
    return whole if figure is None else figure.unmet


def _stabilised(standing: list[list[Figure | None]], whole: Floats) -> Floats:
    """[G, J] the stabilised share of cells with a figure of fewer than 100 answers; nan elsewhere."""
    use = np.array([[figure is not None for figure in row] for row in standing])
    values = np.array([[_share(figure, whole[j]) for j, figure in enumerate(row)] for row in standing])
    variances = np.array(
        [[(figure.se or 0.0) ** 2 if figure is not None else 0.0 for figure in row] for row in standing]
    )
    n = np.array([[float(figure.n) if figure is not None else 1.0 for figure in row] for row in standing])
    return np.where(use & (n < STABILISED_BELOW), stabilise_segments(values, variances, n, whole, use), np.nan)
