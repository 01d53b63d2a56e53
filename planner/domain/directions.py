"""What would the largest needs be if a scale were read the other way? For surveys with turned or swapped scales.

Decides nothing: the user has the questionnaire. Gives only which needs are largest among everyone, from statements
that enough people answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

import numpy as np

from planner.domain.answers import Answers, Bytes
from planner.domain.estimates import estimate, tally
from planner.domain.findings import Finding
from planner.domain.measures import UNMET
from planner.domain.ranking import TOP
from planner.domain.scales import Scale
from planner.domain.suppression import SHOWN_FROM

# read: as the mapping says now. importance, likelihood: that scale turned from how it is read now. swapped: each for
# the other.
Way = Literal["read", "importance", "likelihood", "swapped"]
IN_DOUBT = frozenset({"scale_reversed", "scales_swapped", "low_importance"})


@dataclass(frozen=True, slots=True)
class Direction:
    """five: ids of the five largest unmet needs when the scales are read this way, the largest first."""

    way: Way
    five: tuple[str, ...]

    def to_document(self) -> list[object]:
        return [self.way, list(self.five)]

    @classmethod
    def from_document(cls, document: Sequence[object]) -> "Direction":
        way, five = document
        if way not in get_args(Way) or not isinstance(five, list):
            raise ValueError(f"no such direction: {document!r}")
        return cls(cast(Way, way), tuple(str(one) for one in five))


def directions(answers: Answers, findings: Sequence[Finding], turned: Sequence[Scale]) -> tuple[Direction, ...]:
    """As read first, then every other way; empty when the direction is not in doubt.

    turned: the scales that the user has turned already, which keeps both ways in view.
    """
    if not turned and not any(one.code in IN_DOUBT for one in findings):
        return ()
    v, s = answers.importance, answers.likelihood
    ways: tuple[tuple[Way, Bytes, Bytes], ...] = (
        ("read", v, s),
        ("importance", _other_end(v), s),
        ("likelihood", v, _other_end(s)),
        ("swapped", s, v),
    )
    return tuple(Direction(way, _five(replace(answers, importance=a, likelihood=b))) for way, a, b in ways)


def _other_end(steps: Bytes) -> Bytes:
    turned: Bytes = np.where(steps > 0, np.uint8(8) - steps, np.uint8(0))
    return turned


def _five(answers: Answers) -> tuple[str, ...]:
    made = estimate(tally(answers).everyone(), UNMET)
    shown = np.flatnonzero(made.n >= SHOWN_FROM)
    order = shown[np.argsort(-made.value[shown], kind="stable")][:TOP]
    return tuple(answers.statements[place].id for place in order)
