"""How uncertain are the points of a problem's needs, by chance in who answered? Covariances in points.

A cell with a figure of its own varies as its group's answers do; one whose figure is held back or borrowed varies as
everyone's do, so that nothing of a hidden group's answers is in what comes out. Groups vary apart from one another.
"""

from collections.abc import Sequence

import numpy as np

from planner.domain.answers import Floats
from planner.domain.cells import cell_table
from planner.domain.problem_needs import Need
from planner.domain.spread import DIGITS, Together
from planner.domain.summary import SurveySummary


def together(summary: SurveySummary, needs: Sequence[Need]) -> tuple[Together, ...]:
    """One part for each group of the survey. needs: those of a problem made from it; others are left out.

    points are proportional to the share that lacks it, so a standard error of the share is one of the points.
    """
    table = cell_table(summary)
    place = {statement.id: j for j, statement in enumerate(summary.statements)}
    covariance = summary.covariance["unmet"]
    parts = []
    for g, segment in enumerate(summary.segments):
        own: list[tuple[Need, int, float]] = []
        borrowed: list[tuple[Need, int, float]] = []
        for need in needs:
            if need.segment != segment.id or need.statement not in place:
                continue
            cell = table.cells[place[need.statement]][g]
            if cell.percent > 0 and need.points > 0:
                (own if cell.source == "own" else borrowed).append((need, place[need.statement], cell.percent / 100))
        for cells, matrix in ((own, covariance[g]), (borrowed, covariance[-1])):
            if not cells:
                continue
            at = [j for _, j, _ in cells]
            scale = np.array([need.points / share for need, _, share in cells])
            parts.append(
                Together(tuple(need.id for need, _, _ in cells), _root(matrix[np.ix_(at, at)] * np.outer(scale, scale)))
            )
    return tuple(parts)


def _root(matrix: Floats) -> tuple[tuple[float, ...], ...]:
    """The symmetric square root, rounded: unique, so that every machine has the same."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    root = (vectors * np.sqrt(np.clip(values, 0.0, None))) @ vectors.T
    return tuple(tuple(round(float(value), DIGITS) for value in row) for row in root)
