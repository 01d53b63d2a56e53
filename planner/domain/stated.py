"""What do people need where nobody's answers are at hand? Needs as a report tells them, or as a workshop weighs them.

Gives what the numbers allow and no more: from shares of each answer, between what and what an unmet need lies; from
means, how far apart importance and likelihood are; from a workshop, only what it weighed. Never an uncertainty.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal, cast, get_args

import numpy as np

from planner.domain.answers import Floats
from planner.domain.mapping import Segment
from planner.domain.measures import MATTERS, UNLIKELY
from planner.domain.statements import Statement

FORMAT = "malrett-stated/1"
Kind = Literal["shares", "means", "workshop"]
# Steps between the ends of a scale from 1 to 7.
LONGEST_DISTANCE = 6.0


@dataclass(frozen=True, slots=True)
class StatedCell:
    """One statement in one segment, or in everyone. n: answers, None where the report does not say.

    importance, likelihood: means on 1–7. unmet: the share with an unmet need if the two answers had nothing to do with
    each other, which lies between low and high whatever they have; None where only means are known.
    """

    n: int | None
    importance: float
    likelihood: float
    unmet: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def distance(self) -> float:
        """How far importance lies above likelihood, in steps of the scale; 0 where it does not."""
        return max(0.0, self.importance - self.likelihood)

    @property
    def need(self) -> float:
        """What points are made of, 0–1: the share, or the distance as part of the longest there is."""
        return self.unmet if self.unmet is not None else self.distance / LONGEST_DISTANCE


@dataclass(frozen=True, slots=True)
class StatedNeeds:
    """everyone: [J], the whole municipality. cells: [J][G]; None where the report says nothing of that group.

    Both empty for a workshop, which has its weights instead: segment_points, factor_points by id. source: a person's
    words for where it is from. rows_in, rows_used: of the table. reported: rows set aside are findings beside it.
    """

    kind: Kind
    statements: tuple[Statement, ...]
    segments: tuple[Segment, ...]
    everyone: tuple[StatedCell, ...] = ()
    cells: tuple[tuple[StatedCell | None, ...], ...] = ()
    segment_points: tuple[tuple[str, float], ...] = ()
    factor_points: tuple[tuple[str, float], ...] = ()
    source: str = ""
    rows_in: int = 0
    rows_used: int = 0

    def to_document(self) -> dict[str, Any]:
        return {"format": FORMAT, **asdict(self)}

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "StatedNeeds":
        """Raises ValueError when the document is none such."""
        if not isinstance(document, dict) or document.get("format") != FORMAT or document["kind"] not in get_args(Kind):
            raise ValueError(f"not a {FORMAT} document")
        try:
            return cls(
                cast(Kind, document["kind"]),
                tuple(Statement(**one) for one in document["statements"]),
                tuple(Segment(**one) for one in document["segments"]),
                tuple(StatedCell(**one) for one in document["everyone"]),
                tuple(tuple(StatedCell(**c) if c is not None else None for c in row) for row in document["cells"]),
                tuple((name, float(points)) for name, points in document["segment_points"]),
                tuple((name, float(points)) for name, points in document["factor_points"]),
                document["source"],
                int(document["rows_in"]),
                int(document["rows_used"]),
            )
        except (KeyError, TypeError) as error:
            raise ValueError("not whole stated needs") from error


def of_means(n: int | None, importance: float, likelihood: float) -> StatedCell:
    """Both on 1–7."""
    return StatedCell(n, importance, likelihood)


def of_shares(n: int | None, importance: Floats, likelihood: Floats) -> StatedCell:
    """importance, likelihood: [7] the share who gave each answer, of sum 1."""
    steps = np.arange(1, 8)
    matters, unlikely = np.array(MATTERS[1:]), np.array(UNLIKELY[1:])
    low, high = coupling_bounds(matters, importance, unlikely, likelihood)
    return StatedCell(
        n,
        float(importance @ steps),
        float(likelihood @ steps),
        float((importance @ matters) * (likelihood @ unlikely)),
        low,
        high,
    )


def coupling_bounds(a: Floats, share_a: Floats, b: Floats, share_b: Floats) -> tuple[float, float]:
    """The least and the most that the mean of a · b can be, when only how each is shared out is known.

    Sharp: the most is where the largest of both go together, the least where the largest of one goes with the smallest
    of the other (Hoeffding 1940, Fréchet 1951: the comonotone and the antimonotone coupling).
    """
    up, down = np.argsort(a, kind="stable"), np.argsort(b, kind="stable")
    most = _coupled(a[up], share_a[up], b[down], share_b[down])
    least = _coupled(a[up], share_a[up], b[down][::-1], share_b[down][::-1])
    return least, most


def _coupled(a: Floats, share_a: Floats, b: Floats, share_b: Floats) -> float:
    """The mean of a · b when people are lined up by both, in the orders given."""
    ends_a, ends_b = np.cumsum(share_a), np.cumsum(share_b)
    ends_a[-1] = ends_b[-1] = 1.0
    edges = np.unique(np.concatenate([[0.0], ends_a, ends_b]).clip(0.0, 1.0))
    middle = (edges[1:] + edges[:-1]) / 2
    of_a = a[np.searchsorted(ends_a, middle).clip(max=len(a) - 1)]
    of_b = b[np.searchsorted(ends_b, middle).clip(max=len(b) - 1)]
    return float((of_a * of_b) @ np.diff(edges))
