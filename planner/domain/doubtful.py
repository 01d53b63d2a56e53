"""Do the results hold without the rows that look doubtful? With and without straight columns and rows that came twice.

Gives no figure of the results without them where they are so few that the difference would tell what they answered.
"""

from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np

from planner.domain.answer_pitfalls import doubtful
from planner.domain.answers import Answers
from planner.domain.estimates import estimate, tally
from planner.domain.measures import UNMET
from planner.domain.ranking import TOP
from planner.domain.suppression import SHOWN_FROM


@dataclass(frozen=True, slots=True)
class WithAndWithout:
    """rows: how many look doubtful. same_five: the five largest needs are the same without them. most: the largest
    change of any share, in whole percentage points, rounded up; None where the rows are fewer than SHOWN_FROM and it is
    above 1, since the difference would then be about a few people."""

    rows: int
    same_five: bool
    most: int | None

    def to_document(self) -> dict[str, Any]:
        return {"rows": self.rows, "same_five": self.same_five, "most": self.most}

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "WithAndWithout":
        return cls(int(document["rows"]), bool(document["same_five"]), document["most"])


def with_and_without(answers: Answers) -> WithAndWithout | None:
    """None when nothing looks doubtful, or nothing else would be left."""
    flagged = doubtful(answers)
    rows = int(flagged.sum())
    if not rows or rows == len(answers):
        return None
    whole, rest = (estimate(tally(one).everyone(), UNMET) for one in (answers, answers.chosen(~flagged)))
    both = (whole.n >= SHOWN_FROM) & (rest.n >= SHOWN_FROM)
    if not both.any():
        return None
    change = float(np.abs(whole.value - rest.value)[both].max())
    # 1e-9 keeps arithmetic from turning 2.0 points into 3.
    points = ceil(100 * change - 1e-9)
    five = [
        frozenset(np.argsort(-np.where(both, one.value, -1.0), kind="stable")[:TOP].tolist()) for one in (whole, rest)
    ]
    return WithAndWithout(rows, five[0] == five[1], points if rows >= SHOWN_FROM or points <= 1 else None)
