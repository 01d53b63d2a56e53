"""What does a list of candidates come to before anything is chosen? Own shares, totals and order, for the page.

Never says which of them is worth its money.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.domain.candidate_initiatives import money
from planner.domain.candidates import Candidate, Effect, Lack
from planner.domain.costs import CERTAIN, LONGEST_YEARS
from planner.domain.financing import money_by_year
from planner.domain.initiatives import Amount


@dataclass(frozen=True, slots=True)
class OwnShare:
    """One candidate in 1000 kr. once: everything paid one time, over all its years; a loan's interest is not in it.
    yearly: while every counted grant lasts."""

    once_gross: int
    once: int
    yearly_gross: int
    yearly: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole list: own shares in 1000 kr, month's work, and how many lack what."""

    count: int
    once: int
    yearly: int
    staff_start: Amount
    staff_yearly: Amount
    lacking: tuple[tuple[Lack, int], ...]


def own_share(candidate: Candidate, years: Sequence[int]) -> OwnShare:
    """What it would cost the municipality, for a plan over these years."""
    costs = candidate.costs
    latest = max(years[0], min(candidate.latest or years[-1], years[-1]))
    account = money_by_year(costs, candidate.started or latest, LONGEST_YEARS)
    paid = sum(sum(line.once) for line in account.grants if line.grant.status in CERTAIN)
    yearly = money(candidate, years).yearly_own
    return OwnShare(costs.one_time_gross, costs.one_time_gross - paid, costs.yearly.value, yearly)


def overview(candidates: Sequence[Candidate], years: Sequence[int]) -> Overview:
    """All of them together, as if everything could be done."""
    shares = [own_share(candidate, years) for candidate in candidates]
    lacking = Counter(lack for candidate in candidates for lack in candidate.lacks())
    return Overview(
        len(candidates),
        sum(share.once for share in shares),
        sum(share.yearly for share in shares),
        sum((candidate.staff_start.value for candidate in candidates), start=0),
        sum((candidate.staff_yearly.value for candidate in candidates), start=0),
        tuple(lacking.most_common()),
    )


def strongest(candidate: Candidate, most: int) -> tuple[tuple[Effect, ...], int]:
    """The effects that say most, each statement once, in order, and how many more there are."""
    by_size = sorted((e for e in candidate.effects if e.percent), key=lambda effect: -effect.percent)
    effects = list({effect.statement: effect for effect in reversed(by_size)}.values())
    effects.sort(key=by_size.index)
    return tuple(effects[:most]), max(0, len(effects) - most)


def in_code_order(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """As people count: T2 before T10."""
    return tuple(sorted(candidates, key=lambda candidate: code_key(candidate.code)))


def code_key(code: str) -> tuple[tuple[bool, int, str], ...]:
    """Digits by their number, the rest by its letters."""
    parts = re.findall(r"\d+|\D+", code)
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)
