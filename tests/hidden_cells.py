"""Surveys with cells that are held back, and what in them can change without anything shown doing so."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from planner.domain.answers import Answers, make_answers
from planner.domain.cells import cell_table
from planner.domain.priorities import SegmentWeights
from planner.domain.segments import Segment
from planner.domain.summary import SurveySummary, summarise
from planner.domain.weighting import Margin, Raking, rake
from tests.gap_survey import STATEMENTS


@dataclass(frozen=True)
class Shape:
    """sizes: respondents a group. skips: {(group, statement): answers given} where not all gave one."""

    sizes: tuple[int, ...]
    skips: tuple[tuple[int, int, int], ...] = ()
    weighted: bool = False
    raked: bool = False


SHAPES = {
    "one small group": Shape((6, 40, 60)),
    "two small groups": Shape((4, 5, 60, 80)),
    "two small groups, not ten together": Shape((3, 4, 30, 60)),
    "two groups of which one is small": Shape((6, 90)),
    "nine, ten and eleven": Shape((9, 10, 11)),
    "nine, eleven and many": Shape((9, 11, 60)),
    "a group of one": Shape((1, 12, 30)),
    "four in all": Shape((1, 3)),
    "nine in all": Shape((4, 5)),
    "small in a single statement": Shape((30, 40, 60), skips=((0, 1, 7),)),
    "small in two statements, each in its own group": Shape((30, 40, 60), skips=((0, 1, 7), (1, 2, 6))),
    "weighted": Shape((6, 40, 60), weighted=True),
    "raked": Shape((6, 40, 60), raked=True),
    "raked, two small groups": Shape((7, 8, 50, 60), raked=True),
    "a group without answers": Shape((0, 8, 30, 60)),
}


def survey(shape: Shape, seed: int = 1) -> tuple[Answers, Raking | None]:
    """Everyone finds everything important and answers 1 or 7 on likelihood, so that a share is a count."""
    rng = np.random.default_rng(seed)
    segment = np.repeat(np.arange(len(shape.sizes)), shape.sizes)
    n = len(segment)
    likelihood = np.where(rng.random((n, 4)) < rng.uniform(0.25, 0.75, (len(shape.sizes), 4))[segment], 1, 7)
    importance = np.full_like(likelihood, 7)
    for group, statement, given in shape.skips:
        importance[np.flatnonzero(segment == group)[given:], statement] = 0
    names = [Segment(f"g{place}", f"Gruppe {place}") for place in range(len(shape.sizes))]
    weight = rng.choice([0.6, 1.0, 1.7], n) if shape.weighted else None
    answers = make_answers(STATEMENTS, tuple(names), importance, likelihood, segment, weight)
    if not shape.raked:
        return answers, None
    sex = tuple("km"[one] for one in rng.integers(0, 2, n))
    raking, _ = rake([Margin("kjønn", sex, (("k", 40), ("m", 60)))])
    assert raking is not None
    return replace(answers, margins=(("kjønn", sex),)), raking


def summed(answers: Answers, raking: Raking | None) -> SurveySummary:
    return summarise(answers, raking=raking)


def movements(answers: Answers, raking: Raking | None) -> Iterator[Answers]:
    """Surveys that differ in who of two hidden groups gave an answer, and in nothing that is promised to be seen.

    At most one for each statement. Two people trade their answers to it: both hidden there, of the same weight, and
    alike in all their other answers, so that how statements go together among everyone stays as it was.
    """
    hidden = cell_table(summed(answers, raking)).hidden
    weight = answers.weight if raking is None else raking.weight
    margins = np.array([cells for _, cells in answers.margins]).T
    made = 0
    for j in range(len(STATEMENTS)):
        paired = (answers.importance[:, j] > 0) & hidden[answers.segment, j]
        others = [k for k in range(len(STATEMENTS)) if k != j]
        before = made
        for a in np.flatnonzero(paired):
            for b in np.flatnonzero(paired[a:]) + a:
                if (
                    answers.segment[a] != answers.segment[b]
                    and answers.likelihood[a, j] != answers.likelihood[b, j]
                    and weight[a] == weight[b]
                    and (not margins.size or (margins[a] == margins[b]).all())
                    and all((answers.importance[a, k], answers.likelihood[a, k])
                            == (answers.importance[b, k], answers.likelihood[b, k]) for k in others)
                ):  # fmt: skip
                    likelihood = answers.likelihood.copy()
                    likelihood[[a, b], j] = likelihood[[b, a], j]
                    moved = replace(answers, likelihood=likelihood)
                    # A group of 10–19 that becomes all alike is hidden for that: another matter, see suppression.level.
                    if np.array_equal(cell_table(summed(moved, raking)).hidden, hidden):
                        yield moved
                        made += 1
                        break
            if made > before:
                break


def weights_of(groups: int) -> list[SegmentWeights]:
    """A basis of every choice there is, each group alone and all, and some of the endless others."""
    rng = np.random.default_rng(5)
    alone = [tuple((f"g{g}", float(g == one)) for g in range(groups)) for one in range(groups)]
    mixed = [tuple((f"g{g}", float(x)) for g, x in enumerate(rng.exponential(1, groups))) for _ in range(2)]
    people = tuple((f"g{g}", 100.0 + 50 * g) for g in range(groups))
    own = [SegmentWeights("own", one) for one in (*alone, *mixed)]
    return [SegmentWeights(), SegmentWeights("equal"), SegmentWeights("population", people), *own]
