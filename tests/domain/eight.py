"""Eight respondents, two statements, two segments: small enough to redo by hand, checked against R's survey package."""

import numpy as np

from planner.domain.answers import Answers, make_answers
from planner.domain.segments import Segment
from planner.domain.statements import Statement

STATEMENTS = (Statement("A", "Mange jobbmuligheter", "arbeid"), Statement("B", "En god bolig", "bolig"))
SEGMENTS = (Segment("ung", "Ung"), Segment("voksen", "Voksen"))
IMPORTANCE = np.array([[7, 5], [6, 6], [5, 3], [4, 7], [7, 6], [6, 5], [3, 7], [0, 2]])
LIKELIHOOD = np.array([[2, 5], [4, 0], [3, 2], [1, 6], [7, 3], [1, 4], [5, 1], [2, 2]])
WEIGHT = np.array([1.0, 1, 2, 2, 1, 1, 3, 1])
SEGMENT = np.array([0, 0, 0, 0, 1, 1, 1, 1])
SEX = ("k", "m", "k", "m", "k", "m", "k", "m")


def eight() -> Answers:
    return make_answers(STATEMENTS, SEGMENTS, IMPORTANCE, LIKELIHOOD, SEGMENT, WEIGHT)


def many(copies: int) -> Answers:
    """The eight, `copies` times over with weight 1: the same shares, enough answers to show."""
    return make_answers(
        STATEMENTS,
        SEGMENTS,
        np.tile(IMPORTANCE, (copies, 1)),
        np.tile(LIKELIHOOD, (copies, 1)),
        np.tile(SEGMENT, copies),
        np.ones(8 * copies),
    )
