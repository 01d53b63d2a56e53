"""Which figures may be shown, so that nobody's answer can be read out of them?

Run per statement, on paired answers, since who skipped what differs. Never judges a person's right to see: `least` says
how many answers the reader must be content with.
"""

from typing import Literal

from planner.domain.answers import Floats
from planner.domain.estimates import estimate
from planner.domain.measures import UNMET

# shown: 30 answers or more. uncertain: 10–29. owner: 5–9, for the owner of the plan only. hidden: never.
Level = Literal["shown", "uncertain", "owner", "hidden"]
NEVER_BELOW, SHOWN_FROM, CERTAIN_FROM, ALIKE_BELOW = 5, 10, 30, 20


def level(n: float, n_eff: float, alike: bool = False) -> Level:
    """The level of one figure by its own numbers.

    n_eff < 5 also covers one respondent holding more than half of the weight: then Σw² > W²/4. alike: all gave the same
    answer (U is 0 or 100 %), which with few answers says what each of them said.
    """
    if n < NEVER_BELOW or n_eff < NEVER_BELOW:
        return "hidden"
    if n < SHOWN_FROM or (alike and n < ALIKE_BELOW):
        return "owner"
    return "uncertain" if n < CERTAIN_FROM else "shown"


def hidden_together(histogram: Floats, least: int = SHOWN_FROM, unsure: Floats | None = None) -> set[int]:
    """The groups of one partition that are hidden for one statement, by place. histogram: [G, 64, 3].

    unsure: [G] how many said «vet ikke» on likelihood.

    First those too small by themselves. Then, since the total is shown, one hidden group could be had by subtraction:
    the next smallest are hidden with it until they may be shown as one (one alone never may). Groups without answers
    hide nothing and are not in the set; «vet ikke» is an answer, since its share is shown too.
    """
    numbers = estimate(histogram, UNMET)
    heard = numbers.n + (0.0 if unsure is None else unsure)
    present = [place for place, count in enumerate(heard) if count > 0]
    hidden = {place for place in present if not _may_show(histogram[place], least)}
    while hidden and len(hidden) < len(present) and not _may_show(pooled(histogram, hidden), least):
        hidden.add(
            min((place for place in present if place not in hidden), key=lambda place: (numbers.n[place], place))
        )
    return hidden


def pooled(histogram: Floats, hidden: set[int]) -> Floats:
    """[64, 3] the hidden groups as one. Showing it gives nothing that subtraction does not."""
    together: Floats = histogram[sorted(hidden)].sum(axis=0)
    return together


def _may_show(histogram: Floats, least: int) -> bool:
    own = estimate(histogram, UNMET)
    alike = float(own.value) in (0.0, 1.0)
    return bool(own.n >= least) and level(float(own.n), float(own.n_eff), alike) in ("shown", "uncertain")
