"""What did each respondent answer? The answers as arrays, ready to be counted.

Never holds a name, an address, a time or a free text.
"""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.domain.mapping import Segment
from planner.domain.statements import Statement

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

STAY_BLANK, STAYS, LEAVES, STAY_UNSURE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """n respondents, J statements, G segments.

    importance, likelihood: [n, J], 1–7, 0 where there is no answer. importance_dk, likelihood_dk: [n, J], True where
    the answer was «vet ikke» (the step is then 0). weight: [n], above 0. segment: [n], place in `segments`. rows: [n],
    the row in the user's file. margins: (heading, categories [n]) for raking. weighted: the weights say something.
    misprinted: steps 2 and 6 of likelihood were left out because the form was misprinted.
    stay: [n] «Ønsker du å bo i kommunen i framtida?»: STAY_BLANK, STAYS, LEAVES or STAY_UNSURE; all blank where it was
    not asked. drivers: [n, D] 1–7, 0 blank, what was asked beside it, in the order of driver_ids.
    """

    statements: tuple[Statement, ...]
    segments: tuple[Segment, ...]
    importance: Bytes
    likelihood: Bytes
    importance_dk: Flags
    likelihood_dk: Flags
    weight: Floats
    segment: Ints
    rows: Ints
    margins: tuple[tuple[str, tuple[str, ...]], ...] = ()
    weighted: bool = False
    misprinted: bool = False
    stay: Bytes = field(default_factory=lambda: np.zeros(0, dtype=np.uint8))
    drivers: Bytes = field(default_factory=lambda: np.zeros((0, 0), dtype=np.uint8))
    driver_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not len(self.stay):
            object.__setattr__(self, "stay", np.zeros(len(self.rows), dtype=np.uint8))
        if not self.driver_ids:
            object.__setattr__(self, "drivers", np.zeros((len(self.rows), 0), dtype=np.uint8))
        if self.stay.shape != (len(self.rows),) or self.drivers.shape != (len(self.rows), len(self.driver_ids)):
            raise ValueError("one answer about staying a respondent, and one for each driver")
        if self.stay.max(initial=0) > STAY_UNSURE or self.drivers.max(initial=0) > 7:
            raise ValueError("staying is 0–3, drivers are 0–7")
        shape = (len(self.rows), len(self.statements))
        grids: tuple[NDArray[Any], ...] = (self.importance, self.likelihood, self.importance_dk, self.likelihood_dk)
        if any(grid.shape != shape for grid in grids):
            raise ValueError("every grid of answers is respondents × statements")
        if self.weight.shape != shape[:1] or self.segment.shape != shape[:1]:
            raise ValueError("one weight and one segment a respondent")
        if self.importance.max(initial=0) > 7 or self.likelihood.max(initial=0) > 7:
            raise ValueError("answers are 0–7")
        if not np.all(np.isfinite(self.weight)) or self.weight.min(initial=1.0) <= 0:
            raise ValueError("weights are above 0")
        if self.segment.min(initial=0) < 0 or self.segment.max(initial=0) >= max(1, len(self.segments)):
            raise ValueError("every respondent belongs to a segment")
        for array in (*grids, self.weight, self.segment, self.rows, self.stay, self.drivers):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.rows)

    def chosen(self, keep: Flags) -> "Answers":
        """The answers of some of the respondents. keep: [n]."""
        return replace(
            self,
            importance=self.importance[keep],
            likelihood=self.likelihood[keep],
            importance_dk=self.importance_dk[keep],
            likelihood_dk=self.likelihood_dk[keep],
            weight=self.weight[keep],
            segment=self.segment[keep],
            rows=self.rows[keep],
            margins=tuple(
                (heading, tuple(one for one, use in zip(categories, keep, strict=True) if use))
                for heading, categories in self.margins
            ),
            stay=self.stay[keep],
            drivers=self.drivers[keep],
        )

    def with_weight(self, weight: Floats) -> "Answers":
        """The same answers with other weights (raked ones)."""
        return replace(self, weight=weight.astype(np.float64, copy=True), weighted=True)


def make_answers(
    statements: tuple[Statement, ...],
    segments: tuple[Segment, ...],
    importance: NDArray[Any],
    likelihood: NDArray[Any],
    segment: NDArray[Any],
    weight: NDArray[Any] | None = None,
) -> Answers:
    """Answers from plain arrays, without «vet ikke», numbered from row 2; weight 1 when not given."""
    n = len(segment)
    return Answers(
        statements=statements,
        segments=segments,
        importance=np.array(importance, dtype=np.uint8),
        likelihood=np.array(likelihood, dtype=np.uint8),
        importance_dk=np.zeros((n, len(statements)), dtype=np.bool_),
        likelihood_dk=np.zeros((n, len(statements)), dtype=np.bool_),
        weight=np.ones(n) if weight is None else np.array(weight, dtype=np.float64),
        segment=np.array(segment, dtype=np.int64),
        rows=np.arange(2, n + 2, dtype=np.int64),
        weighted=weight is not None,
    )
