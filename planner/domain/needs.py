"""How many of the 100 need points does each statement and segment hold? What a plan is later measured in.

Computed from the figures as shown (whole per cent), so that a reader can recompute every point by hand, and so that
points give nothing away that the table does not show.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, fsum
from typing import Literal

from planner.domain.mapping import Segment
from planner.domain.priorities import FactorWeights
from planner.domain.statements import Statement

# own: the segment's figure. pooled: shown as one with other segments. borrowed: the whole municipality's, «lånt».
Source = Literal["own", "pooled", "borrowed"]


@dataclass(frozen=True, slots=True)
class Need:
    """One statement in one segment. percent: the unmet need as shown. points: its share of 100."""

    statement: str
    segment: str
    factor: str
    percent: int
    points: float
    source: Source = "own"

    @property
    def id(self) -> str:
        return f"{self.statement}/{self.segment}"

    @property
    def borrowed(self) -> bool:
        return self.source == "borrowed"


def whole_percent(share: float) -> int:
    """A share as shown: halves go up, as people round; 1e-9 forgives what arithmetic took from a half."""
    return floor(100 * share + 0.5 + 1e-9)


def need_points(
    statements: Sequence[Statement],
    segments: Sequence[Segment],
    percent: Mapping[tuple[str, str], int],
    shares: Mapping[str, float],
    factors: FactorWeights,
    sources: Mapping[tuple[str, str], Source] | None = None,
) -> tuple[Need, ...]:
    """points(j, k) = 100 · α_k · β_f · U(j, k) / n_f, divided by its sum over all j and k; statement by statement.

    percent: (statement id, segment id) → whole per cent, for every pair. shares: α by segment id. Where nobody lacks
    anything, every point is 0.
    """
    asked = Counter(statement.factor for statement in statements)
    raw = {
        (statement.id, segment.id): shares[segment.id]
        * factors.of_statement(statement.factor, asked[statement.factor])
        * percent[(statement.id, segment.id)]
        for statement in statements
        for segment in segments
    }
    total = fsum(raw.values())
    return tuple(
        Need(
            statement.id,
            segment.id,
            statement.factor,
            percent[(statement.id, segment.id)],
            100 * raw[(statement.id, segment.id)] / total if total > 0 else 0.0,
            (sources or {}).get((statement.id, segment.id), "own"),
        )
        for statement in statements
        for segment in segments
    )
