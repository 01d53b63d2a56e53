"""What is there to close, and which needs belong together?

What a problem file says of a need: its points, and the groups it counts in. It never knows how much of it is
closed; a plan does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Literal

Grouping = Literal["segment", "factor", "statement"]


@dataclass(frozen=True, slots=True)
class Need:
    """One need. points: its share of everything unmet (all needs of a municipality together are 100)."""

    id: str
    points: float
    statement: str | None = None
    segment: str | None = None
    factor: str | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a need has an id")
        if not (isfinite(self.points) and self.points >= 0):
            raise ValueError(f"{self.id}: points are a number from 0 up")

    def group(self, by: Grouping) -> str | None:
        """The segment, factor or statement it belongs to."""
        if by == "segment":
            return self.segment
        return self.factor if by == "factor" else self.statement


def in_group(needs: Iterable[Need], by: Grouping, name: str) -> tuple[Need, ...]:
    """The needs of one segment, factor or statement."""
    return tuple(need for need in needs if need.group(by) == name)
