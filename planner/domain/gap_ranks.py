"""Between which places does each need lie, right for all of them at once? The strict view of a ranking.

Very careful: with a hundred answers hardly anything is certain. Made of figures that are shown, for everyone only: a
group's covariance is held back with its figures.
"""

import numpy as np

from planner.domain.gap_rows import GapTable
from planner.domain.ranking import rank_sets
from planner.domain.summary import SurveySummary


def strict_ranks(summary: SurveySummary, table: GapTable) -> dict[str, tuple[int, int]]:
    """Statement id → (best, worst) place, 1 the largest, for the statements with a figure; see `ranking.rank_sets`."""
    place = {statement.id: j for j, statement in enumerate(summary.statements)}
    known = [row for row in table.rows if row.figure is not None]
    at = [place[row.statement] for row in known]
    if len(known) < 2:
        return {}
    covariance = summary.covariance["unmet"][-1][np.ix_(at, at)]
    best, worst = rank_sets(np.array([row.unmet for row in known]), covariance)
    return {row.statement: (int(low), int(high)) for row, low, high in zip(known, best, worst, strict=True)}
