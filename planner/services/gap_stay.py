"""What goes with wanting to stay? A section of the needs page, from what was worked out while answers were there."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.drivers import Belief, Driver, StayAnalysis
from planner.domain.statements import Statement
from planner.files.seed_data import stay_statements
from planner.wording import gap_stay as words
from planner.wording import gaps as wording
from planner.wording import statements as names


@dataclass(frozen=True, slots=True)
class DriverRow:
    """agree, others: the share who want to stay. step, part: only where the survey is large enough."""

    text: str
    word: str
    agree: str
    others: str
    gap: str
    span: str
    step: str
    part: str


@dataclass(frozen=True, slots=True)
class BeliefRow:
    text: str
    word: str
    staying: str
    leaving: str
    gap: str
    span: str


@dataclass(frozen=True, slots=True)
class StayView:
    """stays: how many want to. goes_with: the largest clear difference, in words. told_apart: can they be?"""

    stays: str
    goes_with: str
    told_apart: str
    adjusted: bool
    drivers: tuple[DriverRow, ...]
    beliefs: str
    belief_rows: tuple[BeliefRow, ...]


def stay_view(stay: StayAnalysis, statements: Sequence[Statement]) -> StayView:
    """statements: the survey's own."""
    texts = {one.id: wording.statement(one) for one in stay_statements()}
    known = {one.id: one for one in statements}
    named = [(texts.get(one.id, one.id), one) for one in stay.drivers]
    beliefs = sorted(
        (one for one in stay.beliefs if one.statement in known),
        key=lambda one: (-abs(one.likelihood.difference), one.statement),
    )
    adjusted = any(one.step is not None for one in stay.drivers)
    differing = [(names.statement(known[one.statement]), one.likelihood.difference) for one in beliefs if one.differs]
    more, less = [text for text, gap in differing if gap > 0], [text for text, gap in differing if gap < 0]
    return StayView(
        stays=words.stays(stay),
        goes_with=words.found([(text, one.shares) for text, one in named]) if named else "",
        told_apart=_told_apart(stay, texts, adjusted) if named else "",
        adjusted=adjusted,
        drivers=tuple(_driver(text, one) for text, one in named),
        beliefs=words.beliefs(more, less, len(beliefs)),
        belief_rows=tuple(_belief(known[one.statement], one) for one in beliefs),
    )


def _told_apart(stay: StayAnalysis, texts: dict[str, str], adjusted: bool) -> str:
    return words.strongest(texts.get(stay.strongest, stay.strongest)) if adjusted else words.too_small()


def _driver(text: str, one: Driver) -> DriverRow:
    return DriverRow(
        text,
        words.word(one.shares),
        wording.share(one.shares.first),
        wording.share(one.shares.second),
        words.signed_gap(one.shares),
        words.signed_points(one.shares),
        words.step(one.step, one.step_low, one.step_high),
        words.part(one.part, one.part_low, one.part_high),
    )


def _belief(statement: Statement, one: Belief) -> BeliefRow:
    return BeliefRow(
        wording.statement(statement),
        words.belief_word(one.differs),
        words.mean(one.likelihood.first),
        words.mean(one.likelihood.second),
        words.steps_gap(one.likelihood),
        words.steps_span(one.likelihood),
    )
