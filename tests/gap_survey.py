"""A survey small enough to reckon by hand: four statements, three groups, everyone finds everything important.

Who lacks it answers 1 on likelihood, the others 7, so the unmet need is a plain share. The six innvandrere are too few
to show; so that they cannot be had by subtraction, the next smallest group, the 40 unge, is shown together with them.

                       unge of 40     innvandrere of 6     together of 46     voksne of 60     all of 106
    jobb (arbeid)      21 (53 %)      5 (83 %)             26 (57 %)          24 (40 %)        50 (47 %)
    bolig (bolig)      3 (8 %)        1 (17 %)             4 (9 %)            9 (15 %)         13 (12 %)
    treff (sosialt)    17 (43 %)      2 (33 %)             19 (41 %)          15 (25 %)        34 (32 %)
    buss (tjenester)   6 (15 %)       6 (100 %)            12 (26 %)          33 (55 %)        45 (42 %)
"""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from planner.domain.answers import Answers, make_answers
from planner.domain.mapping import Mapping
from planner.domain.segments import Segment
from planner.domain.statements import Statement
from planner.domain.summary import SurveySummary, summarise
from planner.store import survey as store
from planner.store.database import Database
from planner.store.survey import StoredSurvey

STATEMENTS = (
    Statement("jobb", "Mange jobbmuligheter", "arbeid", "Many job opportunities"),
    Statement("bolig", "Et sted å bo", "bolig"),
    Statement("treff", "Et sted å møtes", "sosialt_miljo"),
    Statement("buss", "En buss som går", "tjenester"),
)
SEGMENTS = (Segment("innvandrere", "Innvandrere"), Segment("unge", "Unge"), Segment("voksne", "Voksne"))
SIZES = (6, 40, 60)
LACKING = {"jobb": (5, 21, 24), "bolig": (1, 3, 9), "treff": (2, 17, 15), "buss": (6, 6, 33)}
# What may never be read: the shares, in per cent, of the two groups that are held back.
HELD_BACK = ("53", "83", "8", "17", "43", "33", "100")


def answers(statements: tuple[Statement, ...] = STATEMENTS, segments: tuple[Segment, ...] = SEGMENTS) -> Answers:
    segment = np.repeat(np.arange(3), SIZES)
    likelihood = np.full((sum(SIZES), len(statements)), 7)
    for j, numbers in enumerate(LACKING.values()):
        for group, lacking in enumerate(numbers):
            likelihood[np.flatnonzero(segment == group)[:lacking], j] = 1
    return make_answers(statements, segments, np.full_like(likelihood, 7), likelihood, segment)


def summary(statements: tuple[Statement, ...] = STATEMENTS, segments: tuple[Segment, ...] = SEGMENTS) -> SurveySummary:
    return summarise(answers(statements, segments))


def keep(database: Database, plan_id: str, one: SurveySummary | None = None) -> None:
    """As if the plan's survey had been uploaded and confirmed."""
    one = one or summary()
    mapping = Mapping((), one.segments, one.segments[-1].id)
    with database.write() as session:
        stored = StoredSurvey("svar.csv", "0" * 64, one, mapping, (), datetime(2026, 11, 1, tzinfo=UTC))
        store.put(session, plan_id, stored)
        session.commit()


def named(text: str, segment: str = "Unge") -> SurveySummary:
    """The same survey with another text in the first statement and another name on the second group."""
    return summary(
        (replace(STATEMENTS[0], text=text), *STATEMENTS[1:]), (SEGMENTS[0], Segment("unge", segment), SEGMENTS[2])
    )
