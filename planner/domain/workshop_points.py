"""How does a room share 100 points between groups, or between themes? And what do all of them together say?

Each shares all of it, in steps of five. What is shown is the median for each, raised or lowered by one factor so that
they are 100 together, and the middle half of what people gave. A proposal: nothing is weighed by it until somebody who
answers for the plan says so. Fewer than five answers show nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil
from statistics import median
from typing import Any, Literal, cast, get_args

from planner.domain.findings import Finding
from planner.domain.workshop_display import may_show

PointsKind = Literal["segment", "factor"]
KINDS: tuple[PointsKind, ...] = get_args(PointsKind)
ALL, STEP = 100, 5

Allotment = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Share:
    """What one of them got. points: of 100, whole. low, high: between which the middle half of the answers is."""

    id: str
    points: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Weighing:
    """One sharing of a workshop. ids: between what. shares: what the room is shown; empty until it is revealed, and
    where too few answered. answers: how many did; 0 until then."""

    kind: PointsKind
    ids: tuple[str, ...]
    is_open: bool = True
    answers: int = 0
    shares: tuple[Share, ...] = ()

    def revealed(self, said: Sequence[Allotment]) -> "Weighing":
        """Closed for good, with what may be shown."""
        return replace(self, is_open=False, answers=len(said), shares=shares_of(self.ids, said))

    def to_document(self) -> dict[str, Any]:
        shares = [[one.id, one.points, one.low, one.high] for one in self.shares]
        return {"kind": self.kind, "ids": list(self.ids), "open": self.is_open, "answers": self.answers,
                "shares": shares}  # fmt: skip

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Weighing":
        shares = tuple(Share(*one) for one in document["shares"])
        kind = cast(PointsKind, document["kind"])
        return cls(kind, tuple(document["ids"]), document["open"], document["answers"], shares)


def points_field(id_: str) -> str:
    return f"points-{id_}"


def read_points(form: Mapping[str, str], ids: Sequence[str]) -> tuple[dict[str, int], tuple[Finding, ...]]:
    """What was given each, an empty field being nothing; with findings where it is not 100 in steps of five."""
    given: dict[str, int] = {}
    for id_ in ids:
        text = form.get(points_field(id_), "").strip() or "0"
        if not (text.isascii() and text.isdecimal() and len(text) < 4 and int(text) <= ALL and int(text) % STEP == 0):
            details: dict[str, str | int | float] = {"step": STEP, "all": ALL}
            return {}, (Finding("points_step", where=points_field(id_), details=details),)
        given[id_] = int(text)
    left = ALL - sum(given.values())
    return given, (Finding("points_sum", details={"left": left, "all": ALL}),) if left else ()


def shares_of(ids: Sequence[str], said: Sequence[Allotment]) -> tuple[Share, ...]:
    """In the order of the ids; () where too few answered.

    Where every median is nought, the means stand in: each gave all to something, and no two to the same.
    """
    if not may_show(len(said)):
        return ()
    given = {id_: sorted(one.get(id_, 0) for one in said) for id_ in ids}
    middle = {id_: Fraction(median(points)) for id_, points in given.items()}
    if not any(middle.values()):
        middle = {id_: Fraction(sum(points), len(said)) for id_, points in given.items()}
    points = _to_hundred(middle)
    return tuple(Share(id_, points[id_], _quarter(given[id_], 1), _quarter(given[id_], 3)) for id_ in ids)


def _to_hundred(parts: Mapping[str, Fraction]) -> dict[str, int]:
    """Whole numbers that are 100 together: rounded down, and one more to those that lost most, the first of equals."""
    total = sum(parts.values())
    exact = {id_: part * ALL / total for id_, part in parts.items()}
    whole = {id_: int(part) for id_, part in exact.items()}
    short = sorted(exact, key=lambda id_: whole[id_] - exact[id_])[: ALL - sum(whole.values())]
    return {id_: number + (id_ in short) for id_, number in whole.items()}


def _quarter(points: Sequence[int], quarters: int) -> int:
    """The least that at least so many quarters gave at most; points in order."""
    return points[ceil(len(points) * quarters / 4) - 1]
