"""What has changed from one survey to the next, and how sure is that? Never why.

The difference of two independent shares, with the interval that follows from each one's own (MOVER: Newcombe, Interval
estimation for the difference between independent proportions, Statistics in Medicine 17, 1998, method 10; Zou & Donner,
Statistics in Medicine 27, 2008). Unmet need that goes down is better.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from planner.domain.gap_rows import GapRow

Verdict = Literal["better", "worse", "same", "unsure"]
SAME = 0.05
"""Within five points either way, people's lives are as they were."""


@dataclass(frozen=True, slots=True)
class Change:
    """One statement that both surveys asked about. before, now: unmet need, 0–1. by: now less before, with 95 %."""

    statement: str
    text: str
    before: float
    now: float
    by: float
    low: float
    high: float

    @property
    def verdict(self) -> Verdict:
        """better, worse: beyond chance. same: certainly within five points. unsure: the figures cannot tell."""
        if self.high < 0:
            return "better"
        if self.low > 0:
            return "worse"
        return "same" if self.low >= -SAME and self.high <= SAME else "unsure"


def difference(before: tuple[float, float, float], now: tuple[float, float, float]) -> tuple[float, float, float]:
    """(by, low, high) of two shares, each as (share, low, high)."""
    by = now[0] - before[0]
    down = sqrt((now[0] - now[1]) ** 2 + (before[2] - before[0]) ** 2)
    up = sqrt((now[2] - now[0]) ** 2 + (before[0] - before[1]) ** 2)
    return by, max(-1.0, by - down), min(1.0, by + up)


def changes(before: Iterable[GapRow], now: Iterable[GapRow]) -> tuple[Change, ...]:
    """The largest fall in unmet need first. Statements with the same text are the same, whatever their ids.

    One without an interval in either survey is left out: too few answered, or nobody's answers are at hand.
    """
    earlier = {row.text: row for row in before}
    found = []
    for row in now:
        other = earlier.get(row.text)
        if other is None or None in (row.low, row.high, other.low, other.high):
            continue
        ends = (other.unmet, other.low or 0.0, other.high or 0.0), (row.unmet, row.low or 0.0, row.high or 0.0)
        found.append(Change(row.statement, row.text, other.unmet, row.unmet, *difference(*ends)))
    return tuple(sorted(found, key=lambda one: (one.by, one.text)))
