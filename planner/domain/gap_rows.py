"""What does the needs page show? The rows of its tables, as values.

Only figures that may be shown are in them; `gaps.gap_table` fills them in.
"""

from dataclasses import dataclass
from typing import Literal

from planner.domain.cells import Cell
from planner.domain.figures import Figure
from planner.domain.findings import Finding
from planner.domain.needs import Need
from planner.domain.priorities import FactorChoice, SegmentChoice
from planner.domain.ranking import Certainty
from planner.domain.stated import StatedCell

# What `unmet` is: the share with an unmet need; that share if the two answers had nothing to do with each other, from
# low to high; the distance between the means as part of the longest there is; nothing, where a workshop weighed.
Measure = Literal["share", "bounded", "distance", "workshop"]


@dataclass(frozen=True, slots=True)
class GapRow:
    """One statement. rank: 1 is the largest unmet need.

    figure: the municipality as a whole, None where too few answered. unmet, low, high: U by the chosen segment weights
    (the whole's own when these are the answers' shares); the rows are ordered by it. top_five: the chance of being
    among the five largest, and certainty its word. points: of 100, over all segments. cells: one a segment, in order.
    stated: what is known instead of a figure where nobody's answers are at hand.
    """

    rank: int
    statement: str
    text: str
    factor: str
    figure: Figure | None
    unmet: float
    low: float | None
    high: float | None
    top_five: float
    certainty: Certainty
    points: float
    cells: tuple[Cell, ...]
    stated: StatedCell | None = None


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One factor. unmet: mean over its statements, with its interval. largest: the statement with the largest need.

    strongest: the segment with the highest mean as shown, where at least two are heard (pooled ones too); "" otherwise.
    stands_out: it is above the municipality beyond chance; where it is not, no group is to be named.
    by_segment: (segment id, mean per cent as shown). bli: one of the four bli-faktorer.
    """

    factor: str
    bli: bool
    statements: tuple[str, ...]
    unmet: float
    low: float
    high: float
    points: float
    largest: str
    strongest: str
    stands_out: bool
    by_segment: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment. share: α. unmet: mean per cent as shown over the statements. borrowed, pooled: number of cells.

    few: too few answered to show anything of their own; a workshop with them is the way to hear them.
    """

    segment: str
    name: str
    respondents: int
    share: float
    unmet: float
    points: float
    borrowed: int
    pooled: int
    few: bool


@dataclass(frozen=True, slots=True)
class TopFive:
    """The five largest by one choice of weights: by unmet need (segments alone matter) and by need points."""

    segments: SegmentChoice
    factors: FactorChoice
    by_unmet: tuple[str, ...]
    by_points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GapTable:
    """All the needs page shows. rows: largest unmet need first. factors: bli-faktorer first. needs: the problem's own.

    alternatives: the top five by each choice of weights; the first is the chosen one.
    """

    rows: tuple[GapRow, ...]
    factors: tuple[FactorRow, ...]
    segments: tuple[SegmentRow, ...]
    needs: tuple[Need, ...]
    alternatives: tuple[TopFive, ...]
    findings: tuple[Finding, ...]
    measure: Measure = "share"

    @property
    def steady_by_unmet(self) -> bool:
        """True when the five largest unmet needs are the same five by every choice of segment weights."""
        return len({frozenset(alternative.by_unmet) for alternative in self.alternatives}) == 1

    @property
    def steady_by_points(self) -> bool:
        return len({frozenset(alternative.by_points) for alternative in self.alternatives}) == 1

    @property
    def borrowed(self) -> int:
        """How many cells stand on the municipality's figure."""
        return sum(need.borrowed for need in self.needs)
