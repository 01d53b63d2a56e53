"""What does a panel think, and does it agree? The median of scores, their spread, and whether there are two camps.

A score is a step of the scale, or None for «vet ikke», which counts as heard and says nothing of the effect. The
median is taken of the per cent that steps stand for, so that one eager advocate cannot move it; spread is in steps.
Never knows who scored. Which figures may be shown is asked in `workshop_display`, and answered here once, in
`judged`: what is not shown is not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import ceil
from statistics import median
from typing import Any, Literal

from planner.domain.workshop import Scale
from planner.domain.workshop_display import may_join, may_part, may_show

Score = int | None
Basis = Literal["everyone", "target", "segment"]
"""Whose median: the room's; the target group's, for all; the target group's for its own segments alone."""
FEWEST = 3  # with fewer it is «ett anslag», not a panel
TWO_CAMPS_BELOW = 0.2
# 2 of the 4 steps are 15–25 per cent of effect by the usual map; of ten, that is 3.
WIDE = {"steps": 2, "ten": 3}


@dataclass(frozen=True, slots=True)
class Panel:
    """counts: scores at each step, «vet ikke» apart. percent: the median effect. low, high: the steps between which the
    middle half is. agreement: van der Eijk's A, 1 when all say the same, 0 when every step is as usual, −1 for two
    camps. None when nobody gave an estimate.
    """

    counts: tuple[int, ...]
    unsure: int
    percent: float | None
    low: int | None
    high: int | None
    agreement: float | None
    is_split: bool

    @property
    def answers(self) -> int:
        return sum(self.counts)

    @property
    def heard(self) -> int:
        return self.answers + self.unsure

    def effects(self, scale: Scale) -> tuple[float, ...]:
        """What each of them said, as the share that gets the need met; in order of size, so that it tells of nobody."""
        return tuple(scale.percents[step] / 100 for step, count in enumerate(self.counts) for _ in range(count))

    @property
    def spread(self) -> int | None:
        """Steps between the quartiles."""
        return None if self.low is None or self.high is None else self.high - self.low

    def to_document(self) -> dict[str, Any]:
        return {"counts": list(self.counts), "unsure": self.unsure}

    @classmethod
    def from_document(cls, document: dict[str, Any], scale: Scale) -> "Panel":
        return panel_of(scale, tuple(document["counts"]), document["unsure"])


def panel(scale: Scale, scores: Sequence[Score]) -> Panel:
    given = [score for score in scores if score is not None]
    counts = tuple(given.count(step) for step in range(scale.steps))
    return panel_of(scale, counts, len(scores) - len(given))


def panel_of(scale: Scale, counts: tuple[int, ...], unsure: int) -> Panel:
    """The same from how many gave each step."""
    steps = [step for step, count in enumerate(counts) for _ in range(count)]
    if not steps:
        return Panel(counts, unsure, None, None, None, None, False)
    low, high, agreement = _quartile(steps, 1), _quartile(steps, 3), van_der_eijk(counts)
    wide = high - low >= WIDE[scale.kind]
    # Of one or two there is no saying whether they agree.
    is_split = len(steps) >= FEWEST and (wide or agreement < TWO_CAMPS_BELOW)
    percent = float(median(scale.percents[step] for step in steps))
    return Panel(counts, unsure, percent, low, high, agreement, is_split)


@dataclass(frozen=True, slots=True)
class Camp:
    """Steps that lie together, and how many gave one of them."""

    low: int
    high: int
    people: int


def two_camps(counts: Sequence[int]) -> tuple[Camp, Camp] | None:
    """The low and the high end with a gap between them; None where there is no such gap.

    The gap is the step that fewest gave beside the lower of the two tops around it: at most half as many as there, and
    with a quarter of all on either side, or it is a few odd ones out.
    """
    total, best = sum(counts), None
    for gap in range(1, len(counts) - 1):
        low, high = counts[:gap], counts[gap + 1 :]
        top = min(max(low), max(high))
        if 2 * counts[gap] <= top and 4 * min(sum(low), sum(high)) >= total > 0:
            best = max(best or (0, 0), (top - counts[gap], gap))
    if best is None:
        return None
    gap = best[1]
    return _camp(counts, range(gap)), _camp(counts, range(gap + 1, len(counts)))


def _camp(counts: Sequence[int], steps: range) -> Camp:
    used = [step for step in steps if counts[step]]
    return Camp(used[0], used[-1], sum(counts[step] for step in used))


def _quartile(steps: Sequence[int], quarters: int) -> int:
    """The lowest step that at least so many quarters of the scores are at or below; steps in order."""
    return steps[ceil(len(steps) * quarters / 4) - 1]


def van_der_eijk(counts: Sequence[int]) -> float:
    """Agreement on an ordered scale (van der Eijk 2001). Raises ValueError when nobody scored.

    The counts are peeled in layers, each a pattern of steps that are used by the same number; each layer agrees by how
    few steps it uses and by whether they lie together, and weighs what it holds.
    """
    total = sum(counts)
    if not total or len(counts) < 3:
        raise ValueError("agreement needs scores, on three steps or more")
    left, agreement = list(counts), 0.0
    while any(left):
        height = min(count for count in left if count)
        pattern = [count > 0 for count in left]
        agreement += height * sum(pattern) / total * _layer(pattern)
        left = [count - height if count else 0 for count in left]
    return round(agreement, 12)


def _layer(pattern: Sequence[bool]) -> float:
    steps, used = len(pattern), sum(pattern)
    together = apart = 0
    for first, middle, last in combinations(pattern, 3):
        together += first + middle + last == 2 and middle
        apart += first and last and not middle
    either = together + apart
    unimodal = ((steps - 2) * together - (steps - 1) * apart) / ((steps - 2) * either) if either else 1.0
    return unimodal * (1 - (used - 1) / (steps - 1))


# --- What the room is shown -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rated:
    """One score of one statement of one initiative; of_target: by somebody who speaks for a group it is for.

    None: it is no longer known (a workshop that has ended keeps it only where it tells of nobody). is_new: by somebody
    whom no picture of it has taken in yet.
    """

    score: Score
    of_target: bool | None = False
    is_new: bool = True


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may be shown of one statement of one initiative, and nothing else.

    everyone: None when fewer than five answered. target, others: those the initiative is for and the rest; None when
    they may not stand apart. nobody_of_target: nobody the initiative is for has answered. waiting: so many have
    answered and are not taken in yet, since they are too few to come in beside an earlier picture. taken_in: whose new
    answers came in with this picture, see `joining`; not kept with it.
    """

    initiative: str
    statement: str
    everyone: Panel | None
    target: Panel | None
    others: Panel | None
    nobody_of_target: bool
    waiting: int = 0
    taken_in: frozenset[bool] = field(default=frozenset(), compare=False)

    def on(self, basis: Basis) -> Panel | None:
        return self.target if basis == "target" else self.everyone

    def to_document(self) -> dict[str, Any]:
        panels = {name: getattr(self, name) for name in ("everyone", "target", "others")}
        shown = {name: one.to_document() if one else None for name, one in panels.items()}
        about = {"initiative": self.initiative, "statement": self.statement}
        return {**about, **shown, "nobody": self.nobody_of_target, "waiting": self.waiting}

    @classmethod
    def from_document(cls, document: dict[str, Any], scale: Scale) -> "Judgement":
        everyone, target, others = (
            Panel.from_document(document[name], scale) if document[name] else None
            for name in ("everyone", "target", "others")
        )
        waiting = document.get("waiting", 0)  # older documents know of none
        return cls(document["initiative"], document["statement"], everyone, target, others, document["nobody"], waiting)


def judged(
    scale: Scale,
    initiative: str,
    statement: str,
    rated: Sequence[Rated],
    *,
    asks_group: bool,
    before: Judgement | None = None,
) -> Judgement:
    """The scores of one statement as the room may see them. asks_group: people were asked which group they speak for.

    rated: of everybody the latest, whichever round it was given in. before: the last picture the room was shown of it.
    Shown only where five gave an estimate; the target group and the others only where five in each did, or where a part
    is empty. Those who do not know are counted with their part, and a part of «vet ikke» alone is a small part.
    """
    joins = joining(rated, asks_group=asks_group, before=before)
    taken = [one for one in rated if not one.is_new or bool(one.of_target) in joins]
    everyone = panel(scale, [one.score for one in taken])
    target, others = (
        panel(scale, [one.score for one in taken if bool(one.of_target) is part]) for part in (True, False)
    )
    nobody = asks_group and all(one.of_target is False for one in rated)
    if not may_show(everyone.answers):
        return Judgement(initiative, statement, None, None, None, nobody)
    waiting = len(rated) - len(taken)
    sizes = [part.answers if part.answers or not part.heard else 1 for part in (target, others)]
    if not (asks_group and _may_stand_apart(rated, before) and may_part(*sizes)):
        return Judgement(initiative, statement, everyone, None, None, nobody, waiting, joins)
    return Judgement(initiative, statement, everyone, target, others if others.heard else None, nobody, waiting, joins)


def joining(rated: Sequence[Rated], *, asks_group: bool, before: Judgement | None) -> frozenset[bool]:
    """Whose new answers the next picture takes in: those of the target group (True), of the others (False).

    All of them where nothing has been shown yet; else three or more at a time, each part by itself where they may
    stand apart.
    """
    if before is None:
        return frozenset((True, False))
    apart = asks_group and _may_stand_apart(rated, before)
    groups: list[set[bool]] = [{True}, {False}] if apart else [{True, False}]
    new = [bool(one.of_target) for one in rated if one.is_new and one.score is not None]
    return frozenset(part for group in groups if may_join(sum(part in group for part in new)) for part in group)


def _may_stand_apart(rated: Sequence[Rated], before: Judgement | None) -> bool:
    """Whether the parts were small in no earlier picture: taken from a later whole, one would leave that small part."""
    return before is None or before.target is not None or not any(one.of_target for one in rated if not one.is_new)
