"""Whom and what does the municipality weigh most? Segment weights and factor weights, chosen by people.

Never computed from the needs themselves. A segment never counts zero unless the municipality says so itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum, isfinite
from typing import Literal, get_args

from planner.domain.mapping import Segment
from planner.domain.statements import FACTORS

SegmentChoice = Literal["population", "equal", "own"]
FactorChoice = Literal["equal", "own", "per_statement"]


@dataclass(frozen=True, slots=True)
class SegmentWeights:
    """How much each segment counts.

    population: by people; `values` then holds how many live here per segment, or nothing, and the answers' own weights
    tell. equal: alike. own: `values` holds the municipality's numbers, of any sum above 0.
    """

    choice: SegmentChoice = "population"
    values: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        _check(self.choice, get_args(SegmentChoice), self.values, needed=self.choice == "own")
        if self.choice == "equal" and self.values:
            raise ValueError("equal weights have no numbers")

    def fits(self, segments: Sequence[Segment]) -> bool:
        """Whether the numbers, if any, are for these segments: a later survey may have divided people otherwise.

        A segment may be without an own weight (it counts 0), never without a number of people.
        """
        named, there = {id_ for id_, _ in self.values}, {segment.id for segment in segments}
        return not named or (named <= there and (self.choice == "own" or named == there))

    def shares(self, segments: Sequence[Segment], answered: Sequence[float] = ()) -> dict[str, float]:
        """Segment id → α, summing to 1. answered: Σw per segment, used for «population» without numbers of its own."""
        given = dict(self.values)
        if given.keys() - {segment.id for segment in segments}:
            raise ValueError("weights for segments that are not there")
        if given:
            amounts = [given.get(segment.id, 0.0) for segment in segments]
        elif self.choice == "population" and answered:
            amounts = [float(amount) for amount in answered]
        else:
            amounts = [1.0] * len(segments)
        total = fsum(amounts)
        if total <= 0:
            raise ValueError("segment weights sum to 0")
        return {segment.id: amount / total for segment, amount in zip(segments, amounts, strict=True)}


@dataclass(frozen=True, slots=True)
class FactorWeights:
    """How much each factor counts, shared by its statements.

    equal: every factor alike, however many statements ask about it. own: `values` by factor; one not named counts 0.
    per_statement: every statement alike, so a factor that much was asked about weighs more.
    """

    choice: FactorChoice = "equal"
    values: tuple[tuple[str, float], ...] = ()

    def __post_init__(self) -> None:
        _check(self.choice, get_args(FactorChoice), self.values, needed=self.choice == "own")
        if (self.choice == "own") != bool(self.values) or dict(self.values).keys() - set(FACTORS):
            raise ValueError("own factor weights name factors; the others name none")

    def of_statement(self, factor: str, statements_in_factor: int) -> float:
        """β_f / n_f: what one statement of the factor counts."""
        if self.choice == "per_statement":
            return 1.0
        weight = 1.0 if self.choice == "equal" else dict(self.values).get(factor, 0.0)
        return weight / statements_in_factor


def _check(choice: str, choices: tuple[str, ...], values: tuple[tuple[str, float], ...], needed: bool) -> None:
    if choice not in choices:
        raise ValueError(f"unknown choice {choice!r}")
    amounts = dict(values)
    if len(amounts) != len(values) or any(not isfinite(x) or x < 0 for x in amounts.values()):
        raise ValueError("weights are distinct, finite and not negative")
    if (needed or amounts) and fsum(amounts.values()) <= 0:
        raise ValueError("weights sum to 0")


def segment_weights(choice: SegmentChoice, values: Mapping[str, float] | None = None) -> SegmentWeights:
    """SegmentWeights from a dict."""
    return SegmentWeights(choice, tuple((values or {}).items()))


def factor_weights(choice: FactorChoice, values: Mapping[str, float] | None = None) -> FactorWeights:
    """FactorWeights from a dict."""
    return FactorWeights(choice, tuple((values or {}).items()))
